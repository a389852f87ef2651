"""Which requests wait, of whom, at which step; and which letters arrived?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.states import lock as lock_row
from spheres.participants.models import SUSPENDED_NOW
from spheres.participants.queries import MY_FILES
from spheres.privacy.access_requests.models import (
    AccessRequest,
    Age,
    Asker,
    Decision,
    Keep,
    Letter,
    LetterAnswer,
    Passed,
    RequestStatus,
    Step,
)
from spheres.privacy.access_requests.policy import GIVING, Clock, Facts
from spheres.records import registry, timeline
from spheres.records.between import refusing
from spheres.records.registry import RecordType
from spheres.sharing.models import Seat
from spheres.sharing.rules import PRIVATE, THERAPY, WORKERS

OPEN: Final = ", ".join(f"'{status}'" for status in RequestStatus.OPEN)
# Those of my people, and those of the organisation for whoever is in charge of privacy there.
MINE, HERE, PASSED = "requests of mine", "requests here", "letters passed to me"
ARRIVED: Final = "letters that arrived here"
OF_MINE: Final = f"""
  select json_build_object('id', r.id, 'file_id', r.file_id, 'due_on', r.due_on,
    'again_on', coalesce(s.look_again_on, r.due_on), 'status', s.status)
  from access_requests_accessrequest r
  join access_requests_requeststatus s on s.request_id = r.id
  where s.status in ({OPEN}) and r.file_id in ({MY_FILES})"""  # noqa: S608 -- every name is ours
OF_HERE: Final = f"""
  select json_build_object('due_on', r.due_on,
    'again_on', coalesce(s.look_again_on, r.due_on), 'status', s.status)
  from access_requests_accessrequest r
  join access_requests_requeststatus s on s.request_id = r.id
  where s.status in ({OPEN}) and r.organisation_id = %(here)s
    and access.holds('{{privacy_officer}}')"""  # noqa: S608 -- every name is ours
LETTERS_HERE: Final = """
  select json_build_object('due_on', l.due_on)
  from access_requests_letter l
  where l.organisation_id = %(here)s and access.holds('{privacy_officer}')
    and not exists (select from access_requests_letteranswer a where a.id = l.id)
    and not exists (select from access_requests_accessrequest r where r.letter_id = l.id)"""
TO_ME: Final = """
  select json_build_object('id', p.id)
  from access_requests_passed p
  where p.to_user_id = %(user)s and p.written_at > %(at)s - interval '7 days'
    and not exists (
      select from access_requests_accessrequest r where r.letter_id = p.letter_id)"""
A_WEEK: Final = timedelta(days=7)
# Whoever may ask in her name, and the category of relatives to whom she may refuse that it be said.
RELATIVES: Final[dict[str, str]] = {Asker.PARENT: refusing.PARENTS, Asker.TUTOR: refusing.TUTOR}
NEVER: Final = frozenset({THERAPY, PRIVATE})


@dataclass(frozen=True)
class Asked:
    """One request with all that is written of it, the newest first; its words still locked."""

    row: AccessRequest
    status: RequestStatus
    steps: list[Step] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    seated: str = ""  # who is given a seat at it now
    is_suspended: bool = False
    refuses_them: bool = False
    # Whoever asks speaks for her beside somebody whose rights are suspended.
    is_beside_suspended: bool = False
    age: int = 0  # from which age the law speaks of her now, once that was looked at

    @property
    def rows(self) -> list[Step | Decision]:
        return [*self.steps, *self.decisions]

    def newest(self, kind: str) -> Step | None:
        return next((one for one in self.steps if one.kind == kind), None)

    def _code(self, kind: str) -> str:
        found = self.newest(kind)
        return found.code if found else ""

    @property
    def decision(self) -> Decision | None:
        """The newest stands."""
        return self.decisions[0] if self.decisions else None

    @property
    def granted(self) -> list[UUID] | None:
        """The texts that were granted, by name; None as long as nothing was, or of a correction."""
        decision = self.decision
        if decision is None or decision.outcome not in GIVING or self.row.record_id is not None:
            return None
        return decision.given

    @property
    def is_not_mailed(self) -> bool:
        """Two who speak for her may live at one address, and one of them may not read it."""
        return self.is_beside_suspended and self.row.keep == Keep.SENT

    @property
    def reaches(self) -> Keep:
        """How the answer reaches whoever asks: as they wished, or from hand to hand."""
        return Keep.TAKEN if self.is_not_mailed else Keep(self.row.keep)

    @property
    def facts(self) -> Facts:
        return self.facts_at(Age(self.row.age))

    def facts_at(self, age: int) -> Facts:
        return Facts(
            asker=self.row.asker,
            age=max(age, self.row.age, self.age),
            status=self.status.status,
            opinion=self._code(Step.Kind.OPINION),
            harm=self._code(Step.Kind.HARM),
            consulted=self._code(Step.Kind.CONSULTED),
            identity=self._code(Step.Kind.IDENTITY),
            is_suspended=self.is_suspended,
            refuses_them=self.refuses_them,
        )

    @property
    def is_open(self) -> bool:
        return self.status.status in RequestStatus.OPEN

    @property
    def waits_for_answer(self) -> bool:
        return self.is_open and self.status.status not in GIVING

    @property
    def clock(self) -> Clock:
        """Until when it is answered; refused for a time, the day it is looked at again."""
        if self.status.status == RequestStatus.Status.LATER:
            return Clock(self.status.look_again_on or self.row.due_on, is_again=True)
        return Clock(self.row.due_on)

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return str(RequestStatus.Status(self.status.status).label)

    @property
    def is_hers(self) -> bool:
        return self.row.asker == Asker.SELF


def of_file(file_id: UUID, *, actor: Actor) -> list[Asked]:
    """All the requests about one file, those that wait first."""
    context.require(actor)
    rows = AccessRequest.objects.filter(file_id=file_id).select_related("standing")
    found = _whole(rows.order_by("-received_at", "pk"), actor=actor)
    return sorted(found, key=lambda one: not one.is_open)


def one(request_id: UUID, *, actor: Actor, file_id: UUID | None = None) -> Asked | None:
    """One request; None when it is not for this actor to see."""
    context.require(actor)
    rows = AccessRequest.objects.filter(pk=request_id).select_related("standing")
    if file_id is not None:
        rows = rows.filter(file_id=file_id)
    found = next(iter(_whole(rows.order_by("pk"), actor=actor)), None)
    if found and found.row.asker in RELATIVES:
        refused = refusing.relatives(found.row.file_id, actor=actor)
        return replace(found, refuses_them=RELATIVES[found.row.asker] in refused)
    return found


def seated_at(request_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor is given a seat at this request, now."""
    return file_seated_at(request_id, actor=actor) is not None


