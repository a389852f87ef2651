"""How do the rights of committees and of reflection rounds read aloud? Who sits, who reads what?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Any]] = {
    "partners.rounds": (
        _("Reflection rounds among partners"),
        (
            (
                "can_look can_answer",
                _(
                    "Whoever works with people, or leads those who do, answers alone and once when "
                    "their organisation is asked. Nobody, not even the database, keeps who "
                    "answered what; all read what all said, at the same time and without telling "
                    "organisations apart."
                ),
            ),
            (
                "can_facilitate can_open can_run can_make_longer can_count can_settle",
                _(
                    "The coordination and the planning officers open rounds. Whoever opened one "
                    "does not answer it, counts it once it is over and from eight answers, and is "
                    "alone to read its remarks, to reword them; they are then destroyed."
                ),
            ),
        ),
    ),
    "partners.cards": (
        _("What partners are to each other"),
        (
            (
                "can_look",
                _(
                    "All who work in the programme read what each partner says of itself, what it "
                    "expects of the others, and which agreements stand. Nothing there speaks of "
                    "anybody whom the programme accompanies."
                ),
            ),
            (
                "can_say can_agree can_keep_protocol",
                _(
                    "Whoever leads a partner says what it is, and what it expects of another and "
                    "offers it. It stands for a year, once both said yes; what was said before "
                    "stays. They write down which agreements were signed, and review them."
                ),
            ),
        ),
    ),
    "partners.committees": (
        _("What is brought to a committee"),
        (
            (
                "can_look can_name",
                _(
                    "The coordination of the programme says who sits on a committee, for which "
                    "organisation and since when. Whoever no longer works there no longer sits."
                ),
            ),
            (
                "can_bring can_take_off",
                _(
                    "Whoever sits there brings a subject. Of somebody, whoever accompanies them, "
                    "to a clinical committee: a vignette that names nobody, or with the person’s "
                    "agreement. Of whom it is, they mark for themselves alone."
                ),
            ),
            (
                "can_call can_place can_hold can_note_roll",
                _(
                    "Whoever chairs calls the meeting, makes the agenda and says who was there. "
                    "They see who steps out of an item, never why. A quorum is said, and stops "
                    "nothing."
                ),
            ),
            (
                "can_note can_promise can_answer_promise",
                _(
                    "A vignette is read by all who sit there, the police included. Of somebody who "
                    "agrees, only those to whom something was told for that day know, by name or "
                    "as those who sit for an organisation other than the police; for all "
                    "others it is one line, the same for each. Whoever has a personal link, or is "
                    "barred from any part of the file, steps out of either, and reads neither its "
                    "minutes nor what was promised there."
                ),
            ),
        ),
    ),
}
