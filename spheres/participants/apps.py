from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "spheres.participants"
