"""Does any line that may leave, in any region or language, tell somebody else anything? (T34)"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from spheres.followup.reaching import policy

REGIONS = sorted(settings.ROOT.glob("regions/*/region.yaml"))
# By other means than the policy's own list: what the proof names, as plain substrings.
NEVER = ("exploitation", "sexe", "sexual", "police", "suivi", "follow-up", "programme", "program")
DIGITS_OR_LINKS = re.compile(r"\d|://|www\.|@|\.(?:ca|com|org)\b")
LONGEST = 70  # one line of a telephone's notice


def said(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def lines_of(folder: Path) -> list[tuple[str, str, str]]:
    """Each line of one region: its code, its language, its words."""
    lists = yaml.safe_load((folder / "vocabularies.yaml").read_text(encoding="utf-8"))
    (terms,) = [each["terms"] for each in lists if each["slug"] == "neutral_lines"]
    return [(term["code"], language, term[language]) for term in terms for language in ("fr", "en")]


def names_of(folder: Path) -> tuple[str, ...]:
    """What the region and those who work in it are called: none of it may be in a line."""
    region = said(folder / "region.yaml")
    return (*region["programme"].values(), *region["name"].values())


def telling(words: str, names: tuple[str, ...]) -> list[str]:
    found = [word for word in NEVER if word in words.casefold()]
    found += DIGITS_OR_LINKS.findall(words)
    found += [name for name in names if name.casefold() in words.casefold()]
    return found + policy.telling_words(words, names=names)


@pytest.mark.parametrize("region", REGIONS, ids=lambda path: path.parent.name)
def test_no_line_tells_who_speaks_or_of_what(region: Path) -> None:
    lines, names = lines_of(region.parent), names_of(region.parent)

    assert [(code, language, telling(words, names)) for code, language, words in lines
            if telling(words, names)] == []  # fmt: skip
    assert [words for _, _, words in lines if len(words) > LONGEST or "\n" in words] == []
    assert len(lines) == 20


def test_both_regions_are_read() -> None:
    assert [path.parent.name for path in REGIONS] == ["demo", "montreal"]


@pytest.mark.parametrize(
    "planted",
    ["Ton suivi t’attend", "La police est là", "Voir www.exemple.org", "Au 3e étage", "Éclaircie?"],
)
def test_a_line_that_tells_is_seen(planted: str) -> None:
    assert telling(planted, ("Programme Éclaircie",)) != []
