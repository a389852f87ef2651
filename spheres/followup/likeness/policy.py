"""Who says, and when, whether two referrals are of one person?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.models import Joined

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
CHANGED: Final = _("This has changed since the page was shown. Look at it again.")


def can_compare(actor: Actor, desk: UUID) -> Decision:
    """Only at the region's desk is what stands there compared; a coordinator elsewhere has none."""
    if not actor.has(Role.COORDINATOR) or actor.organisation_id != desk:
        return no(_("The referral desk is held by the coordination."))
    return yes()


def can_leave_apart(actor: Actor) -> Decision:
    """The desk may put the question away for itself; it decides nothing."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The referral desk is held by the coordination."))
    return yes()


def can_decide(actor: Actor) -> Decision:
    """Only the person knows: whoever accompanies them by both files asks, and writes the answer."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers do this, with them."))
    return yes()


def both_are_open(walks_by_both: bool) -> Decision:
    """A file that was closed to the worker meanwhile is not decided about by her any more."""
    if not walks_by_both:
        return no(
            _(
                "One of the two files is no longer open to you, so nothing was changed. "
                "Whoever accompanies the person by both can ask them."
            )
        )
    return yes()


def can_join(link: Joined | None, is_asked: bool) -> Decision:
    """Two files are joined once; what was parted, or said not to be the same, stays so."""
    if link is not None and link.ends_at is not None:
        return no(_("It was said that these are two people. They are not joined again."))
    if link is None and not is_asked:
        return no(_("Nothing says any more that these two files are alike."))
    return yes()


def can_tell_apart(link: Joined | None, is_asked: bool) -> Decision:
    """«Not the same» is an answer to a question that is still open."""
    if link is not None and link.ends_at is None:
        return no(
            _(
                "A colleague has just noted that both are the same person. "
                "If that is wrong, part them on the file."
            )
        )
    if link is None and not is_asked:
        return no(_("Nothing says any more that these two files are alike."))
    return yes()
