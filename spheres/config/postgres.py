"""How does a PostgreSQL of our own start, stay and stop? A foreground child, in the project's var/.

Only the server's programs are used. Everything a package would decide for us (users, trust
authentication, where the data lives) is decided here, so that it can be read and tested.
"""

from __future__ import annotations

import fcntl
import locale
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from spheres.config import processes
from spheres.config.postgres_programs import (
    ClusterError,
    Programs,
    find_programs,
    is_open,
    open_copy,
    open_data_place,
)
from spheres.config.processes import HOST

# Below the range from which systems draw the ports of outgoing connections.
PORTS = range(15432, 15532)
RETRY_SECONDS = 15.0
READY_SECONDS = 120.0  # replaying the journal after a crash is slow, and must not be cut short
FAST_STOP_SECONDS = 20.0

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    # A failed constraint must not print a person's row into a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_parameter_max_length": "0",
    "log_statement": "none",
    # A write that was acknowledged is kept, whatever happens the next instant.
    "synchronous_commit": "on",
    "default_transaction_isolation": "read committed",
    "shared_buffers": "128MB",
    "max_connections": "100",
    # Row security makes plans look costly; compiling them costs more than running them.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# A throw-away cluster may die in a power cut; a killed process loses nothing either way.
THROWAWAY = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}

# The first question a client may ask; the server says yes or no at once, before any password.
ASKS_FOR_TLS = struct.pack("!ii", 8, 80877103)

_PASSING = ("shared memory", "lock file", "Address already in use", "could not create any TCP")


