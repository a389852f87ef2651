"""What does a region's folder say in the letters of its organisations?

What it says anew is another row: a letter of an earlier day still reads what stood that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.privacy.wording import checking
from spheres.privacy.wording.models import RegionalWording
from spheres.records import wording
from spheres.records.wording import LANGUAGES
from spheres.regions.reading import Fields, Part
from spheres.regions.registry import Change, Kind, Loading, Section, register

SAID: Final = ("fr", "en", "counsel_on")


def check(parts: list[Part], said: Mapping[str, Any]) -> list[RegionalWording]:
    """Each entry: a paragraph that some letter has, in words that it may say."""
    region = said.get("region")
    programme = tuple(region.programme) if region else ()
    found: dict[tuple[str, str], RegionalWording] = {}
    for part in parts[0].items() if parts else []:
        it = part.fields("letter", "paragraph", "fr", "en", optional=("counsel_on",))
        row = _row(it, programme)
        if (row.letter, row.paragraph) in found:
            part.fault(_("this paragraph is already said above."))
        found[row.letter, row.paragraph] = row
    return list(found.values())


def _row(it: Fields, programme: tuple[str, ...]) -> RegionalWording:
    letter, paragraph, texts = paragraph_said(it, programme)
    counsel_on: date | None = it["counsel_on"].day(empty=True) if "counsel_on" in it else None
    return RegionalWording(letter=letter, paragraph=paragraph, counsel_on=counsel_on, **texts)


def paragraph_said(it: Fields, programme: tuple[str, ...]) -> tuple[str, str, dict[str, str]]:
    """Which paragraph of which letter an entry names, and its words, as a letter may say them."""
    letters = {one.code: one for one in wording.letters()}
    letter = it["letter"].choice(letters)
    codes = {one.code: one for one in letters[letter].paragraphs} if letter in letters else {}
    code = it["paragraph"].choice(codes) if codes else ""
    texts = {name: it[name].text(most=checking.MOST, language=name) for name in LANGUAGES}
    for name, text in texts.items() if code in codes else ():
        for sentence in checking.findings(codes[code], text, "", programme=programme):
            it[name].fault(sentence)
    return letter, code, texts


def found(loading: Loading) -> list[tuple[Kind, RegionalWording]]:
    """What differs from what stands; what the folder says no more is said so."""
    standing = {
        (row.letter, row.paragraph): row
        for row in RegionalWording.objects.order_by("since_at", "pk")
    }
    differing = []
    wanted = {(row.letter, row.paragraph): row for row in loading.said["letters"]}
    for key, row in wanted.items():
        before = standing.get(key)
        if before is None or any(getattr(row, name) != getattr(before, name) for name in SAID):
            is_new = before is None or not before.fr
            differing.append((Kind.ADDED if is_new else Kind.CHANGED, row))
    for (letter, paragraph), before in standing.items():
        if before.fr and (letter, paragraph) not in wanted:
            silent = RegionalWording(letter=letter, paragraph=paragraph)
            differing.append((Kind.REMOVED, silent))
    return differing


def plan(loading: Loading) -> list[Change]:
    return [Change(kind, str(row)) for kind, row in found(loading)]


def apply(loading: Loading) -> None:
    rows = []
    for _kind, row in found(loading):
        row.id = loading.id("wording", f"{row} {loading.at.isoformat()}")
        row.since_at = loading.at
        rows.append(row)
    RegionalWording.objects.bulk_create(rows)


register(
    Section(
        name="letters",
        file="letters.yaml",
        title=gettext_lazy("Words of letters"),
        check=check,
        plan=plan,
        apply=apply,
        is_said_by_none=True,
    )
)
