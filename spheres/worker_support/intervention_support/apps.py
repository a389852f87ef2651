from django.apps import AppConfig


class InterventionSupportConfig(AppConfig):
    name = "spheres.worker_support.intervention_support"
