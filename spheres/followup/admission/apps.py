from django.apps import AppConfig


class AdmissionConfig(AppConfig):
    name = "spheres.followup.admission"
