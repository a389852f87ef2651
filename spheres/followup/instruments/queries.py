"""How are questionnaires found, and what somebody answered to them?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.followup.instruments import items, models, policy
from spheres.followup.instruments.models import SLUGS, TABLES, AnswerSheet
from spheres.followup.instruments.policy import Age
from spheres.participants.queries import Header
from spheres.records.models import RecordStatus
from spheres.regions import queries as regions

INSTRUMENTS: Final = "instruments"  # their name in the photograph of the region
MOST_SHEETS: Final = 40  # of one file, in its library


@dataclass(frozen=True)
class Instrument:
    """One version of one questionnaire, and the terms on which it is offered."""

    id: UUID
    slug: str
    version: int
    is_offered: bool
    asks: items.Asks
    terms: items.Terms

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
    def write_url_name(self) -> str:
        return f"{SLUGS[self.section]}:write"

    def may_be_offered(self, actor: Actor, age: Age, *, on: date) -> Decision:
        """Whether this actor may offer it, that day, to somebody of whose age this is known."""
        return policy.can_offer(
            actor, self.section, self.terms, is_offered=self.is_offered, age=age, on=on
        )


def age_of(person: Header) -> Age:
    return Age(person.birth_date, person.age_band)


def take() -> dict[UUID, Instrument]:
    """Every version of every questionnaire, in the order of the files: nothing is personal."""
    return {
        row.pk: Instrument(
            row.pk,
            row.slug,
            row.version,
            row.is_offered,
            items.Asks.of(row.definition),
            items.Terms.of(row.terms),
        )
        for row in models.Instrument.objects.order_by("position", "slug", "version")
    }


def all_versions() -> Mapping[UUID, Instrument]:
    found: Mapping[UUID, Instrument] = regions.also(INSTRUMENTS)
    return found


def of_actor(actor: Actor) -> list[Instrument]:
    """Every version whose section this actor may write in: of the others nothing is said."""
    return [one for one in all_versions().values() if policy.can_write(actor, one.section)]


def offered(section: str) -> list[Instrument]:
    """What the region offers in one section, in the order of its files."""
    return [one for one in all_versions().values() if one.is_offered and one.section == section]


def instrument(instrument_id: UUID) -> Instrument | None:
    return all_versions().get(instrument_id)


def version_of(sheet: AnswerSheet) -> Instrument | None:
    """The version that was answered, even when the region has asked otherwise since."""
    for one in all_versions().values():
        if (one.slug, one.version) == (sheet.instrument, sheet.version):
            return one
    return None


def title_of(sheet: AnswerSheet) -> str:
    """How it was called; its short name, when no file of the region says it any more."""
    found = version_of(sheet)
    return found.title if found else sheet.instrument


# What was answered.


def of_file(section: str, file_id: UUID, *, actor: Actor) -> QuerySet[Any]:
    """The filled ones of one file, in one section, that the database shows; newest first."""
    context.require(actor)
    model, _status = TABLES[section]
    rows = model._default_manager.select_related("standing").filter(file_id=file_id)
    return rows.order_by("-occurred_at", "-written_at", "pk")


def kept(file_id: UUID, *, actor: Actor) -> list[tuple[AnswerSheet, str, str]]:
    """What was answered in this file, by its title and its place; nothing is opened."""
    found = [
        (row, title_of(row), f"{SLUGS[section]}:detail")
        for section in TABLES
        if policy.can_write(actor, section)
        for row in of_file(section, file_id, actor=actor)[:MOST_SHEETS]
    ]
    return sorted(found, key=lambda one: (one[0].occurred_at, one[0].written_at), reverse=True)


@dataclass(frozen=True)
class Opened:
    """Of the sections where answers live, which ones the rules open for this actor in one file."""

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


def answers(sheet: AnswerSheet) -> dict[str, str]:
    """What an opened sheet says, question by question."""
    said: dict[str, str] = json.loads(sheet.opened.answers or "{}")
    return said


def lock(section: str, record_id: UUID, *, actor: Actor) -> RecordStatus:
    """Where one sheet stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    _model, status = TABLES[section]
    return states.lock(status._default_manager.filter(pk=record_id))
