from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalDemandsConfig(AppConfig):
    name = "spheres.privacy.legal_demands"

    def ready(self) -> None:
        from spheres.papers import registry as papers
        from spheres.privacy.legal_demands import documents, policy, queries, registers, standing
        from spheres.records import wording
        from spheres.records.between import places, telling
        from spheres.sharing import notebooks
        from spheres.ui import navigation

        wording.declare(documents.ANSWER)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.SHOWN, queries.TO_ME)
        places.ask_of_day(queries.TO_TELL, queries.TO_TELL_HER)
        places.ask_of_day(queries.HERE, queries.ARRIVED)
        places.ask_of_day(queries.SEATS, queries.MY_SEATS)
        places.hand_over(standing.of_mine, queries.SHOWN, queries.TO_TELL)
        places.hand_over(standing.of_here, queries.HERE)
        places.hand_over(standing.of_counsel, queries.SEATS)
        telling.tell_not_yet(registers.not_told_yet)
        notebooks.name_later(registers.UNTOLD)
        telling.tell(standing.told, telling.DEMAND, page="legal_demands:of_file")
        papers.register(
            papers.PaperKind(
                slug="demand",
                title=_("The papers of this demand"),
                lead=_(
                    "The subpoena, the warrant, the order or the letter as it was handed over, and "
                    "what was signed since. Read by those who walk with the person, and by whoever "
                    "sits at this demand."
                ),
                may=policy.can_keep_paper,
                stands=queries.has_papers,
                back="legal_demands:page",
                sits=queries.file_seated_at,
                seat_back="legal_demands:one",
            )
        )
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
        for name, label, url_name, may, lead in (
            ("legal_demands", _("Legal demands"), "legal_demands:desk", policy.can_look,
             _("What a court, the police or youth protection demands; answered by two people.")),
            ("legal_demands_seats", _("My seats"), "legal_demands:seats", policy.is_only_counsel,
             _("The demands at which you sit, as long as they last.")),
        ):  # fmt: skip
            navigation.register(
                navigation.Entry(
                    name, label, url_name, "lock", 66, may, kept_at="privacy", lead=lead
                )
            )
