"""Is the measure itself sound? The site and its control both answer, as the bench serves them."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField

from spheres.config import cluster, processes
from spheres.config.bench import five_years, past, run, world
from spheres.records import registry
from spheres.training.brought_in.models import PastList


@pytest.mark.parametrize(
    ("bare", "path", "said"), [(True, "/nothing/", b"ok"), (False, "/static/ui/ui.css", None)]
)
def test_the_bench_serves_the_site_and_its_control(
    bare: bool, path: str, said: bytes | None, settings: Any
) -> None:
    port = processes.first_free(range(8500, 8599))
    assert port is not None
    with (
        run.server(cluster.from_environment(), port, bare=bare),
        urllib.request.urlopen(f"http://{processes.HOST}:{port}{path}", timeout=20) as answer,
    ):
        assert answer.status == 200
        assert said in {None, answer.read()}


def test_of_every_kind_of_record_what_is_several_is_written_as_a_list() -> None:
    file_id, worker = world.number("file", 0), world.number("user", 0)
    written = {
        (kind.slug, field.attname): row[field.attname]
        for kind in registry.all_types()
        for row in [
            five_years.row_of(
                kind.model, kind.slug, 0, file_id, worker, world.NOW, lambda *_where: b""
            )
        ]
        for field in kind.model._meta.concrete_fields
        if isinstance(field, ArrayField)
    }

    assert written
    assert [of for of, value in written.items() if not isinstance(value, (list, type(None)))] == []


def test_the_lists_of_past_trainings_are_kept_as_their_page_reads_them() -> None:
    """A structure that is written as a word is read as a word, and the page breaks."""
    (row, *_others) = past.lists()

    assert PastList(**row).wrong_lines == 3
    assert isinstance(row["faults"], list)
