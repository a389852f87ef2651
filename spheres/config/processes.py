"""What do we ask the system about processes and ports? Alive or not, whose, free or taken."""

from __future__ import annotations

import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Gone(Exception):
    """A server of ours stopped by itself; the message holds its last words."""


class Terminated(KeyboardInterrupt):
    """Asked to stop from outside the terminal, so our children do not know it yet."""


def first_free(ports: Iterable[int]) -> int | None:
    """The first port on which a server of ours could listen, this machine alone hearing it."""
    return next((port for port in ports if is_free(port)), None)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError, OverflowError):
            probe.bind((HOST, port))
            return True
    return False


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(pid: int) -> str:
    """How a process was called; empty when it is gone. Numbers are used again, commands are not."""
    if Path("/proc/self").exists():
        with suppress(OSError):
            said = Path(f"/proc/{pid}/cmdline").read_bytes()
            return said.replace(b"\0", b" ").decode(errors="replace")
        return ""
    if (ps := shutil.which("ps")) is None:
        return ""
    return subprocess.run(  # noqa: S603 -- arguments are ours
        [ps, "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    ).stdout


def chromium() -> str:
    """This machine's Chromium; first the one without windows, which draws the same for less."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), "")


def site(
    port: int,
    *,
    threads: int = 4,
    workers: int = 1,
    python: str = sys.executable,
    application: str = "spheres.config.wsgi:application",
) -> list[str]:
    """How the site is served: nothing of a request is written by the server itself."""
    return [
        python, "-m", "granian", "--interface", "wsgi", "--host", HOST,
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--workers-kill-timeout", "5s", "--no-ws", "--no-access-log",
        application,
    ]  # fmt: skip


def no_more_signals() -> None:
    """Stopping is short, and a second Ctrl-C must not leave half of it undone."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


def leave_with_parent() -> None:
    """On Linux the kernel stops the child even when we were killed without a word."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def find_chromium(env: dict[str, str]) -> str:
    """Name the machine's browser; without one the journeys are skipped, except where CI runs."""
    missing = "No Chromium (apt install chromium-headless-shell)"
    found = env.setdefault("SPHERES_CHROMIUM", chromium())
    if not found and env.get("CI") == "true":
        raise Gone(f"{missing}: the journeys cannot be skipped here.")
    if not found:
        sys.stdout.write(f"  {missing}: the browser journeys are skipped.\n")
    return found


class Background:
    """A server of ours: its own process group, so that nothing of it outlives us."""

    def __init__(
        self, name: str, command: list[str], env: Mapping[str, str], *, log: Path, cwd: Path
    ) -> None:
        self.name, self.log = name, log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as words:
            self.process = subprocess.Popen(  # noqa: S603 -- arguments are ours
                command, cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                stdout=words, stderr=words, start_new_session=True, preexec_fn=leave_with_parent,
            )  # fmt: skip

    def refuse_if_gone(self) -> None:
        if self.process.poll() is not None:
            last = "\n".join(self.log.read_text(errors="replace").splitlines()[-25:])
            raise Gone(f"{last}\n\nThe {self.name} stopped by itself.")

    def stop(self) -> None:
        """Ask the leader, who stops its own; then sweep whatever is left of the group."""
        no_more_signals()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait_for_a_page(server: Background, port: int, host: str, *, path: str = "/") -> int:
    """Any answer counts: an error page is for the person at the screen to see."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        server.refuse_if_gone()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", path, headers={"Host": f"{host}:{port}"})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.status
        time.sleep(0.05)
    raise Gone(f"The server does not answer: see {server.log}.")


def watch(children: Iterable[Background]) -> None:
    """Until somebody stops us. Raises Gone as soon as one of them stopped by itself."""
    watched = list(children)
    while True:
        for child in watched:
            child.refuse_if_gone()
        time.sleep(0.5)


def foreground(
    command: list[str], env: Mapping[str, str], *, cwd: Path, output: int | None = None
) -> int:
    """Run a child to its end, and never leave before it has left."""
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)  # noqa: S603
    try:
        return process.wait()
    except KeyboardInterrupt as interruption:
        if isinstance(interruption, Terminated):  # a Ctrl-C has reached the child by itself
            process.terminate()
        no_more_signals()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
