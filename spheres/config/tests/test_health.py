"""Is it said to this machine alone whether all is well, and in numbers of nobody?"""

from __future__ import annotations

import json

import pytest
from django.db import connection

from spheres.config import health


def ask(path: str, **environ: str) -> tuple[str, str]:
    said: list[str] = []

    def site(_environ, start_response):
        start_response("404 Not Found", [])
        return [b"no page"]

    def start(status, _headers):
        said.append(status)

    asked = {"PATH_INFO": path, "REMOTE_ADDR": "127.0.0.1", **environ}
    body = b"".join(health.answering(site)(asked, start))
    return said[0], body.decode()


@pytest.fixture
def worker(django_db_setup, django_db_blocker):
    """One worker, as the queue keeps it, that said so many seconds ago that it lives."""
    heard = "update procrastinate_workers set last_heartbeat = now() - make_interval(secs => %s)"

    def says(seconds):
        with connection.cursor() as cursor:
            cursor.execute("insert into procrastinate_workers default values")
            cursor.execute(heard, [seconds])

    with django_db_blocker.unblock():  # asked outside any unit of work, as the server does
        yield says
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_workers")


def test_this_machine_is_told_that_all_is_well(worker, monkeypatch):
    monkeypatch.setattr(health, "ROOM", 0)
    worker(9)

    status, body = ask("/health/")

    assert (status, json.loads(body)) == ("200 OK", {"well": True, "look_at": []})


def test_a_worker_that_says_nothing_for_a_minute_is_looked_at(worker, monkeypatch):
    monkeypatch.setattr(health, "ROOM", 0)
    worker(61)

    assert json.loads(ask("/health/")[1])["look_at"] == ["workers"]


def test_figures_have_names_of_ours_and_numbers_alone(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        _status, body = ask("/health/figures/")

    told = [line.split(" ") for line in body.splitlines() if line[0] != "#"]
    assert [name for name, _number in told] == [
        "spheres_database", "spheres_disk_free_bytes", "spheres_database_bytes",
        "spheres_database_seconds", "spheres_clock_apart_seconds", "spheres_jobs_waiting",
        "spheres_jobs_stopped", "spheres_jobs_oldest_seconds", "spheres_workers",
    ]  # fmt: skip
    assert all(float(number) >= 0 for _name, number in told)
    assert body.endswith("# EOF\n")


@pytest.mark.parametrize(
    "who", [{"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, {"REMOTE_ADDR": "203.0.113.9"}]
)
@pytest.mark.parametrize("path", ["/health/", "/health/figures/"])
def test_whoever_comes_from_elsewhere_meets_no_page(path, who):
    assert ask(path, **who) == ("404 Not Found", "no page")


def test_every_other_address_is_the_site_s():
    assert ask("/health") == ("404 Not Found", "no page")


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ({"database": 0}, ["database"]),
        ({"clock_apart_seconds": 31}, ["clock_apart_seconds"]),
        ({"jobs_oldest_seconds": 901}, ["jobs_oldest_seconds"]),
        ({"disk_free_bytes": 1000}, ["disk_free_bytes"]),
        ({"workers": 0}, ["workers"]),
        ({"clock_apart_seconds": 29, "jobs_oldest_seconds": 899}, []),
    ],
)
def test_what_somebody_should_look_at_is_named(found, wrong):
    assert health.not_well({"database": 1, "disk_free_bytes": 1 << 40} | found) == wrong


def test_a_database_that_is_away_is_said_at_once(monkeypatch, settings):
    class Away:
        def cursor(self):
            raise health.DatabaseError

        def close(self):
            return None

    monkeypatch.setattr(health, "connection", Away())

    status, body = ask("/health/")

    assert (status, json.loads(body)["look_at"][0]) == ("503 Service Unavailable", "database")
