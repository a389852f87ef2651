"""How is a request for advice found: by the desk, by the worker it named, by its code?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.records import codes
from spheres.regions import queries as regions
from spheres.sharing import counting
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support import policy
from spheres.worker_support.intervention_support.models import (
    AdviceRequest,
    AdviceStanding,
    AdviceWord,
)

Status = AdviceStanding.Status
OUTCOMES: Final = "advice_outcomes"  # the region's vocabulary
TO_ANSWER: Final = "requests for advice, to answer"
# Of each, until when it waits.
WAITING: Final = """
select json_build_object('id', s.id, 'by', s.due_on)
from intervention_support_advicestanding s where s.status = 'WAITING'"""
# One matter, for whoever holds the code; nothing for an unknown, a wrong or a forgotten one.
ASKED: Final = counting.Answering(
    name="advice_of",
    query="select s.id::text from intervention_support_advicestanding s "
    "where s.code = {held} and length(s.code) > 0 and exists (select from sharing_handler h "
    "where h.matter_id = s.id and h.kind = 'DESK' and h.ends_at is null)",
    reads={"intervention_support_advicestanding": ("code", "id")},
)


def digest_of(code: str) -> bytes:
    """All that is kept of a code: its keyed digest, however it was typed."""
    return codes.digest_of("advice under code", code)


def matter_of(code: str, *, actor: Actor) -> UUID:
    """The request that this code opens, or one that is nobody’s."""
    return codes.opened(ASKED, digest_of(code), actor=actor)


def standing(advice_id: UUID, *, actor: Actor) -> QuerySet[AdviceStanding]:
    """Where one request stands."""
    context.require(actor)
    return AdviceStanding.objects.filter(pk=advice_id)


def lock(advice_id: UUID, *, actor: Actor) -> AdviceStanding:
    """The status row, held until the transaction ends. WrongState when out of reach."""
    return states.lock(standing(advice_id, actor=actor))


def waits(advice_id: UUID, *, actor: Actor) -> bool:
    """Whether the professional had the last word."""
    context.require(actor)
    said = AdviceWord.objects.filter(request_id=advice_id).order_by("-written_at", "side", "pk")
    last = said.values_list("side", flat=True).first()
    return last != AdviceWord.Side.OURS


@dataclass(frozen=True)
class Word:
    """One word of a thread, opened."""

    row: AdviceWord
    who: str = ""  # the colleague's name, on our side alone

    @property
    def works(self) -> list[tuple[str, str]]:
        """What went along: how each is cited, and its address when it has one."""
        lines = self.row.opened.works.splitlines()
        return [(cited, address) for cited, _tab, address in (one.partition("\t") for one in lines)]

    @property
    def outcomes(self) -> list[str]:
        return [regions.label(OUTCOMES, code) for code in self.row.outcomes]


@dataclass(frozen=True)
class Thread:
    """A request and all that was said of it, opened in one event."""

    row: AdviceRequest
    standing: AdviceStanding
    words: list[Word]
    taken_by: str = ""

    @property
    def is_answered(self) -> bool:
        return any(one.row.side == AdviceWord.Side.OURS for one in self.words)

    def is_late(self, on: date) -> bool:
        """Whether it waits past the day to answer."""
        return is_late(self.standing, on)


def is_late(standing: AdviceStanding, on: date) -> bool:
    """Whether it waits past the day to answer."""
    return standing.status == Status.WAITING and standing.due_on < on


def thread(advice_id: UUID, *, actor: Actor) -> Thread | None:
    """All of one request; None when this actor neither handles it nor holds its code."""
    found = standing(advice_id, actor=actor).first()
    row = AdviceRequest.objects.filter(pk=advice_id).first()
    said = list(
        AdviceWord.objects.filter(request_id=advice_id).order_by("written_at", "side", "pk")
    )
    if found is None or row is None:
        return None
    vault.open([row, *said], by=actor)
    names: dict[UUID, str] = {}
    if actor.is_staff:
        ours = {one.written_by for one in said if one.side == AdviceWord.Side.OURS}
        names = accounts.names_of(ours | ({found.taken_by} if found.taken_by else set()))
    return Thread(
        row,
        found,
        [Word(one, names.get(one.written_by, "")) for one in said],
        names.get(found.taken_by, "") if found.taken_by else "",
    )


@dataclass(frozen=True)
class Listed:
    """One request of the desk's list: who asks, of which age, by when, and who answers."""

    row: AdviceRequest
    standing: AdviceStanding
    taken_by: str
    is_late: bool


def listed(*, actor: Actor, on: date) -> list[Listed]:
    """All of them, by the day to answer; only the professional's role is opened, in one event."""
    context.require(actor)
    rows = {row.pk: row for row in AdviceRequest.objects.order_by("received_at", "number")}
    name = User.objects.filter(pk=OuterRef("taken_by")).values("name")
    stand = AdviceStanding.objects.annotate(taker=Subquery(name))
    vault.open(list(rows.values()), by=actor, action="list", only=("role",))
    return [
        Listed(rows[one.pk], one, one.taker or "", is_late(one, on))
        for one in stand.order_by("due_on", "status_at", "pk")
        if one.pk in rows
    ]


def in_state(found: Iterable[Listed], status: str) -> list[Listed]:
    """Those of one state."""
    return [one for one in found if one.standing.status == status]


@dataclass(frozen=True)
class Colleague:
    """Somebody who may be named to answer."""

    user_id: UUID
    name: str
    organisation: str


def candidates(*, actor: Actor, at: datetime) -> list[Colleague]:
    """Those who accompany young people today and may be given something, by place and name; nobody
    of the police."""
    context.require(actor)
    held = (
        Membership.objects.filter(role__in=policy.WORKERS, starts_at__lte=at, user__is_active=True)
        .exclude(ends_at__lte=at)
        .exclude(organisation__kind=Organisation.Kind.POLICE)
        .select_related("user", "organisation")
        .order_by("organisation__name_fr", "user__name", "pk")
    )
    found: dict[UUID, Colleague] = {}
    for one in accounts.cleared(held, anywhere=True):
        found.setdefault(one.user_id, Colleague(one.user_id, one.user.name, one.organisation.name))
    return list(found.values())


def named(advice_id: UUID, *, actor: Actor) -> set[UUID]:
    """The workers to whom the desk handed this request."""
    context.require(actor)
    live = Handler.objects.filter(matter_id=advice_id, kind=Handler.Kind.ANSWERS, ends_at=None)
    return {one for one in live.values_list("user_id", flat=True) if one}
