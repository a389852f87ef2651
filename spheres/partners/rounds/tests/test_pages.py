"""Does one answer in a few minutes, is a round seen through, and do pages say nothing too early?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.rounds.models import QuestionSet, ReflectionRound
from spheres.partners.rounds.tests.factories import (
    HERE,
    OVER,
    SET,
    THERE,
    all_give,
    counted,
    gives,
    open_round,
    settled,
    workers,
)
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
PAGE = f"/rounds/{uuid_of('round')}/"


@pytest.fixture
def people(cast: Cast) -> list[Actor]:
    return [*workers(cast.la_maison, HERE), *workers(cast.elsewhere, THERE)]


def text(client: Client, path: str, at=MONDAY) -> str:
    with clock.at(at):
        page = Page(client.get(path).content.decode())
    return " ".join(" ".join(words for words, _box in page.texts).split())


def post(client: Client, path: str, at=MONDAY, *, shown: str = "", **said):
    """The form of `shown` that leads there, or that of the page itself, sent."""
    with clock.at(at):
        page = client.get(shown or path).content.decode()
        page = page[page.index(f'action="{path}"' if shown else "<main") :]
        number = re.search(r'name="form_id" value="([^"]+)"', page)
        assert number is not None
        return client.post(path, {"form_id": number[1], **said})


def test_ines_answers_once_and_is_thanked_and_nothing_she_wrote_is_shown(cast: Cast) -> None:
    open_round(cast)
    ines = signed_in(cast.ines, language="en")
    asked = text(ines, f"{PAGE}answer/")

    given = post(ines, f"{PAGE}answer/", **{"shared-step": "2", "shared-remark": "Merci"})
    after = text(ines, PAGE)
    with clock.at(MONDAY):
        again = ines.get(f"{PAGE}answer/")

    assert "Nobody knows that it is you" in asked
    assert (given.status_code, given["Location"]) == (302, PAGE)
    assert "Thank you, your answer is given" in after
    assert "Merci" not in after
    assert (again.status_code, again["Location"]) == (302, PAGE)


def test_no_answer_and_a_step_that_does_not_exist_are_refused_and_nothing_is_lost(
    cast: Cast,
) -> None:
    open_round(cast)
    ines = signed_in(cast.ines, language="en")

    empty = post(ines, f"{PAGE}answer/")
    wrong = post(ines, f"{PAGE}answer/", **{"shared-step": "6", "shared-remark": "Merci"})

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "Nothing is answered yet." in empty.content.decode()
    assert "Merci" in wrong.content.decode()


def test_no_page_tells_a_number_before_the_end(cast: Cast, people: list[Actor]) -> None:
    of = open_round(cast)
    before = [text(signed_in(who, language="en"), PAGE) for who in (cast.louise, cast.karim)]
    all_give(people, of, words="Merci")

    assert [
        text(signed_in(who, language="en"), PAGE) for who in (cast.louise, cast.karim)
    ] == before


def test_louise_sees_a_round_through_and_all_read_it(cast: Cast, people: list[Actor]) -> None:
    louise = signed_in(cast.louise, language="en")
    with acting(cast.louise):
        asks = QuestionSet.objects.get(slug=SET)
    said = {
        "asks": str(asks.pk),
        "organisations": [str(cast.la_maison.pk), str(cast.elsewhere.pk)],
        "last_day_day": "20", "last_day_month": "3", "last_day_year": str(MONDAY.year),
    }  # fmt: skip
    opened = post(louise, "/rounds/open/", **said)
    with acting(cast.louise):
        of = ReflectionRound.objects.select_related("asks").get()
    all_give(people, of, words="Merci")
    there, over = f"/rounds/{of.pk}/", of.ends_at
    louise = signed_in(cast.louise, language="en", at=over)
    counted = post(louise, f"{there}count/", over, shown=there)
    remarks = text(louise, f"{there}settle/", over)
    named = {"shared-0-fr": "Mélissa Tremblay le dit bien."}
    asked_again = post(louise, f"{there}settle/", over, **named)
    alone = post(louise, f"{there}settle/", over, **{"shared-0-en": "They count."})
    told = post(
        louise, f"{there}settle/", over,
        **{"shared-0-fr": "Les proches comptent.", "shared-1-fr": "Pas toujours.",
           "shared-1-few": "on"},
    )  # fmt: skip
    shown = text(signed_in(cast.ines, language="en", at=over), there, over)

    assert opened.status_code == 302
    assert counted["Location"] == f"{there}settle/"
    assert all(f"Merci {place}" in remarks for place in range(11))
    assert "could be recognised" in asked_again.content.decode()
    assert "Write it in French too" in alone.content.decode()
    assert told.status_code == 302
    assert "11 people answered." in shown
    assert "Pas toujours. Held by a few" in shown
    assert "Merci" not in shown


def test_what_is_asked_too_soon_or_of_one_alone_is_said_beside_the_list(cast: Cast) -> None:
    open_round(cast)
    with acting(cast.louise):
        asks = QuestionSet.objects.get(slug=SET)
    said = {
        "asks": str(asks.pk),
        "last_day_day": "20", "last_day_month": "3", "last_day_year": str(MONDAY.year),
    }  # fmt: skip
    louise = signed_in(cast.louise, language="en")
    both = [str(cast.la_maison.pk), str(cast.foundation.pk)]

    again = post(louise, "/rounds/open/", organisations=both, **said)
    alone = post(louise, "/rounds/open/", organisations=both[1:], **said)
    late = post(louise, "/rounds/open/", organisations=both, **said | {"last_day_year": "2031"})

    assert "less than a year ago" in again.content.decode()
    assert "at least two organisations" in alone.content.decode()
    assert "within three months" in late.content.decode()
    assert (again.status_code, alone.status_code, late.status_code) == (422, 422, 422)


def test_too_few_is_said_where_it_is_counted_and_it_is_made_longer(
    cast: Cast, people: list[Actor]
) -> None:
    of = open_round(cast)
    all_give([*people[:HERE], *workers(cast.la_maison, 4, "autre"), *people[-2:]], of)
    louise = signed_in(cast.louise, language="en", at=OVER)

    refused = post(louise, f"{PAGE}count/", OVER, shown=PAGE)
    wrong = post(louise, f"{PAGE}longer/", OVER, shown=PAGE)
    longer = post(
        louise, f"{PAGE}longer/", OVER, shown=PAGE,
        last_day_day="30", last_day_month="3", last_day_year=str(MONDAY.year),
    )  # fmt: skip

    assert refused.status_code == 422
    assert "too few are left" in refused.content.decode()
    assert (wrong.status_code, longer.status_code) == (422, 302)
    assert "It runs until" in text(louise, PAGE, OVER)


def test_the_questions_on_paper_name_nobody(cast: Cast) -> None:
    open_round(cast)

    paper = text(signed_in(cast.ines, language="en"), f"{PAGE}paper/")

    assert "The social circle of exploited persons" in paper
    assert "Maison" not in paper


@pytest.mark.parametrize("name", ["round", "answer", "paper", "settle"])
def test_whoever_guards_accounts_or_privacy_sees_none_of_it(cast: Cast, name: str) -> None:
    open_round(cast)
    with clock.at(MONDAY):
        answer = signed_in(cast.nadia).get(reverse(f"rounds:{name}", args=[uuid_of("round")]))
        unknown = signed_in(cast.ines).get(reverse(f"rounds:{name}", args=[uuid_of("nothing")]))

    assert (answer.status_code, unknown.status_code) == (403, 404)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_speaks_both_languages(cast: Cast, people: list[Actor], language: str) -> None:
    of = open_round(cast)
    all_give(people, of, words="Merci")
    with untranslated() as missing:
        for at, who, pages in (
            (MONDAY, cast.ines, ["", "answer/", "paper/"]),
            (MONDAY, cast.louise, ["", "paper/"]),
            (OVER, cast.louise, ["", "settle/"]),
            (OVER, cast.ines, [""]),
        ):
            client = signed_in(who, at=at, language=language)
            with clock.at(at):
                for page in ("/rounds/", *(PAGE + one for one in pages)):
                    assert client.get(page).status_code == 200
        counted(of, cast.louise)
        louise = signed_in(cast.louise, at=OVER, language=language)
        with clock.at(OVER):
            assert louise.get(f"{PAGE}settle/").status_code == 200
            assert louise.get("/rounds/open/").status_code == 200
    assert missing == set()


def test_pages_cost_the_same_for_one_round_and_for_three(cast: Cast, people: list[Actor]) -> None:
    def cost() -> list[int]:
        client = signed_in(cast.ines, at=OVER)
        client.get("/rounds/")
        found = []
        for page in ("/rounds/", PAGE):
            with clock.at(OVER), CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    def tell(which: str, slug: str) -> None:
        at = MONDAY - timedelta(days=1) if which != "round" else MONDAY
        of = open_round(cast, which, slug=slug, at=at)
        for who in people:
            all_give([who], of, at=at)
        settled(of, cast.louise)

    tell("round", SET)
    once = cost()
    tell("two", "situation")
    tell("three", "how-we-work")

    assert cost() == once
    assert max(once) <= 12


def test_counting_costs_the_same_for_eleven_answers_and_for_thirty(
    cast: Cast, people: list[Actor]
) -> None:
    def cost(which: str, slug: str, of: list[Actor]) -> int:
        one = open_round(cast, which, slug=slug)
        code = one.asks.questions[0].code
        for place, who in enumerate(of):
            gives(who, one, {code: 3}, {code: f"Merci {place}"})
        with CaptureQueriesContext(connection) as asked:
            counted(one, cast.louise)
        return len(asked)

    more = [*people, *workers(cast.elsewhere, 19, "autre")]

    assert cost("thirty", "change", more) == cost("eleven", "situation", people)
