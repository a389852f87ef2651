from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "spheres.training.kit"
