"""How long does the report of a year take, from its figures to its PDF, workbook and CSV?

Written by the coordinator of the bench on ten years of published quarters. It is made while she
waits, in a second or two, which is why no job runs behind it.
"""

from __future__ import annotations

import time
from uuid import uuid4

from django.utils import translation

from spheres.config import cluster
from spheres.config.bench.figures import LOUISE
from spheres.core import clock, context
from spheres.evaluation.reports import actions, documents, queries
from spheres.evaluation.reports.models import Report
from spheres.records.spreadsheets import WRITERS


def measure(database: cluster.Cluster) -> float:
    """Seconds, in both languages, until the last of the six files is written."""
    from spheres.config.bench.run import django_on

    began, now = time.perf_counter(), clock.now()
    with django_on(database.app_url), clock.at(now), context.unit_of_work(LOUISE):
        year = queries.years_over(actor=LOUISE)[0]
        report = actions.begin(uuid4(), Report.Kind.YEARLY, year, by=LOUISE, at=now)
        actions.lock(report, by=LOUISE, at=now)
        whole = queries.whole(queries.hold(report.pk, actor=LOUISE), actor=LOUISE)
        for language in ("fr", "en"):
            with translation.override(language):
                documents.paper(whole)
                for write, _content_type in WRITERS.values():
                    write("report", documents.columns(whole), documents.in_cells(whole))
    return time.perf_counter() - began
