"""Is a questionnaire offered only to whom its licence says, while it lasts, and of the age?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.instruments import actions, papers
from spheres.followup.instruments.items import Said, Terms
from spheres.followup.instruments.policy import Age
from spheres.followup.instruments.tests.desk import (
    ROOM,
    answered,
    at_her_desk,
    kept,
    on_terms,
    page_of,
    the_form,
    where,
)
from spheres.followup.instruments.tests.filled import Filling
from spheres.followup.instruments.tests.written import RECIPE, asked, read_of, written
from spheres.records import queries as drafts
from spheres.sharing.rules import HEALTH
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield


# Who is offered it, and until when.


def born(birth_date: str = "", age_band: str = "") -> Age:
    return Age(birth_date, age_band)


DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("age", "reached"),
    [
        (born("2008-03-02"), "yes"),
        (born("2008-03-03"), "not yet"),
        (born("2008-03-02", "12-13"), "yes"),  # a day of birth is surer than a band
        (born(age_band="18-24"), "yes"),
        (born(age_band="14-17"), "not yet"),
        (born(age_band="16-24"), "unknown"),
        (born(age_band="unknown"), "unknown"),
        (born(), "unknown"),
    ],
)
def test_an_age_is_known_or_it_is_not_guessed(age: Age, reached: str) -> None:
    assert age.reaches(18, on=DAY) == reached


@pytest.mark.parametrize(
    ("terms", "age", "said"),
    [
        ({"youngest": 18}, born(age_band="14-17"), "18 or over: it is not for them yet"),
        ({"youngest": 18}, born(), "nobody is asked their day of birth for it"),
        ({"until": date(2026, 3, 1)}, born("2008-01-01"), "The permission to use it ended"),
        ({"offered_by": frozenset({"professional_support"})}, born("2008-01-01"), "your role"),
    ],
)
def test_what_cannot_be_offered_is_refused_and_says_why(
    cast: Cast, terms: dict[str, Any], age: Age, said: str
) -> None:
    on_terms(**terms)
    written = Filling(HEALTH).written(uuid_of("one"), MONDAY)

    with translation.override("en"), acting(cast.ines), pytest.raises(NotAllowed, match=said):
        actions.sign(HEALTH, cast.maya.file_id, written, age=age, by=cast.ines, at=MONDAY)


def test_without_an_age_it_is_offered_to_anybody(cast: Cast) -> None:
    on_terms(youngest=0)
    written = Filling(HEALTH).written(uuid_of("one"), MONDAY)

    with acting(cast.ines):
        actions.sign(HEALTH, cast.maya.file_id, written, age=born(), by=cast.ines, at=MONDAY)
    assert len(kept(cast)) == 1


def test_past_its_permission_it_is_offered_no_more_and_what_was_answered_is_read(
    cast: Cast,
) -> None:
    answered(cast)
    on_terms(until=date(2026, 3, 1))

    library = page_of(cast, "instruments:library")
    with clock.at(MONDAY):
        write = at_her_desk(cast).get(where(cast, "health_answers:write"))

    assert "The permission to use it ended on" in library
    assert where(cast, "health_answers:write") not in library
    assert write.status_code == 403
    assert ROOM in page_of(cast, "health_answers:detail", uuid_of("one"))


def test_a_draft_outlives_the_permission_and_nothing_of_it_is_lost(cast: Cast) -> None:
    address = where(cast, "health_answers:write")
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        sent = the_form(ines, address) | {"q-7": "Le chat du voisin", "stop": "yes"}
        assert ines.post(address, sent).status_code == 302
        on_terms(until=date(2026, 3, 1))
        with acting(cast.ines):
            [draft] = drafts.drafts_of(cast.maya.file_id, actor=cast.ines)
        page = ines.get(f"{address}?draft={draft.pk}")
        sent.pop("stop")
        kept_now = ines.post(address, sent)

    assert page.status_code == 200
    for shown in (page, kept_now):
        assert "Le chat du voisin" in shown.content.decode()
        assert "The permission to use it ended on" in shown.content.decode()
    assert kept_now.status_code == 422
    assert kept(cast) == []


def test_terms_are_read_back_as_they_were_written() -> None:
    week = Filling(HEALTH).instrument

    assert isinstance(week.terms, Terms)
    assert week.terms.figures_for == {"professional_support"}
    assert week.terms.youngest == 14


# What it may stir.


def test_what_it_speaks_of_is_said_before_its_first_question_and_in_the_library(
    cast: Cast,
) -> None:
    words = "This speaks of nights that are short."
    week = on_terms(touches=Said("Il est question de nuits courtes.", words))

    fill = page_of(cast, "health_answers:write")
    above = fill.partition('<div class="exercise">')[0]

    assert words in above
    assert "You can skip, stop, and come back to it." in above
    assert words in page_of(cast, "instruments:library")
    for language in ("fr", "en"):
        assert papers.blank(week, language)[:5] == b"%PDF-"


def test_a_recipe_may_say_it_and_what_was_loaded_without_it_still_reads(tmp_path: Path) -> None:
    said = "touches: {fr: Du repos., en: Of rest.}\n"
    written(tmp_path, asked(), RECIPE + said)
    [touching], faults = read_of(tmp_path)
    written(tmp_path, asked())
    [plain], no_faults = read_of(tmp_path)

    assert (faults, no_faults) == ([], [])
    assert touching.terms["touches"] == {"fr": "Du repos.", "en": "Of rest."}
    assert "touches" not in plain.terms
    assert Terms.of(plain.terms).touches == Said()


def test_a_recipe_that_says_it_in_one_language_is_refused(tmp_path: Path) -> None:
    written(tmp_path, asked(), RECIPE + "touches: {fr: Du repos.}\n")

    _found, faults = read_of(tmp_path)

    assert [fault.rpartition(": ")[2] for fault in faults] == ["the English text is missing."]
