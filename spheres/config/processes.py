"""What do we ask the system about processes and ports? Alive or not, whose, free or taken."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"


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
