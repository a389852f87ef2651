"""How are exercises found, and what somebody answered to them?"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.exercises import models, prompts
from spheres.followup.exercises.models import SLUGS, TABLES, Pen, Sheet
from spheres.followup.exercises.prompts import Told
from spheres.records.between import followup_tools, gathering
from spheres.records.between.followup_tools import Tool
from spheres.records.between.serving import Matters
from spheres.records.models import RecordStatus
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN

EXERCISES: Final = "exercises"  # their name in the photograph of the region
SPHERES: Final = "spheres"  # a purpose of exercises
NEEDS: Final = "needs"  # a purpose of exercises, and a vocabulary of the region
MOST_SHEETS: Final = 40  # of one exercise, on its page
PURPOSES: Final = {
    "to_know": _("To get to know each other"),
    "needs": _("Needs"),
    "spheres": _("Spheres of life, and how I am"),
    "change": _("What changes, or not"),
    "strengths": _("Strengths, and who I am"),
    "safety": _("Feeling safe"),
    "steps": _("Dreams and steps"),
}
ICONS: Final = {
    "to_know": "message",
    "needs": "hands",
    "spheres": "sphere",
    "change": "path",
    "strengths": "star",
    "safety": "shield",
    "steps": "sun",
}


# Of which question several sheets make a picture, by purpose.
DRAWN: Final = {SPHERES: prompts.Kind.WHEEL, NEEDS: prompts.Kind.CARD_SORT}
# About how many minutes a question takes; and the lengths an exercise is said to have.
WEIGHTS: Final = {
    prompts.Kind.SCALE: 0.5, prompts.Kind.FACES: 0.5, prompts.Kind.CHOICE: 1,
    prompts.Kind.FOUR_COLUMNS: 6, prompts.Kind.CARD_SORT: 8, prompts.Kind.WHEEL: 8,
    prompts.Kind.MAP: 8,
}  # fmt: skip
LENGTHS: Final = (5, 10, 15, 20)
HANDS: Final = {
    frozenset({Pen.HERSELF, Pen.TOGETHER}): _("in their own hand, or together"),
    frozenset({Pen.HERSELF}): _("in their own hand"),
    frozenset({Pen.TOGETHER}): _("together"),
    frozenset({Pen.TOGETHER, Pen.WORKER}): _("together, or in your hand"),
    frozenset({Pen.WORKER}): _("in your hand"),
}


@dataclass(frozen=True)
class Exercise:
    """One version of one exercise."""

    id: UUID
    slug: str
    version: int
    is_offered: bool
    asks: prompts.Exercise

    @property
    def title(self) -> str:
        return str(self.asks.title)

    @property
    def key(self) -> str:
        """Its identifier as an address writes it."""
        return str(self.id)

    @property
    def section(self) -> str:
        return self.asks.section

    @property
    def minutes(self) -> int:
        """About how long it takes, said in one of a few lengths; nobody is held to it."""
        weight = sum(WEIGHTS.get(prompt.kind, 2) for prompt in self.asks.prompts)
        return next((length for length in LENGTHS if weight <= length), LENGTHS[-1])

    @property
    def is_drawn(self) -> bool:
        """Whether several of its sheets make a picture: a wheel of spheres, or sorted needs."""
        kinds = {prompt.kind for prompt in self.asks.prompts}
        wanted = DRAWN.get(self.asks.purpose)
        return wanted in kinds and self.tool is None

    @property
    def hands(self) -> str:
        """Who may hold the pen, when it is not whoever wants."""
        hands = frozenset(map(Pen, self.asks.answered_by))
        return str(HANDS.get(hands, ""))

    @property
    def tool(self) -> Tool | None:
        """The tool of the house that keeps it; then no sheet of it is filled."""
        return followup_tools.get(self.asks.kept_in)

    @property
    def write_url_name(self) -> str:
        return f"{SLUGS[self.section]}:write"


def take() -> dict[UUID, Exercise]:
    """Every version of every exercise, in the order of the files: nothing of it is personal."""
    return {
        row.pk: Exercise(
            row.pk, row.slug, row.version, row.is_offered, prompts.Exercise.of(row.definition)
        )
        for row in models.Exercise.objects.order_by("position", "slug", "version")
    }


def all_versions() -> Mapping[UUID, Exercise]:
    found: Mapping[UUID, Exercise] = regions.also(EXERCISES)
    return found


def offered(section: str = "") -> list[Exercise]:
    """What the region offers today, in the order of its files."""
    return [
        one for one in all_versions().values() if one.is_offered and section in {"", one.section}
    ]


def she_may_fill_alone() -> list[Exercise]:
    """What is offered to her with nobody beside her, in her own notebook: those that she may answer
    herself, and that no tool of the worker's keeps."""
    return [one for one in offered() if Pen.HERSELF in one.asks.answered_by and one.tool is None]


