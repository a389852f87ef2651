from django.apps import AppConfig


class UrgentNeedsConfig(AppConfig):
    name = "spheres.followup.urgent_needs"

    def ready(self) -> None:
        from spheres.followup.urgent_needs import standing
        from spheres.records import places
        from spheres.sharing import counting

        counting.weigh(standing.OPEN_NOW)
        places.stand_first(standing.waiting)
