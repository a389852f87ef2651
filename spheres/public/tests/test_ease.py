"""How easy are the pages for young people to read, of either region, in French and in English?"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import translation

from spheres.core import clock, context
from spheres.public.tests.conftest import DEMO, Visitor
from spheres.public.tests.letters import code_in
from spheres.regions import ease, loading, queries
from spheres.regions.loading import LOADER
from tests.cast import MONDAY

MOST_GRADE, MOST_WORDS = 8.0, 12.0
PAGES = [
    "/", "/how/", "/together/", "/steps/", "/lines/", "/e/limites", "/for-me/", "/ask/", "/answer/",
]  # fmt: skip
# A page of one field says little; the others say enough to be measured.
LEAST = {"/answer/": 20, "not open yet": 20, "nothing under this code": 20, "erased": 20}


def reads_easily(page, language, name, record_property):
    with translation.override(language):
        found = ease.ease(ease.said_by(page.content.decode()), language)
    said = (
        f"{language} {name:<24} grade {found.grade:4.1f}, {found.words_a_sentence:4.1f} words a "
        f"sentence, {found.syllables_a_word:.2f} syllables a word, {found.words} words"
    )
    record_property("reading", said)
    print(said)  # noqa: T201 -- the list of figures, for whoever asks with -s
    assert found.words > LEAST.get(name, 50), said
    assert found.grade <= MOST_GRADE, said
    assert found.words_a_sentence <= MOST_WORDS, said


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_for_young_people_reads_as_in_grade_eight_at_most(
    world, path, language, record_property
):
    reads_easily(Visitor(language).get(path), language, path, record_property)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_so_do_her_receipts_and_what_waits_under_her_code(world, language, record_property):
    visitor = Visitor(language)
    receipt, mine = visitor.send("/ask/"), visitor.send("/for-me/")
    code = code_in(receipt)

    def comes_back(**more):
        with clock.at(MONDAY):
            return visitor.client.post("/answer/", {"answer_code": code} | more)

    pages = {
        "receipt of a question": receipt,
        "receipt of a form": mine,
        "under her code": comes_back(),
        "erased": comes_back(do="erase"),
        "nothing under this code": comes_back(),
    }
    for name, page in pages.items():
        assert page.status_code == 200, name
        reads_easily(page, language, name, record_property)


@pytest.fixture(scope="session")
def montreal(django_db_setup, django_db_blocker):
    """The words of Montréal, read once; nothing of it stays in the database."""
    folder: Path = DEMO.parent / "montreal"
    with django_db_blocker.unblock():
        with transaction.atomic():
            with clock.at(MONDAY), context.acting_as(LOADER):
                loading.load(loading.check(folder), by=LOADER, at=MONDAY)
                queries.region()
            taken = queries._photograph
            transaction.set_rollback(True)
        connection.close()
    queries.forget()
    return taken


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_so_do_those_of_montreal(world, montreal, monkeypatch, path, language, record_property):
    facts = replace(montreal.region, desk_organisation_id=world.institute.id)
    monkeypatch.setattr(queries, "_photograph", replace(montreal, region=facts, taken=math.inf))

    page = Visitor(language).get(path)
    # Nothing may be left there before somebody has reviewed its texts: the page says so.
    name = path if page.status_code == 200 else "not open yet"
    reads_easily(page, language, name, record_property)
