from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "spheres.training.reach"
