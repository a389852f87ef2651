from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "spheres.followup.instruments"

    def ready(self) -> None:
        from spheres.followup.instruments import queries, standing
        from spheres.records.between import places
        from spheres.regions import queries as regions

        regions.photograph_also(queries.INSTRUMENTS, queries.take)
        places.show_on_file(standing.block)
