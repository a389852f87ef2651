"""What is refused before real persons are served, in which words, and is nothing else?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from psycopg import sql

from spheres.config import cluster, database_roles, keyfile, readiness, schema
from spheres.config.readiness import Installation
from spheres.config.settings import database
from spheres.core import clock
from tests.cast import Cast

KEY = Path("/etc/spheres/key")
URL = "postgresql://app:secret@db.example.org/spheres?sslmode=verify-full"
SAFE = Installation(
    staff_host="equipe.example.org",
    youth_host="jeunes.example.org",
    proxies=("127.0.0.1",),
    variables={"DATABASE_URL": URL},
    key_file=KEY,
    own_folders=(Path("/opt/spheres"), Path("/var/lib/spheres")),
)


def of(**changes: Any) -> list[str]:
    with translation.override("en"):
        return list(readiness.unsafe_settings(replace(SAFE, **changes)))


def test_what_is_safe_is_let_through() -> None:
    assert of() == []
    for url in (
        "postgresql://app@127.0.0.1/spheres",
        "postgresql:///spheres?host=/run/postgresql",
        "postgresql://app@one.example.org,two.example.org/spheres?sslmode=verify-full",
        "postgresql://app@db.example.org/spheres?hostaddr=127.0.0.1",
    ):
        assert of(variables={"DATABASE_URL": url}) == []


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"staff_host": "staff.localhost"}, "SPHERES_STAFF_HOST is « staff.localhost »"),
        ({"youth_host": "youth.localhost"}, "SPHERES_YOUTH_HOST is « youth.localhost »"),
        ({"youth_host": "equipe.example.org"}, "Both sites are called « equipe.example.org »"),
        *(
            ({"staff_host": host}, f"SPHERES_STAFF_HOST is « {host} », which is not the name of")
            for host in (
                "",
                "*",
                "https://equipe.example.org/",
                "equipe.example.org:443",
                "a b",
                "equipe.example.org.",
                ".example.org",
                "-x.example.org",
            )
        ),
        ({"youth_host": "*"}, "SPHERES_YOUTH_HOST is « * »"),
        ({"old_key_file": Path("/opt/spheres/old/key")}, "The key file is in /opt/spheres"),
        *(
            ({"variables": {"DATABASE_URL": URL, name: "x"}}, f"{name} is set, and leads to")
            for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGSSLMODE")
        ),
        ({"proxies": ()}, "SPHERES_TRUSTED_PROXIES is empty"),
        ({"key_file": Path("/opt/spheres/key")}, "The key file is in /opt/spheres"),
        ({"key_file": Path("/var/lib/spheres/x/key")}, "The key file is in /var/lib/spheres"),
        ({"variables": {}}, "DATABASE_URL is not set"),
        (
            {"variables": {"DATABASE_URL": URL, "DATABASE_OWNER_URL": "postgresql://owner@x/y"}},
            "DATABASE_OWNER_URL is known to what serves",
        ),
        (
            {"variables": {"DATABASE_URL": "postgresql://app@db.example.org/spheres"}},
            "The database is on another machine",
        ),
        (
            {"variables": {"DATABASE_URL": URL.replace("verify-full", "require")}},
            "The database is on another machine",
        ),
        (
            {"variables": {"DATABASE_URL": "postgresql://app@localhost,db.example.org/spheres"}},
            "The database is on another machine",
        ),
        (
            {
                "variables": {
                    "DATABASE_URL": "postgresql://app@localhost/spheres?hostaddr=192.0.2.7"
                }
            },
            "The database is on another machine",
        ),
        (
            {"variables": {"DATABASE_URL": "postgresql://app@/spheres?service=elsewhere"}},
            "The database is on another machine",
        ),
    ],
)
def test_each_unsafe_setting_is_said_once_with_how_to_mend_it(
    changes: dict[str, Any], begins: str
) -> None:
    [sentence] = of(**changes)

    assert sentence.startswith(begins)
    assert sentence.endswith(".")


def test_nothing_that_an_address_says_is_dropped() -> None:
    besides = {
        "sslmode": "verify-full", "sslrootcert": "/etc/spheres/ca.pem",
        "sslcert": "/etc/spheres/app.pem", "sslkey": "/etc/spheres/app.key",
        "channel_binding": "require", "hostaddr": "192.0.2.7,192.0.2.8",
        "target_session_attrs": "read-write", "connect_timeout": "9",
    }  # fmt: skip
    url = (
        "postgresql://app:p%40ss@one.example.org:5433,two.example.org:5434/spheres"
        f"?{urlencode(besides)}&options=-c%20work_mem%3D8MB"
    )

    said = database(url, pooled=True)

    assert (said["USER"], said["PASSWORD"], said["NAME"]) == ("app", "p@ss", "spheres")
    assert said["HOST"] == "one.example.org,two.example.org"
    assert said["PORT"] == "5433,5434"
    assert {name: said["OPTIONS"][name] for name in besides} == besides
    assert said["OPTIONS"]["options"].startswith("-c work_mem=8MB -c search_path=public,keys ")


def of_database() -> list[str]:
    """What the database says, but for the settings of the tests' own server, which may lose."""
    with translation.override("en"):
        return [
            sentence
            for sentence in readiness.unsafe_database(os.environ["DATABASE_URL"])
            if not sentence.startswith("The server of the database has ")
        ]


