from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TheoryConfig(AppConfig):
    name = "spheres.evaluation.theory"

    def ready(self) -> None:
        from spheres.evaluation.theory import policy, region  # noqa: F401 -- its file
        from spheres.ui import navigation

        navigation.register_door(
            navigation.Entry(
                "theory",
                _("Theory of change"),
                "theory:page",
                "path",
                10,
                policy.can_read,
                kept_at="figures",
                lead=_("What we do, what we expect of it, and what shows it."),
            )
        )
