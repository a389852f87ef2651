"""Are past trainings added whole, once, in somebody's name; taken up again; and undone alone?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction
from django.utils import translation

from spheres.accounts.models import User
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.papers.sandbox import NotTaken
from spheres.records.between import reached
from spheres.training.attestations import actions as attestations
from spheres.training.attestations import queries as attested
from spheres.training.attestations.models import OUTSIDE, Attestation
from spheres.training.attestations.tests.factories import attest, attest_outside, teach
from spheres.training.brought_in import actions, policy, queries
from spheres.training.brought_in.actions import Answers
from spheres.training.brought_in.models import PastAttendance, PastList
from spheres.training.brought_in.tests.factories import MIREILLE, listed
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.region import demo_words

pytestmark = pytest.mark.django_db
SERVICE = service("past_trainings")
LIST = uuid_of("list")
MARCH = date(2024, 3, 12)


class Died(Exception):
    """The machine stops."""


def die(_after: object) -> None:
    raise Died


@pytest.fixture
def taught(cast: Cast) -> Iterator[Cast]:
    teach()
    with demo_words():
        yield cast


def address_of(who: Actor) -> str:
    with acting(who):
        return User.objects.get(pk=who.user_id).email.upper()


def of_ines(cast: Cast, day: str = "2024-03-12") -> str:
    return f"Inès;{address_of(cast.ines)};;Community sector;danger;{day};;;"


def read(cast: Cast, *lines: str, which: UUID = LIST, by: Actor | None = None) -> UUID:
    by = by or cast.louise
    with acting(by):
        actions.read(which, listed(*lines), by=by, at=MONDAY, on=MONDAY.date())
    return which


def bring(cast: Cast, which: UUID = LIST, answers: Answers | None = None) -> None:
    with acting(cast.louise):
        actions.bring_in(which, answers or Answers(), by=cast.louise, at=MONDAY)
    work(which)


def work(which: UUID = LIST, *, turns: int = 20, at: datetime = MONDAY) -> int:
    """What the queue does, one job after the other; how many there were."""
    for turn in range(turns):
        with acting(SERVICE, at):
            if not actions.go_on(which, by=SERVICE, at=at):
                return turn + 1
    return turns


def undo(cast: Cast, which: UUID = LIST) -> None:
    with acting(cast.louise):
        actions.undo(which, by=cast.louise, at=MONDAY)
    work(which)


def kept(cast: Cast) -> list[tuple[Any, ...]]:
    with acting(cast.louise):
        rows = Attestation.objects.order_by("taken_on", "topic", "name")
        return [(one.user_id, one.name, one.topic, one.taken_on, one.source) for one in rows]


def status(cast: Cast, which: UUID = LIST) -> tuple[str, int]:
    with acting(cast.louise):
        row = PastList.objects.get(pk=which)
        return row.status, row.added


def refused(cast: Cast, *lines: str, which: str = "other") -> str:
    with translation.override("en"), pytest.raises(NotTaken) as refusal:
        read(cast, *lines, which=uuid_of(which))
    return str(refusal.value)


def test_nothing_is_added_before_somebody_says_so(taught: Cast) -> None:
    read(taught, MIREILLE, of_ines(taught))
    with acting(taught.louise):
        looked = queries.looked(PastList.objects.get(), actor=taught.louise)

    assert (looked.new, looked.known, looked.twice, looked.alike) == (2, 0, 0, [])
    assert (kept(taught), status(taught)) == ([], ("READ", 0))


def test_what_is_brought_in_is_attested_once_with_environment_and_region_kept(
    taught: Cast,
) -> None:
    read(taught, MIREILLE, of_ines(taught))
    bring(taught)
    bring(taught)

    assert kept(taught) == [
        (taught.ines.user_id, "", "danger", MARCH, "BROUGHT"),
        (OUTSIDE, "Mireille Fortin", "first", MARCH, "BROUGHT"),
    ]
    assert status(taught) == ("BROUGHT", 2)
    with acting(taught.louise):
        rows = PastAttendance.objects.order_by("number")
        assert [(one.environment, one.region, one.minutes) for one in rows] == [
            ("school", "region_06", 210), ("community", "", 0),
        ]  # fmt: skip
    with acting(taught.ines):
        [mine] = attested.mine(actor=taught.ines)
        assert (mine.row.topic, mine.row.said_by) == ("danger", taught.louise.user_id)


def test_those_a_list_added_are_counted_where_they_came_from_until_it_is_undone(
    taught: Cast,
) -> None:
    read(taught, MIREILLE, of_ines(taught))
    bring(taught)
    with acting(taught.louise):
        came = reached.attended(actor=taught.louise)
    undo(taught)
    with acting(taught.louise):
        after = reached.attended(actor=taught.louise)

    assert sorted((one.is_ours, one.environment, one.region, one.on) for one in came) == [
        (False, "school", "region_06", MARCH), (True, "community", "", MARCH),
    ]  # fmt: skip
    assert after == []


def test_what_is_known_is_left_and_what_is_there_twice_counts_once(taught: Cast) -> None:
    attest("known", taught.ines, "danger", MARCH, by=taught.louise)
    attest_outside("outside", "first", MARCH, by=taught.louise)
    again = MIREILLE.replace("2024-03-12", "2024-05-01")
    read(taught, MIREILLE.upper().replace("THÈME FIRST", "first"), of_ines(taught), again, again)
    with acting(taught.louise):
        looked = queries.looked(PastList.objects.get(), actor=taught.louise)
    bring(taught)

    assert (looked.new, looked.known, looked.twice) == (1, 2, 1)
    assert (len(kept(taught)), status(taught)) == (3, ("BROUGHT", 1))


def test_days_and_names_in_doubt_are_as_was_answered(taught: Cast) -> None:
    here = MIREILLE.replace("mfortin@rives.example", "").replace("2024-03-12", "02/03/24")
    there = here.replace("des Rives", "des Lacs")
    read(taught, here, there)
    with acting(taught.louise):
        looked = queries.looked(PastList.objects.get(), actor=taught.louise)
    bring(taught, answers=Answers(month_first=True, same=[looked.alike[0].id]))

    assert (looked.two_ways, looked.two_ways_example) == (2, date(2024, 3, 2))
    assert [one.organisations for one in looked.alike] == [("École des Rives", "École des Lacs")]
    assert kept(taught) == [(OUTSIDE, "Mireille Fortin", "first", date(2024, 2, 3), "BROUGHT")]


def test_two_people_of_one_name_are_two(taught: Cast) -> None:
    here = MIREILLE.replace("mfortin@rives.example", "")
    read(taught, here, here.replace("des Rives", "des Lacs"))
    bring(taught)

    assert len(kept(taught)) == 2


def test_the_same_list_sent_twice_is_said(taught: Cast) -> None:
    read(taught, MIREILLE)
    read(taught, MIREILLE)

    assert "This same list was brought on" in refused(taught, MIREILLE)
    bring(taught)
    undo(taught)
    read(taught, MIREILLE, which=uuid_of("other"))
    assert status(taught, uuid_of("other")) == ("READ", 0)


def test_two_lists_that_say_the_same_add_it_once(taught: Cast) -> None:
    read(taught, MIREILLE)
    read(taught, MIREILLE, "", which=uuid_of("other"))
    bring(taught)
    bring(taught, uuid_of("other"))

    assert (len(kept(taught)), status(taught, uuid_of("other"))) == (1, ("BROUGHT", 0))


def test_what_stops_in_the_middle_is_taken_up_and_nothing_is_lost_nor_doubled(
    taught: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BATCH", 2)
    days = [f"2024-03-{day:02}" for day in range(1, 8)]
    read(taught, *(MIREILLE.replace("2024-03-12", day) for day in days))
    with acting(taught.louise):
        actions.bring_in(LIST, Answers(), by=taught.louise, at=MONDAY)
    work(turns=2)
    later = MONDAY + 2 * policy.QUIET
    with acting(SERVICE, later):
        found = queries.stopped(policy.QUIET, actor=SERVICE, at=later)
    # It dies while it writes: nothing of that turn stands.
    with pytest.raises(Died), transaction.atomic(), acting(SERVICE):
        die(actions.go_on(LIST, by=SERVICE, at=MONDAY))
    halfway = len(kept(taught))
    with acting(taught.louise, later):
        actions.take_up(LIST, by=taught.louise, at=later)
    turns = work(at=later)

    assert (halfway, found, turns) == (4, [LIST], 3)
    assert [one[3].isoformat() for one in kept(taught)] == days
    assert status(taught) == ("BROUGHT", 7)


def test_undoing_takes_away_what_the_list_added_and_nothing_else(taught: Cast) -> None:
    attest("before", taught.ines, "first", MARCH, by=taught.louise)
    read(taught, MIREILLE, of_ines(taught))
    bring(taught)
    undo(taught)

    assert kept(taught) == [(taught.ines.user_id, "", "first", MARCH, "SHOWN")]
    assert status(taught) == ("UNDONE", 0)
    with acting(taught.louise):
        assert not PastAttendance.objects.exists()


def test_a_training_whose_paper_was_given_stays_and_so_does_what_was_taken_back(
    taught: Cast,
) -> None:
    read(taught, MIREILLE, of_ines(taught), of_ines(taught, "2024-05-01"))
    bring(taught)
    with acting(taught.ines):
        given = attested.mine(actor=taught.ines)[1]
        attestations.give(given, by=taught.ines, at=MONDAY)
    with acting(taught.louise):
        [outside] = attested.outside(actor=taught.louise).held
        attestations.take_back(
            uuid_of("back"), outside, reason="TWICE", by=taught.louise, at=MONDAY
        )
        stay = queries.stay(PastList.objects.get(), actor=taught.louise)
    undo(taught)

    assert (stay, status(taught)) == (2, ("UNDONE", 2))
    assert [one[2] for one in kept(taught)] == ["danger", "first"]


def test_a_list_that_is_set_aside_leaves_no_line(taught: Cast) -> None:
    read(taught, MIREILLE)
    with acting(taught.louise):
        actions.set_aside(LIST, by=taught.louise, at=MONDAY)
        assert not PastAttendance.objects.exists()

    assert (kept(taught), status(taught)) == ([], ("LEFT", 0))


def test_nobody_but_the_coordination_reads_or_writes_a_list(taught: Cast) -> None:
    read(taught, MIREILLE)
    for who in (taught.ines, taught.karim, taught.samir):
        with acting(who):
            assert not PastList.objects.exists()
            assert not PastAttendance.objects.exists()
    with acting(SERVICE):
        assert PastList.objects.exists()
        assert not PastAttendance.objects.exists()
        assert not Attestation.objects.exists()


def test_the_database_itself_keeps_what_was_shown_and_what_stands(taught: Cast) -> None:
    attest("shown", taught.ines, "first", MARCH, by=taught.louise)
    read(taught, of_ines(taught))
    bring(taught)
    with acting(taught.ines):
        given = attested.mine(actor=taught.ines)[0]
        attestations.give(given, by=taught.ines, at=MONDAY)
    with acting(taught.louise):
        assert Attestation.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError), transaction.atomic(), acting(taught.louise):
        PastAttendance.objects.bulk_create(
            [
                PastAttendance(
                    id=uuid_of("late"), past_list_id=LIST, number=9, person=uuid_of("who"),
                    user_id=taught.ines.user_id, environment="school", language="fr",
                    topic="first", kind="INITIAL", minutes=60, taken_on=MARCH, standing="NEW",
                )
            ]
        )  # fmt: skip


def test_what_is_brought_in_counts_as_trained_where_an_organisation_asks_it(taught: Cast) -> None:
    read(taught, of_ines(taught, "2026-01-20"))
    bring(taught)
    with acting(taught.louise), clock.at(MONDAY):
        found = attested.coverage(
            attested.Wish(organisation="la-maison"),
            actor=taught.louise, at=MONDAY, on=MONDAY.date(),
        )  # fmt: skip
    [ines] = [one for one in found.people if one.user_id == taught.ines.user_id]

    assert [one.topic.slug for one in ines.learned] == ["danger"]
    assert timedelta(0) < ines.learned[0].ends_on - MONDAY.date()
