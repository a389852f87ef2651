from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustodyConfig(AppConfig):
    name = "spheres.followup.custody"

    def ready(self) -> None:
        from spheres.followup.custody import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.HELD, queries.HELD_BY_ME)
        places.stand_first(standing.held_by_me)
        # Whoever names a custodian accompanies nobody: the way is in the rail.
        navigation.register(
            navigation.Entry(
                "custody",
                _("Notes in custody"),
                "custody:page",
                "lock",
                63,
                policy.can_name,
                kept_at="privacy",
                lead=_("Who holds the notes of a psychotherapist who is gone."),
            )
        )
