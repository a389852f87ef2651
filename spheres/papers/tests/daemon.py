"""Who looks for viruses in the tests? A daemon that speaks as ClamAV’s does."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spheres.papers.tests.factories import EICAR


@contextmanager
def clamd(folder: Path, *, answers: bytes = b"") -> Iterator[str]:
    """A daemon that answers as ClamAV’s does, and knows one virus: that of the tests.

    `answers` replaces its word, to be silent or not understood.
    """
    where = str(folder / "clamd.sock")
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(where)
    door.listen()

    def serve() -> None:
        while True:
            try:
                line, _from = door.accept()
            except OSError:
                return
            with line:
                line.sendall(answers or _word(line))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield where
    finally:
        # A thread that waits at a door holds it open: it is shut first.
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(timeout=5)


def _word(line: socket.socket) -> bytes:
    heard = line.makefile("rb")
    assert heard.read(10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack(">I", heard.read(4))[0]:
        content += heard.read(size)
    return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
