from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "spheres.partners.rounds"

    def ready(self) -> None:
        from spheres.partners.rounds import policy, queries, region, standing  # noqa: F401 -- its files
        from spheres.records.between import occasions
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.answer(queries.GIVEN)
        counting.answer(queries.IS_ENOUGH)
        occasions.ride(standing.riding)
        navigation.register_door(
            navigation.Entry(
                "rounds",
                _("Reflection rounds"),
                "rounds:list",
                "question",
                10,
                policy.can_look,
                kept_at="partners: to think",
                lead=_(
                    "What each of us thinks, alone first and without a name; then what all "
                    "of us think, together."
                ),
            )
        )
