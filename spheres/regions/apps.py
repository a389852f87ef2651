from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegionsConfig(AppConfig):
    name = "spheres.regions"

    def ready(self) -> None:
        autodiscover_modules("region")
