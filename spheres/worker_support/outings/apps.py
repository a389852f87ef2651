from django.apps import AppConfig


class OutingsConfig(AppConfig):
    name = "spheres.worker_support.outings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import places
        from spheres.ui import navigation
        from spheres.worker_support.outings import policy, queries, standing

        places.ask_of_day(queries.OPEN, queries.OPEN_NOW)
        places.stand_first(standing.out_alone)
        navigation.register_quick(
            navigation.Entry(
                "outing",
                _("I am going out alone"),
                "outings:begin",
                "door",
                order=90,
                shown=policy.can_go_out,
            )
        )