def has_papers(file_id: UUID, request_id: UUID, *, actor: Actor) -> bool:
    """Whether this request stands in this file: its papers are kept beside it."""
    context.require(actor)
    return AccessRequest.objects.filter(pk=request_id, file_id=file_id).exists()


def file_seated_at(request_id: UUID, *, actor: Actor) -> UUID | None:
    """The file of the request at which this actor sits now; None without a seat."""
    context.require(actor)
    mine = _live().filter(matter_id=request_id, user_id=actor.user_id)
    return mine.values_list("file_id", flat=True).first()


def _live() -> QuerySet[Seat]:
    """The seats at requests that stand now, as far as this actor sees them."""
    now = RawSQL("(select access.moment())", [])
    live = Seat.objects.filter(kind=Seat.Kind.REQUEST, ended_at=None, ends_at__gt=now)
    return live.order_by("pk")


def past(request_id: UUID, *, actor: Actor, at: datetime) -> QuerySet[Seat]:
    """The seats at this request whose last day is over, and that nobody ended."""
    context.require(actor)
    return Seat.objects.filter(matter_id=request_id, ended_at=None, ends_at__lte=at)


def _whole(rows: QuerySet[AccessRequest], *, actor: Actor) -> list[Asked]:
    found = list(rows)
    ids = [row.pk for row in found]
    if not ids:
        return []
    steps = list(Step.objects.filter(request_id__in=ids).order_by("-written_at", "pk"))
    decisions = list(Decision.objects.filter(request_id__in=ids).order_by("-written_at", "pk"))
    seats = dict(_live().filter(matter_id__in=ids).values_list("matter_id", "user_id"))
    people = {one.written_by for one in (*steps, *decisions)} | {*seats.values()}
    names = accounts.names_of(people | {row.received_by for row in found})
    return [
        Asked(
            row,
            row.standing,
            [one for one in steps if one.request_id == row.pk],
            [one for one in decisions if one.request_id == row.pk],
            names,
            names.get(seats[row.pk], "") if row.pk in seats else "",
        )
        for row in found
    ]


def lock(asked: Asked) -> RequestStatus:
    """Where it stands, held until the end of the transaction."""
    return lock_row(RequestStatus.objects.filter(pk=asked.row.pk))


def is_same_open(file_id: UUID, same: UUID, *, actor: Actor) -> bool:
    """Whether the very same request waits already."""
    context.require(actor)
    rows = RequestStatus.objects.filter(file_id=file_id, same=same)
    return rows.filter(status__in=RequestStatus.OPEN).exists()


