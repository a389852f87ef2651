from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "spheres.partners.cards"

    def ready(self) -> None:
        from spheres.partners.cards import queries, standing
        from spheres.records.between import places

        places.ask_of_day(queries.TO_REVIEW, queries.PROTOCOLS_TO_REVIEW)
        places.ask_of_desk(standing.to_review, queries.TO_REVIEW)
