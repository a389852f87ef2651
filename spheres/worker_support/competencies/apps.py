from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "spheres.worker_support.competencies"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.sharing import counting
        from spheres.ui import navigation
        from spheres.worker_support.competencies import policy, queries

        counting.find(queries.TO_TELL)
        counting.find(queries.TOGETHER)
        navigation.register(
            navigation.Entry(
                "competencies",
                _("Where I stand"),
                "competencies:mine",
                "path",
                36,
                policy.can_enter,
                kept_at="peers",
                lead=_("What this work asks, and how you do it today: for you, without a mark."),
            )
        )
