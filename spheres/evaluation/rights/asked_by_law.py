"""What is done of what the law asks an organisation, and by whom: the words of that area."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# By folder: its title; each sentence, under the rights that it says.
WORDS: Final[dict[str, tuple[Any, tuple[tuple[str, Any], ...]]]] = {
    "privacy.access_requests": (
        _("Requests to read a file, to copy it or to correct it"),
        (
            (
                "can_receive can_write_step can_give_seat",
                _(
                    "Written down, step by step, by those who accompany the person; who answers is "
                    "named by them, among the persons in charge of privacy, and never by oneself."
                ),
            ),
            (
                "can_keep_paper",
                _(
                    "Its scanned papers are kept by those who accompany the person, or by the "
                    "person in charge of privacy who has a seat at it, and read by both."
                ),
            ),
            (
                "can_sit",
                _(
                    "The person in charge of privacy sees which wait and until when, without a "
                    "name, and reads a file once a seat is given."
                ),
            ),
            (
                "can_answer",
                _(
                    "The person’s own request is granted by their worker; all else is decided by "
                    "the person in charge of privacy. From 14 to 17, nothing is answered to a "
                    "parent or a tutor before what the person says of it and what a professional "
                    "thinks are written."
                ),
            ),
            (
                "can_hand_over",
                _("The person’s own copy is handed over by their worker, without a second person."),
            ),
        ),
    ),
    "papers": (
        _("Scanned papers"),
        (
            (
                "can_keep can_add",
                _(
                    "A signed paper is kept with what it is of, by whoever may write that; what is "
                    "hidden in it is not kept."
                ),
            ),
            (
                "can_take can_take_from",
                _(
                    "Whoever reads the legal matters of the file downloads it, page by page, from "
                    "its own page; never while the antivirus has not answered."
                ),
            ),
        ),
    ),
    "privacy.incidents": (
        _("Confidentiality incidents, and a lost device"),
        (
            (
                "can_tell can_be_then",
                _(
                    "Whoever works in a partner organisation tells an incident, and reads what "
                    "they told."
                ),
            ),
            (
                "can_keep can_add",
                _(
                    "Its register is kept by the person in charge of privacy of that organisation, "
                    "and read by nobody else; whoever told it adds to what they told. Nothing is "
                    "edited."
                ),
            ),
            (
                "can_conclude can_close",
                _(
                    "Whether there is a risk of serious injury is judged, with reasons, by that "
                    "person; nothing computes it. It is done once the notices are given."
                ),
            ),
            (
                "can_concern",
                _(
                    "Whoever told it says which of the persons they accompany it concerns; the "
                    "register counts them and names nobody."
                ),
            ),
            (
                "can_be_beside can_inform can_wait_until",
                _(
                    "The person is told by those who accompany them, unless it would hamper an "
                    "investigation; not yet, only until a day."
                ),
            ),
            (
                "can_review can_propose can_answer",
                _(
                    "An entry is kept five years or more from its last word. Then the person in "
                    "charge of privacy proposes to keep it longer or to delete it, and another of "
                    "those who keep the files says yes; nothing goes by itself, nor under a legal "
                    "hold."
                ),
            ),
            (
                "can_see_to_colleagues",
                _(
                    "A manager, or the person in charge of privacy, ends all that a colleague has "
                    "open when a device is lost: they learn of no file by it."
                ),
            ),
        ),
    ),
    "privacy.undertakings": (
        _("Undertakings and trainings"),
        (
            (
                "can_sign",
                _(
                    "Each signs for themselves. Where the law or their organisation asks for an "
                    "undertaking and a training, no file is given to anybody without both."
                ),
            ),
            (
                "can_follow",
                _(
                    "Read by a team lead, the coordination, a manager or the person in charge of "
                    "privacy, in their own organisation: days, never a mark."
                ),
            ),
            (
                "can_say_what_is_asked can_extend",
                _(
                    "The person in charge of privacy adopts the text and says what is asked; never "
                    "for themselves, they extend it by 60 days at most."
                ),
            ),
            (
                "can_name_stand_in can_withhold",
                _(
                    "A lapse takes nobody from the person who accompanies them. Files close only "
                    "once a stand-in answers for each of these people, named by a team lead, and "
                    "open again by themselves. Named ahead, the stand-in answers only if it lapses."
                ),
            ),
        ),
    ),
    "privacy.retention": (
        _("How long what is written is kept"),
        (
            (
                "can_keep",
                _(
                    "The person in charge of privacy, the records officer and the manager see what "
                    "has come to its day, by reference: no name, no word of it."
                ),
            ),
            (
                "can_confirm",
                _(
                    "One proposes to destroy, seal or keep; another says yes, and one of the two "
                    "is the person in charge of privacy. Nothing is destroyed by itself."
                ),
            ),
            ("can_take_back", _("Until somebody says yes, it is taken back without a reason.")),
            (
                "can_ask_to_lift",
                _("What is sealed is asked back on a legal ground, by one of the same people."),
            ),
            ("can_lift", _("Another of them opens it again, and one is in charge of privacy.")),
            (
                "can_print",
                _("Once decided, they make the letter to the person, and the certificate."),
            ),
            (
                "can_ask",
                _("Whoever accompanies the person writes down, with them, that they ask for it."),
            ),
            (
                "can_read_words",
                _("What was asked is read by the person in charge of privacy, who answers."),
            ),
            (
                "can_set_rules",
                _("The person in charge of privacy says for how many years, and on which basis."),
            ),
            (
                "can_hold",
                _(
                    "The person in charge of privacy forbids to destroy a file, when a court or a "
                    "law asks for it."
                ),
            ),
            (
                "can_see_holds",
                _(
                    "Nobody else knows of it, until another person is asked to end it: the legal "
                    "counsel or the manager."
                ),
            ),
        ),
    ),
    "privacy.legal_demands": (
        _("What a court or another body demands"),
        (
            (
                "can_receive",
                _(
                    "Whoever works here, outside the police, writes down a demand that arrives, "
                    "and opens nothing; the person in charge of privacy reads it."
                ),
            ),
            (
                "can_link can_call_officer",
                _(
                    "Whether it concerns a person is said by those who accompany them: at once "
                    "nothing of the file is destroyed, and whoever they name has a seat."
                ),
            ),
            (
                "can_keep_paper",
                _(
                    "Its scanned papers are kept by those who accompany the person, or by the "
                    "person in charge of privacy who has a seat at it; counsel reads them there."
                ),
            ),
            (
                "can_look can_sit",
                _(
                    "The person in charge of privacy sees what arrived, without a name; the pages "
                    "of a demand open to whoever has a seat, counsel included."
                ),
            ),
            (
                "can_write_step can_inform can_give_seat",
                _(
                    "What is weighed is written by the person in charge of privacy, and what "
                    "counsel thinks by counsel. The person is told by their worker, unless the law "
                    "or their safety forbids it."
                ),
            ),
            (
                "can_produce can_decide can_release can_hand_over",
                _(
                    "Prepared by the person in charge of privacy once what the law asks is "
                    "written, released by a second person, then handed over. Nothing else makes "
                    "anything go, and never a consent."
                ),
            ),
            (
                "can_object can_lapse can_close can_end_as_same",
                _(
                    "The person in charge of privacy objects, with reasons; or ends it, and the "
                    "seats with it. Another person ends the hold."
                ),
            ),
        ),
    ),
    "portal.my_say": (
        _("The person’s say, from their notebook"),
        (
            (
                "can_ask",
                _(
                    "The person asks alone, from their notebook, what is theirs to ask at their "
                    "age: nothing is done by itself, those who accompany them look at it together."
                ),
            ),
            (
                "can_take_back can_refuse",
                _(
                    "From the age of agreeing alone, the person takes back alone what they share, "
                    "and says no to research: it holds at the next statement."
                ),
            ),
            ("can_answer", _("Those who accompany the person say where what was asked stands.")),
            (
                "can_see_unread",
                _(
                    "Whoever leads the team, and the coordination, learn how many wait for an "
                    "answer with nobody beside them in their organisation: a number alone."
                ),
            ),
            (
                "can_see_unregistered",
                _(
                    "The person in charge of privacy learns how many requests of the law are in no "
                    "register yet: a number alone."
                ),
            ),
            (
                "can_register can_cancel_meeting",
                _(
                    "In one press, they write it in its register as of the day it was asked, or "
                    "take back a survivor meeting: to read, a copy, erasing, no research, from the "
                    "age of agreeing alone. The rest is judged with the person, on its page."
                ),
            ),
        ),
    ),
}
