"""How do the rights of committees read aloud? Who sits, who reads what, who steps out."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Any]] = {
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
                "can_call can_place can_hold",
                _(
                    "Whoever chairs calls the meeting, makes the agenda and says who was there. "
                    "They see who steps out of an item, never why."
                ),
            ),
            (
                "can_note can_promise can_answer_promise",
                _(
                    "A vignette is read by all who sit there, the police included. Of somebody who "
                    "agrees, only those to whom something was told for that day know; for all "
                    "others it is one line, the same for each. Whoever has a personal link, or is "
                    "barred from any part of the file, steps out of either, and reads neither its "
                    "minutes nor what was promised there."
                ),
            ),
        ),
    ),
}
