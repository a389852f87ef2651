"""When does she write a page for herself alone, and when may she give one?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.decision import Decision, no, yes
from spheres.sharing.inside import Inside
from spheres.sharing.rules import PLAN, STEPS

MOST: Final = 100  # pages at a time


def can_write(inside: Inside) -> Decision:
    """She alone, inside her notebook, at the level where she writes."""
    if not inside.writes:
        return no(_("To write here, your notebook opens for writing: you and your worker do it."))
    return yes()


def can_begin(*, has_pages: bool, understood: bool) -> Decision:
    """The first page comes after she was told what nobody can do for her."""
    if not has_pages and not understood:
        return no(_("First read what a page of yours is, then press the button under it."))
    return yes()


def can_keep(*, count: int) -> Decision:
    """A hundred at a time: one more waits until she deletes one."""
    if count >= MOST:
        return no(_("You have a hundred pages. Delete one, then write another."))
    return yes()


def can_give(inside: Inside) -> Decision:
    """A page is given where what is written with her stands: her plan, as far as it is open."""
    if not inside.writes or not inside.allows(PLAN, STEPS):
        return no(
            _(
                "A page you give goes with your plan, and your notebook does not open it now. You "
                "can read it aloud to your worker, or open your plan together."
            )
        )
    return yes()
