"""What does the file `charter.yaml` of a region say? The charter of values that each accepts.

Other words are another charter: what somebody accepted is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy

from spheres.partners.joining.models import Charter
from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[Charter]:
    rows = []
    for part in parts:
        it = part.fields("number", "since", "words")
        words_fr, words_en = it["words"].both()
        number = it["number"].number(1, 999)
        since = it["since"].day() or date.min  # a fault was noted
        rows.append(Charter(number=number, since_on=since, words_fr=words_fr, words_en=words_en))
    return rows


def found(loading: Loading) -> Difference[Charter]:
    for row in loading.said["charter"]:
        words = sha256(f"{row.words_fr}\n{row.words_en}\n{row.since_on}".encode()).hexdigest()
        row.id = loading.id("charter", f"{row.number}-{words}")
    asked = [row.pk for row in loading.said["charter"]]
    standing = Charter.objects.filter(pk__in=asked)
    return difference(loading.said["charter"], standing, Charter)


def plan(loading: Loading) -> list[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    found(loading).write()


register(
    Section(
        name="charter",
        file="charter.yaml",
        title=gettext_lazy("Charter of values"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
