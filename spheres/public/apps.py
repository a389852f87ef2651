from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "spheres.public"

    def ready(self) -> None:
        from spheres.public import queries
        from spheres.regions import queries as regions
        from spheres.sharing import counting

        counting.answer(queries.STANDS)
        regions.photograph_also(queries.PARTNERS, queries.take_partners)
