"""What comes out of the sandbox, whatever is sent in? (T19)"""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from spheres.papers import making_anew, sandbox
from spheres.papers.sandbox import NotTaken, Taken, take_in
from spheres.papers.tests.factories import (
    HIDDEN,
    REFUSED,
    TAKEN,
    document,
    document_in_inks,
    document_that_swells,
    drawn,
    picture,
    sandboxed,
    told_by,
    told_where,
    with_a_note,
)
from spheres.records import documents
from tests.proofs.figures import tell

__all__ = ["sandboxed"]
pytestmark = pytest.mark.usefixtures("sandboxed")


def parts_of(taken: Taken) -> list[bytes]:
    return [*([taken.document] if taken.document else []), *taken.pages]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_said_why(name: str) -> None:
    content, called, reason = REFUSED[name]

    with pytest.raises(NotTaken) as refusal:
        take_in(content, called)

    assert refusal.value.reason == reason


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_made_anew_and_tells_nothing_of_what_it_hid(name: str) -> None:
    content, called = TAKEN[name]

    taken = take_in(content, called)

    assert {word for part in parts_of(taken) for word in told_by(part)} == set()
    assert all(page.startswith(b"\xff\xd8\xff\xe0") for page in taken.pages)
    assert [Image.open(BytesIO(page)).format for page in taken.pages] == ["JPEG"] * len(taken.pages)
    assert bool(taken.document) == content.startswith(b"%PDF-")


def test_the_search_sees_what_is_hidden() -> None:
    sent = {word for content, _name in TAKEN.values() for word in told_by(content)}

    assert sent == set(HIDDEN)


def test_a_page_is_still_read_once_it_is_made_anew() -> None:
    [page] = take_in(picture("PNG"), "a.png").pages
    [drawn_page] = take_in(document(), "a.pdf").pages

    seen = Image.open(BytesIO(page)).convert("L")
    assert seen.size == (600, 800)
    assert (seen.getpixel((300, 100)) < 10, seen.getpixel((300, 130))) == (True, 255)
    again = Image.open(BytesIO(drawn_page)).convert("L")
    assert again.size == (1275, 1651)
    assert again.getpixel((637, 206)) < 60
    assert again.getpixel((637, 260)) > 240


def test_an_honest_document_looks_and_reads_as_it_did() -> None:
    said = {
        "title": "Autorisation", "language": "fr",
        "parts": [{"title": "Ce que j’autorise", "lines": ["Une sortie, un mardi d’été."] * 5}],
    }  # fmt: skip
    sent = documents.typeset(said, documents.PAPER / "sheet.typ")

    before, after = (
        pypdfium2.PdfDocument(one)[0] for one in (sent, take_in(sent, "a.pdf").document)
    )
    assert before.render(scale=2).to_pil().tobytes() == after.render(scale=2).to_pil().tobytes()
    read = [page.get_textpage().get_text_range() for page in (before, after)]
    assert read[0] == read[1]
    assert "Une sortie, un mardi d’été." in read[0]


@pytest.mark.parametrize("decode", [(), (1, 0) * 4])
def test_a_photograph_in_inks_keeps_its_colours_whichever_way_they_are_said(
    decode: tuple[int, ...],
) -> None:
    sent = document_in_inks(*decode)

    before, after = (
        pypdfium2.PdfDocument(one)[0].render(scale=1).to_pil().convert("RGB").getpixel((300, 400))
        for one in (sent, take_in(sent, "a.pdf").document)
    )
    # Inks become lights by two ways of reckoning: near, and never the negative.
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < 60


def test_a_picture_that_was_held_sideways_stands_upright() -> None:
    turned = told_where()
    turned[0x0112] = 6
    kept = BytesIO()
    drawn((600, 800)).save(kept, "JPEG", exif=turned)

    [page] = take_in(kept.getvalue(), "a.jpg").pages

    assert Image.open(BytesIO(page)).size == (800, 600)


def test_a_large_picture_is_made_as_small_as_a_letter_page_at_300_dots() -> None:
    [page] = take_in(picture(size=(5_000, 7_000)), "a.jpg").pages

    assert Image.open(BytesIO(page)).size == (2506, 3508)


def test_what_swells_is_stopped_and_said_to_be_unreadable() -> None:
    bomb = document_that_swells()
    assert len(bomb) < 5_000_000

    with pytest.raises(NotTaken) as refusal:
        take_in(bomb, "a.pdf")

    assert refusal.value.reason == sandbox.UNREADABLE


INSIDE = {
    "no network": (
        "import socket; socket.create_connection(('192.0.2.1', 80), 2)",
        "OSError: [Errno 101] Network is unreachable",
    ),
    "no name that is looked up": (
        "import socket; socket.getaddrinfo('example.org', 80)",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
    ),
    "no service of this machine": (
        "import socket; socket.create_connection(('127.0.0.1', PORT), 2)",
        "ConnectionRefusedError: [Errno 111] Connection refused",
    ),
    "no file of ours": (
        f"open({making_anew.__file__!r})",
        f"FileNotFoundError: [Errno 2] No such file or directory: {making_anew.__file__!r}",
    ),
    "no list of who is on this machine": (
        "open('/etc/passwd')",
        "FileNotFoundError: [Errno 2] No such file or directory: '/etc/passwd'",
    ),
    "nothing to write": (
        "open('/a', 'w')",
        "OSError: [Errno 30] Read-only file system: '/a'",
    ),
    "nothing to write among the readers": (
        "open('/readers/a', 'w')",
        "OSError: [Errno 30] Read-only file system: '/readers/a'",
    ),
    "no file beyond an empty one": (
        "open('/dev/shm/a', 'w').write('a' * 10_000)",
        "OSError: [Errno 27] File too large",
    ),
    "no memory beyond": ("bytearray(600_000_000)", "MemoryError"),
    "no way out through another namespace": (
        "import ctypes; ctypes.CDLL(None, use_errno=True).unshare(0x10000000) == 0 or "
        "sys.exit(str(ctypes.get_errno()))",
        "28",
    ),
    "nothing beside three processes": (
        "import resource; sys.exit(str(resource.getrlimit(resource.RLIMIT_NPROC)))",
        "(3, 3)",
    ),
    "nobody who may do more": ("import os; os.setuid(0)",
                               "OSError: [Errno 22] Invalid argument"),
}  # fmt: skip