def exercise(exercise_id: UUID) -> Exercise | None:
    return all_versions().get(exercise_id)


def version_of(sheet: Sheet) -> Exercise | None:
    """The version that was answered, even when the region has asked otherwise since."""
    for one in all_versions().values():
        if (one.slug, one.version) == (sheet.exercise, sheet.version):
            return one
    return None


def title_of(sheet: Sheet) -> str:
    """How the exercise was called; its short name, when no file of the region says it any more."""
    found = version_of(sheet)
    return found.title if found else sheet.exercise


def newest_of(slug: str) -> Exercise | None:
    """The version offered today of one exercise; None when it is offered no more."""
    return next((one for one in offered() if one.slug == slug), None)


def touches_of(tool: str) -> str:
    """What the exercise that a tool keeps may stir, as the region says it; often nothing."""
    said = (one.asks.touches for one in offered() if one.asks.kept_in == tool)
    return next((str(each) for each in said if each), "")


def home_of(one: Exercise) -> Tool | None:
    """The tool that keeps an exercise today, even when an older version of it was a sheet."""
    return (newest_of(one.slug) or one).tool


@dataclass(frozen=True)
class Shelf:
    """The exercises that serve one purpose, each with how often it was filled."""

    purpose: str
    exercises: list[tuple[Exercise, Filled | None]]

    @property
    def title(self) -> Any:
        return PURPOSES[self.purpose]

    @property
    def icon(self) -> str:
        return ICONS[self.purpose]


def shelves(file_id: UUID, sections: Collection[str], *, actor: Actor) -> list[Shelf]:
    """The library for one person: what is offered, and what she filled that no longer is.

    Only of the sections that are open to whoever asks: of the others nothing is said.
    """
    known = filled(file_id, actor=actor)
    shown = {one.slug: one for one in offered()}
    filled_once = {one.slug: one for one in all_versions().values() if one.slug in known}
    shown |= {slug: one for slug, one in filled_once.items() if slug not in shown}
    return [
        Shelf(purpose, lines)
        for purpose in PURPOSES
        if (
            lines := [
                (one, known.get(one.slug))
                for one in shown.values()
                if one.asks.purpose == purpose and one.section in sections
            ]
        )
    ]


# What was answered.


def of_file(section: str, file_id: UUID, *, actor: Actor) -> QuerySet[Any]:
    """The filled exercises of one file, in one section, that the database shows; newest first."""
    context.require(actor)
    model, _status = TABLES[section]
    rows = model._default_manager.select_related("standing").filter(file_id=file_id)
    return rows.order_by("-occurred_at", "-written_at", "pk")


def sheets_of(one: Exercise, file_id: UUID, *, actor: Actor) -> list[Any]:
    """All the sheets of one exercise, whatever its version, the newest first; still locked."""
    sections = {each.section for each in all_versions().values() if each.slug == one.slug}
    rows = [
        row
        for section in sorted(sections)
        for row in of_file(section, file_id, actor=actor).filter(exercise=one.slug)[:MOST_SHEETS]
    ]
    return sorted(rows, key=lambda row: (row.occurred_at, row.written_at), reverse=True)


def written_alone(file_id: UUID, *, by: UUID, actor: Actor) -> list[Any]:
    """What she wrote of her plan with nobody beside her, the newest first; still locked."""
    return list(of_file(PLAN, file_id, actor=actor).filter(written_by=by)[:MOST_SHEETS])


def hers(section: str, file_id: UUID, *, actor: Actor) -> list[Any]:
    """What she answered in her own hand, and what stands of what was written together; the newest
    first, still locked. Never what a worker wrote."""
    stands = Q(pen=Pen.TOGETHER, standing__status=RecordStatus.Status.SIGNED)
    return list(of_file(section, file_id, actor=actor).filter(Q(pen=Pen.HERSELF) | stands))


@dataclass(frozen=True)
class Filled:
    """That an exercise was filled: how often, and the day of the newest. Nothing is opened."""

    exercise: str
    times: int
    last_at: datetime


FILLED: Final = " union all ".join(
    f"""select t.exercise, count(*), max(t.occurred_at) from {model._meta.db_table} t
    join {status._meta.db_table} s on s.record_id = t.id
    where t.file_id = %s and s.status = 'SIGNED' group by t.exercise"""  # noqa: S608 -- ours
    for model, status in TABLES.values()
)


