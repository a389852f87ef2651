"""Who says where an organisation stands, who reads it, and from when is anything said of all?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.partners.self_assessment import actions, queries
from spheres.partners.self_assessment.models import Assessment, Step
from spheres.records.between import chosen
from tests.cast import LOADER, MONDAY, Cast, acting, add_organisation, add_person
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
LAST_YEAR = datetime(2025, 6, 3, 14, 0, tzinfo=UTC)
PAGE, OURS = "/self-assessment/", "/self-assessment/ours/"
WILL_DO = "Nommer quelqu’un pour le comité clinique."


def assess(who: Actor, steps: Sequence[int] = (2,), at: datetime = MONDAY, **more: Any) -> UUID:
    """This organisation says where it stands, statement after statement."""
    number = uuid4()
    with acting(who, at):
        asks = queries.statements(actor=who)
        assert asks is not None
        said = dict(zip([one.code for one in asks.statements], steps, strict=False))
        will_do = more.get("will_do", WILL_DO)
        actions.assess(number, asks, steps=said, will_do=will_do, by=who, at=at)
    return number


def leaders(number: int) -> list[Actor]:
    """Of so many partners of the programme, who leads each."""
    found = []
    with acting(LOADER):
        for rank in range(number):
            place = add_organisation(f"partner-{rank}", Organisation.Kind.COMMUNITY)
            found.append(add_person(f"Leader {rank}", place, Role.ORGANISATION_MANAGER))
    return found


def together(who: Actor, at: datetime = MONDAY) -> list[tuple[int, tuple[int, ...]]]:
    """What is said of the first statement, year by year."""
    with acting(who, at):
        asks = queries.statements(actor=who)
        assert asks is not None
        return [
            (y.year, y.numbers)
            for y in queries.together(asks, actor=who, sets={asks.pk: asks})[0].years
        ]


def ours(who: Actor, at: datetime = MONDAY) -> list[tuple[int, int, str]]:
    with acting(who, at):
        return [
            (one.row.year, one.row.steps[0], one.row.opened.will_do)
            for one in queries.ours(actor=who)
        ]


def test_whoever_leads_says_it_and_only_their_own_organisation_reads_it(cast: Cast) -> None:
    """Karim leads where Inès works; Samir, Roy and Louise work elsewhere."""
    assess(cast.karim)

    assert ours(cast.karim) == ours(cast.ines) == [(2026, Step.BEGINS, WILL_DO)]
    for slug in ("samir", "roy", "louise", "amrani"):
        who: Actor = getattr(cast, slug)
        with acting(who):
            assert Assessment.objects.count() == 0, slug
    with acting(cast.karim):
        told = Event.objects.filter(action="self_assessment.said").values_list(
            "chain_id", flat=True
        )
        assert [*told] == [cast.karim.user_id]


def test_said_anew_within_the_year_the_newest_stands_and_the_years_stay(cast: Cast) -> None:
    assess(cast.karim, [1], at=LAST_YEAR)
    assess(cast.karim, [2])
    assess(cast.karim, [3], at=MONDAY + timedelta(days=1), will_do="")

    assert ours(cast.karim, MONDAY + timedelta(days=2)) == [
        (2026, Step.MOSTLY, ""), (2025, Step.NOT_YET, WILL_DO),
    ]  # fmt: skip


def test_nobody_says_it_for_another_nor_without_leading_nor_of_another_year(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        assess(cast.ines)
    with acting(cast.karim):
        asks = queries.statements(actor=cast.karim)
        assert asks is not None
        true = {
            "organisation_id": cast.la_maison.pk, "partner_id": cast.la_maison.pk,
            "asks_id": asks.pk, "year": 2026, "steps": [1], "written_by": cast.karim.user_id,
            "written_at": MONDAY,
        }  # fmt: skip
        Assessment.objects.bulk_create([Assessment(id=uuid4(), **true)])
    lies: list[tuple[Actor, dict[str, Any]]] = [
        (cast.karim, {"organisation_id": cast.elsewhere.pk}),
        (cast.karim, {"partner_id": cast.elsewhere.pk}),
        (cast.karim, {"year": 2025}),
        (cast.karim, {"written_by": cast.ines.user_id}),
        (cast.karim, {"written_at": LAST_YEAR}),
        (cast.ines, {"written_by": cast.ines.user_id}),
    ]
    for who, lie in lies:
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            Assessment.objects.bulk_create([Assessment(id=uuid4(), **true | lie)])


def test_of_all_nothing_is_said_before_the_year_is_over_nor_of_four_partners(cast: Cast) -> None:
    five = leaders(5)
    for who in five[:4]:
        assess(who, [1], at=LAST_YEAR)
    for who in five:
        assess(who, [4])
    assert together(cast.louise) == []

    assess(five[4], [3], at=LAST_YEAR)
    assert together(cast.louise) == together(five[0]) == [(2025, (4, 0, 1, 0))]
    next_year = datetime(2027, 1, 2, 14, 0, tzinfo=UTC)
    assert together(five[0], next_year) == [(2025, (4, 0, 1, 0)), (2026, (0, 0, 0, 5))]


def test_a_statement_left_out_by_one_of_five_is_not_said(cast: Cast) -> None:
    for rank, who in enumerate(leaders(5)):
        assess(who, [0 if rank == 0 else 2, 1], at=LAST_YEAR)

    with acting(cast.louise):
        asks = queries.statements(actor=cast.louise)
        assert asks is not None
        first, second, *_others = queries.together(asks, actor=cast.louise, sets={asks.pk: asks})
    assert first.years == ()
    assert [year.numbers for year in second.years] == [(5, 0, 0, 0)]


def test_a_part_of_a_partner_counts_for_it_once(cast: Cast) -> None:
    five = leaders(5)
    for who in five:
        assess(who, [1], at=LAST_YEAR)
    with acting(LOADER):
        unit = add_organisation("unit", Organisation.Kind.UNIT)
        Organisation.objects.filter(pk=unit.pk).update(
            parent_id=five[0].organisation_id, is_partner=False
        )
        lead = add_person("Lead of a unit", unit, Role.TEAM_LEAD)

    assess(lead, [4], at=LAST_YEAR + timedelta(days=1))

    assert together(cast.louise) == [(2025, (4, 0, 0, 1))]


def test_the_numbers_are_for_those_who_lead_coordinate_or_plan(cast: Cast) -> None:
    for slug in ("ines", "amrani"):
        who: Actor = getattr(cast, slug)
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute("select * from access.self_assessed(null)")
        with clock.at(MONDAY):
            assert signed_in(who, at=MONDAY).get(PAGE).status_code == 403, slug


def send(client: Client, **more: str) -> Any:
    with clock.at(MONDAY):
        fields = Page(client.get(OURS).content.decode()).fields
        left_out = {name: "0" for name in fields if name.endswith("-step")}
        return client.post(OURS, {**fields, **left_out, **more})


def test_the_page_takes_an_answer_shows_it_and_gives_it_back_to_be_said_anew(cast: Cast) -> None:
    client = signed_in(cast.karim, at=MONDAY, language="en")

    nothing = send(client)
    assert nothing.status_code == 422
    assert "Nothing is answered yet. One statement is enough." in nothing.content.decode()
    named = send(client, **{"own_part-step": "3", "will_do": "Appeler Mélissa TREMBLAY."})
    assert named.status_code == 422
    assert "Mélissa TREMBLAY" in named.content.decode()
    assert send(client, **{"own_part-step": "3", "will_do": WILL_DO}).status_code == 302

    with clock.at(MONDAY):
        shown = client.get(PAGE).content.decode()
        again = client.get(OURS).content.decode()
    assert [words in shown for words in (WILL_DO, "Mostly", "Answer anew")] == [True] * 3
    assert WILL_DO in again


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_in_both_languages(cast: Cast, language: str) -> None:
    for who in leaders(5):
        assess(who, [1, 2, 3, 4], at=LAST_YEAR)
    assess(cast.karim, [1])
    with untranslated() as missing, clock.at(MONDAY):
        for slug, statuses in (("karim", (200, 200)), ("louise", (200, 403)), ("ines", (403, 403))):
            client = signed_in(getattr(cast, slug), at=MONDAY, language=language)
            assert (client.get(PAGE).status_code, client.get(OURS).status_code) == statuses, slug
    assert missing == set()


def told_of_participants(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a folder of the files tells of two years that are over."""
    years = [
        chosen.Year(2025, (("J’ai moins peur.", 12), ("Je vois les gens que j’aime.", 7))),
        chosen.Year(2024, (("J’ai moins peur.", 6),)),
    ]
    monkeypatch.setattr(chosen, "_telling", [lambda *, actor: years])


