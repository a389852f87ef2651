"""Does whoever leads workers see what each carries, by name, in counts, and nothing of anybody?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.urgent_needs import actions as needs
from spheres.followup.workload import policy, queries
from spheres.outreach.events import actions as events
from spheres.participants.models import Assignment
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    add_person,
    follow,
    refer,
    uuid_of,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
SUMMER, AUTUMN = (datetime(2026, month, 9, 12, 0, tzinfo=UTC) for month in (6, 7))


def presented(cast: Cast, which: str, by: Actor, on: date, **said: Any) -> UUID:
    event_id = uuid_of(f"event {which}")
    about = events.Said("visit", on, presenter_ids=[by.user_id], **said)
    with acting(cast.ines):
        events.note(event_id, about, by=cast.ines, at=MONDAY)
    return event_id


def seen_by(actor: Actor) -> list[tuple[str, list[list[object]]]]:
    with acting(actor, TUESDAY):
        return [
            (
                team.organisation,
                [
                    [one.name, *(number for _label, number in one.counts[:3])]
                    for one in team.workers
                ],
            )
            for team in queries.teams(actor=actor)
        ]


def needed(cast: Cast, which: str, need: str = "food") -> None:
    with acting(cast.ines):
        written = needs.Written(uuid_of(which), need, MONDAY)
        needs.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def asked(cast: Cast, name: str, worker: Actor) -> None:
    file_id = refer(name, desk=cast.institute.pk)
    with acting(cast.louise):
        admission.offer(
            file_id, to=worker.user_id, offer_id=uuid_of(name), by=cast.louise, at=MONDAY
        )


def test_a_team_lead_reads_the_counts_of_their_own_organisation_by_name(cast: Cast) -> None:
    needed(cast, "hungry")
    asked(cast, "Lou", cast.yanick)
    asked(cast, "Zoé", cast.samir)

    assert seen_by(cast.karim) == [("La Maison", [["Inès", 1, 0, 1], ["Yanick", 0, 1, 0]])]


def test_the_coordination_reads_everyone_by_organisation(cast: Cast) -> None:
    asked(cast, "Zoé", cast.samir)

    assert seen_by(cast.louise) == [
        ("Ailleurs", [["Samir", 0, 1, 0]]),
        ("La Maison", [["Inès", 1, 0, 0], ["Yanick", 0, 0, 0]]),
    ]


def test_whoever_carries_most_does_not_come_first(cast: Cast) -> None:
    for name in ("Lou", "Zoé"):
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)

    assert seen_by(cast.karim) == [("La Maison", [["Inès", 1, 0, 0], ["Yanick", 2, 0, 0]])]


def test_how_evenly_a_team_carries_is_said_without_a_name_and_of_no_small_team(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    follow("Zoé", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    with acting(cast.karim, TUESDAY):
        [small] = queries.teams(actor=cast.karim)
    with acting(LOADER):
        for name in ("Odile", "Rose"):
            add_person(name, cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.karim, TUESDAY):
        [team] = queries.teams(actor=cast.karim)

    said = [(one.least, one.middle, one.most) for one in team.spreads[:3]]
    assert (small.spreads, said) == ([], [(0, 0, 2), (0, 0, 0), (0, 0, 0)])


def test_the_last_quarters_say_how_many_were_accompanied_and_by_how_many(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    with acting(cast.ines, SUMMER):
        Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=SUMMER)
    told = []
    for who in (cast.karim, cast.louise):
        with acting(who, AUTUMN):
            told += [
                (team.organisation, [(f"{o.on}", o.accompanied, o.workers) for o in team.then])
                for team in queries.teams(actor=who)
                if team.then
            ]

    la_maison = ("La Maison", [("2026-04-01", 2, 2), ("2026-07-01", 1, 1)])
    assert told == [la_maison, la_maison]


@pytest.mark.parametrize("who", ["ines", "samir", "roy", "amrani", "nadia"])
def test_nobody_else_is_told_of_the_last_quarters(cast: Cast, who: str) -> None:
    with (
        acting(getattr(cast, who)),
        pytest.raises(ProgrammingError, match="who leads"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select * from access.workload_then()")


def test_a_need_that_was_answered_or_corrected_counts_no_more(cast: Cast) -> None:
    needed(cast, "hungry")
    needed(cast, "cold", "shelter")
    with acting(cast.ines, TUESDAY):
        told = needs.Told(uuid_of("told"), "MET")
        needs.close(cast.maya.file_id, uuid_of("hungry"), told, by=cast.ines, at=TUESDAY)
        better = needs.Written(uuid_of("warm"), "money", MONDAY)
        needs.correct(cast.maya.file_id, uuid_of("cold"), better, by=cast.ines, at=TUESDAY)

    assert seen_by(cast.karim)[0][1][0] == ["Inès", 1, 0, 1]


def test_what_was_presented_in_a_year_is_counted_with_its_hours_and_of_nobody_else(
    cast: Cast,
) -> None:
    presented(cast, "long", cast.yanick, date(2026, 2, 2), lasted_minutes=90, travel_minutes=45)
    presented(cast, "unsaid", cast.yanick, date(2025, 6, 2))
    presented(cast, "old", cast.yanick, date(2024, 6, 2), lasted_minutes=60)
    presented(cast, "coming", cast.yanick, date(2026, 12, 2), lasted_minutes=60)
    off = presented(cast, "off", cast.yanick, date(2026, 2, 3), lasted_minutes=60)
    with acting(cast.ines):
        events.cancel(off, reason="Reporté.", by=cast.ines, at=MONDAY)

    with acting(cast.karim, TUESDAY):
        [team] = queries.teams(actor=cast.karim)

    assert {one.name: [number for _label, number in one.counts[3:]] for one in team.workers} == {
        "Inès": [0, 0], "Yanick": [2, 2],
    }  # fmt: skip


def test_whoever_stopped_walking_with_her_carries_nothing_of_her(cast: Cast) -> None:
    with acting(cast.ines, MONDAY):
        Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=MONDAY)

    assert seen_by(cast.karim)[0][1][0] == ["Inès", 0, 0, 0]


@pytest.mark.parametrize("who", ["ines", "samir", "roy", "amrani", "nadia"])
def test_nobody_else_is_given_a_count(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)

    with acting(actor), pytest.raises(ProgrammingError, match="who leads"), transaction.atomic():
        queries.teams(actor=actor)
    with clock.at(MONDAY):
        assert signed_in(actor).get("/team/").status_code == 403
    assert not policy.can_see_workload(actor)


def test_a_lead_who_claims_the_police_is_given_nothing(cast: Cast) -> None:
    claims = Actor(cast.karim.user_id, cast.police.pk, cast.karim.roles)

    with acting(claims), pytest.raises(ProgrammingError, match="who leads"), transaction.atomic():
        queries.teams(actor=claims)


def test_the_database_gives_no_identifier_of_a_file(cast: Cast) -> None:
    with acting(cast.karim), connection.cursor() as cursor:
        cursor.execute("select * from access.workload()")
        columns = [column.name for column in cursor.description or ()]
        values = {str(value) for row in cursor.fetchall() for value in row}

    assert columns == ["of_user", "of_organisation", "of_measure", "counted"]
    assert str(cast.maya.file_id) not in values


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_reached_from_the_rail_and_names_workers_only(
    cast: Cast, language: str
) -> None:
    with clock.at(TUESDAY):
        karim = signed_in(cast.karim, at=TUESDAY, language=language)
        page = karim.get("/", follow=True)

    said = page.content.decode()
    assert page.redirect_chain == [("/team/", 302)]
    assert {"fr": "Ce que chaque personne porte", "en": "What each carries"}[language] in said
    assert said.index("Inès") < said.index("Yanick")
    for word in ("Maya", str(cast.maya.file_id), "%", "Total"):
        assert word not in said[said.index("<main") : said.index("</main")]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_with_one_worker_and_with_three(cast: Cast, rows: int) -> None:
    for name in ("Lou", "Zoé")[: rows - 1]:
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.yanick)
    louise = signed_in(cast.louise)
    with clock.at(MONDAY):
        louise.get("/team/")

        with CaptureQueriesContext(connection) as asked_now:
            louise.get("/team/")

    assert len(asked_now) == 10
