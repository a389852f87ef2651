"""What do the other folders put on my day, and where does a role begin its morning?

The pages of the dossier know none of them: a folder registers what it hands over, once ready.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.records.between import gathering
from spheres.sharing.rules import PLAN
from spheres.vault.models import Lockable


@dataclass(frozen=True)
class Handed:
    """Something another person handed me: a sentence, and where to answer."""

    sentence: str
    url: str
    verb: Any
    icon: str
    # What is done at once, without another page: words and address, the main one first.
    presses: tuple[tuple[Any, str], ...] = ()
    # Somebody is awaited: it stands above all else.
    before_all: bool = False


@dataclass(frozen=True)
class Home:
    """Where those who hold one of these roles begin their morning."""

    roles: frozenset[str]
    url_name: str


@dataclass(frozen=True)
class Link:
    """A way that another folder offers from a page."""

    label: Any
    url: str
    icon: str


@dataclass(frozen=True)
class Sheet:
    """What a block says on paper: a title, then lines, in the words of whoever reads it there.

    The code names it whatever the language; the section is where its lines were written.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    section: str = PLAN


@dataclass(frozen=True)
class Block:
    """What another folder shows in one person's file: a template, and what it says.

    At the top when something is to be done now; else beside, so that her words come first. Whoever
    reads the file for a while, without walking with her, sees only those that are for her too.
    `first` is for what she wrote to be read before all else; `with_her_words`, for what stands in
    the same card as her words.
    """

    template: str
    says: dict[str, Any]
    beside: bool = False
    for_a_while: bool = False
    first: bool = False
    with_her_words: bool = False
    # Of her plan: what of it goes on her paper.
    on_paper: tuple[Sheet, ...] = ()


@dataclass(frozen=True)
class Locked:
    """Rows that are opened with the file, in its one event, and the block they may then make."""

    rows: Sequence[Lockable]
    block: Callable[[], Block | None]
    for_a_while: bool = False


_locked: list[Callable[..., Locked]] = []
_first_on_plan: list[Callable[..., Locked]] = []
_plan: list[Callable[..., Locked]] = []
_beside_course: list[Callable[..., Locked]] = []
_asking: list[Callable[..., list[Handed]]] = []
_blocks: list[Callable[..., Block | None]] = []
_handing: list[Callable[..., list[Handed]]] = []
_asked_by_handing: list[str] = []
_asked_at_desk: list[str] = []
_homes: list[Home] = []
_first: list[Callable[..., list[Handed]]] = []
_beside_week: list[Callable[..., Link | None]] = []
_beside_people: list[Callable[..., Link | None]] = []
_day: list[Callable[..., Block | None]] = []
_leads: list[Callable[..., list[Handed]]] = []
_of_desk: list[Callable[..., list[Handed]]] = []
_facts: list[str] = []
_of_day: dict[str, str | Callable[[], str]] = {}
_of_whom: dict[str, tuple[str, ...]] = {}
_marks: list[Callable[..., dict[UUID, list[str]]]] = []
_at_desk: list[Callable[..., Block | None]] = []
_contexts: list[str] = []
_met: list[str] = []
_unmet: list[Callable[..., list[Handed]]] = []


def hand_over(find: Callable[..., list[Handed]], *asks: str) -> None:
    """Register `find(actor=…)`, whose lines are «handed to you», and what it asks of a day."""
    _handing.append(find)
    _asked_by_handing.extend(asks)


def ask_in_good_time(find: Callable[..., list[Handed]]) -> None:
    """Register a function `find(actor=…)` whose questions wait for the right moment, on my day."""
    _asking.append(find)


def stand_first(find: Callable[..., list[Handed]]) -> None:
    """Register a function `find(actor=…)` whose lines come before all others on my day."""
    _first.append(find)


def show_on_day(find: Callable[..., Block | None]) -> None:
    """Register a function `find(actor=…)` whose block stands on my day, after what comes first."""
    _day.append(find)


def lead_from_week(find: Callable[..., Link | None]) -> None:
    """Register a function `find(actor=…)` whose way is offered beside a worker's week."""
    _beside_week.append(find)


def lead_from_people(find: Callable[..., Link | None]) -> None:
    """Register a function `find(actor=…)` whose way is offered beside a worker's people."""
    _beside_people.append(find)


def ask_of_day(what: str, query: str | Callable[[], str], *roles: str) -> None:
    """Register SQL that gives one json value a row; it may say %(user)s, %(here)s and %(at)s.

    My day asks it all in one statement, so that a new one costs none; with roles, the day of those
    who hold one of them. What is made of what others registered is a function, asked when all are.
    """
    _of_whom[what] = roles
    if _of_day.setdefault(what, query) != query:
        raise ValueError(f"Two folders ask {what!r} of a day.")


