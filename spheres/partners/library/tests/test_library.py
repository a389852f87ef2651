"""Which works are found, who says whether a link opens, and which are to be looked at again?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.partners.library import actions, policy, queries, standing
from spheres.partners.library.models import LOADER as SERVICE
from spheres.partners.library.models import LinkCheck, Work
from spheres.partners.library.queries import Wish
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
LATER = MONDAY + timedelta(hours=3)
ADDRESS = "https://bibliotheque.example/brisson"
BRISSON = {
    "citation": "Brisson, P. (1997). L’approche de réduction des méfaits.", "evidence": "REPORT",
    "languages": ["fr"], "themes": ["HARM"], "components": ["FOLLOW_UP", "TRAINING"],
    "about_fr": "D’où elle vient.", "about_en": "Where it comes from.",
}  # fmt: skip
ODEGARD = {
    "citation": "Ødegård, A. (2005). Perceptions of Interprofessional Collaboration.",
    "evidence": "STUDY", "languages": ["en"], "themes": ["PARTNERS"], "components": ["CONCERTED"],
    "about_fr": "La collaboration entre professions.", "about_en": "Unlike professions.",
}  # fmt: skip


@pytest.fixture
def shelf(cast: Cast) -> Cast:
    """The library of the cast: two works, and one that left the files."""
    put("brisson", **BRISSON)
    put("odegard", **ODEGARD)
    put("gone", **BRISSON, is_shown=False)
    return cast


def put(slug: str, **said: object) -> None:
    with acting(LOADER):
        Work.objects.bulk_create([Work(id=uuid_of(slug), slug=slug, **said)])


def look(who: Actor, at: datetime = MONDAY, *, opens: bool = True, **said: object) -> None:
    with acting(who, at):
        work = Work.objects.get(pk=uuid_of(str(said.get("work", "brisson"))))
        check_id: UUID = uuid_of(f"look {at} {work.slug}")
        address = str(said.get("address", ADDRESS))
        actions.check(check_id, work, address=address, opens=opens, by=who, at=at)


def found(who: Actor, **wish: str) -> list[str]:
    with acting(who, LATER):
        return [one.row.slug for one in queries.works(Wish(**wish), actor=who, on=LATER.date())]


@pytest.mark.parametrize(
    ("wish", "answers"),
    [
        ({}, ["brisson", "odegard"]),
        ({"words": "MEFAITS brisson"}, ["brisson"]),
        ({"words": "professions"}, ["odegard"]),
        ({"words": "mefaits professions"}, []),
        ({"theme": "PARTNERS"}, ["odegard"]),
        ({"component": "TRAINING"}, ["brisson"]),
        ({"evidence": "STUDY"}, ["odegard"]),
        ({"language": "fr"}, ["brisson"]),
        ({"language": "fr", "theme": "PARTNERS"}, []),
    ],
)
def test_everybody_finds_the_works_that_answer_all_that_is_asked(
    shelf: Cast, wish: dict[str, str], answers: list[str]
) -> None:
    assert found(shelf.roy, **wish) == answers
    assert found(shelf.ines, **wish) == answers


def test_a_link_is_said_by_whoever_opened_it_with_its_day_and_the_newest_stands(
    shelf: Cast,
) -> None:
    look(shelf.louise)
    look(shelf.louise)  # pressed twice
    look(shelf.karim, MONDAY + A_DAY, opens=False)

    with acting(shelf.ines, LATER):
        assert LinkCheck.objects.count() == 2
        one = queries.work(uuid_of("brisson"), actor=shelf.ines, on=LATER.date())
        assert queries.work(uuid_of("gone"), actor=shelf.ines, on=LATER.date()) is None
    assert one is not None
    assert one.link is not None
    assert (one.link.who, one.link.row.opens, one.link.is_due) == ("Karim", False, True)


@pytest.mark.parametrize("slug", ["ines", "roy", "samir"])
def test_nobody_else_says_it(shelf: Cast, slug: str) -> None:
    with pytest.raises(NotAllowed):
        look(getattr(shelf, slug))


def test_the_database_refuses_a_look_of_another_a_page_in_the_clear_and_a_work_that_is_typed(
    shelf: Cast,
) -> None:
    def forged(who: Actor, **said: object) -> LinkCheck:
        row = {
            "id": uuid_of("forged"), "work_id": uuid_of("brisson"), "address": ADDRESS,
            "opens": True, "checked_by": who.user_id, "checked_at": MONDAY,
        }  # fmt: skip
        return LinkCheck(**(row | said))

    typed = Work(id=uuid_of("typed"), slug="typed", **BRISSON)
    for who, row in (
        (shelf.ines, forged(shelf.ines)),
        (shelf.louise, forged(shelf.karim)),
        (shelf.louise, forged(shelf.louise, checked_at=LATER)),
        (shelf.louise, typed),
    ):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            type(row)._base_manager.bulk_create([row])  # type: ignore[attr-defined]
    clear = forged(shelf.louise, address="http://bibliotheque.example/")
    with acting(shelf.louise), pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.bulk_create([clear])


def test_the_desk_is_told_after_half_a_year_or_when_a_work_was_no_longer_there(
    shelf: Cast,
) -> None:
    def told(who: Actor, at: datetime) -> list[str]:
        with acting(who, at), clock.at(at):
            return [one.sentence for one in standing.to_look_at(actor=who)]

    look(shelf.louise)
    look(shelf.karim, work="odegard", opens=False)
    assert told(shelf.louise, LATER) == ["1 lien de la bibliothèque est à vérifier."]
    half_a_year = MONDAY + 182 * A_DAY
    assert told(shelf.louise, half_a_year) == ["2 liens de la bibliothèque sont à vérifier."]
    with acting(shelf.louise, half_a_year):
        due = queries.due(actor=shelf.louise, on=half_a_year.date())
    assert {one.row.slug for one in due} == {"brisson", "odegard"}
    look(shelf.louise, half_a_year, work="odegard")
    look(shelf.louise, half_a_year)
    assert told(shelf.louise, half_a_year) == []
    assert told(shelf.ines, half_a_year + 365 * A_DAY) == []


@pytest.mark.parametrize("role", Role.values)
def test_who_looks_at_links(role: str) -> None:
    who = Actor(uuid_of("who"), uuid_of("where"), frozenset({role}))

    assert policy.can_look(who)
    assert bool(policy.can_check(who)) is (
        role
        in {
            "coordinator", "research_officer", "trainer", "team_lead", "clinical_director",
            "professional_support",
        }
    )  # fmt: skip
    assert SERVICE not in Role.values


def form_id(answer: HttpResponse) -> str:
    page = answer.content.decode()
    match = re.search(r'name="form_id" value="([^"]+)"', page[page.index("<main") :])
    assert match is not None
    return match[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_and_refuse_what_is_no_address(shelf: Cast, language: str) -> None:
    there = f"/library/{uuid_of('brisson')}/link/"
    with clock.at(LATER), untranslated() as missing:
        louise = signed_in(shelf.louise, at=LATER, language=language)
        sent = {"form_id": form_id(louise.get(there)), "address": ADDRESS, "opens": "yes"}
        for wrong in (
            "http://bibliotheque.example/", "javascript:alert(1)", "https://",
            "https://somebody@bibliotheque.example/", "https://bibliotheque.example/a b",
        ):  # fmt: skip
            assert louise.post(there, {**sent, "address": wrong}).status_code == 422, wrong
        assert louise.post(there, {**sent, "opens": ""}).status_code == 422
        assert louise.post(there, sent).status_code == 302
        assert louise.get(f"/library/{uuid_of('gone')}/link/").status_code == 404
        look(shelf.karim, LATER, work="odegard", opens=False)
        pages = {"/library/": 200, "/library/links/": 200, there: 200, "/committees/": 200}
        assert {page: louise.get(page).status_code for page in pages} == pages
        ines = signed_in(shelf.ines, at=LATER, language=language)
        refused = {"/library/": 200, "/library/links/": 403, there: 403}
        assert {page: ines.get(page).status_code for page in refused} == refused
        answer = ines.post("/library/", {"words": "mefaits", "theme": "HARM"})
        nothing = ines.post("/library/", {"words": "introuvable"})
        wrong = ines.post("/library/", {"theme": "ELSE"})
    assert (answer.status_code, nothing.status_code, wrong.status_code) == (200, 200, 422)
    page = answer.content.decode()
    assert ADDRESS in page
    assert "Ødegård" not in page
    assert missing == set()


def test_it_costs_the_same_for_one_and_for_three(shelf: Cast) -> None:
    def cost() -> int:
        client = signed_in(shelf.roy, at=LATER)
        client.get("/library/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/library/").status_code == 200
        return len(asked)

    look(shelf.louise)
    with clock.at(LATER):
        once = cost()
    for number in ("three", "four", "five"):
        put(number, **ODEGARD)
        look(shelf.karim, work=number)
    with clock.at(LATER):
        assert cost() == once
    assert once <= 8, once
