from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DangerConfig(AppConfig):
    name = "spheres.followup.danger"

    def ready(self) -> None:
        from spheres.followup.danger import policy, queries, standing
        from spheres.followup.danger.models import Danger
        from spheres.records import registry
        from spheres.records.between import hard_moments, places, reachable, telling
        from spheres.sharing.rules import NOTES
        from spheres.ui import navigation

        registry.begin_elsewhere(
            registry.FormType("danger", _("A danger"), "amber", Danger, NOTES, policy.can_write)
        )
        telling.tell(standing.told, telling.CALL, page="danger:detail")
        reachable.answer(queries.on_call)
        places.tell_context(queries.CONTEXTS)
        hard_moments.ask(queries.LIVED_THROUGH)
        places.ask_of_day(queries.TO_TELL, queries.TO_TELL_HER)
        places.ask_of_day(queries.TO_LOOK_AT, queries.SHAPES.to_look_at)
        places.stand_first(standing.to_tell)
        places.hand_over(standing.to_look_at, queries.TO_LOOK_AT)
        for on, url_name in (
            (navigation.ON_FILE, "danger:call_for"),
            (navigation.ON_GROUP, "danger:call"),
        ):
            entry = navigation.Entry(
                url_name, _("Danger"), url_name, "phone", 5, policy.can_be_beside
            )
            navigation.register_at_hand(entry, on=on, takes_file=on == navigation.ON_FILE)
        navigation.register(
            navigation.Entry("danger", _("Dangers"), "danger:reviews", "amber", 59, policy.can_look)
        )
        navigation.register_account(
            navigation.Entry(
                "danger_directive",
                _("Who answers in a danger"),
                "danger:directive",
                "phone",
                40,
                policy.can_direct,
            )
        )
