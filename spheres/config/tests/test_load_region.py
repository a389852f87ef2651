"""What does an operator read when she loads a region?"""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from spheres.core import clock
from spheres.regions import queries

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.chdir(settings.ROOT)
    queries.forget()
    yield
    queries.forget()


def said(*arguments: str) -> list[str]:
    output = StringIO()
    with clock.at(SATURDAY):
        call_command("load_region", *arguments, "--language", "en", stdout=output)
    return output.getvalue().splitlines()


def test_she_reads_what_was_loaded():
    assert said("regions/montreal") == [
        "Region: 1 added, 0 changed, 0 removed, 0 ended.",
        "Vocabularies: 507 added, 0 changed, 0 removed, 0 ended.",
        "Help lines: 13 added, 0 changed, 0 removed, 0 ended.",
        "Texts: 153 added, 0 changed, 0 removed, 0 ended.",
        "Retention: 26 added, 0 changed, 0 removed, 0 ended.",
        "Committees: 2 added, 0 changed, 0 removed, 0 ended.",
        "Organisations: 7 added, 0 changed, 0 removed, 0 ended.",
        "Resources: 13 added, 0 changed, 0 removed, 0 ended.",
        "Suggested trainings: 1 added, 0 changed, 0 removed, 0 ended.",
        "Exercises: 27 added, 0 changed, 0 removed, 0 ended.",
        "Words of letters: 1 added, 0 changed, 0 removed, 0 ended.",
        "What each partner asks itself once a year: 1 added, 0 changed, 0 removed, 0 ended.",
        "Library: 15 added, 0 changed, 0 removed, 0 ended.",
        "Charter of values: 1 added, 0 changed, 0 removed, 0 ended.",
        "Questions for reflection rounds: 8 added, 0 changed, 0 removed, 0 ended.",
        "Training topics: 15 added, 0 changed, 0 removed, 0 ended.",
        "Trainings to begin with, and each year: 1 added, 0 changed, 0 removed, 0 ended.",
        "Questions before and after a training: 10 added, 0 changed, 0 removed, 0 ended.",
        "Theory of change: 1 added, 0 changed, 0 removed, 0 ended.",
        "regions/montreal is loaded.",
    ]


def test_she_reads_that_nothing_is_to_change():
    said("regions/montreal")

    assert said("regions/montreal") == [
        "regions/montreal: nothing to change. This region is here since November 21, 2026."
    ]


def test_a_preview_writes_nothing():
    lines = said("regions/montreal", "--preview")

    assert lines[:2] == ["Region (region.yaml)", "  would be added: Greater Montréal"]
    assert lines[-1] == "This was a preview: nothing was written."
    with pytest.raises(queries.NoRegion):
        queries.region()


def test_a_refusal_is_a_list_of_sentences_and_their_number():
    with pytest.raises(CommandError) as refusal:
        said("regions/nowhere")

    assert str(refusal.value).splitlines() == [
        "regions/nowhere: this folder does not exist.",
        "",
        "Nothing was loaded: one thing is to be mended.",
    ]
