"""Is a server that serves left as it is by whoever only holds its administrator’s address?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from spheres.config import cluster, database_roles, keyfile
from spheres.config.cluster import ClusterError
from tests.keepers import keepers

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def running(project_var, no_steering):
    with cluster.up(var=project_var, durable=False) as database:
        yield database


def ask(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def order(running, statement):
    with psycopg.connect(running.admin_url, autocommit=True) as connection:
        connection.execute(statement)


def everybody_still_signs_in(running):
    urls = (running.app_url, running.owner_url, running.backup_url)
    return [ask(url, "select current_user")[0][0] for url in urls] == ["app", "owner", "backup"]


def test_it_is_prepared_from_its_admin_address_and_the_passwords_kept(
    running, project_var, tmp_path, no_steering
):
    shutil.copy(project_var / "secrets.json", tmp_path)
    with no_steering.context() as patch:
        patch.setenv("DATABASE_ADMIN_URL", running.admin_url)
        outside = cluster.up(var=tmp_path)

    assert ask(outside.app_url, "select current_user") == [("app",)]


def test_another_machine_changes_no_password(running, tmp_path, no_steering):
    with no_steering.context() as patch:
        patch.setenv("DATABASE_ADMIN_URL", running.admin_url)
        with pytest.raises(ClusterError, match=r"secrets\.json: owner, app, backup\. .* bring its"):
            cluster.up(var=tmp_path)

    assert everybody_still_signs_in(running)


def test_a_role_that_has_no_password_yet_is_given_the_one_kept(running, project_var):
    order(running, "alter role app password null")
    order(running, "alter role backup nologin")

    cluster.up(var=project_var, durable=False).stop()

    assert everybody_still_signs_in(running)


def restore(running, folder, *more, var):
    """`run.py restore` of the last night, on a machine that keeps its things in `var`."""
    _both, (identity, _other) = keepers(folder, "Institut", "La Maison")
    return subprocess.run(
        [sys.executable, "-m", "spheres.config.continuity", "restore", str(folder),
         f"--identity={identity}", "--night=last", *more],
        cwd=ROOT, capture_output=True, text=True,
        env={
            **os.environ, "DATABASE_ADMIN_URL": running.admin_url, "SPHERES_VAR": str(var),
            "SPHERES_KEY_FILE": str(a_key(folder)),
        },
    )  # fmt: skip


def a_key(folder):
    place = folder / "closed" / "key"
    keyfile.make(place)
    return place


def a_night_that_is_damaged(folder) -> None:
    (folder / "20261130T030000Z.json").write_text("{")


def test_a_restore_refused_over_tables_changes_nothing(running, tmp_path, no_steering):
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("create table kept (n int)")

    a_night_that_is_damaged(tmp_path)
    done = restore(running, tmp_path, var=tmp_path / "elsewhere")

    assert (done.returncode, done.stdout) == (1, "")
    assert "« spheres » holds 1 tables" in done.stderr
    assert everybody_still_signs_in(running)
    assert not (tmp_path / "elsewhere").exists()


def test_a_restore_refused_takes_away_the_database_that_it_made(
    running, project_var, tmp_path, no_steering
):
    before = database_roles.databases(str(running.admin_url))

    a_night_that_is_damaged(tmp_path)
    done = restore(running, tmp_path, "--database=made_anew", var=project_var)

    assert (done.returncode, done.stdout) == (1, "")
    assert "20261130T030000Z.json is damaged: take another night." in done.stderr
    assert database_roles.databases(str(running.admin_url)) == before
