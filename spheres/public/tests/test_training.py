"""Does a request for training reach the coordination once, and is the offer of the year shown?"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import TRAINING, looked, main_of, number_in
from spheres.regions import queries as regions
from spheres.training.offer.queries import OFFER, Line
from spheres.training.requests import queries
from tests.cast import acting, uuid_of


def at_the_desk(world):
    with acting(world.louise):
        return [
            queries.request(one.row.pk, actor=world.louise)
            for one in queries.requests(actor=world.louise)
        ]


def test_a_request_reaches_the_coordination_as_it_was_written(world, visitor):
    receipt = visitor.send("/training/")

    (asked,) = at_the_desk(world)
    row = asked.row
    assert receipt.status_code == 200
    assert row.number == number_in(receipt)
    assert (row.environment, row.people, row.place, row.language, row.said_in) == (
        "school", 12, "THERE", "fr", "fr",
    )  # fmt: skip
    written = ("organisation", "group", "needs", "dates", "where", "reach")
    assert vars(row.opened) == {name: TRAINING[name] for name in written}
    assert [said for name in written if (said := TRAINING[name]) in main_of(receipt)] == []


def test_sent_twice_it_is_one_request_and_in_english_it_is_answered_in_english(world):
    visitor = Visitor("en")
    form = visitor.fill("/training/")
    first, again = visitor.send("/training/", form), visitor.send("/training/", form)

    (asked,) = at_the_desk(world)
    assert main_of(first) == main_of(again)
    assert asked.row.said_in == "en"


@pytest.mark.parametrize("question", ["group", "needs", "dates"])
def test_a_name_is_pointed_out_before_anything_is_kept(world, visitor, question):
    form = visitor.fill("/training/", **{question: "Depuis que Marie Tremblay s’absente."})
    warned = visitor.send("/training/", form)

    assert warned.status_code == 422
    assert "Marie Tremblay" in main_of(warned)
    assert at_the_desk(world) == []

    assert visitor.send("/training/", form | {"looked": looked(warned)}).status_code == 200
    assert len(at_the_desk(world)) == 1


def test_who_reads_it_is_said_before_anything_is_asked(visitor):
    page = main_of(visitor.get("/training/"))

    order = ["Seule la coordination du programme lit ceci", "Ne nommez aucun·e jeune", "Quel est"]
    assert sorted(order, key=page.index) == order


def test_too_many_from_one_network_are_not_kept(world, visitor):
    answers = [visitor.send("/training/").status_code for _ in range(12)]

    assert (answers[-1], len(at_the_desk(world))) == (429, answers.count(200))
    assert visitor.send("/for-me/").status_code == 200  # nobody who asks for help pays for it


def test_the_offer_of_the_year_is_shown_month_by_month(visitor, monkeypatch):
    line = Line(UUID(int=1), 2026, 5, ("Comprendre", "Understanding"), "THERE", "en")
    past = replace(line, year=2025, titles=("Ancien", "Old"))
    said = regions._photograph
    more = {**said.more, OFFER: (past, line)}
    monkeypatch.setattr(regions, "_photograph", replace(said, more=more))

    page = main_of(visitor.get("/offer/"))

    assert [word in page for word in ("Mai", "Comprendre", "Anglais", "Ancien")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert uuid_of("nobody").hex not in page
