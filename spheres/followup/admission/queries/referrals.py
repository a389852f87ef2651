"""How are referrals found? Each function returns what the database lets this actor read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, OuterRef, QuerySet, Subquery

from spheres.accounts.models import Organisation, User
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.admission.models import (
    Language,
    Offer,
    Referral,
    ReferralStatus,
    ReferredPerson,
    Referrer,
)  # fmt: skip
from spheres.participants.models import Identity
from spheres.sharing.models import Handler
from spheres.vault import actions as vault

Status = ReferralStatus.Status
KNOWN = "known"  # the decline reason that also bars the worker from the file
OPENED = ("identity", "contact")
M = TypeVar("M", bound=Model)
SHOWN = ("wish", "hours")  # all that an offer shows of what was written (design §4)
EXPIRABLE = frozenset(
    status for status, ends in ReferralStatus.MOVES.items() if Status.EXPIRED in ends
)


def standing(file_id: UUID, *, actor: Actor) -> QuerySet[ReferralStatus]:
    """Where one referral stands."""
    context.require(actor)
    return ReferralStatus.objects.filter(file_id=file_id)


def lock(file_id: UUID, *, actor: Actor) -> ReferralStatus:
    """The status row, held until the transaction ends. WrongState when out of reach."""
    return states.lock(standing(file_id, actor=actor))


def expirable(*, before: datetime, actor: Actor) -> list[UUID]:
    """Files of the referrals that became nothing, and did not move since `before`; oldest first."""
    context.require(actor)
    return list(
        ReferralStatus.objects.filter(status__in=EXPIRABLE, status_at__lte=before)
        .order_by("status_at", "pk")
        .values_list("file_id", flat=True)
    )


def referrals(*, actor: Actor) -> QuerySet[Referral]:
    """Referrals this actor handles, oldest first."""
    context.require(actor)
    return Referral.objects.order_by("received_at", "pk")


def person(file_id: UUID, *, actor: Actor) -> QuerySet[ReferredPerson]:
    context.require(actor)
    return ReferredPerson.objects.filter(file_id=file_id)


def offers(file_id: UUID, *, actor: Actor) -> QuerySet[Offer]:
    """The offers of one referral, newest first."""
    context.require(actor)
    return Offer.objects.filter(file_id=file_id).order_by("-offered_at", "pk")


def lock_offer(offer_id: UUID, *, actor: Actor) -> Offer:
    """One offer, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(Offer.objects.filter(pk=offer_id))


def lock_open_offers(file_id: UUID, *, actor: Actor) -> list[Offer]:
    """The offers of one referral that wait for an answer, locked; before its status, always."""
    waiting = offers(file_id, actor=actor).filter(status=Offer.Status.OPEN)
    return list(waiting.select_for_update(of=("self",)))


def identity(file_id: UUID, *, actor: Actor) -> Identity:
    """The newest identity row of a file. Raises DoesNotExist."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).order_by("-written_at", "pk")[:1].get()


@dataclass(frozen=True)
class Waiting:
    """One referral of the queue, as a sentence's parts."""

    referral: Referral
    status: str
    waited: timedelta
    asks: bool = False  # somebody it is offered to asked a question


@dataclass(frozen=True)
class Watched:
    """One referral a worker has taken on: its number and how it stands, not who it is about."""

    number: str
    status: str
    label: str
    since: datetime
    worker: str


@dataclass(frozen=True)
class Desk:
    """What the coordination looks at in the morning."""

    waiting: list[Waiting]
    watched: list[Watched]
    in_all: int  # how many wait, in every language
    languages: dict[str, int]  # how many wait in each, in the order of the form


WAITING = frozenset([Status.RECEIVED, Status.OFFERED])
WATCHED = frozenset([Status.ACCEPTED, Status.IN_CONTACT, Status.NOT_NOW])


# The columns of a referral that its sentence needs, in the model's order.
SAID = (
    "id", "file_id", "number", "agreement", "age_band", "language", "received_at", "wish", "urgent",
)  # fmt: skip
# By hand, because it is the coordination's first page: one statement, not four.
DESK = f"""
select s.status, s.status_at, s.number, w.name,
  s.status = 'OFFERED' and exists (
    select from admission_offer o where o.file_id = s.file_id and o.status = 'OPEN'
      and o.question <> '' and o.answer = ''), {", ".join(f"r.{column}" for column in SAID)}
from admission_referralstatus s
left join admission_referral r on r.file_id = s.file_id and s.status = any(%s)
left join lateral (
  select u.name from sharing_handler h join accounts_user u on u.id = h.user_id
  where h.matter_id = s.file_id and h.kind = 'ENTRUSTED' and h.ends_at is null
  order by h.starts_at desc, h.id limit 1) w on s.status = any(%s)
where s.status = any(%s)
order by s.status_at desc, s.file_id"""  # noqa: S608 -- our own names


