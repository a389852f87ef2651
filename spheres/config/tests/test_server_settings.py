"""Which servers of the database are refused, because they may lose what they acknowledged, or write
in their log what people wrote?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.utils import translation
from psycopg import sql

from spheres.config import cluster, database_roles, server_settings
from spheres.config.cluster import Cluster
from spheres.config.postgres import Server

LOSES = "what it acknowledged may be lost the instant its machine stops."
SAYS = "words that people wrote may stand in its log."


@pytest.fixture(scope="module")
def ours(project_var, no_steering) -> Iterator[Cluster]:
    """A server of our own, as a start makes it for real."""
    with cluster.up(var=project_var, name="kept") as database:
        yield database


@contextmanager
def said(everything: Cluster, *statements: str) -> Iterator[None]:
    """Whoever governs the server says this in its database; afterwards it is as it was."""
    with psycopg.connect(str(everything.admin_at("spheres")), autocommit=True) as admin:
        for statement in statements:
            admin.execute(statement)
        try:
            yield
        finally:
            admin.execute("alter database spheres reset all")
            admin.execute("alter role app reset all")


def unsafe(url: str) -> list[str]:
    with translation.override("en"), psycopg.connect(url) as app:
        return list(server_settings.unsafe(app.cursor()))


def run(database: Cluster, language: str = "en") -> list[str]:
    """What `run.py ready` says, line by line."""
    kept = {
        name: value for name, value in os.environ.items() if name not in database_roles.STRONGER
    }
    return subprocess.run(
        [sys.executable, "manage.py", "ready", "--language", language],
        cwd=settings.ROOT, env={**kept, "DATABASE_URL": database.app_url},
        capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip


def test_a_server_of_our_own_is_let_through(ours: Cluster) -> None:
    assert unsafe(ours.app_url) == []


@pytest.mark.parametrize(
    ("name", "value", "why", "safe"),
    [
        ("synchronous_commit", "off", LOSES, "on"),
        ("synchronous_commit", "local", LOSES, "on"),
        ("log_statement", "all", SAYS, "none"),
        ("log_statement", "ddl", SAYS, "none"),
        ("log_min_error_statement", "error", SAYS, "panic"),
        ("log_min_error_statement", "fatal", SAYS, "panic"),
        ("log_error_verbosity", "default", SAYS, "terse"),
        ("log_parameter_max_length", "-1", SAYS, "0"),
        ("log_parameter_max_length_on_error", "64", SAYS, "0"),
        ("debug_print_plan", "on", SAYS, "off"),
    ],
)
def test_each_setting_that_may_lose_or_tell_is_said_once_with_how_to_mend_it(
    ours: Cluster, name: str, value: str, why: str, safe: str
) -> None:
    for whom in ("database spheres", "role app"):  # the second is what the role that serves meets
        with said(ours, f"alter {whom} set {name} = '{value}'"):
            found = unsafe(ours.app_url)

        assert found == [
            f"The server of the database has {name} set to « {value} »: {why} Set it to « {safe} »."
        ]


@pytest.mark.parametrize("value", ["on", "remote_write", "remote_apply"])
def test_a_server_that_waits_for_another_one_is_let_through(ours: Cluster, value: str) -> None:
    with said(ours, f"alter database spheres set synchronous_commit = {value}"):
        assert unsafe(ours.app_url) == []


def test_what_shows_the_plans_of_slow_statements_shows_their_values(ours: Cluster) -> None:
    """Even told to write no parameter, its plans hold them."""
    loaded = "alter database spheres set session_preload_libraries = auto_explain"
    with said(ours, loaded, "alter database spheres set auto_explain.log_parameter_max_length = 0"):
        assert unsafe(ours.app_url) == []  # it is there, and writes nothing
        with psycopg.connect(str(ours.admin_at("spheres")), autocommit=True) as admin:
            admin.execute("alter database spheres set auto_explain.log_min_duration = 0")
        found = unsafe(ours.app_url)

    assert found == [
        f"The server of the database has auto_explain.log_min_duration set to « 0 »: {SAYS} "
        "Set it to « -1 »."
    ]


def test_slow_statements_may_be_logged_once_no_parameter_is(ours: Cluster, project_var) -> None:
    with said(
        ours,
        "alter database spheres set log_min_duration_statement = 0",
        "alter database spheres set log_min_duration_sample = 0",
        "alter database spheres set log_transaction_sample_rate = 1",
    ):
        found = unsafe(ours.app_url)
        with psycopg.connect(ours.app_url) as app:
            app.execute("select %s::text as it_was_logged", ["Lilas"])
    log = (project_var / "log" / "kept.log").read_text()

    assert found == []
    assert "it_was_logged" in log
    assert "Lilas" not in log


@contextmanager
def another(var: Path, **more: str) -> Iterator[tuple[Server, str]]:
    """A server that is started with other settings, which no database may change; as `app`."""
    var.mkdir()
    server = Server(var, "other", password="p", more=more)
    server.start()
    try:
        admin = f"postgresql://postgres:p@127.0.0.1:{server.port}/postgres"
        passwords = dict.fromkeys(database_roles.SIGN_IN, "p")
        database_roles.prepare(admin, passwords, kept_in=var / "secrets.json", template_too=False)
        yield server, admin.replace("postgres:p", "app:p")
    finally:
        server.stop()


def test_what_only_a_start_sets_is_seen_too(project_var, no_steering) -> None:
    more = {"fsync": "off", "full_page_writes": "off", "log_destination": "stderr,csvlog"}
    with another(project_var.with_name("started"), **more) as (_server, url):
        found = unsafe(url)

    assert found == [
        f"The server of the database has fsync set to « off »: {LOSES} Set it to « on ».",
        f"The server of the database has full_page_writes set to « off »: {LOSES} "
        "Set it to « on ».",
        f"The server of the database has log_destination set to « stderr,csvlog »: {SAYS} "
        "Set it to « stderr ».",
    ]


def test_a_log_written_as_data_quotes_the_row_that_its_verbosity_hides(
    project_var, no_steering
) -> None:
    """Why csvlog and jsonlog are refused: what is terse is so in a log of lines alone."""
    destinations = "stderr,csvlog,jsonlog"
    more = {"logging_collector": "on", "log_destination": destinations, "log_directory": "log"}
    with another(project_var.with_name("written"), **more) as (server, url):
        with psycopg.connect(url.replace("app:p", "postgres:p"), autocommit=True) as admin:
            admin.execute("create table flower (name text primary key)")
            admin.execute("grant select, insert on flower to app")
        with psycopg.connect(url, autocommit=True) as app:
            app.execute("insert into flower values (%s)", ["Lilas"])
            with pytest.raises(psycopg.errors.UniqueViolation):
                app.execute("insert into flower values (%s)", ["Lilas"])
    logs = {place.suffix: place.read_text() for place in (server.data / "log").iterdir()}

    assert {suffix for suffix, log in logs.items() if "flower_pkey" in log} == set(logs)
    assert {suffix for suffix, log in logs.items() if "Lilas" in log} == {".csv", ".json"}


def test_a_server_that_hides_its_settings_is_not_believed(ours: Cluster) -> None:
    hides = "revoke select on pg_settings from public"
    with said(ours, hides):
        found = unsafe(ours.app_url)
        lines = run(ours)
        with psycopg.connect(str(ours.admin_at("spheres")), autocommit=True) as admin:
            admin.execute("grant select on pg_settings to public")

    [sentence] = found
    assert sentence.startswith("The server of the database does not say what fsync, full_page_")
    assert sentence.endswith("let the role that serves read pg_settings.")
    assert f"- {sentence}" in lines


def test_one_setting_that_is_hidden_is_named_alone(ours: Cluster) -> None:
    view = "create or replace view pg_catalog.pg_settings as select * from pg_show_all_settings()"
    hides = f"{view} where name <> 'fsync'"
    with said(ours, "set allow_system_table_mods = on", hides):
        found = unsafe(ours.app_url)
        with psycopg.connect(str(ours.admin_at("spheres")), autocommit=True) as admin:
            admin.execute("set allow_system_table_mods = on")
            admin.execute(view)

    assert found == [
        "The server of the database does not say what fsync is set to: let the role that serves "
        "read pg_settings."
    ]


def test_the_command_says_it_in_the_reader_s_language(ours: Cluster) -> None:
    with said(ours, "alter database spheres set log_statement = 'all'"):
        lines = run(ours, "fr")

    assert (
        "- Sur le serveur de la base de données, log_statement vaut «\xa0all\xa0»\xa0: des mots "
        "que des personnes ont écrits peuvent se trouver dans son journal. "
        "Mettez-le à «\xa0none\xa0»."
    ) in lines


@pytest.mark.parametrize("role", ["owner", "backup", "postgres"])
def test_a_role_that_is_too_strong_is_not_served(ours: Cluster, role: str) -> None:
    urls = {"owner": ours.owner_url, "backup": ours.backup_url, "postgres": ours.admin_url}
    lines = run(Cluster(app_url=str(urls[role]), owner_url=""))

    assert (
        f"- DATABASE_URL signs in as « {role} », who may step over the rules of access: use the "
        "role « app », which owns nothing."
    ) in lines


def test_a_role_that_may_become_a_stronger_one_is_too_strong(ours: Cluster) -> None:
    for stronger in ("owner", "gate"):
        with said(ours, f"grant {stronger} to app"):
            lines = run(ours)
            with psycopg.connect(str(ours.admin_url), autocommit=True) as admin:
                admin.execute(sql.SQL("revoke {} from app").format(sql.Identifier(stronger)))

        assert any(line.startswith("- DATABASE_URL signs in as « app », who") for line in lines)
