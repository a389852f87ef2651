"""Who may see one file now, those with whom she shares too?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.accounts.models import Role
from spheres.core import clock, context
from spheres.core.actor import CUSTODY, EXCEPTIONAL, ORDINARY, SEAT, SHARED, Actor
from spheres.followup.dossier import journal
from spheres.records.between import places, telling
from spheres.sharing import queries as sharing
from spheres.sharing import rules
from spheres.sharing.models import Consent

NO_FACT = "select null::text, null::uuid where false"
FACT = "fact"  # in the column of a role: what other folders ask of a file, in its statement


@dataclass(frozen=True)
class Agreed:
    """What somebody at a partner's may read, and until which day."""

    parts: str
    until: date


@dataclass(frozen=True)
class Reads:
    """Which parts of the file somebody may read in their ordinary work, and which of them not."""

    is_all: bool  # but therapy and private pages, which no worker reads
    parts: str = ""
    not_parts: str = ""  # of what a colleague beside them would read


@dataclass(frozen=True)
class Seer:
    """Someone who may see this file now."""

    user_id: UUID
    name: str
    role: str
    job_title: str
    organisation: str
    is_me: bool
    organisation_id: UUID | None = None
    passes: str = ""  # of whom she is handed over to: what she lets pass until they have met
    shares: tuple[Agreed, ...] = ()  # of somebody at a partner's: what she agreed to, until when
    is_partner: bool = False
    is_custodian: bool = False  # holds the notes of a psychotherapist who left or died
    has_a_seat: bool = False  # answers what the law asks about this file, and reads some of it
    reads: Reads | None = None  # in ordinary work; None when nothing opens it so
    has_an_hour: bool = False  # opened what may protect her: a life may be in danger

    @property
    def sits_only(self) -> bool:
        """Sees it from a seat, and by nothing else that is said here."""
        return self.has_a_seat and not (self.has_an_hour or self.is_partner or self.is_custodian)


def seers(file_id: UUID, *, actor: Actor, at: datetime) -> list[Seer]:
    """Who may see anything of this file now, and which parts, by the rule function itself."""
    people = seers_and_names(file_id, set(), actor=actor)[0]
    handed = sharing.handed_over(file_id, actor=actor, at=at)
    parts = _parts(file_id, actor=actor)
    told = [
        replace(
            one,
            reads=_reads(parts.get((one.user_id, one.organisation_id, ORDINARY), set())),
            passes=journal.parts_of(handed[one.user_id]) if one.user_id in handed else "",
        )
        for one in people
    ]
    if not any(one.is_partner for one in told):
        return told
    consents = sharing.agreed_now(file_id, actor=actor, at=at)
    return [replace(one, shares=_agreed(one, consents, parts)) for one in told]


Parts = dict[tuple[UUID, UUID | None, str], set[str]]


def _parts(file_id: UUID, *, actor: Actor) -> Parts:
    """Of each person, in each organisation and for each purpose, the sections they may read: one
    statement, whatever the number of people."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select w.user_id, w.organisation_id, w.purpose, array_agg(distinct s.section) "
            "from unnest(%s::text[]) s(section) "
            "cross join lateral access.who_can(%s, s.section) w group by 1, 2, 3",
            [list(rules.SECTIONS), file_id],
        )
        return {(user, place, purpose): set(said) for user, place, purpose, said in cursor}


def _reads(sections: set[str]) -> Reads | None:
    if not sections:
        return None
    if sections.issuperset(rules.ALL):
        return Reads(is_all=True)
    # Of a psychotherapist, what is kept from them is not said: their work is another.
    kept = [] if rules.THERAPY in sections else [s for s in rules.ALL if s not in sections]
    return Reads(
        is_all=False,
        parts=journal.parts_of(s for s in rules.SECTIONS if s in sections),
        not_parts=journal.parts_of(kept),
    )


def _agreed(seer: Seer, consents: Iterable[Consent], parts: Parts) -> tuple[Agreed, ...]:
    """What she agreed to with this person or their organisation, of which nothing bars them."""
    if not seer.is_partner:
        return ()
    open_now = parts.get((seer.user_id, seer.organisation_id, SHARED), set())
    return tuple(
        Agreed(
            journal.parts_of(s for s in rules.SHAREABLE if s in each.sections and s in open_now),
            clock.day_of(each.ends_at - timedelta(microseconds=1)),
        )
        for each in consents
        if each.organisation_id == seer.organisation_id and each.user_id in {None, seer.user_id}
    )


def seers_and_names(
    file_id: UUID, authors: set[UUID], *, actor: Actor
) -> tuple[list[Seer], dict[UUID, str]]:
    """Who may see this file now, and the names of its authors, even of one who no longer may.

    What other folders ask of the file is asked, and remembered, with it.
    """
    context.require(actor)
    # In her notebook nothing of the file’s own page is asked.
    facts = NO_FACT if actor.is_participant else places.asked_with_file()
    name = "name_en" if get_language() == "en" else "name_fr"
    title = "job_title_en" if get_language() == "en" else "job_title_fr"
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.* from (select %s::uuid as file_id) asked cross join lateral ("  # noqa: S608 -- columns are ours
            f"select u.id, u.name, w.role, m.{title}, o.{name}, o.id, w.purpose "
            # Those who accompany her, or answer for them; those with whom she shares her name;
            # whoever opened it for an hour.
            "from (select * from access.who_can(asked.file_id, 'relation') k "
            f"where k.purpose = '{ORDINARY}' union all "
            "select * from access.who_can(asked.file_id, 'identity') k "
            f"where k.purpose in ('{SHARED}', '{EXCEPTIONAL}', '{CUSTODY}', '{SEAT}')) w "
            "join accounts_user u on u.id = w.user_id "
            "join accounts_organisation o on o.id = w.organisation_id "
            "join accounts_membership m on m.user_id = w.user_id "
            "and m.organisation_id = w.organisation_id and m.role = w.role "
            "union all select u.id, u.name, null, null, null, null, null from accounts_user u "
            "where u.id = any(%s) "
            f"union all select f.id, f.what, '{FACT}', null, null, null, null "
            f"from ({facts}) f(what, id)) s order by s.purpose, 2, 3",
            [file_id, list(authors)],
        )
        rows = cursor.fetchall()
    places.learn(file_id, [(name, id) for id, name, role, *_ in rows if role == FACT])
    rows = [row for row in rows if row[2] != FACT]
    people: dict[tuple[UUID, UUID, str, bool], Seer] = {}
    for user_id, name, role, title, organisation, organisation_id, purpose in rows:
        if role is None:
            continue
        seer = Seer(
            user_id,
            name,
            str(Role(role).label),
            title,
            organisation,
            user_id == actor.user_id,
            organisation_id=organisation_id,
            is_partner=purpose == SHARED,
            is_custodian=purpose == CUSTODY,
            has_a_seat=purpose == SEAT,
        )
        one = user_id, organisation_id, role, seer.is_partner
        # Said once of each, whatever else opens it to the same person.
        before = people.get(one, seer)
        people[one] = replace(
            seer,
            has_an_hour=purpose == EXCEPTIONAL or before.has_an_hour,
            is_custodian=seer.is_custodian or before.is_custodian,
            has_a_seat=seer.has_a_seat or before.has_a_seat,
        )
    seen = list(people.values())
    if any(one.sits_only for one in seen):
        # Whoever sits at a matter of which she may not be told yet: said once she is told.
        waits = {one.user_id for one in telling.not_yet(file_id, actor=actor)}
        seen = [one for one in seen if not (one.sits_only and one.user_id in waits)]
    return seen, {user_id: name for user_id, name, *_ in rows}
