from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "spheres.worker_support.supervision"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import places, programme
        from spheres.sharing import counting
        from spheres.ui import navigation
        from spheres.worker_support.supervision import policy, queries, standing
        from spheres.worker_support.supervision.models import CONCERNED

        counting.find(queries.USED)
        programme.plan(standing.planned)
        places.ask_of_day(queries.MINE, queries.MINE_SOON, *CONCERNED)
        places.hand_over(standing.soon, queries.MINE)
        navigation.register(
            navigation.Entry(
                "supervision",
                _("Supervision"),
                "supervision:home",
                "cup",
                32,
                policy.can_enter,
                kept_at="peers",
                lead=_(
                    "A moment with somebody who supervises; what you write is for the two of you."
                ),
            )
        )
