from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "spheres.partners.committees"
