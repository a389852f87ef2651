from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "spheres.privacy.retention"

    def ready(self) -> None:
        from spheres.privacy.retention import policy, queries, standing
        from spheres.records import places
        from spheres.ui import navigation

        places.ask_of_day(queries.TO_SEE, queries.NUMBERS)
        places.hand_over(standing.waiting, queries.TO_SEE)
        places.show_on_file(standing.block)
        # Those who keep the files of an organisation walk with nobody: the way is in their rail.
        navigation.register(
            navigation.Entry(
                "retention",
                _("Keeping and erasing"),
                "retention:queue",
                "clock",
                66,
                policy.can_keep,
            )
        )
        navigation.register(
            navigation.Entry(
                "holds", _("Legal holds"), "retention:holds", "lock", 67, policy.can_see_holds
            )
        )
