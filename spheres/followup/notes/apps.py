from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "spheres.followup.notes"
