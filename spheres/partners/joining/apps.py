from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JoiningConfig(AppConfig):
    name = "spheres.partners.joining"

    def ready(self) -> None:
        from spheres.partners.joining import policy, queries, standing
        from spheres.records.between import carding, places, readiness
        from spheres.ui import navigation

        places.hand_over(standing.to_accept, queries.TO_ACCEPT)
        places.ask_of_day(queries.TO_ACCEPT, queries.CHARTER_TO_ACCEPT)
        carding.show_on_card(standing.on_card)
        readiness.ask(standing.refusal)
        navigation.register_door(
            navigation.Entry(
                "joining",
                _("Joining the programme"),
                "joining:charter",
                "hands",
                30,
                policy.can_look,
                kept_at="partners: to know",
                lead=_(
                    "The charter of values that each accepts in their own name; what is "
                    "asked before a real person is received."
                ),
            )
        )
