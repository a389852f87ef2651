from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "spheres.public"
