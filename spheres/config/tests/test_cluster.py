"""Does our own PostgreSQL start, survive a kill, stop for good, and keep its five roles apart?"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psycopg
import pytest

from spheres.config import cluster, postgres, postgres_programs, processes
from spheres.config.cluster import ClusterError
from spheres.config.postgres import Server
from spheres.config.postgres_programs import find_programs
from spheres.config.settings import database

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def running(project_var, no_steering):
    with cluster.up(var=project_var, durable=False) as database:
        yield database


@pytest.fixture(scope="module")
def home(running):
    """A database of tests with one table of owner's and one function of gate's."""
    made = running.create_database("test_home")
    with psycopg.connect(made.owner_url) as connection:
        connection.execute("create schema access")
        connection.execute("grant usage on schema access to app, gate")
        connection.execute("grant create on schema access to gate")
        connection.execute("create table secret (word text)")
        connection.execute("insert into secret values ('lilac')")
        connection.execute("alter table secret enable row level security, force row level security")
        connection.execute("grant select on secret to gate")
        connection.execute("create policy gate_reads on secret for select to gate using (true)")
        connection.execute(
            "create function access.word() returns text language sql security definer"
            " set search_path = pg_catalog, pg_temp as 'select word from public.secret'"
        )
        connection.execute("alter function access.word() owner to gate")
    yield made
    running.drop_database("test_home")


def ask(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def postmaster(server_var):
    (pid_file,) = server_var.glob("postgres-*/postmaster.pid")
    return int(pid_file.read_text().splitlines()[0])


def test_owner_reads_nothing_through_the_eyes_of_gate(home):
    rows = ask(home.owner_url, "select word from secret")

    assert rows == []


def test_a_function_given_to_gate_reads_for_app_what_app_cannot(home):
    rows = ask(home.app_url, "select access.word()")

    assert rows == [("lilac",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(home.app_url, "select word from secret")


def test_app_owns_nothing_and_cannot_create(home):
    owned = "select count(*) from pg_class where relowner = 'app'::regrole"

    assert ask(home.app_url, owned) == [(0,)]
    for statement in ("create table mine ()", "create schema mine", "create temp table mine ()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(home.app_url, statement)


def test_app_cannot_become_another_role(home):
    for role in ("owner", "gate", "eraser", "backup", "postgres"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(home.app_url, f"set role {role}")


def test_backup_reads_every_row_and_writes_none(home):
    assert ask(home.backup_url, "select word from secret") == [("lilac",)]
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        ask(home.backup_url, "delete from secret")


def test_gate_and_eraser_cannot_sign_in_and_no_role_steps_over_row_security(home):
    rows = ask(
        home.owner_url,
        "select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreaterole from pg_roles"
        " where rolname in ('owner', 'app', 'gate', 'eraser') order by rolname",
    )

    assert rows == [
        ("app", True, False),
        ("eraser", False, False),
        ("gate", False, False),
        ("owner", True, False),
    ]


def test_owner_makes_the_extensions_that_migrations_need(home):
    with psycopg.connect(home.owner_url, autocommit=True) as connection:
        for name in ("unaccent", "pg_trgm", "btree_gist", "citext"):
            connection.execute(f"create extension if not exists {name}")

    assert ask(home.app_url, "select lower(unaccent('École'))") == [("ecole",)]


def test_a_copy_of_a_template_holds_its_rows_and_its_rights(running, home):
    copy = running.create_database("test_copy", template="test_home")

    try:
        assert ask(copy.app_url, "select access.word()") == [("lilac",)]
        assert ask(
            copy.owner_url, "select has_database_privilege('gate', 'test_copy', 'connect')"
        ) == [(False,)]
    finally:
        running.drop_database("test_copy")


def test_only_databases_of_tests_and_benches_are_dropped(running):
    with pytest.raises(ClusterError, match=r"spheres is not dropped"):
        running.drop_database("spheres")

    assert ask(running.app_url, "select current_database(), current_user") == [("spheres", "app")]


def test_preparing_twice_changes_nothing(running, project_var):
    again = cluster.up(var=project_var, durable=False)

    again.stop()
    assert (again.environment(), again.notes) == (running.environment(), ())


def test_a_server_in_use_by_another_command_goes_on_until_the_last_one_leaves(running, project_var):
    cluster.up(var=project_var, durable=False).stop()

    assert ask(running.app_url, "select 1") == [(1,)]


def test_the_log_never_quotes_a_row(running, home, project_var):
    with psycopg.connect(home.owner_url, autocommit=True) as connection:
        connection.execute("create table note (body text check (body <> 'wisteria'))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("insert into note values (%s)", ["wisteria"])

    (log,) = (project_var / "log").glob("postgres-*[0-9].log")
    assert "violates check constraint" in log.read_text()
    assert "wisteria" not in log.read_text()


def test_settings_hold_for_every_session(running):
    wanted = {
        "synchronous_commit": "on",
        "default_transaction_isolation": "read committed",
        "password_encryption": "scram-sha-256",
        "data_checksums": "on",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "server_encoding": "UTF8",
    }

    found = {name: ask(running.admin_url, f"show {name}")[0][0] for name in wanted}

    assert found == wanted


def test_roles_that_can_step_over_row_security_are_refused(running, project_var):
    ask_admin = psycopg.connect(running.admin_url, autocommit=True)
    with ask_admin:
        ask_admin.execute("alter role app bypassrls")

    try:
        with pytest.raises(ClusterError, match=r"step over row security: app"):
            cluster.up(var=project_var, durable=False)
    finally:
        with psycopg.connect(running.admin_url, autocommit=True) as connection:
            connection.execute("alter role app nobypassrls")


def test_a_named_database_is_used_as_it_is(no_steering):
    with no_steering.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://app@db.example/spheres")
        patch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example/spheres")
        database = cluster.up()

    assert database.environment() == {
        "DATABASE_URL": "postgresql://app@db.example/spheres",
        "DATABASE_OWNER_URL": "postgresql://owner@db.example/spheres",
    }


def test_a_named_database_without_its_owner_is_refused_in_a_sentence(no_steering):
    with no_steering.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://app@db.example/spheres")
        with pytest.raises(ClusterError, match=r"DATABASE_OWNER_URL is not"):
            cluster.up()


def test_a_killed_server_starts_again_with_all_it_acknowledged(tmp_path_factory, no_steering):
    var = open_folder(tmp_path_factory)
    first = cluster.up(var=var, durable=False)
    with psycopg.connect(first.owner_url, autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")

        os.kill(postmaster(var), signal.SIGKILL)
        second = cluster.up(var=var, durable=False)

    try:
        assert ask(second.owner_url, "select n from kept") == [(1,)]
    finally:
        first.stop()
        second.stop()
    assert processes_left(var) == []


def test_a_server_that_is_dying_is_not_joined_as_if_it_lived(tmp_path_factory, no_steering):
    """A killed process looks alive for a moment, and its folder still says that it is ready."""
    var = open_folder(tmp_path_factory)
    first = cluster.up(var=var, durable=False)
    dying = postmaster(var)
    os.kill(dying, signal.SIGSTOP)
    death = threading.Timer(1, os.kill, (dying, signal.SIGKILL))
    death.start()

    second = cluster.up(var=var, durable=False)

    death.join()
    try:
        assert ask(second.owner_url, "select 1") == [(1,)]
    finally:
        first.stop()
        second.stop()
    assert processes_left(var) == []


def test_an_old_process_number_taken_by_another_programme_is_no_obstacle(
    tmp_path_factory, no_steering
):
    var = open_folder(tmp_path_factory)
    cluster.up(var=var, durable=False).stop()
    (data,) = var.glob("postgres-[0-9]*[0-9]")
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n15432\n\n127.0.0.1\n\nready\n")

    with cluster.up(var=var, durable=False) as database:
        assert ask(database.app_url, "select 1") == [(1,)]

    assert processes_left(var) == []


def test_data_made_by_another_major_version_stops_the_start_with_one_sentence(
    tmp_path_factory, no_steering
):
    var = open_folder(tmp_path_factory)
    data = var / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    (var / "secrets.json").touch(mode=0o600)
    (var / "secrets.json").write_text("{}")

    with pytest.raises(ClusterError, match=r"was made by PostgreSQL 9 .* PG_BIN"):
        cluster.up(var=var)


def test_data_whose_passwords_are_gone_is_not_touched(tmp_path_factory, no_steering):
    var = open_folder(tmp_path_factory)
    (var / "postgres").mkdir(parents=True)
    (var / "postgres" / "PG_VERSION").write_text("18\n")

    with pytest.raises(ClusterError, match=r"secrets\.json, which is gone"):
        cluster.up(var=var)

    assert not (var / "secrets.json").exists()


def test_ctrl_c_leaves_no_process(tmp_path_factory, no_steering):
    var = open_folder(tmp_path_factory)
    # Started in the background of a shell, this run may ignore Ctrl-C, and so would its children.
    programme = f"""
        import signal
        import time
        from pathlib import Path
        from spheres.config import cluster
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with cluster.up(var=Path({str(var)!r}), durable=False):
            print("up", flush=True)
            time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(programme)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        assert processes_of(var) != []

        child.send_signal(signal.SIGINT)
        child.wait(timeout=30)

    assert processes_left(var) == []


