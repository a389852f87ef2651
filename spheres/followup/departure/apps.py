from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DepartureConfig(AppConfig):
    name = "spheres.followup.departure"

    def ready(self) -> None:
        from spheres.followup.departure import policy, queries, standing
        from spheres.records.between import places
        from spheres.sharing import counting, parting
        from spheres.ui import navigation

        for one in queries.MEASURES:
            parting.measure(one)
        counting.find(queries.LINES)
        places.ask_of_day(queries.ON_MY_DAY, queries.OF_MY_DAY)
        places.ask_with_file(queries.OF_FILE)
        places.hand_over(standing.of_day)
        places.show_on_file(standing.block)
        # Neither a manager nor the coordination has a day with people on it: a way in the rail.
        navigation.register(
            navigation.Entry(
                "partners-leaving",
                _("Partners leaving"),
                "departure:all",
                "door",
                75,
                policy.can_see_to,
            )
        )
        navigation.register(
            navigation.Entry(
                "partnership", _("Partnership"), "departure:ours", "door", 70, policy.can_lead_out
            )
        )
