from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessRequestsConfig(AppConfig):
    name = "spheres.privacy.access_requests"

    def ready(self) -> None:
        from spheres.privacy.access_requests import policy, queries, standing
        from spheres.records import places
        from spheres.ui import navigation

        places.show_on_file(standing.block)
        places.ask_of_day(queries.MINE, queries.OF_MINE)
        places.ask_of_day(queries.PASSED, queries.TO_ME)
        places.ask_of_day(queries.HERE, queries.OF_HERE)
        places.hand_over(standing.of_mine, queries.MINE, queries.PASSED)
        places.hand_over(standing.of_here, queries.HERE)
        # Whoever answers accompanies nobody: the way is in the rail.
        navigation.register(
            navigation.Entry(
                "access_requests",
                _("Access requests"),
                "access_requests:desk",
                "book",
                65,
                policy.can_sit,
            )
        )
