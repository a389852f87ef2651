"""How are my people and one person's file found?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.dossier import seeing
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Header, Known
from spheres.records import queries as records
from spheres.records import registry, timeline
from spheres.records.between import places
from spheres.records.between.places import Block
from spheres.records.queries import Begun
from spheres.records.registry import Entry
from spheres.sharing import queries as sharing
from spheres.sharing import rules
from spheres.sharing.queries import JOINED_AWAY
from spheres.vault import actions as vault

NEWEST = 25
IN_SIGHT = 6  # of them, before the others are unfolded
RECENT = 6
PAGE = 25
EVERYONE = rules.REACH_CAP
RARELY = frozenset({rules.HEALTH, rules.THERAPY})  # most files hold nothing of these
LANGUAGES = {"fr": _("French"), "en": _("English"), "other": _("Another language")}


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
class Dossier:
    """One file's first page."""

    person: Header
    entries: list[Entry]
    needs: list[Entry]  # what waits for an answer stands above what happened
    her_last_words: Entry | None
    seers: list[seeing.Seer]
    is_folded: bool = False  # what was written before she came back is not shown
    after_her_words: list[Block] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many persons besides me may see this file."""
        return len({seer.name for seer in self.seers if not seer.is_me})

    @property
    def in_sight(self) -> list[Entry]:
        return self.entries[:IN_SIGHT]

    @property
    def folded(self) -> list[Entry]:
        """The other newest ones: already opened, one press away."""
        return self.entries[IN_SIGHT:]


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
    since = known.open_since(earlier=earlier)
    rows = timeline.newest(file_id, actor=actor, since=since, most=NEWEST, waiting=True)
    locked = places.locked_of(file_id, actor=actor, since=since)
    walks = actor.has(*rules.WORKERS)  # a psychotherapist is opened none of the workers’ parts
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
            *(k.section for k in registry.all_types() if k.section not in RARELY and walks),
        ],
    )  # fmt: skip
    entries = [kind.entry(row) for kind, row in rows]
    people, names = seeing.seers_and_names(file_id, {e.written_by for e in entries}, actor=actor)
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
    seers: list[seeing.Seer]
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
    those = {one.for_user_id for one in covers}
    people, names = seeing.seers_and_names(file_id, those, actor=actor)
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
