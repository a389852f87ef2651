from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "spheres.followup.disclosures"

    def ready(self) -> None:
        from spheres.followup.disclosures import actions, policy, queries, standing
        from spheres.records.between import hooks, knowing, places, together
        from spheres.sharing.rules import WALLED_OFF_ROLE
        from spheres.ui import navigation

        hooks.after_birth_date(actions.end_beyond)
        hooks.after_suspension(actions.end_of_representative)
        together.read_with_her(
            together.Page("told", _("What was told about you"), "message", standing.with_her)
        )
        knowing.read_here(knowing.Reading("told", queries.file_told, "disclosures:told"))
        places.ask_with_file(standing.OF_FILE)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.TO_DECIDE, queries.WAITING)
        places.ask_of_day(queries.RECEIVED, queries.TOLD_TO_ME)
        places.hand_over(standing.to_decide, queries.TO_DECIDE)
        places.show_on_day(standing.received)
        places.begin_at(places.Home(frozenset({WALLED_OFF_ROLE}), "disclosures:received"))
        # Those who look again, and those of the police, have no page in common: it is in the rail.
        navigation.register(
            navigation.Entry(
                "communications",
                _("To decide"),
                "disclosures:to_decide",
                "message",
                61,
                policy.decides_for_others,
                kept_at="privacy",
                lead=_("What is to be told of somebody, before it is told."),
            )
        )
        navigation.register(
            navigation.Entry(
                "received",
                _("Handed over to you"),
                "disclosures:received",
                "message",
                10,
                policy.of_the_police,
            )
        )
