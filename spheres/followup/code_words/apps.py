from django.apps import AppConfig


class CodeWordsConfig(AppConfig):
    name = "spheres.followup.code_words"

    def ready(self) -> None:
        from spheres.followup.code_words import standing
        from spheres.records import places

        places.hand_over(standing.heard)
        places.lead_from_people(standing.way)
