from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "spheres.partners.joining"

    def ready(self) -> None:
        from spheres.partners.joining import queries, standing
        from spheres.records.between import carding, places, readiness

        places.hand_over(standing.to_accept, queries.TO_ACCEPT)
        places.ask_of_day(queries.TO_ACCEPT, queries.CHARTER_TO_ACCEPT)
        carding.show_on_card(standing.on_card)
        readiness.ask(standing.refusal)
