from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalDemandsConfig(AppConfig):
    name = "spheres.privacy.legal_demands"

    def ready(self) -> None:
        from spheres.privacy.legal_demands import policy, queries, registers, standing
        from spheres.records import places, telling
        from spheres.ui import navigation

        places.show_on_file(standing.block)
        places.ask_of_day(queries.SHOWN, queries.TO_ME)
        places.ask_of_day(queries.TO_TELL, queries.TO_TELL_HER)
        places.ask_of_day(queries.HERE, queries.ARRIVED)
        places.ask_of_day(queries.SEATS, queries.MY_SEATS)
        places.hand_over(standing.of_mine, queries.SHOWN, queries.TO_TELL)
        places.hand_over(standing.of_here, queries.HERE)
        places.hand_over(standing.of_counsel, queries.SEATS)
        telling.tell(standing.told, registers.ITEM, "legal_demands:of_file")
        # A paper of justice may be handed to anybody who opens the door.
        navigation.register_account(
            navigation.Entry(
                "legal_demands_receive",
                _("A legal demand arrived"),
                "legal_demands:receive",
                "lock",
                45,
                policy.can_receive,
            )
        )
        for name, label, url_name, may in (
            ("legal_demands", _("Legal demands"), "legal_demands:desk", policy.can_look),
            ("legal_demands_seats", _("My seats"), "legal_demands:seats", policy.is_only_counsel),
        ):
            navigation.register(navigation.Entry(name, label, url_name, "lock", 66, may))
