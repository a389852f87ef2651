"""Does the coordination see which texts and lines wait, and does nobody else?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from spheres.core import clock
from spheres.evaluation.texts_due import policy, queries
from spheres.regions import queries as regions
from spheres.regions.models import HelpLine, Text
from tests.cast import LOADER, MONDAY, Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def looked_at(cast: Cast) -> Cast:
    """Everything was reviewed and verified yesterday, but one of each."""
    yesterday = TODAY - timedelta(days=1)
    with acting(LOADER):
        Text.objects.update(reviewed_on=yesterday, translation="reviewed")
        HelpLine.objects.update(verified_on=yesterday, verification="verified")
    return cast


def test_what_was_looked_at_lately_does_not_wait(looked_at: Cast) -> None:
    with acting(looked_at.louise):
        assert queries.due(actor=looked_at.louise, on=TODAY) == ([], [])


def test_a_text_of_a_year_ago_and_a_line_of_ninety_days_ago_wait_with_why(looked_at: Cast) -> None:
    with acting(LOADER):
        text = Text.objects.order_by("key").first()
        line = HelpLine.objects.order_by("position", "pk").first()
        assert text is not None
        assert line is not None
        Text.objects.filter(pk=text.pk).update(reviewed_on=TODAY - timedelta(days=366))
        HelpLine.objects.filter(pk=line.pk).update(verified_on=TODAY - timedelta(days=91))
    with acting(looked_at.louise):
        texts, lines = queries.due(actor=looked_at.louise, on=TODAY)

    assert [one.name for one in texts] == [text.key]
    assert [(one.name, one.begins) for one in lines] == [(line.slug, line.name_fr)]
    assert regions.text(text.key).split()[0] in texts[0].begins


def test_the_page_says_it_to_the_coordination_alone(looked_at: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(looked_at.louise, language="en").get("/texts/")
        others = [signed_in(who).get("/texts/").status_code for who in (looked_at.ines,
                  looked_at.karim, looked_at.nadia)]  # fmt: skip

    assert page.status_code == 200
    assert "Everything was looked at" in page.content.decode()
    assert others == [403, 403, 403]


def test_the_way_is_shown_to_the_coordination_alone(cast: Cast) -> None:
    allowed = [bool(policy.can_look(who)) for who in (cast.louise, cast.ines, cast.nadia)]

    assert allowed == [True, False, False]
