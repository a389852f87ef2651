"""Who names a member, calls a meeting, brings something, chairs, keeps what was promised?

Who sees what is the database's business: whoever steps out of an item holds nothing of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.committees.models import PromiseStatus
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeItem, CommitteeMeeting
from spheres.sharing.rules import ACCOMPANYING

Status, Mode = CommitteeItem.Status, CommitteeItem.Mode
# Those who may sit somewhere, or bring something to a committee.
CONCERNED: Final = frozenset(
    {
        *ACCOMPANYING, Role.COORDINATOR, Role.TEAM_LEAD, Role.POLICE_MEMBER, Role.STEERING_MEMBER,
        Role.ORGANISATION_MANAGER, Role.CLINICAL_DIRECTOR, Role.RESEARCH_OFFICER,
    }
)  # fmt: skip
NO_AGREEMENT: Final = _(
    "No agreement of the person stands for this meeting any more: it is not talked about with "
    "their name."
)

NOT_HELD: Final = _("This meeting is not held any more: bring it to the next one.")
STEPS_OUT: Final = _("Somebody who steps out of this item cannot be noted as being there.")


def can_look(actor: Actor) -> Decision:
    """Whoever may sit on a committee, or bring something to one."""
    if not actor.has(*CONCERNED):
        return no(_("This is for those who sit on a committee of the programme."))
    return yes()


def can_name(actor: Actor, *, is_desk: bool) -> Decision:
    """The coordination of the programme says who sits on a committee, and until when."""
    if not actor.has(Role.COORDINATOR) or not is_desk:
        return no(_("The coordination of the programme says who sits on a committee."))
    return yes()


def may_chair(*, is_police: bool) -> Decision:
    """Whoever chairs sees all that is brought; the police, what is told to them by name."""
    if is_police:
        return no(_("The police sits on committees and chairs none: choose somebody else."))
    return yes()


def can_call(chairs: bool) -> Decision:
    """Whoever chairs a committee calls its meetings and moves them."""
    return yes() if chairs else no(_("Whoever chairs the committee calls its meetings."))


def can_change(chairs: bool, meeting: CommitteeMeeting, *, at: datetime) -> Decision:
    """Whoever chairs moves a meeting, or says that it is not held, until it is over."""
    if not chairs:
        return no(_("Whoever chairs the committee calls its meetings."))
    if meeting.cancelled_at is not None:
        return no(NOT_HELD)
    if meeting.ends_at <= at:
        return no(_("This meeting is over."))
    return yes()


def can_bring(actor: Actor, meeting: CommitteeMeeting, *, at: datetime) -> Decision:
    """Whoever sits there, or accompanies people, brings something until the meeting is over."""
    if not actor.has(*CONCERNED):
        return no(_("This is for those who sit on a committee of the programme."))
    if meeting.cancelled_at is not None:
        return no(NOT_HELD)
    if meeting.ends_at <= at:
        return no(_("This meeting is over: bring it to the next one."))
    return yes()


def modes(actor: Actor, committee: Committee) -> list[CommitteeItem.Mode]:
    """Of somebody, to a clinical committee alone, by whoever accompanies people; else a subject."""
    if committee.kind == Committee.Kind.CLINICAL and actor.has(*ACCOMPANYING):
        return [Mode.VIGNETTE, Mode.CONSENT, Mode.SUBJECT]
    return [Mode.SUBJECT]


def can_place(chairs: bool, item: CommitteeItem) -> Decision:
    """Whoever chairs puts on the agenda what was asked for."""
    if not chairs:
        return no(_("Whoever chairs the meeting does this."))
    if item.status not in {Status.ASKED, Status.PLACED}:
        return no(_("This is no longer to be talked about."))
    return yes()


def can_take_off(actor: Actor, chairs: bool, item: CommitteeItem) -> Decision:
    """Whoever chairs, or brought it, takes it off; what was talked about stays."""
    if not chairs and item.written_by != actor.user_id:
        return no(_("Whoever brought it, or chairs, takes it off."))
    if item.status not in {Status.ASKED, Status.PLACED}:
        return no(_("This is no longer to be talked about."))
    return yes()


def can_step_out(actor: Actor, item: CommitteeItem) -> Decision:
    """Whoever recognises somebody in what another brought says so, and steps out of it for good."""
    if item.mode == Mode.SUBJECT:
        return no(_("A subject speaks of nobody."))
    if item.written_by == actor.user_id:
        return no(_("You brought it: withdraw on the page of the person."))
    return yes()


def can_carry(
    actor: Actor,
    item: CommitteeItem,
    from_: CommitteeMeeting | None,
    to: CommitteeMeeting | None,
) -> Decision:
    """Whoever brought it carries it to the next meeting, when the one it was for is not held."""
    if item.written_by != actor.user_id:
        return no(_("Whoever brought it carries it to another meeting."))
    if item.status not in {Status.ASKED, Status.PLACED}:
        return no(_("This is no longer to be talked about."))
    if from_ is None or from_.cancelled_at is None:
        return no(_("It is talked about at the meeting that it was brought to."))
    if to is None:
        return no(_("No other meeting of this committee is called yet."))
    return yes()


def can_hold(
    chairs: bool, item: CommitteeItem, meeting: CommitteeMeeting, *, at: datetime
) -> Decision:
    """Whoever chairs says who was there, once the meeting has begun."""
    if not chairs:
        return no(_("Whoever chairs the meeting does this."))
    if meeting.cancelled_at is not None:
        return no(NOT_HELD)
    if item.status != Status.PLACED:
        return no(_("This is not on the agenda."))
    if meeting.starts_at > at:
        return no(_("This meeting has not begun."))
    return yes()


def can_note_roll(chairs: bool, meeting: CommitteeMeeting, *, at: datetime) -> Decision:
    """Whoever chairs says who came, and how long it lasted, once the meeting has begun."""
    if not chairs:
        return no(_("Whoever chairs the meeting does this."))
    if meeting.cancelled_at is not None:
        return no(NOT_HELD)
    if meeting.starts_at > at:
        return no(_("This meeting has not begun."))
    return yes()


def can_note(chairs: bool, is_open: bool, item: CommitteeItem) -> Decision:
    """Those who are there for an item write its minutes, and whoever chairs, unless somebody is
    named who was not told to them: never a name."""
    is_there = is_open or (chairs and item.mode != Mode.CONSENT)
    if not is_there:
        return no(_("Those who are there for this item write its minutes."))
    if item.status not in {Status.PLACED, Status.HELD}:
        return no(_("This is not on the agenda."))
    return yes()


def can_promise(chairs: bool, item: CommitteeItem) -> Decision:
    """Whoever chairs writes what was decided; who takes what on, and for when."""
    if not chairs:
        return no(_("Whoever chairs the meeting does this."))
    if item.status not in {Status.PLACED, Status.HELD}:
        return no(_("This is not on the agenda."))
    return yes()


def can_answer_promise(actor: Actor, promise: PromiseStatus, chaired: set[UUID]) -> Decision:
    """Whoever took it on, or chairs, says that it is done, or carries it over to another day."""
    if promise.owner_id != actor.user_id and promise.item_id not in chaired:
        return no(_("Whoever took this on says where it stands."))
    if promise.status == PromiseStatus.Status.KEPT:
        return no(_("This is done."))
    return yes()
