from django.apps import AppConfig


class AppreciationConfig(AppConfig):
    name = "spheres.worker_support.appreciation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import places
        from spheres.ui import navigation
        from spheres.worker_support.appreciation import policy, queries, standing

        places.ask_of_day(queries.SAID_TO_ME, queries.NEW)
        places.hand_over(standing.said_to_me, queries.SAID_TO_ME)
        navigation.register(
            navigation.Entry(
                "appreciation",
                _("A good word"),
                "appreciation:home",
                "sun",
                37,
                policy.can_write,
                kept_at="peers",
                lead=_("Tell a colleague what helped. The two of you read it, and nobody else."),
            )
        )
