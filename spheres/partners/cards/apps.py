from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "spheres.partners.cards"

    def ready(self) -> None:
        from spheres.partners.cards import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.TO_REVIEW, queries.PROTOCOLS_TO_REVIEW)
        places.ask_of_desk(standing.to_review, queries.TO_REVIEW)
        navigation.register_door(
            navigation.Entry(
                "cards",
                _("Partners’ cards"),
                "cards:list",
                "people",
                10,
                policy.can_look,
                kept_at="partners: to know",
                lead=_(
                    "Who each partner is, what it may share, what it expects of the others "
                    "and offers them; the agreements that bind them."
                ),
            )
        )
