"""Is all that happened found again, by kind and by month; and does what waits stay above it?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.notes import actions as notes
from spheres.followup.urgent_needs import actions as needs
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

LATER = TUESDAY + timedelta(days=70)


def noted(cast: Cast, number: int, *, first: int = 0) -> None:
    """So many conversations, one a day since Tuesday, each with its number."""
    with acting(cast.ines, LATER):
        for turn in range(first, first + number):
            said = notes.Written(
                uuid_of(f"note {turn}"),
                "meeting",
                TUESDAY + timedelta(days=turn),
                her_words=f"Mot {turn}.",
            )
            notes.sign(cast.maya.file_id, said, by=cast.ines, at=LATER)


def needed(cast: Cast) -> None:
    with acting(cast.ines, MONDAY):
        said = needs.Written(uuid_of("shoes"), "clothing", MONDAY, her_words="Mes bottes percent.")
        needs.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)


def page(cast: Cast, place: str) -> str:
    return reverse(f"dossier:{place}", args=[cast.maya.file_id])


def shown(cast: Cast, reader: Actor, **asked: str) -> Any:
    with clock.at(LATER):
        reads = signed_in(reader, at=LATER, language="en")
        return (
            reads.post(page(cast, "history"), asked) if asked else reads.get(page(cast, "history"))
        )


def words_of(answer: Any) -> list[str]:
    return re.findall(r"Mot \d+\.|Mes bottes percent\.", answer.content.decode())


@pytest.mark.django_db
def test_all_that_happened_is_read_page_after_page_each_thing_once(cast: Cast) -> None:
    needed(cast)
    noted(cast, 60)

    pages, after = [], {}
    while True:
        answer = shown(cast, cast.ines, **after)
        pages.append(words_of(answer))
        further = re.search(r'name="after" value="([^"]+)"', answer.content.decode())
        if not further:
            break
        after = {"after": further[1]}

    read = [word for each in pages for word in each]
    assert [len(each) for each in pages] == [25, 25, 11]
    assert read == [f"Mot {turn}." for turn in reversed(range(60))] + ["Mes bottes percent."]


@pytest.mark.django_db
def test_one_kind_is_read_alone_and_the_address_does_not_say_which(cast: Cast) -> None:
    needed(cast)
    noted(cast, 2)

    answer = shown(cast, cast.ines, kind="urgent_needs")

    assert words_of(answer) == ["Mes bottes percent."]
    assert answer.request["QUERY_STRING"] == ""
    assert words_of(shown(cast, cast.ines, kind="a kind of nothing")) == [
        "Mot 1.", "Mot 0.", "Mes bottes percent.",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["yesterday", "2026-03-02T09:00:00 x", "0001-01-01 1"])
def test_a_place_that_is_none_begins_at_the_newest(cast: Cast, after: str) -> None:
    noted(cast, 1)

    answer = shown(cast, cast.ines, after=after)

    assert (answer.status_code, words_of(answer)) == (200, ["Mot 0."])


@pytest.mark.django_db
def test_what_waits_stands_above_however_much_happened_since(cast: Cast) -> None:
    needed(cast)
    noted(cast, 40)

    with clock.at(LATER):
        file = signed_in(cast.ines, at=LATER, language="en").get(page(cast, "file"))

    main = file.content.decode().partition("<main")[2]
    above, _title, happened = main.partition("What happened")
    assert above.index("Needed now") < above.index("Mes bottes percent.")
    assert "Mes bottes percent." not in happened
    assert words_of(file).count("Mes bottes percent.") == 1


@pytest.mark.django_db
def test_the_newest_are_in_sight_and_the_others_one_press_away(cast: Cast) -> None:
    noted(cast, 30)

    with clock.at(LATER):
        file = signed_in(cast.ines, at=LATER, language="en").get(page(cast, "file"))

    happened = file.content.decode().partition("What happened")[2]
    in_sight, _further, folded = happened.partition("A little further back")
    assert (len(words_of_page(in_sight)), len(words_of_page(folded))) == (6, 19)


def words_of_page(text: str) -> list[str]:
    return re.findall(r"Mot \d+\.", text)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["samir", "louise", "karim", "roy"])
def test_who_does_not_walk_with_her_is_told_that_nothing_is_there(cast: Cast, who: str) -> None:
    noted(cast, 1)

    assert shown(cast, getattr(cast, who)).status_code == 404


@pytest.mark.django_db
def test_it_costs_as_many_statements_for_one_as_for_sixty(cast: Cast) -> None:
    counts = []
    with clock.at(LATER):
        reads = signed_in(cast.ines, at=LATER)
        for number, first in ((1, 0), (59, 1)):
            noted(cast, number, first=first)
            with CaptureQueriesContext(connection) as asked:
                reads.get(page(cast, "history"))
            of_page = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
            counts.append(len(of_page))

    assert (counts[0] == counts[1], counts[0] <= 10) == (True, True)
