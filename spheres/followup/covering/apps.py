from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoveringConfig(AppConfig):
    name = "spheres.followup.covering"

    def ready(self) -> None:
        from spheres.followup.covering import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.ANSWERED, queries.BY_ME)
        places.show_on_day(standing.answering)
        places.lead_from_week(standing.way)
        # Whoever leads a team has no week of her own: the way is in her rail.
        navigation.register(
            navigation.Entry(
                "covering", _("Absences"), "covering:overview", "calendar", 27, policy.can_keep_rota
            )
        )
