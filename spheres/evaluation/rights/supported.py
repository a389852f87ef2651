"""How do the rights around support, research and upkeep read aloud: who answers meanwhile; what two
people write of their meeting; who is asked, and what leaves; who looks after the machine?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Any]] = {
    "followup.covering": (
        _("Absences and on-call duty"),
        (
            (
                "can_be_away can_keep_rota can_end can_look",
                _(
                    "Whoever is away says who answers; a team lead keeps the rota. Those who "
                    "accompany people, and those who lead them, read it: it names no person."
                ),
            ),
            (
                "can_ask",
                _(
                    "When somebody of a partner answers, each person is asked by those who "
                    "accompany them, and agrees or not, for that absence alone."
                ),
            ),
        ),
    ),
    "worker_support.supervision": (
        _("Supervision"),
        (
            (
                "can_enter can_offer can_seek can_ask can_accept can_move can_cancel can_say_held "
                "can_write can_keep_own",
                _(
                    "Two people meet, and read what they write of it; nobody else does, whatever "
                    "their role."
                ),
            ),
            (
                "can_count",
                _("Those who lead and coordinate are told how many slots were used, never whose."),
            ),
            (
                "can_bring can_take_back",
                _(
                    "Whoever accompanies a person may bring up to five signed notes to their "
                    "supervisor, within one organisation: a copy, read until two hours after the "
                    "meeting, and each reading is in the person’s journal. Taken back at any "
                    "moment. Never a psychotherapy note, never the police."
                ),
            ),
            (
                "can_step_back",
                _("A supervisor who knows the person outside work reads nothing, for good."),
            ),
        ),
    ),
    "evaluation.research": (
        _("Research"),
        (
            (
                "can_look",
                _(
                    "The coordination, those in charge of privacy and those who do research read "
                    "which studies were approved, and which tables were asked for."
                ),
            ),
            (
                "can_write can_end",
                _("The coordination of the programme writes a study down, and says it is over."),
            ),
            (
                "can_hand_card",
                _(
                    "Whoever accompanies a person says that a study exists and hands over a card; "
                    "what is answered is read by nobody of their team."
                ),
            ),
            (
                "can_ask_people",
                _(
                    "Somebody who does research and accompanies nobody asks, under the code of "
                    "the card, and learns no name. From 14, each alone; before, with a parent."
                ),
            ),
            (
                "can_ask_table can_answer",
                _(
                    "A table is asked for by those who do research and answered by another "
                    "person, at the desk of the programme."
                ),
            ),
            (
                "can_take can_drop",
                _(
                    "The named researcher alone takes a table away, until its day, and takes out "
                    "the lines of whoever is no longer in it."
                ),
            ),
        ),
    ),
    "interop.upkeep": (
        _("The machine’s work"),
        (
            (
                "can_look_after",
                _(
                    "The technical administration sees which work waits or stopped, and tries it "
                    "again; what reloading the region would change, and does it; when the journal "
                    "was sealed: names and hours, no way to what is in it."
                ),
            ),
        ),
    ),
    "followup.street": (
        _("Writing without a network"),
        (
            (
                "can_write",
                _(
                    "Whoever meets people outside writes a contact, an urgent need or an event "
                    "without a network, sealed on the telephone: read by its author alone, until "
                    "it is placed in a file as a draft."
                ),
            ),
        ),
    ),
    "followup.transfers": (
        _("A parcel from another programme"),
        (
            (
                "can_open",
                _(
                    "Whoever accompanies people here opens what another programme sealed for this "
                    "one, and places it in the file of somebody they accompany."
                ),
            ),
        ),
    ),
}
