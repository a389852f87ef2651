"""Each thing that goes wrong around a training, by its name: who is told what, and what is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.training.attestations.tests.factories import attest
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions
from spheres.training.sessions.actions import FromOutside
from spheres.training.sessions.models import TrainingSession
from spheres.training.sessions.tests.factories import (
    AFTERWARDS,
    SESSION,
    STARTS,
    TOPIC,
    enrols,
    enrols_from_outside,
    plan,
    stands,
    teach,
    the_list,
)
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in, untranslated, visitor

pytestmark = pytest.mark.django_db
HERE = f"/training/sessions/{SESSION}/"
WARNED = "Cette formation vient après"


@pytest.fixture
def odile(cast: Cast) -> Actor:
    found = teach(cast)
    with acting(LOADER):
        first = TOPIC | {"title_fr": "Les mots justes", "title_en": "The right words"}
        Topic.objects.bulk_create([Topic(id=uuid_of("words"), slug="words", **first)])
        Topic.objects.filter(slug="stages").update(after=["words"], valid_months=12)
        Topic.objects.filter(slug="words").update(valid_months=12)
    plan(cast.louise, found)
    return found


def page_of(who: Actor, url: str = HERE, at: Any = MONDAY, language: str = "fr") -> str:
    with clock.at(at):
        page = signed_in(who, at=at, language=language).get(url)
        assert page.status_code == 200
        return str(page.content.decode())


def test_an_expired_prerequisite_is_said_and_refuses_nobody(cast: Cast, odile: Actor) -> None:
    attest("held", cast.samir, "words", date(2025, 9, 1), by=cast.louise)
    attest("lapsed", cast.ines, "words", date(2025, 2, 1), by=cast.louise)

    with untranslated() as missing:
        pages = [page_of(who) for who in (cast.samir, cast.ines, cast.roy)]
        page_of(cast.ines, language="en")

    assert [(WARNED in page, "Les mots justes" in page) for page in pages] == [
        (False, False), (True, True), (True, True),
    ]  # fmt: skip
    enrols(cast.ines)
    assert stands(cast.ines) == "ENROLLED"
    assert missing == set()


def test_a_person_in_two_organisations_is_attested_once_and_it_counts_in_both(
    cast: Cast, odile: Actor
) -> None:
    """One account, of two partners: one list, one paper, and each of the two reads that she
    learned it."""
    elsewhere = replace(cast.ines, organisation_id=cast.elsewhere.pk)
    with acting(LOADER):
        manager = add_person("Hélène", cast.elsewhere, Role.ORGANISATION_MANAGER)
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of("Inès elsewhere"), user_id=cast.ines.user_id,
                    organisation=cast.elsewhere, role=Role.YOUTH_WORKER, job_title_fr="Titre",
                    job_title_en="Title", starts_at=MONDAY,
                )
            ]
        )  # fmt: skip
    enrols(cast.ines)
    enrols(elsewhere)

    closes(odile, {cast.ines, elsewhere})

    mine = [page_of(who, "/training/mine/", AFTERWARDS) for who in (cast.ines, elsewhere)]
    assert [page.count("/paper/") for page in mine] == [1, 1]
    assert the_list(cast.louise) == [("Inès", "La Maison", "CAME")]
    for leading in (cast.karim, manager):
        assert "Inès" in page_of(leading, "/training/coverage/", AFTERWARDS)
        of_ines = page_of(leading, f"/training/coverage/{cast.ines.user_id}/", AFTERWARDS)
        assert of_ines.count(TOPIC["title_fr"]) > 0


def test_the_same_address_in_another_case_is_one_person_with_one_certificate(
    cast: Cast, odile: Actor
) -> None:
    rows = {
        enrols_from_outside(FromOutside("Léa Fortin", "École", "school", "fr", reach)).pk
        for reach in ("lea.fortin@example.org", "LEA.Fortin@Example.ORG ")
    }
    with acting(odile, AFTERWARDS):
        of = TrainingSession.objects.get(pk=SESSION)
        actions.note_who_came(of, rows, by=odile, at=AFTERWARDS)
        actions.close(of, by=odile, at=AFTERWARDS)

    outside = page_of(cast.louise, "/training/outside/", AFTERWARDS)
    assert (len(rows), outside.count("/paper/")) == (1, 1)


def test_certificate_numbers_guessed_in_bulk_are_answered_alike_then_no_more(
    cast: Cast, odile: Actor
) -> None:
    enrols(cast.ines)
    closes(odile, {cast.ines})
    mine = page_of(cast.ines, "/training/mine/", AFTERWARDS)
    found = re.search(r"Numéro de vérification\s:\s([^<]+)<", mine)
    assert found is not None

    guesses = [checked(uuid_of(f"guess {number}")) for number in range(31)]

    assert [status for status, *_rest in guesses] == [200] * 30 + [429]
    assert len({body for _status, body, _asked in guesses[:30]}) == 1
    assert len({asked for _status, _body, asked in guesses[1:30]}) == 1
    with clock.at(AFTERWARDS + timedelta(days=2)):
        assert "<h1>Valide</h1>" in looked_up(found[1]).content.decode()


def checked(which: Any) -> tuple[int, str, int]:
    from spheres.training.attestations.numbers import number_of

    with clock.at(AFTERWARDS), CaptureQueriesContext(connection) as seen:
        page = looked_up(number_of(which))
    return page.status_code, main_of(page), len(seen)


def looked_up(number: str) -> Any:
    site = visitor(settings.YOUTH_HOST)
    shown = site.get("/attestation/").content.decode()
    form_id = shown.split('name="form_id" value="')[1].split('"')[0]
    return site.post("/attestation/", {"verification_number": number, "form_id": form_id})


def main_of(page: Any) -> str:
    return str(page.content.decode().split("<main")[1].split("</main")[0])


def closes(by: Actor, came: set[Actor]) -> None:
    from spheres.training.sessions import queries

    with acting(by, AFTERWARDS):
        of = TrainingSession.objects.get(pk=SESSION)
        ids = {queries.of_user(SESSION, one.user_id) for one in came}
        actions.note_who_came(of, ids, by=by, at=AFTERWARDS)
        actions.close(of, by=by, at=AFTERWARDS)


# As every page’s cost is counted (test_page_costs): a test’s own transaction is none of the page’s.
MOST: Final = 8
PAGES = (
    "/training/", "/training/sessions/", "/training/sessions/new/", HERE, f"{HERE}list/",
    f"{HERE}move/", f"{HERE}teachers/", f"{HERE}costs/", "/training/mine/", "/training/coverage/",
    "/training/outside/", "/training/refreshers/", "/training/offer/", "/training/requests/",
    "/learning/",
)  # fmt: skip


def test_each_page_of_trainings_costs_the_same_at_one_row_and_at_thirty(
    cast: Cast, odile: Actor
) -> None:
    costs = []
    for rows in (range(1), range(1, 30)):
        for number in rows:
            plan(cast.louise, odile, name=f"more {number}", starts_at=STARTS + timedelta(days=1),
                 ends_at=STARTS + timedelta(days=1, hours=number + 1), places=40)  # fmt: skip
            said = FromOutside("Léa", "École", "school", "fr", f"lea{number}@example.org")
            enrols_from_outside(said)
            with acting(LOADER):
                who = add_person(f"Worker {number}", cast.la_maison, Role.YOUTH_WORKER)
            enrols(who)
            attest(f"a {number}", who, "words", date(2025, 9, 1), by=cast.louise)
        costs.append({page: cost_of(cast.louise, page) for page in PAGES})

    once, often = costs
    assert once == often
    assert {page: cost for page, cost in once.items() if cost > MOST} == {}


def cost_of(who: Actor, page: str) -> int:
    with clock.at(MONDAY):
        client = signed_in(who)
        client.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200, page
    first, *said, taken_back, last = [query["sql"].split(" ")[0:2] for query in seen]
    assert (first[0], taken_back[0:1], last[0]) == ("SAVEPOINT", ["select"], "RELEASE")
    return len(said)