@dataclass
class Server:
    """One data folder and the server that serves it, shared by all who hold its users' lock."""

    var: Path
    name: str
    password: str = field(default="", repr=False)
    durable: bool = True
    port: int = 0
    programs: Programs = field(default_factory=find_programs)
    process: subprocess.Popen[bytes] | None = None
    more: Mapping[str, str] = field(default_factory=dict)  # settings of this start alone
    patience: float = READY_SECONDS
    _users: IO[str] | None = None

    def __post_init__(self) -> None:
        if not self.durable:  # a suite may run on one version after the other
            self.name = f"{self.name}-{self.programs.major}"
        self.var = self.var.resolve()
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.data = self._reachable(self.var / self.name)
        self.log = self.var / "log" / f"{self.name}.log"

    def has_data(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def start(self) -> None:
        """Start the server, or join the one that already serves this folder."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self._one_at_a_time():
            self._refuse_other_version()
            if not self.has_data():
                self._initialise()
            if not self._join():
                try:
                    self._launch()
                except BaseException:  # Ctrl-C while it starts must leave no process either
                    if self.process is not None and self.process.poll() is None:
                        self._end(self.process.pid)
                    raise
            self._users = (self.var / f"{self.name}.users").open("w")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.var / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _refuse_other_version(self) -> None:
        record = self.data / "PG_VERSION"
        made_by = record.read_text().strip() if record.exists() else str(self.programs.major)
        if made_by != str(self.programs.major):
            raise ClusterError(
                f"{self.data} was made by PostgreSQL {made_by} and this one is "
                f"{self.programs.major}: name the older one's bin folder in PG_BIN, or move the "
                "data folder away to begin anew."
            )

    def _initialise(self) -> None:
        """Make it in a folder beside, then rename: a half-made one is never taken for whole."""
        draft = self.data.with_name(f"{self.data.name}.new")
        if self.data.exists() and any(self.data.iterdir()):
            raise ClusterError(f"{self.data} is not a PostgreSQL data folder: move it away.")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        descriptor, password_file = tempfile.mkstemp(dir=self.data.parent)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self.password + "\n")
            if self.account is not None:
                os.chown(draft, self.account.pw_uid, self.account.pw_gid)
                os.chown(password_file, self.account.pw_uid, self.account.pw_gid)
            done = subprocess.run(  # noqa: S603 -- arguments are ours
                [
                    self._program("initdb"),
                    f"--pgdata={draft}",
                    "--username=postgres",
                    "--auth=scram-sha-256",
                    f"--pwfile={password_file}",
                    "--data-checksums",
                    "--encoding=UTF8",
                    *_locale_options(self.programs.major),
                    *(() if self.durable else ("--no-sync",)),
                ],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                env=_bare_environment(),
                **self._as_account(),
            )
        finally:
            Path(password_file).unlink()
        if done.returncode:
            raise ClusterError(f"initdb refused: {done.stderr.strip()}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def _join(self) -> bool:
        """A server left by a killed start, or used by another command, is joined, not doubled."""
        pid = self._running_pid()
        limit = time.monotonic() + READY_SECONDS
        while pid is not None and time.monotonic() < limit and self._running_pid() == pid:
            if self._is_ready(pid) and self._answers(int(self._pid_file()[3])):
                self.port = int(self._pid_file()[3])
                return True
            time.sleep(0.05)
        if self._running_pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)  # stale: its process is gone
        return False

    def _launch(self) -> None:
        """Try for some seconds: after a kill -9, orphans hold the shared memory a little longer."""
        limit = time.monotonic() + RETRY_SECONDS
        if self.process is not None:
            self.process.poll()  # bury the one before, which may have died by itself
        while True:
            self.port = self._choose_port()
            self.process = self._spawn()
            ready_limit = time.monotonic() + self.patience
            while self.process.poll() is None and time.monotonic() < ready_limit:
                if self._is_ready(self.process.pid):
                    return
                time.sleep(0.02)
            if self.process.poll() is None:
                raise ClusterError(f"PostgreSQL did not become ready: see {self.log}.")
            last_words = self.log.read_text(errors="replace")[-2000:]
            if time.monotonic() > limit or not any(word in last_words for word in _PASSING):
                raise ClusterError(f"PostgreSQL stopped at once: see {self.log}.")
            time.sleep(0.5)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = SETTINGS | {"port": str(self.port)} | ({} if self.durable else THROWAWAY)
        settings |= self.more
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        self.log.touch(mode=0o600)
        with self.log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 -- arguments are ours
                [self._program("postgres"), "-D", str(self.data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_bare_environment(),
                start_new_session=True,  # Ctrl-C in the terminal must reach us first
                **self._as_account(),
            )

    def _choose_port(self) -> int:
        recorded = self.var / f"{self.name}.port"
        last = int(recorded.read_text()) if recorded.exists() else 0
        port = processes.first_free([last, *PORTS] if last else PORTS)
        if port is None:
            raise ClusterError(f"No free port between {PORTS.start} and {PORTS.stop - 1}.")
        recorded.write_text(f"{port}\n")
        return port

    def stop(self) -> None:
        """Stop the server unless another command still uses it; the last one out stops it."""
        if self._users is None:
            return
        with self._one_at_a_time():
            fcntl.flock(self._users, fcntl.LOCK_UN)
            with suppress(BlockingIOError):
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if (pid := self._running_pid()) is not None:
                    self._end(pid)
            self._users.close()
            self._users = None
            if self.process is not None:
                self.process.poll()  # bury it, if it was killed by another

    def _end(self, pid: int) -> None:
        for sign, seconds in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, 5.0)):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
            limit = time.monotonic() + seconds
            while time.monotonic() < limit:
                if self.process is not None:
                    self.process.poll()  # reaps our child, which would look alive otherwise
                if not processes.is_alive(pid):
                    return
                time.sleep(0.02)
        raise ClusterError(f"PostgreSQL (process {pid}) does not stop.")

    def _pid_file(self) -> list[str]:
        with suppress(OSError):
            return (self.data / "postmaster.pid").read_text().splitlines()
        return []

    def _is_ready(self, pid: int) -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _answers(self, port: int) -> bool:
        """Asked now, it answers now: one that was just killed still looks alive, and says ready."""
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1) as asked:
            asked.sendall(ASKS_FOR_TLS)
            return asked.recv(1) in (b"S", b"N")
        return False

    def _running_pid(self) -> int | None:
        """The server's process, if that number still is a server of this folder."""
        lines = self._pid_file()
        if not lines or not lines[0].lstrip("-").isdigit():
            return None
        pid = int(lines[0])
        if self.process is not None and self.process.pid == pid:
            return pid if self.process.poll() is None else None
        return pid if str(self.data) in processes.command_line(pid) else None

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _reachable(self, folder: Path) -> Path:
        if self.account is None or is_open(folder.parent):
            return folder
        return open_data_place(self.var) / folder.name

    def _program(self, name: str) -> str:
        folder = self.programs.folder
        if self.account is not None and not is_open(folder):
            folder = open_copy(folder)
        return str(folder / name)


def _bare_environment() -> dict[str, str]:
    """PGDATA, PGPORT and the like of whoever calls must not steer our own server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _locale_options(major: int) -> list[str]:
    """Sort by code point, know accented letters: the same answer on every machine, without ICU."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        words = "C.UTF-8"
    except locale.Error:
        words = "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    options = [f"--locale={words}"]
    if major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options
