from django.apps import AppConfig


class BroughtInConfig(AppConfig):
    name = "spheres.training.brought_in"
