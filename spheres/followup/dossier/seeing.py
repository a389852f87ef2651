"""Who may see one file now, those with whom she shares too?"""

from __future__ import annotations

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

NO_FACT = "select null::text, null::uuid where false"
FACT = "fact"  # in the column of a role: what other folders ask of a file, in its statement


@dataclass(frozen=True)
class Agreed:
    """What somebody at a partner's may read, and until which day."""

    parts: str
    until: date


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
    has_an_hour: bool = False  # opened what may protect her: a life may be in danger

    @property
    def sits_only(self) -> bool:
        """Sees it from a seat, and by nothing else that is said here."""
        return self.has_a_seat and not (self.has_an_hour or self.is_partner or self.is_custodian)


def seers(file_id: UUID, *, actor: Actor, at: datetime) -> list[Seer]:
    """Who may see anything of this file now, by the rule function itself; and what, of whom she is
    handed over to."""
    people = seers_and_names(file_id, set(), actor=actor)[0]
    handed = sharing.handed_over(file_id, actor=actor, at=at)
    told = [
        replace(one, passes=journal.parts_of(handed[one.user_id])) if one.user_id in handed else one
        for one in people
    ]
    if not any(one.is_partner for one in told):
        return told
    consents = sharing.agreed_now(file_id, actor=actor, at=at)
    return [
        replace(
            one,
            shares=tuple(
                Agreed(
                    journal.parts_of(s for s in rules.SHAREABLE if s in each.sections),
                    clock.day_of(each.ends_at - timedelta(microseconds=1)),
                )
                for each in consents
                if each.organisation_id == one.organisation_id
                and each.user_id in {None, one.user_id}
            ),
        )
        if one.is_partner
        else one
        for one in told
    ]


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
