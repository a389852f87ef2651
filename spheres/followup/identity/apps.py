from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "spheres.followup.identity"
