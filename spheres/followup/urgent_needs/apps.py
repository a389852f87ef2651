from django.apps import AppConfig


class UrgentNeedsConfig(AppConfig):
    name = "spheres.followup.urgent_needs"

    def ready(self) -> None:
        from spheres.followup.urgent_needs import standing
        from spheres.records import places

        places.stand_first(standing.waiting)
