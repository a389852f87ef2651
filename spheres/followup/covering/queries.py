"""Who answers for whom, now and in the days to come; and about whom?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import get_language

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.accounts.queries import CoWorker
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.covering import policy
from spheres.followup.covering.models import NoNeed
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.participants.queries import Known
from spheres.records.between import places
from spheres.records.queries import Reach
from spheres.sharing import queries as sharing
from spheres.sharing.models import Consent, Cover
from spheres.sharing.rules import WORKERS
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault

ANSWERED: Final = "covers"
BY_ME: Final = """
select json_build_object('id', v.id, 'kind', v.kind, 'for', v.for_user_id, 'name', u.name,
  'ends_at', v.ends_at, 'name_fr', o.name_fr, 'name_en', o.name_en)
from sharing_cover v left join accounts_user u on u.id = v.for_user_id
left join accounts_organisation o on o.id = v.organisation_id and v.elsewhere_id is not null
where v.user_id = %(user)s and coalesce(v.elsewhere_id, v.organisation_id) = %(here)s
  and v.starts_at <= %(at)s and v.ends_at > %(at)s
  and (v.kind <> 'LAPSE' or v.for_user_id not in (
    select c.of_user from access.who_is_clear(%(here)s) c))"""


@dataclass(frozen=True)
class Mine:
    """A cover by which I answer now: for whom, and until when."""

    kind: str
    for_user_id: UUID
    name: str
    ends_at: datetime
    organisation: str = ""  # where that person works, when it is not here

    @property
    def kind_label(self) -> str:
        return str(Cover.Kind(self.kind).label)


@dataclass(frozen=True)
class Planned:
    """One cover, as the page says it."""

    cover: Cover
    who: str
    for_whom: str
    is_mine: bool  # I answer
    is_for_me: bool  # somebody answers for me
    is_now: bool
    may_end: bool
    where: str = ""  # the other organisation, when one answers in the name of it
    is_gone: bool = False  # whoever was named works there no more
    may_ask: bool = False

    @property
    def is_if_lapsed(self) -> bool:
        return self.cover.kind == Cover.Kind.LAPSE


@dataclass(frozen=True)
class Asked:
    """One of those whom somebody is to answer for elsewhere: did she agree to it?"""

    person: Person
    agrees: bool
    took_back_on: date | None = None
    no_need_on: date | None = None


@dataclass(frozen=True)
class Asking:
    """Who answers elsewhere, for whom, from when until when; and each of their people."""

    planned: Planned
    people: list[Asked]


@dataclass(frozen=True, kw_only=True)
class Person(Reach):
    """One of a colleague's people, as whoever answers for her reads her."""

    file_id: UUID
    name: str
    pronouns: str
    status: str

    @property
    def status_label(self) -> str:
        return str(FollowUpStatus.Status(self.status).label) if self.status else ""


@dataclass(frozen=True)
class Answering:
    """Somebody for whom I answer now, until when, and her people."""

    cover: Mine
    people: list[Person]


def coming(*, actor: Actor, at: datetime) -> list[Planned]:
    """Every cover of my organisation that is not over, and those by which I answer for somebody of
    another, the soonest first."""
    ours = sharing.covers(actor=actor) | sharing.covers_elsewhere(actor=actor)
    return _planned(ours.not_over(at).order_by("starts_at", "kind", "pk"), actor=actor, at=at)


def _planned(found: Iterable[Cover], *, actor: Actor, at: datetime) -> list[Planned]:
    covers = list(found)
    names = names_of(covers)
    away = [one for one in covers if one.elsewhere_id is not None]
    ids = {where for one in away for where in (one.elsewhere_id, one.organisation_id) if where}
    houses = _houses(ids) if away else {}
    there = {one.id for one in sharing.workers_elsewhere(actor=actor, at=at)} if away else set()
    return [_said(cover, names, houses, there, actor=actor, at=at) for cover in covers]


def _said(
    cover: Cover,
    names: dict[UUID, str],
    houses: dict[UUID, str],
    there: set[str],
    *,
    actor: Actor,
    at: datetime,
) -> Planned:
    """One cover in words. Of one of another organisation, I am told for whom, and end nothing."""
    is_ours = cover.organisation_id == actor.organisation_id
    other = cover.elsewhere_id if is_ours else cover.organisation_id
    return Planned(
        cover=cover,
        who=names.get(cover.user_id, ""),
        for_whom=names.get(cover.for_user_id, ""),
        is_mine=cover.user_id == actor.user_id and (cover.elsewhere_id is None or not is_ours),
        is_for_me=cover.for_user_id == actor.user_id,
        is_now=cover.starts_at <= at,
        may_end=is_ours and bool(policy.can_end(actor, cover)),
        where=houses.get(other, "") if cover.elsewhere_id and other else "",
        is_gone=cover.elsewhere_id is not None
        and is_ours
        and f"{cover.elsewhere_id}/{cover.user_id}" not in there,
        may_ask=is_ours and bool(policy.can_ask(actor, cover)),
    )


