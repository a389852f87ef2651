"""Who puts a paper beside a meeting, who takes it off, and how is it taken home?"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.papers import policy as papers
from spheres.partners.meeting_papers.models import MeetingPaper
from spheres.sharing.models import CommitteeMeeting

MOST_OF_MEETING: Final = 60_000_000


def can_put(meeting: CommitteeMeeting, *, at: datetime) -> Decision:
    """Whoever sits on the committee puts papers beside a meeting until it is over."""
    if meeting.cancelled_at is not None:
        return no(_("This meeting is not held any more: put it beside the next one."))
    if meeting.ends_at <= at:
        return no(_("This meeting is over: its papers stay as they were."))
    return yes()


def can_add(size: int, *, kept: int) -> Decision:
    """A meeting holds 60 MB of papers at most."""
    if size + kept > MOST_OF_MEETING:
        return no(_("This meeting holds as many papers as it can (60 MB). Nothing was added."))
    return yes()


def can_remove(actor: Actor, paper: MeetingPaper, *, chairs: bool) -> Decision:
    """Whoever put it, or chairs, takes it off; nobody reads it any more."""
    if paper.taken_off_at is not None:
        return no(_("This paper was taken off."))
    if not chairs and paper.written_by != actor.user_id:
        return no(_("Whoever put it there, or chairs, takes it off."))
    return yes()


def can_take_from(fetched_from: str) -> Decision:
    """From a page of this site, or from the address bar: never from a page of elsewhere."""
    return papers.can_take_from(fetched_from)
