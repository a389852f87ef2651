"""Which texts does a region write, which ones does a page need, and which are to be looked at?

A text says in which language it was first written, whether its translation was reviewed, and when
somebody last read both. It is due when one of these is wanting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.regions.models import HelpLine, Text
from spheres.regions.reading import KEY, Part

LANGUAGES: Final = ("fr", "en")
READ_AGAIN_AFTER: Final = timedelta(days=365)
VERIFY_AGAIN_AFTER: Final = timedelta(days=90)

_needed: list[Callable[[Mapping[str, Any]], Sequence[str]]] = []


def need(keys: Callable[[Mapping[str, Any]], Sequence[str]]) -> None:
    """Whoever shows texts says which ones, knowing what the files before them said."""
    _needed.append(keys)


def check_texts(parts: list[Part], said: Mapping[str, Any]) -> list[Text]:
    """Every text of every `texts*.yaml`; what a page needs is there, and nothing is said twice."""
    found: dict[str, Part] = {}
    for file in parts:
        for key, part in file.any_fields().items():
            if key in found:
                part.fault(
                    _("«%(value)s» is already used: %(file)s, line %(line)s.")
                    % {"value": key, "file": found[key].file, "line": found[key].line}
                )
            found.setdefault(key, part)
    _note_what_is_missing(parts[0], found, said)
    rows = []
    for key, part in found.items():
        it = part.fields("fr", "en", "original", "translation", "reviewed_on")
        if not KEY.fullmatch(key) or len(key) > 64:
            part.fault(_("«%s» is not a key, as «page.text».") % key)
        rows.append(
            Text(
                key=key,
                fr=it["fr"].text(language="fr"),
                en=it["en"].text(language="en"),
                original=it["original"].choice(LANGUAGES),
                translation=it["translation"].choice(Text.Translation.values),
                reviewed_on=it["reviewed_on"].day(empty=True),
            )
        )
    return rows


def _note_what_is_missing(file: Part, found: Mapping[str, Part], said: Mapping[str, Any]) -> None:
    for keys in _needed:
        for key in keys(said):
            if key not in found:
                file.proof.note(file.file, file.line, key, _("a page shows this text: write it."))


@dataclass(frozen=True)
class Due:
    """One text or one help line that somebody is to look at, and why."""

    name: str
    why: str


def due(texts: Sequence[Text], lines: Sequence[HelpLine], *, on: date) -> Iterator[Due]:
    """What waits to be reviewed or verified on this day, in the order of the files."""
    for text in texts:
        if text.translation == Text.Translation.TO_REVIEW:
            yield Due(text.key, _("the translation is to be reviewed"))
        elif text.reviewed_on is None:
            yield Due(text.key, _("nobody said when it was reviewed"))
        elif text.reviewed_on + READ_AGAIN_AFTER < on:
            yield Due(text.key, _("it was reviewed more than a year ago"))
    for line in lines:
        if line.verification == HelpLine.Verification.TO_VERIFY or line.verified_on is None:
            yield Due(line.slug, _("this help line was never verified"))
        elif line.verified_on + VERIFY_AGAIN_AFTER < on:
            yield Due(line.slug, _("this help line was verified more than 90 days ago"))
