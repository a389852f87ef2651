"""What does a region's folder say of its committees?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spheres.regions.difference import Kept
from spheres.regions.models import Committee
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Section


def check(parts: list[Part], said: Mapping[str, Any]) -> list[Committee]:
    entries = [
        part.fields("slug", "kind", "name", "mandate", "rhythm", "quorum")
        for part in parts[0].items()
    ]
    refuse_twice([entry["slug"] for entry in entries])
    kinds = {code.lower(): code for code in Committee.Kind.values}
    rhythms = {code.lower(): code for code in Committee.Rhythm.values}
    rows = []
    for position, it in enumerate(entries):
        (name_fr, name_en), (mandate_fr, mandate_en) = (
            it["name"].both(most=120),
            it["mandate"].both(most=400),
        )
        rows.append(
            Committee(
                slug=it["slug"].slug(),
                kind=kinds.get(it["kind"].choice(kinds), ""),
                name_fr=name_fr,
                name_en=name_en,
                mandate_fr=mandate_fr,
                mandate_en=mandate_en,
                rhythm=rhythms.get(it["rhythm"].choice(rhythms), ""),
                quorum=it["quorum"].number(1, 50),
                position=position,
            )
        )
    return rows


KEPT: Final = Kept("committees", "committee", Committee, "is_standing", lambda row: row.name)
SECTION: Final = Section(
    name="committees",
    file="committees.yaml",
    title=gettext_lazy("Committees"),
    check=check,
    plan=KEPT.plan,
    apply=KEPT.apply,
)
