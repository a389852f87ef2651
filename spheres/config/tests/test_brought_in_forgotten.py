"""Is a list that waits forgotten, and does a list that was brought in keep nobody's name twice?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from conftest import TEST_DATABASE, owner_settings
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import service
from spheres.core.row_security import unforced
from spheres.records.between import reached
from spheres.regions import queries as regions
from spheres.training.attestations.models import Attestation
from spheres.training.attestations.tests.factories import attest, teach
from spheres.training.brought_in import actions, queries, tasks
from spheres.training.brought_in.actions import Answers
from spheres.training.brought_in.models import PastAttendance, PastList
from spheres.training.brought_in.tests.factories import MIREILLE, listed
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.region import demo_words

pytestmark = pytest.mark.django_db
SERVICE = service("past_trainings")
LIST = uuid_of("list")
MARCH = date(2024, 3, 12)
SECOND = timedelta(seconds=1)
ODILE = "Odile Roy;;Clinique du Parc;Milieu scolaire;danger;2024-04-02;3;;06"
MIGRATION = "spheres.training.brought_in.migrations.0002_forgotten"


@pytest.fixture
def taught(cast: Cast) -> Iterator[Cast]:
    teach()
    with demo_words():
        yield cast


def read(cast: Cast, *lines: str) -> None:
    with acting(cast.louise):
        actions.read(LIST, listed(*lines), by=cast.louise, at=MONDAY, on=MONDAY.date())


def bring(cast: Cast) -> None:
    with acting(cast.louise):
        actions.bring_in(LIST, Answers(), by=cast.louise, at=MONDAY)
    work()


def work() -> None:
    with acting(SERVICE):
        while actions.go_on(LIST, by=SERVICE, at=MONDAY):
            pass


def lines(cast: Cast) -> list[tuple[Any, ...]]:
    with acting(cast.louise):
        rows = PastAttendance.objects.order_by("number")
        return [(one.name, one.organisation, one.standing, one.environment) for one in rows]


def the_night(at: datetime) -> int:
    """What the worker does at night: the round, then each job it queued."""
    with clock.at(at):
        tasks.forget()
        queued = list(ProcrastinateJob.objects.filter(task_name="past_trainings.forget_one"))
        for job in queued:
            tasks.forget_one(**job.args)
    return len(queued)


def keep_days() -> int:
    (rule,) = [rule for rule in regions.retention_rules() if rule.code == PastList.KEEP]
    assert rule.keep_days is not None
    return rule.keep_days


def test_a_list_that_waits_is_forgotten_after_the_region_s_delay_with_all_its_lines(
    taught: Cast,
) -> None:
    read(taught, MIREILLE, ODILE)
    due = MONDAY + timedelta(days=keep_days())

    before, kept = the_night(due - SECOND), len(lines(taught))
    after = the_night(due)

    assert (before, kept, after, lines(taught)) == (0, 2, 1, [])
    with acting(taught.louise, due):
        found = PastList.objects.get()
        assert (found.status, Attestation.objects.count()) == ("FORGOTTEN", 0)
    with acting(SERVICE, due):
        said = Event.objects.filter(action="past_list.forgotten")
        assert [(one.chain, one.record_ids) for one in said] == [(Event.Chain.SERVICE, [LIST])]
    assert the_night(due + timedelta(days=1)) == 1  # the job of the day before finds nothing more


def test_what_was_brought_in_or_set_aside_is_not_a_list_that_waits(taught: Cast) -> None:
    read(taught, MIREILLE)
    bring(taught)

    assert the_night(MONDAY + timedelta(days=keep_days() + 1)) == 0
    assert [row[2] for row in lines(taught)] == ["ADDED"]


def test_a_forgotten_list_may_be_sent_again(taught: Cast) -> None:
    read(taught, MIREILLE)
    the_night(MONDAY + timedelta(days=keep_days()))
    with acting(taught.louise):
        actions.read(
            uuid_of("again"), listed(MIREILLE), by=taught.louise, at=MONDAY, on=MONDAY.date()
        )
        assert PastList.objects.get(pk=uuid_of("again")).lines == 1


def test_once_brought_in_no_line_bears_a_name_and_none_stays_that_added_nothing(
    taught: Cast,
) -> None:
    attest("known", taught.ines, "danger", MARCH, by=taught.louise)
    with acting(taught.ines):
        address = queries.User.objects.get(pk=taught.ines.user_id).email
    known = f"Inès;{address};;Community sector;danger;2024-03-12;;;"
    read(taught, MIREILLE, ODILE, MIREILLE, known)
    bring(taught)

    assert lines(taught) == [("", "", "ADDED", "school")] * 2
    with acting(taught.louise):
        names = Attestation.objects.exclude(name="").order_by("name").values_list("name", flat=True)
        assert list(names) == ["Mireille Fortin", "Odile Roy"]
        came = reached.attended(actor=taught.louise)
        assert sorted(one.region for one in came if one.region) == ["region_06", "region_06"]


def test_what_bears_no_name_any_more_is_undone_all_the_same(taught: Cast) -> None:
    read(taught, MIREILLE, ODILE)
    bring(taught)
    with acting(taught.louise):
        actions.undo(LIST, by=taught.louise, at=MONDAY)
    work()

    assert lines(taught) == []
    with acting(taught.louise):
        assert (PastList.objects.get().status, Attestation.objects.count()) == ("UNDONE", 0)


def test_the_page_says_until_when_a_list_waits(taught: Cast) -> None:
    read(taught, MIREILLE)
    with acting(taught.louise):
        until = queries.waits_until(PastList.objects.get())

    assert until == (MONDAY + timedelta(days=keep_days())).date()


def test_lists_brought_in_before_lose_their_names_too(taught: Cast) -> None:
    owner = connection.copy("owner")
    owner.settings_dict.update(owner_settings(TEST_DATABASE))
    try:
        owner.set_autocommit(False)
        with unforced(owner), owner.cursor() as cursor:
            cursor.execute("alter table brought_in_pastattendance drop constraint "
                           "brought_in_named_only_outside")  # fmt: skip
            for status in ("READ", "BROUGHT"):
                cursor.execute(OLD_LIST, [uuid_of(status), status])
                for number in (1, 2):
                    row = uuid_of(f"{status} {number}")
                    cursor.execute(OLD_LINE, [row, uuid_of(status), number])
            cursor.execute(OLD_ATTESTATION, [uuid_of("BROUGHT 1")])

        import_module(MIGRATION).forget_names(None, SimpleNamespace(connection=owner))

        with unforced(owner), owner.cursor() as cursor:
            cursor.execute(
                "select past_list_id, number, name, standing from brought_in_pastattendance "
                "order by name, number"
            )
            assert cursor.fetchall() == [
                (uuid_of("BROUGHT"), 1, "", "ADDED"),
                (uuid_of("READ"), 1, "Odile", "NEW"),
                (uuid_of("READ"), 2, "Odile", "NEW"),
            ]
    finally:
        owner.rollback()
        owner.close()


OLD_LIST = """
insert into brought_in_pastlist (id, digest, size, faults, organisation_id, lines, reached, done,
  added, read_by, read_at, moved_at, status, status_by, status_at)
values (%s, '', 2, '[]', gen_random_uuid(), 2, 0, 0, 0, gen_random_uuid(), now(), now(), %s,
  gen_random_uuid(), now())"""
OLD_LINE = """
insert into brought_in_pastattendance (id, past_list_id, number, person, user_id, name,
  organisation, environment, region, language, topic, kind, minutes, taken_on, standing)
values (%s, %s, %s, gen_random_uuid(), '00000000-0000-0000-0000-000000000000', 'Odile', 'Ici',
  'school', '', 'fr', 'danger', 'INITIAL', 60, '2024-03-12', 'NEW')"""
OLD_ATTESTATION = """
insert into attestations_attestation (id, user_id, name, organisation, environment, language, topic,
  taken_on, source, number, said_by, said_at)
values (%s, '00000000-0000-0000-0000-000000000000', 'Odile', 'Ici', 'school', 'fr', 'danger',
  '2024-03-12', 'BROUGHT', 'N', gen_random_uuid(), now())"""
