"""Who is left behind by a colleague who is gone? Numbers for the lead, names for who answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.handing_over import policy
from spheres.followup.handing_over.queries.day import day, live, names_of
from spheres.followup.handing_over.queries.passing import mine, working_here
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, FollowUpStatus, Identity, SafeContact
from spheres.records.queries import Reach
from spheres.sharing.models import Cover
from spheres.ui import moments
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Gone:
    """A colleague who is no longer here, how many persons she accompanied, who answers for her."""

    user_id: UUID
    name: str
    number: int
    stand_in: str = ""
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LeftToMe(Reach):
    """A person whose worker is gone: who she is, how to reach her, where she stands."""

    file_id: UUID
    gone: str
    status: str
    name: str
    pronouns: str

    @property
    def status_label(self) -> str:
        return str(FollowUpStatus.Status(self.status).label) if self.status else ""

    @property
    def has_door_open(self) -> bool:
        return self.status in policy.DOOR_OPEN

    @property
    def may_return(self) -> bool:
        return self.has_door_open and self.status != FollowUpStatus.Status.DIED


def left_behind(*, actor: Actor, at: datetime) -> list[Gone]:
    """Of each colleague who is gone, how many she accompanied, and who answers; by name.

    The database counts, for a team lead alone, and names no person accompanied.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select of_user, counted from access.left_behind()")
        counted: dict[UUID, int] = dict(cursor.fetchall())
    covers = {
        one.for_user_id: one
        for one in Cover.objects.filter(
            for_user_id__in=counted,
            organisation_id=actor.organisation_id,
            kind=Cover.Kind.STAND_IN,
            elsewhere_id=None,
            starts_at__lte=at,
            ends_at__gt=at,
            # Whoever was named and is gone too answers for nobody.
            user_id__in=working_here(actor=actor, at=at),
        ).order_by("-starts_at", "pk")
    }
    names = names_of({*counted, *(one.user_id for one in covers.values())})
    return [
        Gone(
            user_id,
            names.get(user_id, ""),
            counted[user_id],
            names.get(covers[user_id].user_id, "") if user_id in covers else "",
            covers[user_id].ends_at if user_id in covers else None,
        )
        for user_id in sorted(counted, key=lambda one: (names.get(one, ""), one))
    ]


def left_files(gone: Collection[UUID], *, actor: Actor, at: datetime) -> dict[UUID, UUID]:
    """The files of those whom these colleagues accompanied and I do not, and who did."""
    context.require(actor)
    return dict(
        Assignment.objects.filter(live(at), user_id__in=gone)
        .exclude(file_id__in=mine(actor=actor, at=at).order_by())
        .order_by("file_id", "user_id")
        .values_list("file_id", "user_id")
    )


def left_to_me(*, actor: Actor, at: datetime) -> list[LeftToMe]:
    """Those whose worker is gone and for whom I answer, by name, with how to reach each.

    Those with whom the door stays open come last: nobody reaches out to them.
    """
    gone = day(actor=actor, at=at).left
    whose = left_files(gone, actor=actor, at=at) if gone else {}
    if not whose:
        return []
    newest = {"file_id__in": list(whose)}
    people = list(
        Identity.objects.filter(**newest).distinct("file").order_by("file", "-written_at", "pk")
    )
    contacts = {
        one.file_id: one
        for one in SafeContact.objects.filter(**newest)
        .distinct("file")
        .order_by("file", "-written_at", "pk")
    }
    status = dict(
        FollowUpStatus.objects.filter(**newest)
        .order_by("follow_up__opened_at", "follow_up_id")
        .values_list("file_id", "status")
    )
    vault.open(
        [*people, *contacts.values()],
        by=actor,
        action="list",
        only=("chosen_name", "pronouns", "hours", "window"),
    )
    participants.remember(people)
    found = [
        _left(one, contacts.get(one.file_id), gone[whose[one.file_id]], status) for one in people
    ]
    return sorted(found, key=lambda one: (one.has_door_open, alphabetical(one.name), one.file_id))


def _left(
    who: Identity, contact: SafeContact | None, gone: str, status: dict[UUID, str]
) -> LeftToMe:
    return LeftToMe.of(
        contact,
        file_id=who.file_id,
        gone=gone,
        status=status.get(who.file_id, ""),
        name=who.opened.chosen_name,
        pronouns=who.opened.pronouns,
    )


@dataclass(frozen=True, kw_only=True)
class Agreed(Reach):
    """How one person may be reached, what to say, what never to do."""

    words: str
    never: str


def reach(contact: SafeContact) -> Agreed:
    """What the vault has opened of how to reach her."""
    return Agreed.of(contact, words=contact.opened.words, never=contact.opened.never)


def facts(who: Identity) -> list[tuple[str, str]]:
    """What the vault has opened of who she is, in pairs of words; nothing empty."""
    written = who.opened.birth_date
    born = moments.day(date.fromisoformat(written)) if written else ""
    pairs = [
        (_("Born on"), born),
        (_("Languages spoken"), who.opened.languages),
        (_("Interpreter"), who.opened.interpreter),
        (_("Gender"), who.opened.gender),
    ]
    return [pair for pair in pairs if pair[1]]
