from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "spheres.sharing"
