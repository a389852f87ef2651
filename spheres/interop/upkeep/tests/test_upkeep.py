"""What does whoever looks after the machine see of its work, and what can they do?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed
from spheres.core.jobs import queue as jobs
from spheres.interop.upkeep import actions, queries, tasks
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import learn_french, signed_in

pytestmark = pytest.mark.django_db
learn_french()
PAGE = "/upkeep/"
SECRET = "what it is about"


@pytest.fixture
def theo(cast: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Theo", cast.la_maison, Role.TECHNICAL_ADMINISTRATOR)


def queue(name: str, status: str = "todo", *, minutes: int = 0, attempts: int = 0) -> int:
    """One job as the queue keeps it, asked for so many minutes before Monday."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, attempts, "
            "scheduled_at) values ('default', %s, %s::jsonb, %s, %s, %s) returning id",
            [name, f'{{"about": "{SECRET}"}}', status, attempts,
             MONDAY - timedelta(minutes=minutes)],
        )  # fmt: skip
        (number,) = cursor.fetchone()
    return int(number)


def get(who: Actor, language: str = "fr") -> Any:
    client: Client = signed_in(who, language=language)
    with clock.at(MONDAY):
        return client.get(PAGE)


def test_it_sees_names_and_numbers_and_nothing_of_what_is_in_them(theo: Actor) -> None:
    queue("indicators.count", minutes=1)
    queue("research.look", "failed", attempts=2)

    page = get(theo).content.decode()

    assert "<code>indicators.count</code>" not in page  # it waits for a minute: that is not late
    assert "indicators.count" in page
    assert "2 essais" in page
    assert SECRET not in page


def test_what_waits_too_long_is_said(theo: Actor) -> None:
    queue("indicators.count", minutes=40)

    assert "Quelque chose attend depuis un moment" in get(theo).content.decode()
    with acting(theo):
        [work] = queries.works(actor=theo, at=MONDAY)
    assert (work.waiting, work.running, work.stopped) == (1, 0, 0)
    assert work.since == MONDAY - timedelta(minutes=40)


def test_what_stopped_is_put_back_in_line_once(theo: Actor) -> None:
    number = queue("research.look", "failed", attempts=2)

    with acting(theo):
        assert actions.try_again(number, by=theo, at=MONDAY)
        assert not actions.try_again(number, by=theo, at=MONDAY)
        assert not actions.try_again(number + 1, by=theo, at=MONDAY)
        assert queries.stopped(actor=theo) == []
        [work] = queries.works(actor=theo, at=MONDAY)
    assert (work.name, work.waiting) == ("research.look", 1)


@pytest.mark.parametrize(("minutes", "to", "status"), [(6, "/prove/", "failed"), (5, PAGE, "todo")])
def test_whoever_tries_again_has_just_proved_who_they_are(
    theo: Actor, minutes: int, to: str, status: str
) -> None:
    number = queue("research.look", "failed", attempts=2)
    client = signed_in(theo, at=MONDAY - timedelta(minutes=minutes))
    with clock.at(MONDAY):
        answer = client.post(f"{PAGE}{number}/again/")

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, to)
    assert status_of(number)[0] == status


@pytest.mark.parametrize("role", [r for r in Role if r != Role.TECHNICAL_ADMINISTRATOR])
def test_nobody_else_looks_or_tries_again(cast: Cast, role: Role) -> None:
    actor = Actor(uuid_of(role), cast.la_maison.id, frozenset({role}))
    number = queue("research.look", "failed")

    with acting(actor), pytest.raises(NotAllowed):
        actions.try_again(number, by=actor, at=MONDAY)


def test_the_page_says_why_to_whoever_has_no_part_in_it(cast: Cast) -> None:
    answer = get(cast.louise)

    assert answer.status_code == 403
    assert "C’est l’administration technique qui s’occupe" in answer.content.decode()


def test_an_idle_machine_says_so_in_both_languages(theo: Actor) -> None:
    assert "Rien ne s’est arrêté." in get(theo).content.decode()
    assert "Nothing stopped." in get(theo, "en").content.decode()


def test_one_job_or_fifty_cost_the_same(theo: Actor) -> None:
    costs = []
    for more in (1, 49):
        for _time in range(more):
            queue("research.look", "failed")
        client = signed_in(theo)
        with (
            clock.at(MONDAY),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            client.get(PAGE)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def done(name: str, status: str, *, days: int) -> int:
    """One job that came to this end so many days before Monday."""
    number = queue(name, status)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_events (job_id, type, at) values (%s, %s, %s)",
            [number, "failed" if status == "failed" else "succeeded",
             MONDAY - timedelta(days=days)],
        )  # fmt: skip
        cursor.execute(  # what the queue itself wrote today, as it was inserted
            "delete from procrastinate_events where job_id = %s and at > %s", [number, MONDAY]
        )
    return number


def test_what_was_done_is_forgotten_after_a_month_and_what_stopped_stays(cast: Cast) -> None:
    upkeep = service("upkeep")
    old = done("notebook.sweep", "succeeded", days=31)
    kept = {
        done("notebook.sweep", "succeeded", days=29),
        done("research.look", "failed", days=90),
        queue("indicators.count", minutes=60 * 24 * 40),
    }

    with acting(upkeep, MONDAY):
        before = list_of_jobs()
        gone = tasks.forget.func.__wrapped__(by=upkeep)
        after = list_of_jobs()

    assert {old, *kept} <= before
    assert (gone, before - after) == (1, {old})


def list_of_jobs() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select id from procrastinate_jobs")
        return {number for (number,) in cursor.fetchall()}


def begun(name: str, *, silent: float | None, attempts: int = 0) -> int:
    """One job that a worker has begun, and how long ago that worker said that it lives; None: it
    is not known any more."""
    number = queue(name, "doing", attempts=attempts)
    with connection.cursor() as cursor:
        if silent is not None:
            cursor.execute(
                "with w as (insert into procrastinate_workers (last_heartbeat) "
                "values (now() - make_interval(secs => %s)) returning id) "
                "update procrastinate_jobs set worker_id = (select id from w) where id = %s",
                [silent, number],
            )
    return number


def status_of(number: int) -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text, attempts from procrastinate_jobs where id = %s", [number]
        )
        status, attempts = cursor.fetchone()
    return status, attempts


@pytest.mark.parametrize(
    ("silent", "attempts", "then"),
    [
        (50.0, 0, ("doing", 0)),
        (70.0, 0, ("todo", 1)),
        (None, 2, ("todo", 3)),
        (70.0, 5, ("failed", 6)),
    ],
)
def test_what_a_dead_worker_had_begun_begins_again_five_times(
    cast: Cast, silent: float | None, attempts: int, then: tuple[str, int]
) -> None:
    upkeep = service("upkeep")
    number = begun("research.look", silent=silent, attempts=attempts)

    with acting(upkeep, MONDAY):
        again = tasks.begin_again.func.__wrapped__(by=upkeep)

    assert (again, status_of(number)) == (int(then[0] != "doing"), then)


@pytest.mark.parametrize(
    "known", [("upkeep.forget", "41 3 * * *"), ("upkeep.begin_again", "*/5 * * * *")]
)
def test_it_is_done_by_itself(known: tuple[str, str]) -> None:
    assert known in {
        (task.task.name, task.cron) for task in jobs.periodic_registry.periodic_tasks.values()
    }
