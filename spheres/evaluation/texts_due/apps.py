from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsDueConfig(AppConfig):
    name = "spheres.evaluation.texts_due"

    def ready(self) -> None:
        from spheres.evaluation.texts_due import policy
        from spheres.ui import navigation

        navigation.register_account(
            navigation.Entry(
                "texts-due", _("Texts to review"), "texts_due:page", "book", 60, policy.can_look
            )
        )