def suspended(file_id: UUID, *, actor: Actor) -> frozenset[str]:
    """The representatives whose rights are suspended now, as whoever sits at a request reads it."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(SUSPENDED, [file_id])
        return frozenset(cursor.fetchone()[0])


SUSPENDED: Final = f"select {SUSPENDED_NOW} from (select %s::uuid as id) f"  # noqa: S608 -- ours


Choices = list[tuple[str, str]]


def officers(*, actor: Actor) -> Choices:
    """Those in charge of privacy in the organisation to whom files may be given, by name; never
    oneself."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.privacy_officers()")
        ids = [one for one in cursor.fetchone()[0] if one != actor.user_id]
    return _by_name(accounts.names_of_cleared(ids, actor=actor).items())


def workers(*, actor: Actor, at: datetime) -> Choices:
    """Those who accompany people in the organisation today, by name."""
    context.require(actor)
    live = Membership.objects.filter(
        organisation_id=actor.organisation_id, role__in=WORKERS, starts_at__lte=at,
        user__is_active=True,
    ).exclude(ends_at__lte=at)  # fmt: skip
    named = live.exclude(user_id=actor.user_id).order_by("user_id", "user__name")
    return _by_name(dict(named.values_list("user_id", "user__name")).items())


def _by_name(people: Iterable[tuple[UUID, str]]) -> Choices:
    return sorted(((str(pk), name) for pk, name in people), key=lambda one: one[1].casefold())


def organisation(organisation_id: UUID, *, actor: Actor) -> Organisation:
    """Where the request is answered: its regime, its delay, its privacy officer."""
    context.require(actor)
    return Organisation.objects.get(pk=organisation_id)


Found = list[tuple[RecordType, UUID, datetime]]


def texts(file_id: UUID, *, actor: Actor, most: int = 300) -> Found:
    """What was written in the file, the newest first, unopened; of a psychotherapy, nothing."""
    found = timeline.newest(file_id, actor=actor, since=None, most=most)
    return [
        (kind, record.pk, record.occurred_at) for kind, record in found if kind.section not in NEVER
    ]


def is_corrected(file_id: UUID, slug: str, record_id: UUID, *, actor: Actor) -> bool:
    """Whether its author followed a text by a correction of it."""
    context.require(actor)
    kind = next((each for each in registry.all_types() if each.slug == slug), None)
    if kind is None or not hasattr(kind.model, "corrects"):
        return False
    return bool(kind.rows(file_id, actor=actor).filter(corrects_id=record_id).exists())


# The desk of whoever is in charge of privacy.


def here(*, actor: Actor) -> list[Asked]:
    """The requests of the organisation that wait, the nearest day first: no name, no word."""
    context.require(actor)
    rows = AccessRequest.objects.filter(
        organisation_id=actor.organisation_id, standing__status__in=RequestStatus.OPEN
    ).select_related("standing")
    seats = dict(_live().filter(user_id=actor.user_id).values_list("matter_id", "user_id"))
    names = accounts.names_of(set(seats.values()))
    found = [
        Asked(row, row.standing, seated=names[seats[row.pk]] if row.pk in seats else "")
        for row in rows.order_by("due_on", "pk")
    ]
    return sorted(found, key=lambda one: one.clock.due_on)


@dataclass(frozen=True)
class Received:
    """One letter, its answer if it has one, and to whom it was shown."""

    row: Letter
    answer: LetterAnswer | None
    shown_to: list[str]
    is_taken: bool

    @property
    def clock(self) -> Clock:
        return Clock(self.row.due_on)


def letters(*, actor: Actor) -> QuerySet[Letter]:
    """Those of the organisation, the nearest day first."""
    context.require(actor)
    return Letter.objects.order_by("due_on", "pk")


def received(*, actor: Actor) -> list[Received]:
    """All of them, those without an answer first; still locked."""
    return _received(list(letters(actor=actor)))


def letter(letter_id: UUID, *, actor: Actor) -> Received | None:
    return next(iter(_received(list(letters(actor=actor).filter(pk=letter_id)))), None)


def _received(rows: list[Letter]) -> list[Received]:
    ids = [row.pk for row in rows]
    if not ids:
        return []
    answers = {one.pk: one for one in LetterAnswer.objects.filter(pk__in=ids)}
    passed = list(Passed.objects.filter(letter_id__in=ids).order_by("written_at", "pk"))
    names = accounts.names_of({one.to_user_id for one in passed})
    taken = set(AccessRequest.objects.filter(letter_id__in=ids).values_list("letter_id", flat=True))
    found = [
        Received(
            row,
            answers.get(row.pk),
            [names.get(one.to_user_id, "") for one in passed if one.letter_id == row.pk],
            row.pk in taken,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.answer is not None or one.is_taken)


def passed_to_me(*, actor: Actor, at: datetime) -> QuerySet[Passed]:
    """The letters of the week that a colleague in charge of privacy showed me."""
    context.require(actor)
    mine = Passed.objects.filter(to_user_id=actor.user_id, written_at__gt=at - A_WEEK)
    return mine.order_by("received_on", "pk")
