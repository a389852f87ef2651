"""A million papers that mean harm (T19): does anything come out but pages of ours?

Each is read in the sandbox's walls, in a process that has its limits; what it answers is looked at
outside by the code of the site. The papers are small, so that a night is enough for a million.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from spheres.papers import making_anew, sandbox
from spheres.papers.sandbox import NotTaken
from spheres.papers.tests.factories import (
    EICAR,
    HTML,
    PLACE,
    document,
    document_that_acts,
    document_whose_page_tells,
    document_with_a_file_inside,
    picture,
    sandboxed,
    told_by,
    told_where,
    with_a_note,
    written,
)
from tests.proofs import papers_in_a_row
from tests.proofs.figures import tell
from tests.proofs.test_proof_papers import mutant

__all__ = ["sandboxed"]
MILLION: Final = 1_000_000
AT_ONCE: Final = 2
SMALL: Final = (24, 32)
IN_A_ROW: Final = 5_000  # then other walls: a reader that leaks must not colour what comes after
# Names as a browser, or somebody else's programme, may send them.
NAMES: Final = (
    "a.jpg", "a.pdf", "A.JPEG", "scan", "", ".", "..", "../../etc/passwd", "a.pdf.exe",
    "a.jpg\0.pdf", "é" * 300, "\u202egpj.a", "a.jpg\r\nX: y", "con", "a." + "b" * 5_000,
    "\ud800.png",
)  # fmt: skip


def small(content: bytes) -> bytes:
    """The same document on a page of a few millimetres."""
    pdf = pikepdf.Pdf.open(BytesIO(content))
    for page in pdf.pages:
        page.MediaBox = [0, 0, *SMALL]
    return written(pdf)


def seeds() -> list[bytes]:
    tells = {kind: picture(kind, size=SMALL, exif=told_where()) for kind in ("JPEG", "PNG", "WEBP")}
    tells["HEIF"] = picture("HEIF", size=SMALL, exif=told_where().tobytes())
    return [
        *tells.values(), *(picture(kind, size=SMALL) for kind in tells),
        with_a_note(HTML, tells["JPEG"]), with_a_note(EICAR, tells["PNG"]), tells["JPEG"] + PLACE,
        *map(small, (document(of=tells["JPEG"]), document(pages=2, of=picture(size=SMALL)),
                     document_that_acts(), document_whose_page_tells(),
                     document_with_a_file_inside())),
    ]  # fmt: skip


@contextmanager
def walls(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One sandbox that reads papers in a row."""
    alone, others = (
        Path(str(each.__file__)).read_text() for each in (making_anew, papers_in_a_row)
    )
    programme = folder / "in_a_row.py"
    programme.write_text(alone.partition('\nif __name__ == "__main__":')[0] + "\n\n" + others)
    inside = subprocess.Popen(
        sandbox.command("MANY", programme), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}
    )
    try:
        yield inside
    finally:
        inside.kill()
        inside.communicate()


def read_in(inside: subprocess.Popen[bytes], kind: str, content: bytes) -> tuple[int, bytes]:
    assert inside.stdin is not None
    assert inside.stdout is not None
    inside.stdin.write(papers_in_a_row.HEAD.pack(kind.ljust(4).encode(), len(content)) + content)
    inside.stdin.flush()
    ended, size = papers_in_a_row.ANSWER.unpack(inside.stdout.read(8))
    return ended, inside.stdout.read(size)


def some(inputs: int, seed: int, folder: Path) -> tuple[Counter[str], set[bytes]]:
    chance, corpus = random.Random(seed), seeds()
    ends, told = Counter[str](), set[bytes]()
    while ends["sent"] < inputs:
        with walls(folder) as inside:
            for _paper in range(min(IN_A_ROW, inputs - ends["sent"])):
                ends["sent"] += 1
                content, name = mutant(chance, corpus), chance.choice(NAMES)
                try:
                    kind = sandbox.kind_of(content, "scan" if chance.random() < 0.9 else name)
                    code, out = read_in(inside, kind, content)
                    ends["killed inside"] += code >= 256
                    ends["answers spoilt"] += (spoilt := code == 0 and chance.random() < 0.2)
                    said = mutant(chance, [out]) if spoilt else out
                    taken = sandbox.let_out(kind, code, said)
                except NotTaken:
                    ends["not taken"] += 1
                    continue
                ends["made anew"] += 1
                for part in (taken.document, *taken.pages) if not spoilt else ():
                    told |= told_by(part) if part else set()
                assert all(map(sandbox.is_bare_picture, taken.pages))
    return ends, told


def fuzz(inputs: int, seed: int, folder: Path) -> None:
    began, ends, told = time.monotonic(), Counter[str](), set[bytes]()
    for each in range(AT_ONCE):
        (folder / str(each)).mkdir()
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork")) as pool:
        parts = [
            pool.submit(some, inputs // AT_ONCE, seed + each, folder / str(each))
            for each in range(AT_ONCE)
        ]
        for part in parts:
            counted, heard = part.result()
            ends, told = ends + counted, told | heard

    tell(
        "papers: mutants in a row (T19)",
        f"{ends['sent']:,} inputs, {ends['made anew']:,} made anew, {ends['not taken']:,} not "
        f"taken, {ends['killed inside']:,} crashes inside, {ends['answers spoilt']:,} answers "
        f"spoilt on their way, 0 crashes outside, {len(told)} hidden things out; "
        f"{time.monotonic() - began:.0f} s",
        "1,000,000 a night, 0 crashes outside, 0 hidden things out",
    )
    assert told == set()
    assert ends["made anew"] > inputs // 20
    assert ends["answers spoilt"] > inputs // 200


@pytest.mark.usefixtures("sandboxed")
def test_some_mutants_in_a_row_leave_nothing_but_pages_of_ours(tmp_path: Path) -> None:
    fuzz(400, 19, tmp_path)


@pytest.mark.proof
@pytest.mark.usefixtures("sandboxed")
def test_a_million_mutants_leave_nothing_but_pages_of_ours(tmp_path: Path) -> None:
    fuzz(MILLION, int(time.time()), tmp_path)
