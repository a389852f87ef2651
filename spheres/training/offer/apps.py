from django.apps import AppConfig


class OfferConfig(AppConfig):
    name = "spheres.training.offer"

    def ready(self) -> None:
        from spheres.regions import queries as regions
        from spheres.training.offer import queries

        regions.photograph_also(queries.OFFER, queries.take_offer)
