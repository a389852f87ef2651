"""Does the one command list its verbs, refuse in a sentence, and leave no process behind?"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

import run
from spheres.config import environment, processes, secret_store
from spheres.config.processes import Background, Gone

ROOT = Path(run.__file__).resolve().parent


def call(*arguments):
    # -S: not even site-packages, as on a bare machine.
    return subprocess.run(
        [sys.executable, "-S", "run.py", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_help_lists_every_verb_with_one_sentence_on_a_bare_python():
    said = call("help")

    assert said.returncode == 0
    assert [line.split()[2] for line in said.stdout.splitlines()[1:]] == [*run.VERBS, "help"][1:]
    assert all(len(line) < 100 for line in said.stdout.splitlines())


def test_the_server_writes_no_line_for_each_request():
    """An address may hold a name that was looked for."""
    assert "--no-access-log" in processes.site(8000)


def test_an_unknown_verb_is_refused_with_the_list():
    said = call("sing")

    assert said.returncode == 2
    assert "There is no « sing »" in said.stderr
    assert said.stdout == call("help").stdout


def test_what_was_compiled_once_is_kept():
    """This run and the servers it starts are children of `run.py`."""
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert not sys.dont_write_bytecode


def test_what_serves_the_public_never_holds_a_stronger_address():
    env = {
        "PATH": "/bin",
        "DATABASE_URL": "a",
        "DATABASE_OWNER_URL": "b",
        "DATABASE_BACKUP_URL": "c",
        "DATABASE_ADMIN_URL": "d",
        "SPHERES_ROLE": "owner",
    }

    assert run.as_app(env) == {"PATH": "/bin", "DATABASE_URL": "a"}


def test_what_is_served_is_the_database_that_is_named(tmp_path, monkeypatch):
    """One that a restore left in the folder of this machine is served where no other is named."""
    monkeypatch.setattr(run, "VAR", tmp_path)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")

    with ExitStack() as stack:
        assert run.put_back({"DATABASE_URL": "a"}, stack) == {}
        assert run.put_back({"DATABASE_ADMIN_URL": "a"}, stack) == {}


def test_a_folder_that_holds_no_database_starts_none(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "VAR", tmp_path)

    with ExitStack() as stack:
        assert run.put_back({}, stack) == {}
    assert list(tmp_path.iterdir()) == []


def test_the_environment_is_filled_again_when_the_lock_changes(tmp_path, monkeypatch):
    for name in ("VENV", "PYTHON", "RUNTIME", "DEVELOPMENT"):
        monkeypatch.setattr(environment, name, tmp_path / name)
        (tmp_path / name).write_text(name) if name in ("RUNTIME", "DEVELOPMENT") else None
    (tmp_path / "VENV").mkdir()
    (tmp_path / "PYTHON").touch(mode=0o700)

    of_runtime, of_all = environment.RUNTIME, environment.DEVELOPMENT
    is_filled, stamp = environment._is_filled, tmp_path / "VENV/lock.sha256"
    empty = is_filled(of_runtime)
    stamp.write_text(environment._stamp(of_all))
    for_tests = (is_filled(of_runtime), is_filled(of_all))
    stamp.write_text(environment._stamp(of_runtime))
    for_demo = (is_filled(of_runtime), is_filled(of_all))
    environment.RUNTIME.write_text("changed")

    assert (empty, for_tests, for_demo) == (False, (True, True), (True, False))
    assert environment._is_filled(environment.RUNTIME) is False


FAMILY = (
    "import subprocess, sys, time;"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', sys.argv[1]]);"
    "time.sleep(60)"
)


def family(mark):
    return [
        entry.name
        for entry in Path("/proc").glob("[0-9]*")
        if mark in processes.command_line(int(entry.name))
    ]


@pytest.fixture
def keep_signals():
    """Stopping silences the signals of the whole process; give them back to the suite."""
    signals = (run.signal.SIGINT, run.signal.SIGTERM, run.signal.SIGHUP)
    before = {sign: run.signal.getsignal(sign) for sign in signals}
    yield
    for sign, handler in before.items():
        run.signal.signal(sign, handler)


def test_stopping_a_server_leaves_neither_it_nor_its_children(tmp_path, keep_signals):
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    server = Background(
        "server", [sys.executable, "-c", FAMILY, mark], os.environ, log=tmp_path / "log", cwd=ROOT
    )
    limit = time.monotonic() + 5
    while len(family(mark)) < 2 and time.monotonic() < limit:
        time.sleep(0.02)
    assert len(family(mark)) == 2

    server.stop()

    limit = time.monotonic() + 2
    while family(mark) and time.monotonic() < limit:
        time.sleep(0.02)
    assert family(mark) == []


def test_a_server_that_stopped_by_itself_is_told_with_its_last_words(tmp_path):
    server = Background(
        "server", [sys.executable, "-c", "exit('no room')"], {}, log=tmp_path / "log", cwd=ROOT
    )
    server.process.wait()

    with pytest.raises(Gone, match=r"no room\n\nThe server stopped by itself"):
        server.refuse_if_gone()


def test_a_step_that_fails_shows_its_last_words(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LOGS", tmp_path)

    with pytest.raises(run.Refused, match=r"no room[\s\S]*all its words are in"):
        run.run_quietly([sys.executable, "-c", "exit('no room')"], os.environ, "migrate")


def test_secrets_are_closed_and_made_once(tmp_path):
    first = secret_store.load(tmp_path / "secrets.json")

    assert secret_store.load(tmp_path / "secrets.json") == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert sorted(first) == ["app", "backup", "owner", "postgres"]


def test_secrets_that_others_can_read_are_refused(tmp_path):
    secret_store.load(tmp_path / "secrets.json")
    (tmp_path / "secrets.json").chmod(0o644)

    with pytest.raises(secret_store.SecretsRefused, match=r"Close it: chmod 600"):
        secret_store.load(tmp_path / "secrets.json")


def test_no_file_of_ours_is_longer_than_four_hundred_lines():
    files = [ROOT / "run.py", *(ROOT / "spheres/config").rglob("*.py")]

    long = [str(path) for path in files if len(path.read_text().splitlines()) > 400]
    assert long == []


def test_the_locks_name_no_place_and_the_dev_lock_holds_the_runtime_lock():
    runtime, development = (
        (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")
    )

    def pins(text):
        return {line.split()[0] for line in text.splitlines() if "==" in line}

    assert pins(runtime) <= pins(development)
    assert [line for line in (runtime + development).splitlines() if "://" in line] == []
