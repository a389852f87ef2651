from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "spheres.portal.notebook"
