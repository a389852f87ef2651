"""What does the programme that knows what is harmful say of these bytes?

ClamAV, over its socket, when the installation has one. Silence is never a yes: what it did not
answer for is kept apart until it does.
"""

from __future__ import annotations

import socket
import struct
from enum import Enum, auto
from typing import Final

from django.conf import settings

PATIENCE: Final = 10  # seconds
PIECE: Final = 65_536


class Answer(Enum):
    NOT_ASKED = auto()  # the installation has none
    CLEAN = auto()
    HARMFUL = auto()
    SILENT = auto()  # away, overloaded, or not understood


def look(content: bytes) -> Answer:
    """Ask about these bytes; never raises: whatever goes wrong is silence."""
    if not settings.CLAMD:
        return Answer.NOT_ASKED
    try:
        said = _asked(settings.CLAMD, content)
    except OSError:
        return Answer.SILENT
    if said == b"stream: OK\0":
        return Answer.CLEAN
    if said.startswith(b"stream: ") and said.endswith(b" FOUND\0") and b"\n" not in said:
        return Answer.HARMFUL
    return Answer.SILENT


def _asked(where: str, content: bytes) -> bytes:
    """Its own way of asking (INSTREAM): pieces with their lengths, then nothing."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE)
        line.connect(where)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < 1_000:
            more = line.recv(1_000)
            if not more:
                break
            said += more
    return said
