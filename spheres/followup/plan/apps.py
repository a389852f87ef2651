from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "spheres.followup.plan"
