"""How are my people and one person's file found?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role, User
from spheres.audit.models import Event
from spheres.core import clock, context
from spheres.core.actor import ORDINARY, SHARED, Actor
from spheres.followup.dossier import journal
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Header, Known
from spheres.records import places, registry, timeline
from spheres.records import queries as records
from spheres.records.places import Block
from spheres.records.queries import Begun
from spheres.records.registry import Entry
from spheres.sharing import queries as sharing
from spheres.sharing import rules
from spheres.sharing.queries import JOINED_AWAY
from spheres.ui import moments
from spheres.vault import actions as vault

NEWEST = 25
RECENT = 6
PAGE = 25
EVERYONE = rules.REACH_CAP
RARELY = frozenset({rules.HEALTH, rules.THERAPY})  # most files hold nothing of these
FACT = "fact"  # in the column of a role: what other folders ask of a file, in its statement
LANGUAGES = {"fr": _("French"), "en": _("English"), "other": _("Another language")}
WITHOUT_NAME = {
    "visitor": _("The referral form"),
    "service:expiry": _("The software, for what has expired"),
}


@dataclass(frozen=True)
class Person:
    """One of my people, as a list shows her."""

    file_id: UUID
    name: str
    pronouns: str
    language: str
    age_band: str
    channel: str
    hours: str
    window: str
    unsafe_on: date | None
    confirmed_on: date | None
    status: str

    @property
    def status_label(self) -> str:
        return str(FollowUpStatus.Status(self.status).label) if self.status else ""


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


@dataclass(frozen=True)
class Dossier:
    """One file's first page."""

    person: Header
    entries: list[Entry]
    needs: list[Entry]  # what waits for an answer stands above what happened
    her_last_words: Entry | None
    seers: list[Seer]
    is_folded: bool = False  # what was written before she came back is not shown
    after_her_words: list[Block] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many persons besides me may see this file."""
        return len({seer.name for seer in self.seers if not seer.is_me})


@dataclass(frozen=True)
class People:
    """One page of my people, and how many there are in all."""

    shown: list[Person]
    total: int
    page: int

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def my_people(*, actor: Actor, words: str = "", page: int = 1, size: int = 0) -> People:
    """Those whose identity this actor may see, by chosen name, a page at a time.

    The names of all are opened, to sort and to find; how to reach her, for those shown only. One
    list event in the reader's own chain names them all.
    """
    size = size or PAGE
    people = participants.all_mine(actor=actor, without=JOINED_AWAY)
    rows = [row for one in people for row in one.rows]
    vault.open(rows, by=actor, action="list", only=("chosen_name",))
    participants.remember(one.identity for one in people)
    wanted = plain(words)
    named = [(plain(one.identity.opened.chosen_name), one) for one in people]
    found = [
        one
        for name, one in sorted(named, key=lambda pair: (pair[0], pair[1].identity.pk))
        if wanted in name
    ]
    shown = found[(page - 1) * size : page * size]
    vault.open_also(
        [row for one in shown for row in one.rows], only=("pronouns", "hours", "window")
    )
    return People([_as_person(one) for one in shown], len(found), page)


@dataclass(frozen=True)
class Near:
    """My people as one looks for them in the street: those of the last days, then the others."""

    recent: list[Person]
    others: list[Person]


def near(*, actor: Actor) -> Near:
    """Everyone I accompany; those I wrote about last come first, the newest on top."""
    people = {one.file_id: one for one in my_people(actor=actor, size=EVERYONE).shown}
    newest = timeline.written_about(actor=actor, most=NEWEST)
    recent = [file_id for file_id in newest if file_id in people][:RECENT]
    return Near([people.pop(file_id) for file_id in recent], list(people.values()))


def _as_person(one: Known) -> Person:
    return Person(
        file_id=one.identity.file_id,
        name=one.identity.opened.chosen_name,
        pronouns=one.identity.opened.pronouns,
        language=one.identity.language,
        age_band=one.identity.age_band,
        channel=one.contact.channel if one.contact else "",
        hours=one.contact.opened.hours if one.contact else "",
        window=one.contact.opened.window if one.contact else "",
        unsafe_on=one.contact.unsafe_on if one.contact else None,
        confirmed_on=one.contact.confirmed_on if one.contact else None,
        status=one.status,
    )


def drafts(*, actor: Actor, at: datetime) -> list[tuple[Begun, str]]:
    """My texts to finish, each with the name of whom it is about, newest first."""
    mine = records.begun(actor=actor, at=at)
    names = dict(participants.names({draft.file_id for draft in mine}, actor=actor))
    return [(draft, names[draft.file_id]) for draft in mine if draft.file_id in names]


def part_of_day(moment: datetime) -> str:
    """morning, afternoon or evening, where the programme works."""
    hour = timezone.localtime(moment).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def plain(text: str) -> str:
    """A name as one compares it: without accents, capitals or outer spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).strip()


