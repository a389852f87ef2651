from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "spheres.partners.library"

    def ready(self) -> None:
        from spheres.partners.library import queries, standing
        from spheres.records.between import lent, places

        lent.lend(queries.lent)
        places.ask_of_day(queries.TO_LOOK_AT, queries.LINKS_TO_LOOK_AT)
        places.ask_of_desk(standing.to_look_at, queries.TO_LOOK_AT)
