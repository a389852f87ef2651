from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "spheres.outreach.events"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.outreach.events import policy, queries, standing
        from spheres.records.between import engaged, occasions, outdoors, places, programme
        from spheres.sharing import counting
        from spheres.ui import navigation

        engaged.tell(standing.engaged)
        outdoors.begin_at("events:note", policy.can_note)
        programme.plan(standing.planned)
        occasions.call(standing.EVENT, standing.occasions)
        places.ask_of_day(queries.SOON, queries.MINE_SOON)
        places.hand_over(standing.soon, queries.SOON)
        counting.weigh(queries.PRESENTED)
        counting.weigh(queries.HOURS)
        places.ask_of_day(queries.VISITS, queries.LATE_VISITS)
        places.ask_of_desk(standing.at_desk, queries.VISITS)

        navigation.register(
            navigation.Entry(
                "outreach",
                _("Training & outreach"),
                "events:list",
                "message",
                50,
                policy.can_look,
                "g o",
                under=("/training/", "/learning/"),
            )
        )
        navigation.register_quick(
            navigation.Entry("event", _("An event"), "events:note", "calendar", 60, policy.can_note)
        )
