from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "spheres.evaluation.reports"

    def ready(self) -> None:
        from spheres.evaluation.reports import policy, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(standing.TO_WRITE, standing.UNBEGUN, *standing.ASKED_OF)
        places.ask_of_desk(standing.to_write, standing.TO_WRITE)

        navigation.register_door(
            navigation.Entry(
                "reports",
                _("Reports"),
                "reports:list",
                "note",
                20,
                policy.can_read,
                kept_at="figures",
                lead=_("A year that is over: its figures, and what they do not say."),
            )
        )
