"""Does the database count what the sentences say? Against a slow count, in worlds drawn at random
and in the year of the demonstration."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import Span
from spheres.evaluation.indicators.tests import slow
from spheres.evaluation.indicators.tests.factories import ROLLUPS
from tests.proofs.figures import tell

ZONE = ZoneInfo(settings.TIME_ZONE)
WORLDS, ROWS = 12, 40
# What a world is drawn from: few of each, so that rows meet.
PEOPLE = [UUID(int=number) for number in range(1, 7)]
EDGES = [datetime(2026, month, 1, 4, tzinfo=UTC) for month in (1, 2, 4, 5, 7)]
DAYS = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 9), date(2026, 7, 1)]
# Beside what the definitions read: the key of a row, and what the slow count needs of the world.
OTHERS = ("regions_region",)
CODES = {
    "notes_note.kind": ["meeting", "call", "missed", "cancelled_hers"],
    "admission_referralstatus.status": ["OFFERED", "NOT_NOW", "ORIENTED", "WITHDRAWN", "EXPIRED"],
    "admission_referralstatus.reason": ["", "other"],
    "stage_marks_stagemark.stage": ["return", "going_back", "action", "unsure"],
    "life_plan_stepstatus.status": ["CHOSEN", "DONE"],
    "life_plan_aim.domain": ["", "health", "home"],
    "urgent_needs_outcome.came_to": ["MET", "STILL_THERE"],
    "accompaniments_step.came_to": ["OBTAINED", "REFUSED"],
    "therapy_requests_therapyrequestday.what": ["FIRST", "ASKED", "ENDED"],
    "committees_promisestatus.status": ["KEPT", "CARRIED"],
    "attestations_attestation.source": ["SESSION", "SHOWN", "BROUGHT"],
    "events_event.kind": ["kiosk", "visit"],
    "heard_heard.how": ["COLLEAGUE", "TRAINING"],
    "intervention_support_adviceword.speed": ["", "SAME_DAY", "LATER"],
    "intervention_support_advicefeedback.clearer": ["YES", "NO"],
    "intervention_support_advicefeedback.equipped": ["YES", "NO"],
    "sharing_handler.kind": ["DESK", "WATCH"],
}
LISTS = {
    "events_event.heads": [[], [3, None], [12], [None]],
    "intervention_support_adviceword.outcomes": [[], ["informed"], ["informed", "equipped"]],
}
MODELS = {model._meta.db_table: model for model in apps.get_models()}


def drawn(draw: random.Random, table: str, number: int) -> dict[str, Any]:
    """One row: what is looked at is drawn, what must be said besides is said anyhow."""
    looked_at = set(FIGURES.reads[table])
    row: dict[str, Any] = {}
    for field in MODELS[table]._meta.concrete_fields:
        if field.column in looked_at or field.primary_key:
            row[field.column] = value(draw, table, field, number)
    return row


def value(draw: random.Random, table: str, field: Any, number: int) -> Any:
    name = f"{table}.{field.column}"
    if name in CODES:
        return draw.choice(CODES[name])
    if name in LISTS:
        return draw.choice(LISTS[name])
    if field.primary_key:
        # Few identifiers, each once: what points at a row finds it, or nothing.
        return UUID(int=number + 1)
    if field.null and draw.random() < 0.5:
        return None
    if isinstance(field, models.DateTimeField):
        edge = draw.choice(EDGES) + timedelta(days=draw.choice((-40, -8, 0, 0, 0, 2, 8, 30)))
        return edge + timedelta(seconds=draw.choice((-3600, -1, 0, 1, 3600)))
    if isinstance(field, models.DateField):
        return draw.choice(DAYS)
    return draw.choice(PEOPLE)


@pytest.fixture
def bare(world) -> Any:
    """A committed world whose tables hold what is drawn and nothing else, whatever they require."""
    with world.admin() as admin:
        admin.execute("set session_replication_role = replica")
        for table in FIGURES.reads:
            loosened = [
                f'alter column "{field.column}" drop not null'
                for field in MODELS[table]._meta.concrete_fields
                if not field.primary_key and not field.null
            ]
            if loosened:
                admin.execute(f"alter table {table} {', '.join(loosened)}")
            for (name,) in admin.execute(
                "select conname from pg_constraint where conrelid = %s::regclass "
                "and contype in ('c', 'u', 'x')",
                [table],
            ).fetchall():
                admin.execute(f'alter table {table} drop constraint "{name}"')
            for (name,) in admin.execute(
                "select indexrelid::regclass from pg_index "
                "where indrelid = %s::regclass and indisunique and not indisprimary",
                [table],
            ).fetchall():
                admin.execute(f"drop index {name}")
    return world


def live(world: Any, table: str, rows: list[dict[str, Any]], admin: Any) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join(["%s"] * len(rows[0]))
    admin.execute(f"delete from {table}")
    with admin.cursor() as cursor:
        cursor.executemany(
            f"insert into {table} ({columns}) values ({marks}) on conflict do nothing",
            [list(row.values()) for row in rows],
        )


def asked(world: Any, span: Span, first: date, until: date) -> Counter[slow.Cell]:
    with world.acting(ROLLUPS):
        rows = queries.counted(span, first, until, actor=ROLLUPS)
    return Counter(
        {
            (row.starts_on, row.organisation_id, row.measure, row.kind): row.number
            for row in rows
            if row.organisation_id is not None  # a desk is always somebody's, outside this draw
        }
    )


def test_a_world_drawn_at_random_is_counted_as_the_sentences_say(bare: Any) -> None:
    draw, told = random.Random(20260301), Counter[str]()
    windows = [
        (Span.MONTH, date(2026, 1, 1), date(2026, 2, 1)),
        (Span.MONTH, date(2026, 1, 1), date(2026, 7, 1)),
        (Span.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
        (Span.QUARTER, date(2026, 4, 1), date(2026, 7, 1)),
    ]
    for _world in range(WORLDS):
        with bare.admin() as admin:
            admin.execute("set session_replication_role = replica")
            for table in FIGURES.reads:
                rows = [drawn(draw, table, number) for number in range(draw.randint(5, ROWS))]
                live(bare, table, rows, admin)
            rows = slow.tables((*FIGURES.reads, *OTHERS), admin.execute)
        for span, first, until in windows:
            world = slow.Slow(rows, first, until, queries.LENGTH[span], ZONE)
            expected = slow.count(world)
            assert asked(bare, span, first, until) == expected
            for (_day, _organisation, measure, _kind), number in expected.items():
                told[measure] += number
    assert set(told) == set(INDICATORS)
    tell(
        "figures, against a slow count",
        f"{WORLDS} worlds, {WORLDS * len(windows)} windows, {sum(told.values())} things counted",
        "0 differences",
    )
