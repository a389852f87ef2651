from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "spheres.interop.upkeep"

    def ready(self) -> None:
        from spheres.interop.upkeep import policy
        from spheres.ui import navigation

        navigation.register_account(
            navigation.Entry(
                "upkeep",
                _("The machine’s work"),
                "upkeep:jobs",
                "chart",
                90,
                policy.can_look_after,
                lead=_("What it does by itself: what waits, what stopped."),
            )
        )
