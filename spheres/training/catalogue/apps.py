from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "spheres.training.catalogue"