def desk(*, actor: Actor, at: datetime, language: str = "") -> Desk:
    """Referrals nobody has accepted yet, oldest first, opened in one list event; and how those
    taken on stand today, newest change first. Of one language, no other is opened."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(DESK, [list(WAITING), list(WATCHED), list(WAITING | WATCHED)])
        rows = cursor.fetchall()
    waiting = [
        Waiting(referral, status, at - referral.received_at, asks)
        for status, _at, _number, _name, asks, *said in rows
        if said[0]
        for referral in (Referral.from_db("default", SAID, said),)
    ]
    spoken = Counter(one.referral.language for one in waiting)
    in_all = len(waiting)
    waiting = [one for one in waiting if language in {"", one.referral.language}]
    waiting.sort(key=lambda one: (one.referral.received_at, one.referral.pk))
    vault.open(
        [one.referral for one in waiting],
        by=actor,
        sections=[],
        action="list",
        only=("wish", "urgent"),
    )
    return Desk(
        waiting,
        [
            Watched(number, status, str(Status(status).label), status_at, name or "")
            for status, status_at, number, name, _asks, *_said in rows
            if status in WATCHED
        ],
        in_all,
        {code: spoken[code] for code in Language.values if spoken[code]},
    )


def kind_of(organisation_id: UUID, *, actor: Actor) -> str:
    """What kind of organisation this is."""
    context.require(actor)
    return Organisation.objects.values_list("kind", flat=True).get(pk=organisation_id)


def is_at_the_desk(file_id: UUID, *, actor: Actor) -> bool:
    """Whether the whole of this referral is still this actor's to handle; opens nothing."""
    return referrals(actor=actor).filter(file_id=file_id).exists()


@dataclass(frozen=True)
class Offered:
    """An offer as the worker sees it: language, age band, wish and hours; no name."""

    offer: Offer
    referral: Referral
    offered_by: str


def offered_to_others(offer: Offer, *, actor: Actor) -> bool:
    """Whether somebody else still has this referral on offer."""
    context.require(actor)
    live = Handler.objects.filter(matter_id=offer.file_id, kind=Handler.Kind.OFFERED, ends_at=None)
    return live.exclude(user_id=offer.user_id).exists()


def somebody_said_yes(offer_id: UUID, *, actor: Actor) -> bool:
    """Whether this was offered to the actor until somebody else took it on, within the week."""
    context.require(actor)
    mine = Offer.objects.filter(pk=offer_id, user_id=actor.user_id, status=Offer.Status.OPEN)
    return mine.exists() and offered(offer_id, actor=actor) is None


def open_offers(*, actor: Actor) -> list[Offered]:
    """Offers that wait for this person's answer, oldest first; opened in one list event."""
    context.require(actor)
    mine = Offer.objects.filter(user_id=actor.user_id, status=Offer.Status.OPEN)
    made = list(mine.order_by("offered_at", "pk"))
    if not made:
        return []
    found = {
        row.file_id: row for row in Referral.objects.filter(file_id__in=[o.file_id for o in made])
    }
    if not found:
        return []  # somebody else has taken them on
    vault.open(list(found.values()), by=actor, action="list", only=SHOWN)
    names = dict(User.objects.filter(pk__in={o.offered_by for o in made}).values_list("pk", "name"))
    return [
        Offered(offer, found[offer.file_id], names.get(offer.offered_by, ""))
        for offer in made
        if offer.file_id in found
    ]


def offered(offer_id: UUID, *, actor: Actor) -> Offered | None:
    """One offer that waits for this person's answer."""
    return next((one for one in open_offers(actor=actor) if one.offer.pk == offer_id), None)


@dataclass(frozen=True)
class Matter:
    """All of one referral, opened for the desk."""

    referral: Referral
    standing: ReferralStatus
    person: ReferredPerson
    referrer: Referrer | None


def _columns(*models: type[Model]) -> str:
    """All the columns of these tables, in the models' order."""
    return ", ".join(f"{m._meta.db_table}.{f.column}" for m in models for f in m._meta.local_fields)


def _next(model: type[M], values: Iterator[Any]) -> M:
    """The next of several rows that stand side by side."""
    names = [field.attname for field in model._meta.local_fields]
    return model.from_db("default", names, list(islice(values, len(names))))


WHOLE = f"""
select s.status, {_columns(Referral, ReferredPerson, Referrer)}
from admission_referral join admission_referralstatus s using (file_id)
join admission_referredperson using (file_id) left join admission_referrer using (file_id)
where file_id = %s"""  # noqa: S608 -- our own names


def matter(file_id: UUID, *, actor: Actor) -> Matter | None:
    """One referral with its person and its referrer; None when it is not this actor's to handle."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [file_id])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row[1:])
    told, who, by = _next(Referral, values), _next(ReferredPerson, values), _next(Referrer, values)
    vault.open([one for one in (told, who, by) if one.pk], by=actor, sections=OPENED)
    return Matter(told, ReferralStatus(file_id=file_id, status=row[0]), who, by if by.pk else None)


@dataclass(frozen=True)
class MadeOffer:
    """An offer as the desk follows it."""

    id: UUID
    user_id: UUID
    name: str
    at: datetime
    status: str
    reason: str
    question: str = ""
    answer: str = ""

    @property
    def asks(self) -> bool:
        """Whether a question of hers waits for the desk's answer."""
        return self.waits and bool(self.question) and not self.answer

    @property
    def label(self) -> str:
        return str(Offer.Status(self.status).label)

    @property
    def waits(self) -> bool:
        return self.status == Offer.Status.OPEN


def offers_made(file_id: UUID, *, actor: Actor) -> list[MadeOffer]:
    """To whom this referral was offered, and what they answered."""
    name = User.objects.filter(pk=OuterRef("user_id")).values("name")
    return [
        MadeOffer(
            one.pk,
            one.user_id,
            one.name or "",
            one.offered_at,
            one.status,
            one.reason,
            one.question,
            one.answer,
        )
        for one in offers(file_id, actor=actor).annotate(name=Subquery(name))
    ]