def dossier(file_id: UUID, known: Known, *, actor: Actor, earlier: bool = False) -> Dossier:
    """The first page of a file.

    Of somebody who came back, what was written before stays locked until she asks for it
    (`earlier`): she starts from where she is.
    """
    since = None if earlier else known.returned_at
    rows = timeline.newest(file_id, actor=actor, since=since, most=NEWEST)
    locked = places.locked_of(file_id, actor=actor, since=since)
    vault.open(
        [
            *known.rows,
            *(row for _kind, row in rows),
            *(row for one in locked for row in one.rows),
        ],
        by=actor,
        # Her health and her therapy are said only when something of them is opened.
        sections=[
            rules.IDENTITY, rules.CONTACT,
            *(k.section for k in registry.all_types() if k.section not in RARELY),
        ],
    )  # fmt: skip
    entries = [kind.entry(row) for kind, row in rows]
    people, names = seers_and_names(file_id, {e.written_by for e in entries}, actor=actor)
    entries = [replace(entry, author=names.get(entry.written_by, "")) for entry in entries]
    return Dossier(
        person=participants.header_of(known),
        entries=[entry for entry in entries if not entry.is_now],
        needs=[entry for entry in entries if entry.is_now],
        her_last_words=next((entry for entry in entries if entry.her_words), None),
        seers=people,
        is_folded=since is not None,
        after_her_words=[block for one in locked if (block := one.block())],
    )


@dataclass(frozen=True)
class Brief:
    """A file as whoever reads it for a while sees it: without her story."""

    person: Header
    status: str
    seers: list[Seer]
    answering_for: list[tuple[str, datetime]]
    may_write: bool
    after_her_words: list[Block]

    @property
    def others(self) -> int:
        """How many persons besides me may see this file."""
        return len({seer.name for seer in self.seers if not seer.is_me})


def brief(known: Known, *, actor: Actor, at: datetime) -> Brief:
    """Who she is, how to reach her, where it stands, her own page; by which cover one reads it.

    What her worker finds folded since she came back is folded here too.
    """
    file_id = known.identity.file_id
    found = places.locked_of(file_id, actor=actor, since=known.returned_at)
    locked = [one for one in found if one.for_a_while]
    vault.open([*known.rows, *(row for one in locked for row in one.rows)], by=actor)
    covers = sharing.covered_on(file_id, actor=actor, at=at)
    people, names = seers_and_names(file_id, {one.for_user_id for one in covers}, actor=actor)
    return Brief(
        person=participants.header_of(known),
        status=str(FollowUpStatus.Status(known.status).label) if known.status else "",
        seers=people,
        answering_for=[(names.get(one.for_user_id, ""), one.ends_at) for one in covers],
        may_write=sharing.may_write_in(file_id, actor=actor),
        after_her_words=[places.to_read(block) for one in locked if (block := one.block())],
    )


def facts_of(person: Header, *, on: date) -> list[tuple[str, str]]:
    """What is good to know at a glance, in pairs of words; nothing unknown is shown as empty."""
    pairs = [
        (_("Age"), age_words(person, on=on)),
        (_("Language"), LANGUAGES.get(person.language, "")),
        (_("Languages spoken"), person.languages),
        (_("Gender"), person.gender),
        (_("Interpreter"), person.interpreter),
        (_("Followed by"), person.holder),
    ]
    return [(str(term), str(words)) for term, words in pairs if words]


def age_words(person: Header, *, on: date) -> str:
    """Her age when she gave her day of birth, else the band she was referred with."""
    if not person.birth_date:
        return gettext("%(band)s, when referred") % {"band": person.age_band}
    born = date.fromisoformat(person.birth_date)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return ngettext("%(age)d year old", "%(age)d years old", age) % {"age": age}


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
