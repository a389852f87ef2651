from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    name = "spheres.records"

    def ready(self) -> None:
        from spheres.records import places, queries

        places.ask_of_day(queries.TO_FINISH, queries.MY_DRAFTS)
        autodiscover_modules("record")
