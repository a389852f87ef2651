from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "spheres.partners.calendar"
