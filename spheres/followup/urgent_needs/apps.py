from django.apps import AppConfig


class UrgentNeedsConfig(AppConfig):
    name = "spheres.followup.urgent_needs"

    def ready(self) -> None:
        from spheres.followup.urgent_needs import queries, standing
        from spheres.followup.urgent_needs.models import UrgentNeed
        from spheres.records.between import gathering, places
        from spheres.sharing import counting, parting

        counting.weigh(standing.OPEN_NOW)
        parting.measure(standing.BEFORE_LEAVING)
        places.ask_of_day(queries.STILL_OPEN, queries.WAITING)
        places.ask_of_day(queries.NOT_MET, queries.UNMET)
        places.stand_first(standing.waiting)
        places.ask_in_good_time(standing.not_met)
        places.surface_unmet(standing.not_met_of)
        gathering.ask(queries.ON_PLAN, UrgentNeed, queries.OF_PLAN)
        places.show_on_plan(standing.unmet)
