"""How does the proof of the police read, in both languages, for whoever signs the agreement?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format

REPORT = Path(settings.ROOT) / "docs" / "proofs" / "police.md"


def publish(**figures: float) -> None:
    """The report, with what was measured."""
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(text.format(fr=written(figures, "fr-ca"), en=written(figures, "en")), "utf-8")


def written(figures: Mapping[str, float], language: str) -> dict[str, str]:
    """Each figure as it is written in a language: 44 664 and 20,95, or 44,664 and 20.95."""
    with translation.override(language):
        return {
            name: number_format(one, 0 if isinstance(one, int) else 2, force_grouping=True)
            for name, one in figures.items()
        }
