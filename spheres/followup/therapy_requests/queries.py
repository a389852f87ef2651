"""How is what was asked found: days for her worker, what she approved for who answers?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from spheres.accounts.models import Organisation
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.therapy_requests.models import TherapyRequest, TherapyRequestDay
from spheres.followup.therapy_requests.policy import PURPOSE
from spheres.participants.models import Identity, SafeContact
from spheres.records.between import places
from spheres.sharing.models import Consent
from spheres.sharing.queries import basis_of
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

What = TherapyRequestDay.What
TO_ASK, ASKED, DAY = "therapy to ask for", "therapy asked for ", "therapy said "
BEGUN: Final = "therapy begun here "
LIVE: Final = """c.starts_at <= (select access.moment()) and c.ends_at > (select access.moment())
  and (c.withdrawn_at is null or c.withdrawn_at > (select access.moment()))"""
# With her file, in the statement that asks who may see it: what she agreed to and was not asked
# yet, the days of what was.
OF_FILE: Final = f"""
select '{TO_ASK}'::text, c.id from sharing_consent c
where c.file_id = asked.file_id and c.purpose = '{PURPOSE}' and {LIVE}
  and not exists (select from therapy_requests_therapyrequest r where r.id = c.id)
union all
select '{ASKED}' || (r.written_at at time zone '{settings.TIME_ZONE}')::date, r.id
from therapy_requests_therapyrequest r where r.file_id = asked.file_id
union all
select '{DAY}' || d.what || ' ' || d."on" || ' ' || extract(epoch from d.said_at), d.request_id
from therapy_requests_therapyrequestday d where d.file_id = asked.file_id
union all
select '{BEGUN}' || (f.opened_at at time zone '{settings.TIME_ZONE}')::date, f.id
from participants_file f
where f.id = asked.file_id and f.id = any((select access.begun())::uuid[])"""  # noqa: S608 -- ours
# On the day of a psychotherapist: what waits for an answer.
WAITING: Final = "therapy asked of us"
TO_US: Final = """
select json_build_object('id', r.id) from therapy_requests_therapyrequest r
where r.id = any((select access.agreed_now())::uuid[])
  and not exists (select from therapy_requests_therapyrequestday d where d.request_id = r.id)"""


@dataclass(frozen=True)
class Days:
    """The days, and nothing else."""

    id: UUID
    asked: date
    accepted: date | None = None
    first: date | None = None
    ended: date | None = None
    declined: date | None = None

    @property
    def said(self) -> frozenset[str]:
        """Which of them were said."""
        days = {
            What.ACCEPTED: self.accepted,
            What.FIRST: self.first,
            What.ENDED: self.ended,
            What.DECLINED: self.declined,
        }
        return frozenset(what for what, on in days.items() if on)


@dataclass(frozen=True)
class Asked:
    """One request as whoever answers reads it."""

    request: TherapyRequest
    name: str
    days: Days
    agreed_by: str = ""

    @property
    def may_open(self) -> bool:
        """Whether saying yes opens a file here: she agreed to it, and nothing was said yet."""
        return self.request.opens_there and not self.days.said & {What.ACCEPTED, What.DECLINED}


def to_ask(file_id: UUID) -> list[UUID]:
    """The consents of which nothing was asked yet, as read with the file; asks nothing."""
    return sorted(one for what, one in places.facts_of(file_id) if what == TO_ASK)


def days_read(file_id: UUID) -> list[Days]:
    """The days of each request, as read with the file; asks nothing."""
    facts = places.facts_of(file_id)
    said: dict[UUID, list[tuple[float, str, date]]] = {}
    for what, one in facts:
        if what.startswith(DAY):
            kind, on, at = what.removeprefix(DAY).split()
            said.setdefault(one, []).append((float(at), kind, date.fromisoformat(on)))
    found = {
        one: _days(
            one,
            date.fromisoformat(what.removeprefix(ASKED)),
            ((kind, on) for _at, kind, on in sorted(said.get(one, []))),
        )
        for what, one in facts
        if what.startswith(ASKED)
    }
    return sorted(found.values(), key=lambda days: (days.asked, days.id), reverse=True)


def _days(request_id: UUID, asked: date, said: Iterable[tuple[str, date]]) -> Days:
    last = dict(said)
    days = (What.ACCEPTED, What.FIRST, What.ENDED, What.DECLINED)
    return Days(request_id, asked, *map(last.get, days))


def begun_on(file_id: UUID) -> date | None:
    """When this file began with me, from what the person asked; as read with it, asks nothing."""
    facts = places.facts_of(file_id)
    days = [what.removeprefix(BEGUN) for what, _one in facts if what.startswith(BEGUN)]
    return date.fromisoformat(days[0]) if days else None


def live_consent(consent_id: UUID, *, actor: Actor, at: datetime) -> Consent | None:
    """A consent of hers to ask for a psychotherapy, as long as it lives."""
    context.require(actor)
    found = Consent.objects.filter(
        pk=consent_id, purpose=PURPOSE, starts_at__lte=at, ends_at__gt=at
    )
    return found.exclude(withdrawn_at__lte=at).first()


def is_asked(consent_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    return TherapyRequest.objects.filter(pk=consent_id).exists()


def partner(consent: Consent) -> str:
    """The name of whom it is asked, in the language of the page."""
    name = "name_en" if get_language() == "en" else "name_fr"
    found = Organisation.objects.filter(pk=consent.organisation_id).values_list(name, flat=True)
    return str(found.get())


def requests(*, actor: Actor) -> QuerySet[TherapyRequest]:
    """What is asked of us now, the oldest first."""
    context.require(actor)
    return TherapyRequest.objects.prefetch_related("days").order_by("written_at", "pk")


def asked_of_us(*, actor: Actor) -> list[Asked]:
    """The same by name, in one list event that says by which consents."""
    rows = list(requests(actor=actor))
    names = _names(rows, actor)
    return [Asked(row, names[row.file_id], days_of(row)) for row in rows if row.file_id in names]


def asked(consent_id: UUID, *, actor: Actor) -> Asked | None:
    """One of them, opened: she reads in her journal that it was."""
    row = requests(actor=actor).filter(pk=consent_id).first()
    identity = row and _identities([row]).first()
    if row is None or identity is None:
        return None
    vault.open([identity, row], by=actor, action="shared.opened", basis=basis_of(consent_id))
    giver = Consent.objects.filter(pk=consent_id).values_list("giver", flat=True).first()
    said_by = str(Consent.Giver(giver).label) if giver else ""
    return Asked(row, identity.opened.chosen_name, days_of(row), said_by)


def shown(row: TherapyRequest, *, actor: Actor) -> tuple[Identity, SafeContact | None] | None:
    """Who she is and how she is reached, as her own team shows it now, opened by that word of hers;
    None when she shows it no more."""
    identity = _identities([row]).first()
    ways = SafeContact.objects.filter(file_id=row.file_id).order_by("-written_at", "pk")
    contact = ways.first()
    if identity is None:
        return None
    opened = [one for one in (identity, contact) if one]
    sections = [IDENTITY, CONTACT]
    basis = basis_of(row.pk)
    vault.open(opened, by=actor, action="shared.opened", sections=sections, basis=basis)
    return identity, contact


def begin(consent_id: UUID, *, actor: Actor) -> tuple[UUID | None, str]:
    """What the database answers to a psychotherapist who begins (`sharing.beginning`)."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select of_file, says from access.begin_therapy(%s)", [consent_id])
        file_id, says = cursor.fetchone()
    return file_id, says


def days_of(row: TherapyRequest) -> Days:
    said = sorted(row.days.all(), key=lambda day: day.said_at)
    return _days(row.pk, clock.day_of(row.written_at), ((day.what, day.on) for day in said))


def _identities(rows: list[TherapyRequest]) -> QuerySet[Identity]:
    files = {row.file_id for row in rows}
    newest = Identity.objects.filter(file_id__in=files).distinct("file")
    return newest.order_by("file", "-written_at", "pk")


def _names(rows: list[TherapyRequest], actor: Actor) -> dict[UUID, str]:
    found = list(_identities(rows))
    vault.open(found, by=actor, action="list", only=("chosen_name",), basis="consents")
    return {row.file_id: row.opened.chosen_name for row in found}
