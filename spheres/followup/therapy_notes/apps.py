from django.apps import AppConfig


class TherapyNotesConfig(AppConfig):
    name = "spheres.followup.therapy_notes"

    def ready(self) -> None:
        from spheres.followup.therapy_notes import queries, standing
        from spheres.records.between import places

        places.ask_with_file(queries.OF_FILE)
        places.show_on_file(standing.block)
