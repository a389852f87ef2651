from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningsConfig(AppConfig):
    name = "spheres.followup.openings"

    def ready(self) -> None:
        from spheres.followup.openings import looking, policy
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.feed(looking.GROUNDS)
        counting.feed(looking.WEEK)
        navigation.register(
            navigation.Entry(
                "openings",
                _("Who opened what"),
                "openings:overview",
                "people",
                62,
                policy.can_look,
                under=("/openings/",),
                kept_at="privacy",
                lead=_("Unusual openings: a question, with what came of it."),
            )
        )
        navigation.register_account(
            navigation.Entry(
                "let-go-on",
                _("Let a colleague go on"),
                "openings:colleagues",
                "hands",
                60,
                policy.can_let_go_on,
            )
        )
