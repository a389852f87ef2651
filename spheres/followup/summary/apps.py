from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SummaryConfig(AppConfig):
    name = "spheres.followup.summary"

    def ready(self) -> None:
        from spheres.followup.summary import queries, standing
        from spheres.followup.summary.models import Line, Version
        from spheres.records.between import carrying, gathering, places, shared, together
        from spheres.sharing.rules import SUMMARY

        gathering.ask(queries.NEWEST_PAGE, Version, queries.NEWEST, on=gathering.OF_FILE)
        gathering.ask(queries.LINES_OF_PAGE, Line, queries.LINES, on=gathering.OF_FILE)
        places.stand_after_her_words(standing.find)
        carrying.keep(carrying.PAGE, standing.carried)
        shared.show_to_partner(SUMMARY, standing.shared)
        together.read_with_her(
            together.Page("page", _("Your page"), "hands", standing.with_her, from_age=False)
        )