def _houses(ids: set[UUID]) -> dict[UUID, str]:
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=ids).order_by("pk")}


def asking(cover_id: UUID, *, actor: Actor, at: datetime) -> Asking | None:
    """One absence answered elsewhere, and each of those it is about with whom I walk, by name: who
    agreed to it, and who did not. One list event names them all."""
    planned = _planned(_elsewhere(cover_id, actor, at), actor=actor, at=at)
    if not planned:
        return None
    [one] = planned
    away = one.cover.for_user_id
    mine = set(participants.walked_with(actor=actor, at=at).values_list("file_id", flat=True))
    theirs = participants.those_of([away], actor=actor, at=at)[away]
    beside = [each for each in theirs if each.identity.file_id in mine]
    vault.open(
        [row for each in beside for row in each.rows],
        by=actor,
        action="list",
        only=("chosen_name", "pronouns", "hours", "window"),
    )
    said: dict[UUID, Consent] = {}
    consents = sharing.consents(actor=actor).filter(cover_id=cover_id)
    for consent in consents.order_by("taken_at", "pk"):
        said[consent.file_id] = consent
    no_need = dict(NoNeed.objects.filter(cover_id=cover_id).values_list("file_id", "written_at"))
    people = [
        _asked(_person(each), said.get(file_id), no_need.get(file_id), at)
        for each in beside
        for file_id in (each.identity.file_id,)
    ]
    return Asking(
        one, sorted(people, key=lambda p: (alphabetical(p.person.name), p.person.file_id))
    )


def to_ask(file_id: UUID, cover_id: UUID, *, actor: Actor, at: datetime) -> Cover | None:
    """The absence about which one asks this person: of a colleague with whom one walks with her."""
    cover = _elsewhere(cover_id, actor, at).first()
    if cover is None:
        return None
    beside = participants.walked_with(actor=actor, at=at).filter(file_id=file_id)
    theirs = Assignment.objects.filter(
        file_id=file_id, user_id=cover.for_user_id, starts_at__lte=at
    ).exclude(ends_at__lte=at)
    return cover if beside.exists() and theirs.exists() else None


def _elsewhere(cover_id: UUID, actor: Actor, at: datetime) -> sharing.Covers:
    """One absence of my organisation that somebody of a partner answers, until it is over."""
    found = sharing.covers(actor=actor).not_over(at).filter(pk=cover_id)
    return found.exclude(elsewhere_id=None)


def _asked(
    person: Person, consent: Consent | None, no_need: datetime | None, at: datetime
) -> Asked:
    """Where one person stands; what she agreed to comes before what she said no to."""
    if consent is None:
        return Asked(person, agrees=False, no_need_on=clock.day_of(no_need) if no_need else None)
    back = consent.withdrawn_at
    return Asked(person, consent.over_at > at, clock.day_of(back) if back else None)


def names_of(covers: Iterable[Cover]) -> dict[UUID, str]:
    """The names of those who answer, and of those for whom."""
    return accounts.names_of({user for c in covers for user in (c.user_id, c.for_user_id)})


def mine_now(*, actor: Actor, at: datetime) -> list[Mine]:
    """The covers by which I answer now, the first to end first."""
    rows = places.rows_of_day(ANSWERED, actor=actor, at=at)
    return [
        Mine(
            kind=row["kind"],
            for_user_id=UUID(row["for"]),
            name=row["name"] or "",
            ends_at=datetime.fromisoformat(row["ends_at"]),
            organisation=row["name_en" if get_language() == "en" else "name_fr"] or "",
        )
        for row in sorted(rows, key=lambda row: (row["ends_at"], row["id"]))
    ]


def answering(*, actor: Actor, at: datetime) -> list[Answering]:
    """For which colleague I answer now, and her people, by name; one list event names them all.

    Of somebody elsewhere, those who agreed are read on the pages of what is shared."""
    covers = [one for one in mine_now(actor=actor, at=at) if not one.organisation]
    if not covers:
        return []
    theirs = participants.those_of({c.for_user_id for c in covers}, actor=actor, at=at)
    vault.open(
        [row for people in theirs.values() for one in people for row in one.rows],
        by=actor,
        action="list",
        only=("chosen_name", "pronouns", "hours", "window"),
    )
    return [
        Answering(
            cover,
            sorted(
                (_person(one) for one in theirs[cover.for_user_id]),
                key=lambda person: (alphabetical(person.name), person.file_id),
            ),
        )
        for cover in covers
    ]


def _person(one: Known) -> Person:
    return Person.of(
        one.contact,
        file_id=one.identity.file_id,
        name=one.identity.opened.chosen_name,
        pronouns=one.identity.opened.pronouns,
        status=one.status,
    )


def workers(*, actor: Actor, at: datetime) -> list[CoWorker]:
    """Those who accompany people in my organisation today, by name."""
    return accounts.who_works_here(WORKERS, actor=actor, at=at)


def cover(cover_id: UUID, *, actor: Actor) -> Cover | None:
    """One cover of my organisation."""
    context.require(actor)
    return sharing.covers(actor=actor).filter(pk=cover_id).first()
