"""Whatever is sent as a paper, does anything but a page of ours come out, and do others still work?

T19: mutants of the corpus through the real sandbox. T20: floods, bombs, and a hundred slow uploads,
on the real server.
"""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from spheres.accounts import actions as door
from spheres.core import clock
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar
from spheres.papers import sandbox
from spheres.papers.sandbox import NotTaken, Taken
from spheres.papers.tests.factories import (
    REFUSED,
    TAKEN,
    document_that_swells,
    flood,
    picture,
    sandboxed,
    told_by,
)
from tests.cast import Cast
from tests.journeys.server import Site, served
from tests.proofs.figures import tell

__all__ = ["sandboxed"]
SHORT, LONG = 60, 2_000
NAMES = {"JPEG": "a.jpg", "PNG": "a.png", "WEBP": "a.webp", "HEIF": "a.heic", "PDF": "a.pdf"}
# Long, as a browser's is: what is sent must not hold it by chance.
BOUNDARY = "----boundary4f1d0c5e9b7a"
# What takes seconds to refuse is tried once in the corpus, not at each turn.
SEEDS = [content for content, *_ in (*TAKEN.values(), *REFUSED.values()) if len(content) < 500_000]


def mutant(chance: random.Random, seeds: list[bytes] = SEEDS) -> bytes:
    """One of these with some bytes changed, taken away, said twice, or of another beside."""
    content = bytearray(chance.choice(seeds))
    for _time in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(6):
            case 0 if content:
                content[at % len(content)] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randint(1, 64)]
            case 2:
                content[at:at] = chance.randbytes(chance.randint(1, 64))
            case 3:
                content[at:at] = content[at : at + chance.randint(1, 256)]
            case 4:
                other = chance.choice(seeds)
                cut = chance.randrange(len(other) + 1)
                content[at:] = other[cut : cut + 100_000]
            case _:
                number = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
                content[at : at + 4] = number
    return bytes(content)


def one(content: bytes) -> tuple[str, Taken | None]:
    """How the sandbox ended, and what was let out."""
    kind = "none"
    try:
        kind = sandbox.kind_of(content, "scan")
        code, out = sandbox.run(sandbox.command(kind), content)
        ended = "crashed inside" if code not in {0, *sandbox.ENDS} else "ended"
        try:
            return ended, sandbox.let_out(kind, code, out)
        except NotTaken:
            return ended, None
    except NotTaken:
        return "refused outside", None


def fuzz(inputs: int, seed: int) -> None:
    chance = random.Random(seed)
    began, ends, pages, told = time.monotonic(), Counter[str](), 0, set[bytes]()
    for _each in range(inputs):
        ended, taken = one(mutant(chance))
        ends[ended] += 1
        if taken is not None:
            ends["made anew"] += 1
            pages += len(taken.pages)
            for part in (taken.document, *taken.pages):
                told |= told_by(part) if part else set()
            assert all(map(sandbox.is_bare_picture, taken.pages))

    tell(
        "papers: mutants (T19)",
        f"{inputs:,} inputs, {ends['made anew']:,} made anew ({pages:,} pages), "
        f"{ends['crashed inside']:,} crashes inside, 0 outside, {len(told)} hidden things out; "
        f"{time.monotonic() - began:.0f} s",
        "1,000,000 a night, 0 crashes outside, 0 hidden things out",
    )
    assert told == set()
    assert ends["made anew"] > inputs // 50


@pytest.mark.usefixtures("sandboxed")
def test_mutants_of_the_corpus_leave_nothing_but_pages_of_ours() -> None:
    fuzz(SHORT, seed=19)


@pytest.mark.proof
@pytest.mark.usefixtures("sandboxed")
def test_many_mutants_of_the_corpus_leave_nothing_but_pages_of_ours() -> None:
    fuzz(LONG, seed=int(time.time()))


# T20, on the real server.