def test_pg_bin_must_hold_the_programmes(no_steering, tmp_path):
    with no_steering.context() as patch:
        patch.setenv("PG_BIN", str(tmp_path))
        with pytest.raises(ClusterError, match=r"there is no initdb and postgres"):
            Server(tmp_path, "postgres")


def open_folder(factory):
    folder = factory.mktemp("var")
    for step in (folder, *folder.parents[:2]):
        step.chmod(0o755)  # pytest closes its folders; a project's are open
    return folder


def processes_of(var):
    """The servers that run from this folder now."""
    lines = [processes.command_line(int(entry.name)) for entry in Path("/proc").glob("[0-9]*")]
    return [line for line in lines if "/postgres -D" in line and str(var) in line]


def processes_left(var):
    """The same, a moment later: the kernel takes its time to bury."""
    limit = time.monotonic() + 2
    while processes_of(var) and time.monotonic() < limit:
        time.sleep(0.05)
    return processes_of(var)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives its rights up")
def test_root_in_a_closed_folder_keeps_data_and_programmes_where_nobody_can_reach_them(
    project_var, no_steering, tmp_path, monkeypatch
):
    if find_programs().source == "wheel":  # as if the environment lay in the closed folder too
        monkeypatch.setattr(postgres, "is_open", lambda folder: False)
    monkeypatch.setattr(postgres_programs, "OPEN_PLACE", project_var.parent / "open")
    tmp_path.chmod(0o700)

    with cluster.up(var=tmp_path / "var", durable=False) as database:
        assert ask(database.app_url, "select 1") == [(1,)]

    assert list((tmp_path / "var").glob("postgres*/PG_VERSION")) == []
    assert len(list((project_var.parent / "open").glob("*/postgres-*/PG_VERSION"))) == 1


def test_values_travel_apart_and_nothing_is_prepared_behind_another_pool() -> None:
    ours, behind = (
        database("postgresql://app:secret@127.0.0.1:5432/spheres", pooled=pooled)["OPTIONS"]
        for pooled in (True, False)
    )

    assert [one["server_side_binding"] for one in (ours, behind)] == [True, True]
    assert [one["prepare_threshold"] for one in (ours, behind)] == [5, None]
