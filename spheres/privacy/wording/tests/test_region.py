"""What does a region's folder say in letters, and what does it keep of what it said before?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from spheres.privacy.wording import region
from spheres.privacy.wording.models import RegionalWording
from spheres.regions import lexicon
from spheres.regions.reading import Proof, read
from spheres.regions.registry import Change, Kind, Loading
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting

pytestmark = pytest.mark.django_db
ENTRY = """
- letter: {letter}
  paragraph: {paragraph}
  fr: {fr}
  en: {en}
  counsel_on: {counsel_on}
"""
WHOLE = {
    "letter": "answer", "paragraph": "recourse", "fr": "Écrivez-nous.", "en": "Write to us.",
    "counsel_on": "2026-01-05",
}  # fmt: skip


def said(folder: Path, *entries: dict[str, str]) -> tuple[list[RegionalWording], list[str]]:
    """What a file says, and its faults."""
    path, proof = folder / "letters.yaml", Proof(lexicon.read())
    path.write_text("".join(ENTRY.format(**entry) for entry in entries), encoding="utf-8")
    part = read(path, "letters.yaml", proof) if entries else None
    named = SimpleNamespace(programme=("Programme Éclaircie", "Éclaircie Program"))
    rows = region.check([part] if part else [], {"region": named})
    return rows, [str(fault) for fault in proof.faults]


def load(folder: Path, *entries: dict[str, str], at: datetime) -> list[Change]:
    rows, faults = said(folder, *entries)
    assert faults == []
    loading = Loading("demo", {"letters": rows}, LOADER, at, at)
    with acting(LOADER, at):
        changes = region.plan(loading)
        region.apply(loading)
    return changes


def kept() -> list[tuple[str, date | None, datetime]]:
    return list(
        RegionalWording.objects.order_by("since_at").values_list("fr", "counsel_on", "since_at")
    )


def test_what_it_says_anew_or_no_more_is_another_row(cast: Cast, tmp_path: Path) -> None:
    anew = {**WHOLE, "fr": "Dites-le-nous.", "counsel_on": '""'}
    third, fourth = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)

    changes = [
        load(tmp_path, WHOLE, at=MONDAY),
        load(tmp_path, WHOLE, at=MONDAY + timedelta(hours=1)),
        load(tmp_path, anew, at=TUESDAY),
        load(tmp_path, at=third),
        load(tmp_path, WHOLE, at=fourth),
    ]

    name, day = "answer.recourse", date(2026, 1, 5)
    assert [[(one.kind, one.name) for one in each] for each in changes] == [
        [(Kind.ADDED, name)], [], [(Kind.CHANGED, name)], [(Kind.REMOVED, name)],
        [(Kind.ADDED, name)],
    ]  # fmt: skip
    with acting(cast.ines, fourth):
        assert kept() == [
            ("Écrivez-nous.", day, MONDAY), ("Dites-le-nous.", None, TUESDAY), ("", None, third),
            ("Écrivez-nous.", day, fourth),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"letter": "missive"}, "missive"),
        ({"paragraph": "greeting"}, "greeting"),
        ({"fr": "'Le {jour}.'"}, "{jour}"),
        ({"fr": "La cliente écrit."}, "cliente"),
        ({"fr": "Écrivez à Éclaircie."}, "Éclaircie"),
        ({"en": '""'}, "ligne 5, en"),
    ],
)
def test_a_fault_is_said_where_it_is(tmp_path: Path, wrong: dict[str, str], sentence: str) -> None:
    _rows, faults = said(tmp_path, {**WHOLE, **wrong})

    assert len(faults) == 1
    assert "letters.yaml" in faults[0]
    assert sentence in faults[0]


def test_a_paragraph_is_said_once(tmp_path: Path) -> None:
    _rows, faults = said(tmp_path, WHOLE, WHOLE)

    assert len(faults) == 1
    assert "ligne 8" in faults[0]