def env_of_here() -> dict[str, str]:
    here = cluster.from_environment().for_database(connection.settings_dict["NAME"])
    return {"DATABASE_OWNER_URL": here.owner_url, keyfile.VARIABLE: str(keyfile.path())}


@pytest.fixture
def unmarked(cast: Cast) -> Iterator[None]:
    """The mark is of the whole database, and outlives the transaction of a test."""
    yield
    with psycopg.connect(env_of_here()["DATABASE_OWNER_URL"], autocommit=True) as owner:
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("comment on database {} is null").format(name))


def test_tables_that_this_code_did_not_make_are_not_served(unmarked: None) -> None:
    [sentence] = of_database()

    assert sentence.startswith("The tables and the rules of access are not those of this code")
    schema.mark_as_of_this_code(env_of_here())
    [sentence] = of_database()
    assert sentence.startswith("This database holds a demonstration")  # as the cast's does


def test_clocks_that_are_apart_are_said_with_by_how_much(unmarked: None) -> None:
    schema.mark_as_of_this_code(env_of_here())
    with clock.at(clock.now() + timedelta(seconds=readiness.APART + 70)):
        apart, _demonstration = of_database()
    with clock.at(clock.now() + timedelta(seconds=readiness.APART - 20)):
        assert len(of_database()) == 1

    assert apart == (
        "The clocks of this machine and of its database are 100 seconds apart: set both by the "
        "same source. What was withdrawn would still be open for that long."
    )


def run(language: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator calls it, on the test's own database."""
    here = cluster.from_environment().for_database(connection.settings_dict["NAME"])
    kept = {
        name: value for name, value in os.environ.items() if name not in database_roles.STRONGER
    }
    return subprocess.run(
        [sys.executable, "manage.py", "ready", "--language", language],
        cwd=settings.ROOT,
        env={**kept, "DATABASE_URL": here.app_url, **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_says_it_in_the_reader_s_language_and_stops(cast: Cast) -> None:
    found = run("fr", SPHERES_STAFF_HOST="staff.localhost")

    assert found.returncode == 1
    assert "SPHERES_STAFF_HOST vaut «\xa0staff.localhost\xa0»" in found.stdout
    assert "Rien n’est servi avant que ce soit corrigé." in found.stdout
    assert found.stderr == ""


def test_a_database_that_does_not_answer_is_said_in_one_sentence(cast: Cast) -> None:
    found = run("en", DATABASE_URL="postgresql://app:wrong@127.0.0.1:1/spheres")

    assert found.returncode == 1
    assert "The database that DATABASE_URL names does not answer" in found.stdout
    assert "wrong" not in found.stdout + found.stderr
    assert "Traceback" not in found.stderr


def test_without_a_database_or_a_key_one_sentence_is_said(cast: Cast, tmp_path: Path) -> None:
    for variables in ({"DATABASE_URL": ""}, {keyfile.VARIABLE: str(tmp_path / "none")}):
        found = run("en", **variables)
        assert found.returncode == 1
        assert "Traceback" not in found.stderr
    assert str(tmp_path / "none") in found.stderr
