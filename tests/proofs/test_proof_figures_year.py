"""Does the database count the year of the demonstration as the sentences of the figures say?"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from spheres.config.tests.test_life import DEMO, SATURDAY, load
from spheres.core import clock, context
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.models import Span
from spheres.evaluation.indicators.tests import slow
from spheres.evaluation.indicators.tests.factories import ROLLUPS
from spheres.regions import queries as regions
from tests.proofs.committed_world import at_database, database_of_our_own
from tests.proofs.figures import tell

pytestmark = pytest.mark.proof
FIRST, UNTIL = date(2025, 10, 1), date(2026, 10, 1)


def asked(span: Span, first: date, until: date) -> Counter[slow.Cell]:
    with context.unit_of_work(ROLLUPS):
        rows = queries.counted(span, first, until, actor=ROLLUPS)
    return Counter(
        {(row.starts_on, row.organisation_id, row.measure, row.kind): row.number for row in rows}
    )


def test_the_year_of_the_demonstration_is_counted_as_the_sentences_say(
    django_db_setup, django_db_blocker
) -> None:
    base, differ, told = connection.settings_dict["NAME"], [], Counter[str]()
    windows = [
        (span, start, queries.later(start, queries.LENGTH[span]))
        for span in Span
        for start in queries.starts(span, FIRST, UNTIL)
    ]
    with (
        django_db_blocker.unblock(),
        database_of_our_own(f"{base}_figures", template=base) as name,
    ):
        load(DEMO, SATURDAY)
        url = at_database(os.environ["DATABASE_ADMIN_URL"], name)
        with psycopg.connect(url, autocommit=True) as admin, clock.at(SATURDAY):
            rows = slow.tables((*FIGURES.reads, "regions_region"), admin.execute)
            for span, first, until in windows:
                length = queries.LENGTH[span]
                world = slow.Slow(rows, first, until, length, ZoneInfo(settings.TIME_ZONE))
                expected = slow.count(world)
                if asked(span, first, until) != expected:
                    differ.append((span, first))
                for (_day, _where, measure, _kind), number in expected.items():
                    told[measure] += number
        regions.forget()
    things = f"{sum(told.values())} things of {len(told)} figures"
    tell(
        "figures of a lived year, against a slow count",
        f"{len(windows)} months and quarters, {things}, {len(differ)} differ",
        "0 differ",
    )
    assert differ == []
    assert len(told) > 15
