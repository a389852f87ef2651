from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "spheres.followup.notes"

    def ready(self) -> None:
        from spheres.followup.notes import queries
        from spheres.records import places

        places.tell_context(queries.CONTEXTS)
