from django.apps import AppConfig


class OwnNotesConfig(AppConfig):
    name = "spheres.worker_support.own_notes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import leaving
        from spheres.ui import navigation
        from spheres.worker_support.own_notes import policy, standing

        leaving.leave_with(standing.before_leaving)
        navigation.register_quick(
            navigation.Entry(
                "own-note", _("A note for myself"), "own_notes:mine", "lock", 95, policy.can_write
            )
        )
        navigation.register(
            navigation.Entry(
                "own-notes",
                _("My own notes"),
                "own_notes:mine",
                "lock",
                36,
                policy.can_write,
                kept_at="peers",
                lead=_("What this work leaves with you, written for yourself."),
            )
        )
