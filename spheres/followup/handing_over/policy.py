"""Who may hand a person over, take her on, and name somebody for a colleague who is gone?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.handing_over.models import MAY_PASS, Choice
from spheres.participants.models import FollowUpStatus
from spheres.sharing.rules import ACCOMPANYING, BRIEF

Way = Choice.Way
Episode = FollowUpStatus.Status

# Nobody reaches out to them: the door is open, or they are no longer here.
DOOR_OPEN = frozenset({Episode.LEFT, Episode.ENDED, Episode.DIED})
# What becomes of the follow-up when she answers so; else nothing.
BECOMES = {Way.BREAK: Episode.PAUSED, Way.STOPS: Episode.LEFT}
# With these answers, somebody of the team may be named.
WITH_SOMEBODY = frozenset({Way.COLLEAGUE, Way.WRITING})
CANNOT = _("This colleague cannot be proposed for this person. Choose somebody else together.")

HERSELF = _("Whoever leads the team reads no file: name somebody who accompanies young people.")
OVERLAPS = _("Somebody already answers for this colleague. Look at the list again.")


def can_pass(actor: Actor) -> Decision:
    """Whoever accompanies people, of those who are hers to hand over; the database knows who they
    are: of a psychotherapist, those whose file began with her (`queries.mine`)."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only the person’s workers do this, with them."))
    return yes()


def may_pass(*, keeps: bool) -> tuple[str, ...]:
    """What she may let pass before they meet; of a file that its psychotherapist keeps alone, what
    a psychotherapist reads there."""
    return tuple(face for face in MAY_PASS if not keeps or face in BRIEF)


def can_name(to_user_id: object, proposed: object) -> Decision:
    """Somebody of the team who stays; said the same whatever the reason."""
    return yes() if to_user_id in proposed else no(CANNOT)  # type: ignore[operator]


def can_be_asked(actor: Actor, user_id: UUID) -> Decision:
    """A team lead names a worker for somebody with whom nobody walks; never herself."""
    return no(HERSELF) if user_id == actor.user_id else can_lead(actor)


def can_lead(actor: Actor) -> Decision:
    """Whoever leads the team names somebody for a colleague who is gone."""
    if not actor.has(Role.TEAM_LEAD):
        return no(_("Only a team lead names who answers for a colleague who is gone."))
    return yes()
