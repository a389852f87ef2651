from django.apps import AppConfig


class CodeWordsConfig(AppConfig):
    name = "spheres.followup.code_words"

    def ready(self) -> None:
        from spheres.followup.code_words import queries, standing
        from spheres.records.between import knowing, places

        knowing.read_here(knowing.Reading("word", queries.file_opened, "code_words:opened"))
        places.ask_of_day(queries.HEARD, queries.HEARD_THIS_WEEK)
        places.hand_over(standing.heard, queries.HEARD)
        places.lead_from_people(standing.way)
