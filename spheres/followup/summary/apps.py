from django.apps import AppConfig


class SummaryConfig(AppConfig):
    name = "spheres.followup.summary"

    def ready(self) -> None:
        from spheres.followup.summary import queries, standing
        from spheres.followup.summary.models import Line, Version
        from spheres.records import gathering, places, shared
        from spheres.sharing.rules import SUMMARY

        gathering.ask(queries.NEWEST_PAGE, Version, queries.NEWEST, on=gathering.OF_FILE)
        gathering.ask(queries.LINES_OF_PAGE, Line, queries.LINES, on=gathering.OF_FILE)
        places.stand_after_her_words(standing.find)
        shared.show_to_partner(SUMMARY, standing.shared)
