from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "spheres.followup.notes"

    def ready(self) -> None:
        from spheres.followup.notes import queries, standing
        from spheres.followup.notes.models import Note
        from spheres.records import gathering, places, serving

        places.tell_context(queries.CONTEXTS)
        places.tell_contact(queries.MET)
        gathering.ask(queries.ABOUT, Note, queries.ABOUT_NEEDS)
        serving.serve(standing.contacts, queries.ANSWERED)
        serving.matter(queries.talked_of)