def filled(file_id: UUID, *, actor: Actor) -> dict[str, Filled]:
    """Which exercises were filled in this file; the corrected ones count with their correction."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(FILLED, [file_id] * len(TABLES))
        return {name: Filled(name, times, last_at) for name, times, last_at in cursor.fetchall()}


@dataclass(frozen=True)
class Opened:
    """Of the sections where exercises live, which ones the rules open for this actor in one file.

    Without it, a colleague who may not read her safety net would be told that there is none.
    """

    to_read: frozenset[str]
    to_write: frozenset[str]


OPENED: Final = "select " + ", ".join(
    f"%s = any(access.{verb}_{section}_files())"
    for verb in ("readable", "appendable")
    for section in TABLES
)


def opened(file_id: UUID, *, actor: Actor) -> Opened:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [file_id] * len(TABLES) * 2)
        found = cursor.fetchone()
    pairs = list(zip([*TABLES, *TABLES], found, strict=True))
    read, write = pairs[: len(TABLES)], pairs[len(TABLES) :]
    return Opened(
        frozenset(section for section, is_so in read if is_so),
        frozenset(section for section, is_so in write if is_so),
    )


def answers(sheet: Sheet) -> dict[str, Any]:
    """What an opened sheet says, question by question."""
    kept: dict[str, Any] = json.loads(sheet.opened.answers or "{}")
    return kept


def told(sheet: Sheet, asked: Exercise | None) -> list[Told]:
    """The answers of an opened sheet, in the order of the questions; what was skipped is absent."""
    if asked is None:
        return []
    kept = answers(sheet)
    return [
        prompts.told(prompt, kept[prompt.id]) for prompt in asked.asks.prompts if prompt.id in kept
    ]


def typed(sheet: Sheet, asked: Exercise | None) -> dict[str, str]:
    """All that a hand typed under each question of an opened sheet."""
    found = {prompt.id: "" for prompt in asked.asks.prompts} if asked else {}
    for name, words in prompts.texts(asked.asks, answers(sheet)) if asked else ():
        found[name] += f"{words}\n"
    return found


def beside(
    new: list[Told], old: list[Told]
) -> list[tuple[prompts.Prompt, Told | None, Told | None]]:
    """Two sheets of one exercise, question by question; nothing is said of what lies between."""
    before = {told.prompt.id: told for told in old}
    now = {told.prompt.id: told for told in new}
    asked = {told.prompt.id: told.prompt for told in (*old, *new)}
    return [(prompt, now.get(name), before.get(name)) for name, prompt in asked.items()]


# What matters to her now, of the exercises that sort needs.

NOW: Final = "now"  # the pile of what matters now
SORTED: Final = "needs that matter now"
NEWEST_SORTED: Final = """
select t.* from exercises_plansheet t join exercises_plansheetstatus s on s.record_id = t.id
where t.file_id = %(file)s and t.needs is not null and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or t.written_at >= %(since)s)
order by t.occurred_at desc, t.written_at desc, t.id limit 1"""
SAID: Final = """
(select distinct on (t.file_id) t.file_id, t.needs, t.written_at
 from exercises_plansheet t join exercises_plansheetstatus s on s.record_id = t.id
 where t.needs is not null and s.status = 'SIGNED'
 order by t.file_id, t.occurred_at desc, t.written_at desc, t.id)"""


def needs_now(asked: Exercise, answered: Mapping[str, Any]) -> list[str] | None:
    """The needs she put among what matters now, her first ones first.

    None when the exercise does not sort needs, or when she skipped that: nothing is said of what
    matters.
    """
    sorts = [
        prompt
        for prompt in asked.asks.prompts
        if prompt.kind == prompts.Kind.CARD_SORT and NOW in {pile.id for pile in prompt.piles}
    ]
    if asked.asks.purpose != NEEDS or not any(answered.get(prompt.id) for prompt in sorts):
        return None
    found: list[str] = []
    for prompt in sorts:
        kept = answered.get(prompt.id) or {}
        piles = kept.get("piles", {})
        found += kept.get("top", [])
        found += [card.id for card in prompt.words if piles.get(card.id) == NOW]
    known = {code for code, _label in regions.choices(NEEDS)}
    return [code for code in dict.fromkeys(found) if code in known]


def matters(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Matters:
    """What she put among what matters now, the last time she sorted her needs."""
    rows = gathering.rows(SORTED, file_id, actor=actor, since=since)
    return Matters(rows[0].needs, rows[0].written_at) if rows else Matters(())


def lock(section: str, record_id: UUID, *, actor: Actor) -> RecordStatus:
    """Where one sheet stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    _model, status = TABLES[section]
    return states.lock(status._default_manager.filter(pk=record_id))


def standing_only(sheets: Iterable[Any]) -> list[Any]:
    """Without those that were corrected: their correction stands for them."""
    return [each for each in sheets if each.standing.status == RecordStatus.Status.SIGNED]
