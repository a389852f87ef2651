from django.apps import AppConfig


class UrgentNeedsConfig(AppConfig):
    name = "spheres.followup.urgent_needs"

    def ready(self) -> None:
        from spheres.followup.urgent_needs import queries, standing
        from spheres.followup.urgent_needs.models import UrgentNeed
        from spheres.records import gathering, places
        from spheres.sharing import counting

        counting.weigh(standing.OPEN_NOW)
        places.ask_of_day(queries.STILL_OPEN, queries.WAITING)
        places.stand_first(standing.waiting)
        gathering.ask(queries.UNMET, UrgentNeed, queries.NOT_MET)
        places.show_on_plan(standing.unmet)
