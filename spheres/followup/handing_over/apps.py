from django.apps import AppConfig


class HandingOverConfig(AppConfig):
    name = "spheres.followup.handing_over"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.followup.handing_over import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.ON_MY_DAY, queries.DAY)
        places.hand_over(standing.handed, queries.ON_MY_DAY)
        places.show_on_file(standing.block)
        places.tell_leads(standing.nobody_beside)
        # Whoever leads a team has no day with people on it: the way is in her rail.
        navigation.register(
            navigation.Entry(
                "departures", _("Departures"), "handing_over:team", "door", 45, policy.can_lead
            )
        )
