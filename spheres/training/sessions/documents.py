"""How does the list of a session read on paper, when no telephone and no network is at hand?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spheres.records import documents
from spheres.training.sessions.queries import Line, Shown
from spheres.ui import moments

NAME: Final = "document.pdf"
BOX: Final = "☐"
EMPTY_LINES: Final = 6


def paper(of: Shown, lines: Sequence[Line]) -> bytes:
    """Names and from where, a box to tick each; empty lines for those who come besides. As a PDF
    tagged for screen readers, which says nothing of how anybody is reached."""
    have, wait = (
        [one for one in lines if (one.row.status == one.row.Status.WAITING) is waits]
        for waits in (False, True)
    )
    parts = [
        {"title": _("On the list"), "lines": [_line(one) for one in have] or [_("Nobody yet.")]},
        *([{"title": _("Waiting"), "lines": [_line(one) for one in wait]}] if wait else []),
        {
            "title": _("Came besides, and agree to be on the list"),
            "lines": [f"{BOX} ______________________________________"] * EMPTY_LINES,
        },
    ]
    said = {"title": title(of), "language": get_language(), "parts": parts}
    return documents.typeset(said, documents.PAPER / "sheet.typ")


def title(of: Shown) -> str:
    return _("%(name)s, %(day)s") % {"name": of.topic.title, "day": moments.day(of.row.starts_at)}


def _line(one: Line) -> str:
    return f"{BOX} {one.name} ({one.place})" if one.place else f"{BOX} {one.name}"


def reminder(of: Shown) -> str:
    """What to write, some days ahead, to those who have no account here."""
    return _(
        "Hello,\n\nA reminder: the training “%(topic)s” is held on %(when)s. If you cannot come, "
        "say so on the page where you enrolled: somebody who waits will have your place.\n\n"
        "See you there."
    ) % {"topic": of.topic.title, "when": moments.moment(of.row.starts_at)}


def letter(of: Shown) -> str:
    """What to write to those on the list: it is not held, is moved, or somebody else teaches."""
    words = {
        "topic": of.topic.title,
        "when": moments.moment(of.row.starts_at),
        "who": ", ".join(of.trainers),
    }
    if of.row.is_off:
        return (
            _(
                "Hello,\n\nThe training “%(topic)s” planned for %(when)s will not be held. You do "
                "not have to do anything: we will write to you when another day is set.\n\n"
                "Thank you for your understanding."
            )
            % words
        )
    if of.row.moved_at and of.row.moved_at > (of.row.reassigned_at or of.row.planned_at):
        return (
            _(
                "Hello,\n\nThe training “%(topic)s” changes: it is now %(when)s. Your place is "
                "kept. If you cannot come, tell us: somebody who waits will have it.\n\nSee you "
                "there."
            )
            % words
        )
    return (
        _(
            "Hello,\n\nThe training “%(topic)s” is held as planned, %(when)s. It will be given by "
            "%(who)s.\n\nSee you there."
        )
        % words
    )


def free_words(of: Shown) -> str:
    """How many places are left, in words."""
    if of.free:
        return ngettext("%(n)s place left", "%(n)s places left", of.free) % {"n": of.free}
    if of.waiting:
        said = ngettext("Full, %(n)s person waits", "Full, %(n)s people wait", of.waiting)
        return said % {"n": of.waiting}
    return _("Full: one may wait for a place")
