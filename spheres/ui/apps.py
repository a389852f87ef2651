"""What does Django need to know of the design system?"""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "spheres.ui"
    label = "ui"
    verbose_name = "Design system"
