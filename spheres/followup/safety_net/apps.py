from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyNetConfig(AppConfig):
    name = "spheres.followup.safety_net"

    def ready(self) -> None:
        from spheres.followup.safety_net import policy, queries, standing
        from spheres.followup.safety_net.models import Part, Sheet
        from spheres.records.between import (
            carrying,
            followup_tools,
            gathering,
            places,
            protecting,
            shared,
        )
        from spheres.sharing.rules import SAFETY
        from spheres.ui import navigation

        places.ask_of_day(queries.AGAIN, queries.on_day)
        places.ask_of_day(queries.SPACED, queries.spaced_on_day)
        places.show_on_day(standing.signs)
        places.ask_in_good_time(standing.look_again)
        places.stand_after_her_words(standing.welcome)
        gathering.ask(queries.CURRENT, Sheet, queries.STANDS)
        gathering.ask(queries.CURRENT, Sheet, queries.STANDS, on=gathering.OF_COURSE)
        places.show_on_plan(standing.on_plan)
        carrying.keep(carrying.NET, standing.carried)
        shared.show_to_partner(SAFETY, standing.shared)
        protecting.protect_with(standing.protecting)
        for part, name in queries.TOOLS.items():
            is_course = part == Part.COURSE
            page = "course" if is_course else "page"
            begin, read, asked = "safety_net:write", f"safety_net:{page}", f"part={part}"
            followup_tools.register(
                followup_tools.Tool(name, SAFETY, part.label, begin, read, asked, is_course)
            )
        navigation.keep_at_hand("/urgent/")
        for on, label, url_name, icon, order in (
            (navigation.ON_FILE, _("Urgent"), "safety_net:urgent", "amber", 10),
            (navigation.ON_FILE, _("Safety"), "safety_net:page", "shield", 20),
            (navigation.ON_FILE, _("Hide"), "ui:blank", "eye", 30),
            # A screen she is shown leads to nothing that is not for her eyes.
            (navigation.ON_SHARED, _("Urgent"), "safety_net:urgent_together", "amber", 10),
            (navigation.ON_SHARED, _("Hide"), "ui:blank", "eye", 30),
            (navigation.ON_GROUP, _("Urgent"), "urgent_now:page", "amber", 10),
            (navigation.ON_GROUP, _("Hide"), "ui:blank", "eye", 30),
        ):
            entry = navigation.Entry(url_name, label, url_name, icon, order, policy.can_be_beside)
            takes_file = url_name.startswith("safety_net:")
            navigation.register_at_hand(entry, on=on, takes_file=takes_file)
