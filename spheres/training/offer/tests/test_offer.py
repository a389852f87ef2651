"""What is offered in a year, who draws it up, and what does the public site show of it?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from spheres.regions import queries as regions
from spheres.training.catalogue.models import Topic
from spheres.training.offer import actions, queries
from spheres.training.offer.forms import OfferForm
from spheres.training.offer.models import Offered
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
IN_MAY = {"year": 2026, "month": 5, "topic": "first", "place": "THERE", "language": "fr"}


@pytest.fixture
def taught(cast: Cast) -> Cast:
    with acting(LOADER):
        for position, slug in enumerate(("first", "second")):
            row = Topic(
                id=uuid_of(slug), slug=slug, position=position, kind="INITIAL",
                title_fr=f"Thème {slug}", title_en=f"Topic {slug}", aims_fr=["Nommer."],
                aims_en=["To name."], minutes=90, after=[], languages=["fr"], valid_months=0,
            )  # fmt: skip
            Topic.objects.bulk_create([row])
    return cast


def offer(by: Actor, word: str = "may", **other: object) -> bool:
    said = actions.Said(uuid_of(word), **{**IN_MAY, **other})  # type: ignore[arg-type]
    with acting(by):
        return actions.offer(said, by=by, at=MONDAY)


def take_out(by: Actor, word: str = "may") -> None:
    with acting(by, MONDAY + AN_HOUR):
        row = queries.offered(uuid_of(word), actor=by)
        assert row is not None
        actions.take_out(row, by=by, at=MONDAY + AN_HOUR)


def seen_by(actor: Actor) -> list[tuple[int, list[tuple[str, list[str]]]]]:
    with acting(actor):
        return [
            (
                year.year,
                [(month.name, [one.title for one in month.offered]) for month in year.months],
            )
            for year in queries.offer(actor=actor)
        ]


def test_the_offer_stands_by_year_and_month(taught: Cast) -> None:
    offer(taught.louise)
    offer(taught.louise, "march", month=3, topic="second")
    offer(taught.louise, "next", year=2027, month=1)
    offer(taught.louise, "of nothing", topic="never-taught")

    assert seen_by(taught.samir) == [
        (2027, [("Janvier", ["Thème first"])]),
        (2026, [("Mars", ["Thème second"]), ("Mai", ["Thème first"])]),
    ]


def test_the_same_is_offered_once_and_again_once_it_was_taken_out(taught: Cast) -> None:
    assert [offer(taught.louise), offer(taught.louise), offer(taught.louise, "other")] == [
        True, True, False,
    ]  # fmt: skip
    take_out(taught.louise)
    assert seen_by(taught.ines) == []

    assert offer(taught.louise, "other") is True

    with acting(taught.louise):
        assert Offered.objects.count() == 2


def test_only_the_coordination_draws_it_up(taught: Cast) -> None:
    with pytest.raises(NotAllowed):
        offer(taught.ines)
    offer(taught.louise)
    with pytest.raises(NotAllowed):
        take_out(taught.ines)
    hers = Offered(
        id=uuid_of("by hand"), written_by=taught.ines.user_id, written_at=MONDAY, **IN_MAY
    )
    with acting(taught.ines), pytest.raises(ProgrammingError), transaction.atomic():
        Offered.objects.bulk_create([hers])
    with acting(taught.ines):
        taken = {"withdrawn_by": taught.ines.user_id, "withdrawn_at": MONDAY}
        assert Offered.objects.update(**taken) == 0
    with acting(taught.louise), pytest.raises(ProgrammingError), transaction.atomic():
        Offered.objects.update(withdrawn_by=taught.karim.user_id, withdrawn_at=MONDAY)


def test_the_public_site_shows_this_year_and_those_that_come(
    taught: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(taught.louise)
    offer(taught.louise, "past", year=2025)
    with acting(VISITOR):
        lines = queries.take_offer()
        taken = regions._take()
    monkeypatch.setattr(regions, "_photograph", replace(taken, taken=math.inf))

    found = queries.published(on=date(2026, 3, 2))

    assert [line.year for line in lines] == [2025, 2026]
    assert [(one.year, one.months[0].offered[0].title) for one in found] == [(2026, "Thème first")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_adds_and_takes_out(taught: Cast, language: str) -> None:
    with acting(taught.louise):
        form = OfferForm(record_id=uuid_of("may"), taught=[], on=date(2026, 3, 2))
    sent = {"form_id": form.signed_id, **{name: str(said) for name, said in IN_MAY.items()}}
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(taught.louise, language=language)
        ines = signed_in(taught.ines, language=language)
        assert louise.get("/training/offer/").status_code == 200
        for wrong in ({"month": "13"}, {"topic": ""}, {"year": "2019"}, {"place": "X"}):
            assert louise.post("/training/offer/", sent | wrong).status_code == 422, wrong
        assert ines.post("/training/offer/", sent).status_code == 403
        assert louise.post("/training/offer/", sent).status_code == 302
        with acting(taught.louise):
            again = OfferForm(record_id=uuid_of("again"), taught=[], on=date(2026, 3, 2))
        twice = louise.post("/training/offer/", sent | {"form_id": again.signed_id})
        page = ines.get("/training/offer/").content.decode()
        out = f"/training/offer/{uuid_of('may')}/out/"
        assert ines.post(out).status_code == 403
        assert (out in page, "first" in page) == (False, True)
    with clock.at(MONDAY + timedelta(minutes=1)):
        assert louise.post(out).status_code == 302
        assert louise.post(out).status_code == 404
    assert twice.status_code == 422
    assert missing == set()