def test_beside_what_counts_as_success_stands_what_participants_said_it_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A captain who sits on the steering committee reads it as any other does: a year, no more."""
    told_of_participants(monkeypatch)
    with acting(LOADER):
        captain = add_person("Captain", cast.police, Role.STEERING_MEMBER)
    found = {}
    for who, pages in ((cast.karim, (PAGE, OURS)), (cast.louise, (PAGE,)), (captain, (PAGE,))):
        for address in pages:
            with clock.at(MONDAY):
                text = signed_in(who, at=MONDAY).get(address).content.decode()
            beside = text.split("ce que la personne appelle une réussite")[1]
            found[who, address] = [
                beside.count(words) for words in ("J’ai moins peur.", ">12<", ">7<", ">6<")
            ]
    assert {*map(tuple, found.values())} == {(2, 1, 1, 1)}


def test_before_any_year_is_told_the_place_says_why_it_is_empty(cast: Cast) -> None:
    with clock.at(MONDAY):
        text = signed_in(cast.karim, at=MONDAY, language="en").get(PAGE).content.decode()

    assert "no sentence was chosen by enough participants" in text


def test_the_page_costs_the_same_for_one_year_and_for_three(cast: Cast) -> None:
    five = leaders(5)
    client = signed_in(five[0], at=MONDAY)

    def cost() -> int:
        with clock.at(MONDAY):
            client.get(PAGE)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(PAGE).status_code == 200
        return len(asked)

    for who in five:
        assess(who, [1], at=LAST_YEAR)
    once = cost()
    for years in (1, 2):
        for who in five:
            assess(who, [1], at=LAST_YEAR - timedelta(days=365 * years))
    assert cost() == once <= 11
