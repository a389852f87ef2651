from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "spheres.worker_support.wellbeing"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import leaving, places
        from spheres.ui import navigation
        from spheres.worker_support.wellbeing import policy, queries, standing
        from spheres.worker_support.wellbeing.models import ANSWERING

        leaving.leave_with(standing.before_leaving)
        places.ask_of_day(queries.AFTER, queries.after, *ANSWERING)
        places.show_on_day(standing.after_something_hard)
        navigation.register(
            navigation.Entry(
                "wellbeing",
                _("How I am"),
                "wellbeing:mine",
                "leaf",
                31,
                policy.can_answer,
                kept_at="peers",
                lead=_("A few questions on how you are: read by you alone, counted nowhere."),
            )
        )
