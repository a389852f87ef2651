"""Is how whoever refers heard of us counted once, tied to no referral, and shown afterwards?"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.tests.factories import APRIL, ROLLUPS, count, figures
from spheres.outreach.heard import actions
from spheres.outreach.heard.models import Heard
from spheres.public.tests.letters import REFERRAL
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, visitor

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
REFER = "/referral/"


def sends(how: str, *, times: int = 1) -> list[int]:
    """A professional refers, once or several times with one form, and says how she knew of us."""
    school = visitor(settings.YOUTH_HOST)
    form_id = Page(school.get(REFER).content.decode()).fields["form_id"]
    said = REFERRAL | {"form_id": form_id, "heard": how}
    answers = []
    for _ in range(times):
        answer = school.post(REFER, said)
        mark = Page(answer.content.decode()).fields.get("looked")
        answers.append(
            (school.post(REFER, said | {"looked": mark}) if mark else answer).status_code
        )
    return answers


def says(cast: Cast, how: str, times: int) -> None:
    with acting(VISITOR):
        for _ in range(times):
            actions.say(how, desk=cast.institute.id, by=VISITOR, at=MONDAY)


def shown() -> dict[str, int | None]:
    return {kind: n for (_span, measure, kind), n in figures(FIRST).items() if measure == "HEARD"}


def kept() -> list[tuple[Any, ...]]:
    """What stands in the table, for whoever looks past the walls."""

    with acting(ROLLUPS, APRIL), connection.cursor() as cursor:
        cursor.execute(
            f"select of_measure, of_kind, counted from access.{FIGURES.name}"
            "('quarter', 'America/Toronto', '2026-01-01', '2026-04-01') order by 1, 2"
        )
        return [row for row in cursor.fetchall() if row[0] == "HEARD"]


def test_the_answer_is_counted_once_however_often_the_form_is_sent(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert sends("EVENT", times=2) == [200, 200]

    assert kept() == [("HEARD", "EVENT", 1)]


def test_nothing_is_said_and_nothing_is_kept(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert sends("") == [200]

    assert kept() == []


def test_nothing_ties_the_answer_to_the_referral(cast: Cast) -> None:
    with clock.at(MONDAY):
        sends("TRAINING")

    names = {field.name for field in Heard._meta.concrete_fields}
    assert names == {"id", "organisation_id", "starts_on", "how"}
    with acting(cast.louise), connection.cursor() as cursor:
        cursor.execute("select row_to_json(e)::text from audit_event e")
        journal = " ".join(line for (line,) in cursor.fetchall())
    assert "heard" not in journal.lower()


def test_nobody_reads_a_row_and_only_a_visitor_adds_one_of_this_quarter(cast: Cast) -> None:
    says(cast, "WEB", 1)

    for who in (cast.louise, cast.ines, cast.roy, VISITOR):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            list(Heard.objects.order_by("pk"))
    for who, starts_on in (
        (cast.louise, FIRST),
        (VISITOR, date(2025, 10, 1)),
        (VISITOR, date(2026, 2, 1)),
    ):
        row = Heard(
            id=uuid_of("mine"), organisation_id=cast.institute.id, starts_on=starts_on, how="WEB"
        )
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            Heard.objects.bulk_create([row])


def test_it_is_shown_once_the_quarter_is_over_and_small_numbers_are_hidden_with_another(
    cast: Cast,
) -> None:
    says(cast, "EVENT", 7)
    says(cast, "TRAINING", 2)
    says(cast, "WEB", 9)
    with clock.at(TUESDAY):
        before = signed_in(cast.roy, at=TUESDAY).get("/figures/").content.decode()

    count()

    assert shown() == {
        "EVENT": 7, "TRAINING": None, "COLLEAGUE": 0, "WEB": None, "OTHER": 0, "UNSAID": 0,
    }  # fmt: skip
    assert "How referrals heard" not in before
    assert "Comment les références" not in before
    with clock.at(APRIL):
        pages = [
            signed_in(who, at=APRIL, language="en").get("/figures/").content.decode()
            for who in (cast.louise, cast.roy)
        ]
    assert ["How referrals heard of us" in page for page in pages] == [True, True]
    named = re.findall(r'id="(table-\d+)"', pages[0])
    assert len(named) == len(set(named)) > 3