@contextmanager
def a_site(logs: Path) -> Iterator[tuple[Site, str, str]]:
    """The site with the cast at work, the session of one worker, and a page that takes papers."""
    said: list[str] = []

    def come_in() -> None:
        cast = Cast.gather()
        about = bar(cast, Barred(organisation_id=cast.elsewhere.pk))
        session = door.come_in(cast.ines.user_id, at=clock.now(), way="test")
        said.append(str(session.session_key))
        said.append(f"/files/{cast.maya.file_id}/papers/of/restriction/{about}/")

    with served("test_papers", logs=logs, prepare=come_in) as site:
        session, path = said
        yield site, session, path


def request(path: str, session: str, body: bytes, *, announced: int | None = None) -> bytes:
    token = "t" * 32
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {settings.STAFF_HOST}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nConnection: close\r\n"
        f"Content-Length: {announced or len(body)}\r\n\r\n"
    )
    return head.encode() + body


def form(content: bytes, name: str) -> bytes:
    token, number = "t" * 32, str(uuid4())
    fields = {"csrfmiddlewaretoken": token, "form_id": number, "words": "Les deux pages."}
    said = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    )
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="paper"; filename="{name}"\r\n\r\n'
    )
    return said + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def answer(site: Site, sent: bytes, *, wait: float = 90) -> int:
    """The status of what is answered; 0: the line was cut."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=wait) as line:
        with suppress(OSError):
            line.sendall(sent)
        try:
            said = line.recv(64)
        except OSError:
            return 0
    return int(said.split()[1]) if said.startswith(b"HTTP/1.1 ") else 0


def drip(site: Site, sent: bytes, stop: threading.Event, statuses: list[int]) -> None:
    """A paper sent a drop at a time."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", site.port), timeout=5) as line:
        line.sendall(sent[:900])
        line.settimeout(0.2)
        for drop in sent[900:2_000]:
            if stop.is_set():
                return
            line.sendall(bytes([drop]))
            with suppress(TimeoutError):
                said = line.recv(64)
                statuses.append(int(said.split()[1]) if said else 0)
                return


def memory_of(site: Site) -> int:
    """Bytes that the heaviest process of the server ever held."""
    heaviest = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, ValueError):
            words = (status.parent / "cmdline").read_bytes()
            if b"granian" in words and f"\0{site.port}\0".encode() in words:
                peak = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
                heaviest = max(heaviest, int(peak.split()[1]) * 1024)
    return heaviest


@pytest.mark.proof
@pytest.mark.usefixtures("sandboxed")
def test_floods_bombs_and_a_hundred_slow_papers_stop_nobody(
    django_db_setup: Any, django_db_blocker: Any, tmp_path: Path
) -> None:
    with django_db_blocker.unblock(), a_site(tmp_path) as (site, session, path):
        heavy = picture() + os.urandom(14_000_000)
        harmful = [
            (flood(), "a.png"), (document_that_swells(), "a.pdf"), (heavy, "a.jpg"),
            (bytes(40_000_000), "a.jpg"),
        ]  # fmt: skip
        before = memory_of(site)
        statuses = Counter(
            answer(site, request(path, session, form(*each))) for each in harmful * 5
        )
        stop, slow_said = threading.Event(), list[int]()
        whole = request(path, session, form(picture(), "a.jpg"), announced=10_000_000)
        slow = [
            threading.Thread(target=drip, args=(site, whole, stop, slow_said)) for _ in range(100)
        ]
        for each in slow:
            each.start()
        time.sleep(2)
        waited = [timed(site) for _each in range(200)]
        held = memory_of(site)
        stop.set()
        for each in slow:
            each.join(timeout=30)

    worst = quantiles(waited, n=20)[-1]
    tell(
        "papers: floods and slow papers (T20)",
        f"20 floods, bombs and heavy papers, 100 slow ones ({len(slow_said)} sent away); others’ "
        f"p95 {worst * 1_000:.0f} ms; {held / 1e6:.0f} MB at most ({before / 1e6:.0f} before)",
        "p95 < 1 s, < 512 MB a worker",
    )
    assert statuses == {422: 20}
    assert worst < 1
    assert held < 512_000_000


def timed(site: Site) -> float:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        head = f"GET /sign-in/ HTTP/1.1\r\nHost: {settings.STAFF_HOST}\r\nConnection: close\r\n\r\n"
        line.sendall(head.encode())
        said = line.recv(20)
    assert said.startswith(b"HTTP/1.1 200")
    return time.monotonic() - began
