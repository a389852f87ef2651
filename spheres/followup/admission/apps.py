from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "spheres.followup.admission"

    def ready(self) -> None:
        from spheres.accounts.models import Role
        from spheres.followup.admission import actions, handing, policy, queries
        from spheres.records.between import hooks, places
        from spheres.sharing import counting, naming
        from spheres.ui import navigation

        navigation.register(
            navigation.Entry(
                "desk", _("Desk"), "admission:desk", "desk", 30, policy.can_hold_the_desk, "g r"
            )
        )
        places.begin_at(places.Home(frozenset({Role.COORDINATOR}), "admission:desk"))
        counting.weigh(handing.WAITING)
        places.ask_of_day(handing.TO_ANSWER, handing.OFFERED)
        naming.leave_in_peace(handing.NOT_NOW)
        places.hand_over(handing.offers, handing.TO_ANSWER)
        places.ask_with_file(queries.OF_FILE)
        places.show_on_file(handing.next_step)
        places.show_on_file(handing.own_agreement)
        hooks.after_signing(actions.note_contact)
        hooks.after_destroying(actions.forget_ways)
        hooks.on_taking_back(actions.forget_hers)
