from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "spheres.training.catalogue"

    def ready(self) -> None:
        from spheres.regions import queries as regions
        from spheres.training.catalogue import queries

        regions.photograph_also(queries.TAUGHT, queries.take_taught)
