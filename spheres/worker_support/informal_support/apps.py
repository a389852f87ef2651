from django.apps import AppConfig


class InformalSupportConfig(AppConfig):
    name = "spheres.worker_support.informal_support"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.sharing import counting
        from spheres.ui import navigation
        from spheres.worker_support.informal_support import policy, queries

        counting.find(queries.TO_COUNT)
        counting.find(queries.COUNTED)
        navigation.register(
            navigation.Entry(
                "informal-support",
                _("Support along the way"),
                "informal_support:mine",
                "cup",
                34,
                policy.can_note,
                kept_at="peers",
                lead=_("A talk in a corridor, a call after a hard visit: one line, for you alone."),
            )
        )
