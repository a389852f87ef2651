from django.apps import AppConfig


class HeardConfig(AppConfig):
    name = "spheres.outreach.heard"