def read_day(*, actor: Actor, at: datetime, only: Sequence[str] = ()) -> None:
    """Ask all of it, or these alone, for as long as the unit of work lasts; nothing twice."""
    found: dict[Any, Any] = context.memory("day")
    mine = (what for what in only or _of_day if not _of_whom[what] or actor.has(*_of_whom[what]))
    asked = {what: _of_day[what] for what in mine if what not in found}
    found |= {what: [] for what in asked}
    for what, row in _rows_of(asked, actor, at) if asked else ():
        found[what].append(row)


def rows_of_day(what: str, *, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What one folder asked: read already with the day, else asked alone; in no order."""
    context.require(actor)
    found: list[dict[str, Any]] | None = context.memory("day").get(what)
    if found is None:
        found = [row for _what, row in _rows_of({what: _of_day[what]}, actor, at)]
    return found


def _rows_of(
    asked: dict[str, str | Callable[[], str]], actor: Actor, at: datetime
) -> list[tuple[str, dict[str, Any]]]:
    queries = {what: ask if isinstance(ask, str) else ask() for what, ask in asked.items()}
    parts = (f"select '{what}', q.* from ({query}) q" for what, query in queries.items())  # noqa: S608 -- ours
    values: dict[str, Any] = {"user": actor.user_id, "here": actor.organisation_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), values)
        found: list[tuple[str, dict[str, Any]]] = cursor.fetchall()
        return found


def to_read(block: Block, *, may_open: bool = True) -> Block:
    """What others write, without the ways to write it; nor, maybe, the page where it stands."""
    return replace(block, says=block.says | {"may_write": False, "may_open": may_open})


def tell_leads(find: Callable[..., list[Handed]], *asks: str) -> None:
    """Register `find(actor=…)`, whose lines come before those who lead; then what it asks a day."""
    _leads.append(find)
    _asked_at_desk.extend(asks)


def told_to_leads(actor: Actor) -> list[Handed]:
    """What whoever leads workers is told, at the desk and on the team's page, asked at once."""
    read_day(actor=actor, at=clock.now(), only=_asked_at_desk)
    return [line for find in _leads for line in find(actor=actor)]


def ask_of_desk(find: Callable[..., list[Handed]], *asks: str) -> None:
    """Register a function `find(actor=…)` whose lines wait at the desk; then what it asks a day."""
    _of_desk.append(find)
    _asked_at_desk.extend(asks)


def asked_of_desk(actor: Actor) -> list[Handed]:
    """What may be seen to at the desk, asked at once; `before_all` stands above its queue."""
    read_day(actor=actor, at=clock.now(), only=_asked_at_desk)
    return [line for find in _of_desk for line in find(actor=actor)]


def show_on_file(find: Callable[..., Block | None]) -> None:
    """Register a function `find(file_id, actor=…)` whose block stands at the top of a file."""
    _blocks.append(find)


def stand_after_her_words(find: Callable[..., Locked]) -> None:
    """Register a function `find(file_id, actor=…, since=…)` whose block stands after her words.

    `since` is when she came back: what was written before stays closed until she asks for it.
    """
    _locked.append(find)


def show_on_plan(find: Callable[..., Locked], *, first: bool = False) -> None:
    """The same, for the page that gathers what is made with her: her plan.

    `first` is for what she dreams of and where she is: before all the other tools.
    """
    (_first_on_plan if first else _plan).append(find)


def plan_of(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Locked]:
    """What is to be opened with her plan, in the order of the folders.

    What they asked of `gathering` is read first, in one statement.
    """
    gathering.read(gathering.OF_PLAN, file_id, actor=actor, since=since)
    return [find(file_id, actor=actor, since=since) for find in (*_first_on_plan, *_plan)]


def locked_of(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Locked]:
    """What is to be opened with one file, in the order of the folders.

    What they asked of `gathering` for this page is read first, in one statement.
    """
    gathering.read(gathering.OF_FILE, file_id, actor=actor, since=since)
    return [find(file_id, actor=actor, since=since) for find in _locked]


def stand_beside_course(find: Callable[..., Locked]) -> None:
    """Register `find(file_id, actor=…)`: what stands, folded, beside what keeps her on course."""
    _beside_course.append(find)


def beside_course(file_id: UUID, *, actor: Actor) -> list[Locked]:
    """The same, in the order of the folders; what they asked of `gathering` is read first."""
    gathering.read(gathering.OF_COURSE, file_id, actor=actor, since=None)
    return [find(file_id, actor=actor) for find in _beside_course]


def blocks_of(file_id: UUID, *, actor: Actor) -> list[Block]:
    """The blocks of one file for this person."""
    return [block for find in _blocks if (block := find(file_id, actor=actor))]


def mark_at_desk(find: Callable[..., dict[UUID, list[str]]]) -> None:
    """Register a function `find(actor=…)` whose lines stand under referrals of the desk's queue."""
    _marks.append(find)


def show_at_desk(find: Callable[..., Block | None]) -> None:
    """Register a function `find(file_id, actor=…)` whose block stands on a referral at the desk."""
    _at_desk.append(find)


def marks_at_desk(actor: Actor) -> dict[UUID, list[str]]:
    """The lines under each referral of the queue, in the order of the folders."""
    marks: dict[UUID, list[str]] = {}
    for find in _marks:
        for file_id, lines in find(actor=actor).items():
            marks.setdefault(file_id, []).extend(lines)
    return marks


def blocks_at_desk(file_id: UUID, *, actor: Actor) -> list[Block]:
    """The blocks of one referral at the desk."""
    return [block for find in _at_desk if (block := find(file_id, actor=actor))]


def ask_with_file(query: str) -> None:
    """Register SQL that gives pairs (what, identifier) of the file `asked.file_id`.

    Asked in the one statement that asks who may see the file, so that a block costs none.
    """
    _facts.append(query)


def asked_with_file() -> str:
    """All of it, as one list of pairs."""
    return " union all ".join(["select null::text, null::uuid where false", *_facts])


def learn(file_id: UUID, pairs: list[tuple[str, UUID]]) -> None:
    """These pairs were read: for as long as the unit of work lasts."""
    context.memory("facts")[file_id] = pairs


def facts_of(file_id: UUID) -> list[tuple[str, UUID]]:
    """What this page's statement has found of this file; asks nothing."""
    found: list[tuple[str, UUID]] = context.memory("facts").get(file_id, [])
    return found


def tell_context(query: str) -> None:
    """Register SQL that gives (file_id, why, at): what happened that may call for looking again.

    It says what, never where or with whom. `why` is CRISIS, MOVED or AWAY.
    """
    _contexts.append(query)


def contexts() -> str:
    """All of it, as one list."""
    none = "select null::uuid, null::text, null::timestamptz where false"
    return " union all ".join([none, *_contexts])


def tell_contact(query: str) -> None:
    """Register SQL that gives (file_id, at): that day, they were in contact with her."""
    _met.append(query)


def met() -> str:
    """All of it, as one list."""
    return " union all ".join(["select null::uuid, null::timestamptz where false", *_met])


def surface_unmet(find: Callable[..., list[Handed]]) -> None:
    """Register a function `find(file_id, actor=…)`: needs of hers that are not met, as lines."""
    _unmet.append(find)


def unmet_of(file_id: UUID, *, actor: Actor) -> list[Handed]:
    """Her needs that are not met, beside what keeps her on the course she chose."""
    return [line for find in _unmet for line in find(file_id, actor=actor)]


def begin_at(home: Home) -> None:
    """Register the first page of some roles."""
    _homes.append(home)


def handed_to(actor: Actor) -> list[Handed]:
    """Everything others handed this person, in the order of the folders, asked at once."""
    read_day(actor=actor, at=clock.now(), only=_asked_by_handing)
    return [line for find in _handing for line in find(actor=actor)]


def asked_of(actor: Actor) -> list[Handed]:
    """Every question that waits for the right moment, in the order of the folders."""
    return [line for find in _asking for line in find(actor=actor)]


def first_for(actor: Actor) -> list[Handed]:
    """What comes before all else on this person's day, in the order of the folders."""
    lines = [line for find in _first for line in find(actor=actor)]
    return sorted(lines, key=lambda line: not line.before_all)


def blocks_of_day(actor: Actor) -> list[Block]:
    """The blocks of this person's day, in the order of the folders."""
    return [block for find in _day if (block := find(actor=actor))]


def links_beside_people(actor: Actor) -> list[Link]:
    """The ways offered beside one's people, in the order of the folders."""
    return [link for find in _beside_people if (link := find(actor=actor))]


def links_beside_week(actor: Actor) -> list[Link]:
    """The ways offered beside this person's week, in the order of the folders."""
    return [link for find in _beside_week if (link := find(actor=actor))]


def home_of(actor: Actor) -> str:
    """The first page of this person's roles; empty when no page of work is hers yet."""
    return next((home.url_name for home in _homes if actor.has(*home.roles)), "")
