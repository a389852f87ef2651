from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "spheres.training.catalogue"

    def ready(self) -> None:
        from spheres.records.between import materials
        from spheres.regions import queries as regions
        from spheres.training.catalogue import queries

        materials.keep(queries.shown_elsewhere)
        regions.photograph_also(queries.TAUGHT, queries.take_taught)
