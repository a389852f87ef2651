from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyNetConfig(AppConfig):
    name = "spheres.followup.safety_net"

    def ready(self) -> None:
        from spheres.followup.safety_net import policy, queries, standing
        from spheres.records import places
        from spheres.ui import navigation

        places.ask_of_day(queries.AGAIN, queries.on_day)
        places.ask_in_good_time(standing.look_again)
        places.stand_after_her_words(standing.welcome)
        places.show_on_plan(standing.on_plan)
        for slug, label, icon, order in (
            ("urgent", _("Urgent"), "amber", 10),
            ("page", _("Safety"), "shield", 20),
            ("blank", _("Hide"), "eye", 30),
        ):
            navigation.register_on_file(
                navigation.Entry(
                    slug, label, f"safety_net:{slug}", icon, order, policy.can_be_beside
                )
            )
