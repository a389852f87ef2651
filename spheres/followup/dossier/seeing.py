"""Who may see one file now, at a partner's too, and who opened it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role, User
from spheres.audit.models import Event
from spheres.core import clock, context
from spheres.core.actor import ORDINARY, SHARED, Actor
from spheres.followup.dossier import journal
from spheres.records import places
from spheres.sharing import queries as sharing
from spheres.sharing import rules
from spheres.ui import moments

FACT = "fact"  # in the column of a role: what other folders ask of a file, in its statement
WITHOUT_NAME = {
    "visitor": _("The referral form"),
    "service:expiry": _("The software, for what has expired"),
}


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


@dataclass(frozen=True)
class Opening:
    """One time this file was opened or written in."""

    at: datetime
    name: str
    role: str
    sentence: str
    by: tuple[UUID, UUID]  # two persons may bear one name
    purpose: str


@dataclass(frozen=True)
class Alike:
    """The same thing done by the same person on one day, newest first; each is still there."""

    each: list[Opening]

    @property
    def last(self) -> Opening:
        return self.each[0]

    @property
    def when(self) -> str:
        """November 26, 2026, from 9:02 a.m. to 9:40 a.m."""
        first, last = moments.hour(self.each[-1].at), moments.hour(self.last.at)
        if first == last:
            return str(moments.moment(self.last.at))
        said = {"day": moments.day(self.last.at), "first": first, "last": last}
        return gettext("%(day)s, from %(first)s to %(last)s") % said


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
    name = "name_en" if get_language() == "en" else "name_fr"
    title = "job_title_en" if get_language() == "en" else "job_title_fr"
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.* from (select %s::uuid as file_id) asked cross join lateral ("  # noqa: S608 -- columns are ours
            f"select u.id, u.name, w.role, m.{title}, o.{name}, o.id, w.purpose "
            # Those who accompany her, or answer for them; those with whom she shares her name.
            "from (select * from access.who_can(asked.file_id, 'relation') k "
            f"where k.purpose = '{ORDINARY}' union all "
            "select * from access.who_can(asked.file_id, 'identity') k "
            f"where k.purpose = '{SHARED}') w "
            "join accounts_user u on u.id = w.user_id "
            "join accounts_organisation o on o.id = w.organisation_id "
            "join accounts_membership m on m.user_id = w.user_id "
            "and m.organisation_id = w.organisation_id and m.role = w.role "
            "union all select u.id, u.name, null, null, null, null, null from accounts_user u "
            "where u.id = any(%s) "
            f"union all select f.id, f.what, '{FACT}', null, null, null, null "
            f"from ({places.asked_with_file()}) f(what, id)) s order by s.purpose, 2, 3",
            [file_id, list(authors)],
        )
        rows = cursor.fetchall()
    places.learn(file_id, [(name, id) for id, name, role, *_ in rows if role == FACT])
    rows = [row for row in rows if row[2] != FACT]
    people = [
        Seer(
            user_id,
            name,
            str(Role(role).label),
            title,
            organisation,
            user_id == actor.user_id,
            organisation_id=organisation_id,
            is_partner=purpose == SHARED,
        )
        for user_id, name, role, title, organisation, organisation_id, purpose in rows
        if role is not None
    ]
    return people, {user_id: name for user_id, name, *_ in rows}


def openings(file_id: UUID, *, actor: Actor, limit: int = 100) -> list[Opening]:
    """Who opened this file or wrote in it, newest first."""
    context.require(actor)
    events = list(
        Event.objects.filter(chain=Event.Chain.FILE, chain_id=file_id).order_by("-number")[:limit]
    )
    names = dict(User.objects.filter(pk__in={e.actor_id for e in events}).values_list("pk", "name"))
    # What was read at a partner's says at which.
    places_read = {event.organisation_id for event in events if event.purpose == SHARED}
    where = (
        {one.pk: one.name for one in Organisation.objects.filter(pk__in=places_read).order_by("pk")}
        if places_read
        else {}
    )
    return [
        Opening(
            at=event.at,
            name=names.get(event.actor_id) or str(WITHOUT_NAME.get(event.roles[0], "")),
            role=", ".join(str(Role(role).label) for role in event.roles if role in Role.values),
            sentence=journal.sentence_of(event, where.get(event.organisation_id, "")),
            by=(event.actor_id, event.organisation_id),
            purpose=event.purpose,
        )
        for event in events
    ]


def alike(openings: list[Opening]) -> list[Alike]:
    """The same, where what one person did again and again on one day is said once."""
    held: dict[tuple[object, ...], list[Opening]] = {}
    for one in openings:
        day = timezone.localtime(one.at).date()
        held.setdefault((day, one.by, one.role, one.purpose, one.sentence), []).append(one)
    return [Alike(each) for each in held.values()]