@pytest.mark.parametrize("what", INSIDE)
def test_inside_there_is(what: str) -> None:
    words, error = INSIDE[what]
    hold = f"sys.path.insert(0, '/'); import programme; programme.hold({sandbox.MEMORY}, 20)"
    with socket.create_server(("127.0.0.1", 0)) as here:
        words = words.replace("PORT", str(here.getsockname()[1]))
        ended = subprocess.run(
            [
                *sandbox.walls(sandbox.PROGRAMME), "-I", "-S", "-B", "-c",
                f"import sys; {hold}\n{words}",
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        here.settimeout(0.1)
        with pytest.raises(TimeoutError):
            here.accept()

    assert (ended.returncode, ended.stderr.strip().splitlines()[-1]) == (1, error)


@contextmanager
def taken_over(tmp_path: Path, out: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In the place of our programme, one that says what it likes."""
    programme = tmp_path / "programme.py"
    programme.write_text(f"import sys; sys.stdout.buffer.write({out!r})")
    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "PROGRAMME", programme)
        yield


def as_said(*parts: bytes) -> bytes:
    out = len(parts).to_bytes(4, "big")
    return out + b"".join(len(one).to_bytes(4, "big") + one for one in parts)


PAGE = picture()
LIES = {
    "nothing": (picture(), b""),
    "no part": (picture(), as_said()),
    "a page of ours that is none": (picture(), as_said(b"<html>")),
    "a page with a note": (picture(), as_said(with_a_note(b"x"))),
    "a page with something after it": (picture(), as_said(PAGE + b"PK")),
    "a second page that is none": (picture(), as_said(PAGE, b"MZ")),
    "more than it announced": (picture(), as_said(PAGE) + b"x"),
    "less than it announced": (picture(), as_said(PAGE)[:-1]),
    "a PDF of a picture": (picture(), as_said(b"%PDF-", PAGE)),
    "no copy of a PDF": (document(), as_said(PAGE)),
    "a copy that is no PDF": (document(), as_said(b"MZ", PAGE)),
}


@pytest.mark.parametrize("lie", LIES)
def test_whoever_took_the_inside_over_is_not_believed(
    lie: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, out = LIES[lie]
    name = "a.pdf" if sent.startswith(b"%PDF-") else "a.jpg"

    with taken_over(tmp_path, out, monkeypatch), pytest.raises(NotTaken) as refusal:
        take_in(sent, name)

    assert refusal.value.reason == sandbox.UNREADABLE


def test_the_truth_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with taken_over(tmp_path, as_said(PAGE), monkeypatch):
        assert take_in(picture(), "a.jpg").pages == (PAGE,)


def test_where_the_sandbox_does_not_run_no_paper_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox._runs.cache_clear()
    sandbox.walls.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        with pytest.raises(NotTaken) as refusal:
            take_in(picture(), "a.jpg")
    finally:
        sandbox._runs.cache_clear()
        sandbox.walls.cache_clear()

    assert refusal.value.reason == sandbox.NOT_NOW


def test_a_sandbox_without_one_of_its_walls_is_no_sandbox() -> None:
    whole = sandbox.walls(sandbox.PROGRAMME)
    ours = Path(sandbox.__file__).parents[2]
    lets_our_files_in = (*whole[:-1], "--ro-bind", str(ours), str(ours), whole[-1])
    open_to_the_network = tuple(word for word in whole if word != "--unshare-net")
    as_somebody = tuple(word if word != "65534" else "1" for word in whole)

    assert sandbox.is_closed(whole)
    assert not sandbox.is_closed(open_to_the_network)
    assert not sandbox.is_closed(as_somebody)
    assert not sandbox.is_closed(lets_our_files_in)


def test_what_takes_too_long_or_says_too_much_is_stopped() -> None:
    inside = [*sandbox.walls(sandbox.PROGRAMME), "-I", "-S", "-c"]

    slow = sandbox.run([*inside, "import time; time.sleep(60)"], b"x", seconds=1)
    loud = sandbox.run(
        [*inside, "import sys\nwhile True: sys.stdout.write('a' * 1_000_000)"], b"x", seconds=20
    )
    deaf = sandbox.run([*inside, "pass"], bytes(5_000_000))

    assert slow == (making_anew.UNREADABLE, b"")
    assert loud == (making_anew.UNREADABLE, b"")
    assert deaf == (0, b"")


def test_the_corpus_in_figures() -> None:
    tell(
        "papers: corpus",
        f"{len(REFUSED) + len(TAKEN) + 1} papers, {len(TAKEN)} made anew, "
        f"{len(HIDDEN)} things hidden, 0 of them out",
        "0 EXIF or GPS bytes out, 0 scripts, 0 files inside",
    )
