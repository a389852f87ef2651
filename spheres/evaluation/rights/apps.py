from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "spheres.evaluation.rights"

    def ready(self) -> None:
        from spheres.evaluation.rights import policy
        from spheres.ui import navigation

        navigation.register_account(
            navigation.Entry(
                "rights", _("Page of rights"), "rights:page", "eye", 90, policy.can_look
            )
        )
