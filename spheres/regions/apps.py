from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegionsConfig(AppConfig):
    name = "spheres.regions"

    def ready(self) -> None:
        from spheres.regions import queries
        from spheres.ui import context

        autodiscover_modules("region")
        context.demo_when(queries.says_it_is_a_demo)
