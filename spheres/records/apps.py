from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    name = "spheres.records"

    def ready(self) -> None:
        from spheres.participants.models import File
        from spheres.records import queries, standing
        from spheres.records.between import gathering, places, serving

        places.ask_of_day(queries.TO_FINISH, queries.MY_DRAFTS)
        gathering.ask(serving.ALL_OF_IT, File, serving.READS_ALL)
        places.ask_of_day(serving.UNMET, serving.of_day)
        places.lead_from_people(standing.way_to_resources)
        places.ask_of_desk(standing.directory_to_keep)
        autodiscover_modules("record")
        autodiscover_modules("copied")
