from django.apps import AppConfig


class PracticeNotesConfig(AppConfig):
    name = "spheres.partners.practice_notes"

    def ready(self) -> None:
        from spheres.partners.practice_notes import queries, standing
        from spheres.records.between import places

        places.ask_of_day(queries.TO_SEE_TO, queries.NOTES_TO_SEE_TO)
        places.ask_of_desk(standing.to_see_to, queries.TO_SEE_TO)
