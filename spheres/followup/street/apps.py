from django.apps import AppConfig


class StreetConfig(AppConfig):
    name = "spheres.followup.street"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.followup.street import actions, policy, queries, standing
        from spheres.records.between import outdoors, places
        from spheres.ui import navigation

        outdoors.keep(queries.begun, actions.take_away)
        places.ask_of_day(standing.WAITS, standing.MINE, *policy.WRITING)
        places.hand_over(standing.to_place, standing.WAITS)
        navigation.register_quick(
            navigation.Entry(
                "street", _("Without a network"), "street:mine", "phone", 92, policy.can_write
            )
        )
