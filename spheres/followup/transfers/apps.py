from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "spheres.followup.transfers"

    def ready(self) -> None:
        from spheres.followup.transfers import standing
        from spheres.records.between import places

        places.lead_from_people(standing.link)
