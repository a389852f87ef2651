"""Does every picture go through one frame, beside its table, without an arrow and without red?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.utils.safestring import SafeString

from spheres.ui import pictures
from tests.architecture.source import ROOT

# Drawn for a machine to read, or a drawing beside its own words; each with its reason.
ELSEWHERE: Final = {
    "spheres/accounts/templates/accounts/bridge.html": "squares that a telephone reads",
    "spheres/ui/templates/ui/glyph.html": "a drawing that says no word: hidden from voices",
    "spheres/followup/activities/templates/activities/face.html": "a face beside its own word",
    "spheres/followup/exercises/templates/exercises/over_time.html": "signs of a legend, in words",
    "spheres/public/templates/public/drawing.html": "a landscape beside words: hidden from voices",
    "spheres/ui/pictures.py": "the frame itself",
}
CSS: Final = ROOT / "spheres" / "ui" / "static" / "ui" / "css" / "components"
KINDS: Final = (
    "wheel",
    "stage-picture",
    "net-picture",
    "bars",
    "time-picture",
    "trail-picture",
    "ties-picture",
    "offers-picture",
    "spread-picture",
)
RED: Final = re.compile(r"destroy|\bred\b|#f00|crimson", re.IGNORECASE)
ARROW: Final = re.compile(r"<marker|marker-(?:end|start|mid)|[←-⇿➔-➾▲▼]", re.IGNORECASE)


def sources() -> Iterator[tuple[str, str]]:
    """The code and the templates, without the tests."""
    for path in sorted((ROOT / "spheres").rglob("*")):
        if path.suffix in {".py", ".html"} and "tests" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def drawing_files() -> list[Path]:
    """Where shapes are drawn: what fills a frame."""
    return [
        ROOT / name
        for name, text in sources()
        if "pictures.framed(" in text or "{% picture " in text
    ]


def test_every_picture_goes_through_the_one_frame() -> None:
    assert {name for name, text in sources() if re.search(r"<svg\b", text)} == set(ELSEWHERE)
    for name in set(ELSEWHERE) - {"spheres/ui/pictures.py"}:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert 'aria-hidden="true"' in text or 'aria-label="' in text, name


def test_a_frame_has_a_title_and_is_read_aloud() -> None:
    drawn = pictures.framed(
        SafeString("<path/>"), kind="wheel", name="w", width=3, height=4, title="<T>", said="A & B"
    )

    assert drawn == (
        '<svg class="wheel" viewBox="0 0 3 4" role="img" aria-labelledby="w-title w-said">'
        '<title id="w-title">&lt;T&gt;</title><desc id="w-said">A &amp; B</desc><path/></svg>'
    )
    for title, said in (("", "A"), ("T", " ")):
        with pytest.raises(ValueError, match="read aloud"):
            pictures.framed(
                SafeString(""), kind="w", name="w", width=1, height=1, title=title, said=said
            )


def test_no_picture_has_an_arrow() -> None:
    found = drawing_files()

    assert len(found) >= 4
    assert [each.name for each in found if ARROW.search(each.read_text(encoding="utf-8"))] == []


def test_no_picture_uses_red() -> None:
    """Of the sheets of style: every line that dresses a shape of a picture."""
    shapes = {
        one
        for each in drawing_files()
        for held in re.findall(r'class="([\w -]+)"', each.read_text(encoding="utf-8"))
        for one in held.split()
    } | set(KINDS)
    dressed = [
        line
        for sheet in sorted(CSS.glob("*.css"))
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if set(re.findall(r"\.([\w-]+)", line)) & shapes
    ]

    assert dressed
    assert [line for line in dressed if RED.search(line)] == []
