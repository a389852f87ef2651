from django.apps import AppConfig


class SummaryConfig(AppConfig):
    name = "spheres.followup.summary"

    def ready(self) -> None:
        from spheres.followup.summary import standing
        from spheres.records import places

        places.stand_after_her_words(standing.find)
