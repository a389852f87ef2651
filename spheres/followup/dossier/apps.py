from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "spheres.followup.dossier"
