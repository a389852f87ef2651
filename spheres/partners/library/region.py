"""What does the file `library.yaml` of a region say? Works, exactly cited, and what each is for.

A work that leaves the file is shown no more, and stays with what was noted of its link.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spheres.partners.library.models import Component, Evidence, Language, Theme, Work
from spheres.regions.difference import Kept
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Section, register

FIELDS = ("slug", "citation", "evidence", "languages", "themes", "components", "about")


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[Work]:
    entries = [each.fields(*FIELDS) for part in parts for each in part.items()]
    refuse_twice([entry["slug"] for entry in entries])
    kinds = {code.lower(): code for code in Evidence.values}
    themes = {code.lower(): code for code in Theme.values}
    components = {code.lower(): code for code in Component.values}
    rows = []
    for it in entries:
        about_fr, about_en = it["about"].both(most=400)
        rows.append(
            Work(
                slug=it["slug"].slug(),
                citation=it["citation"].text(most=600),
                evidence=kinds.get(it["evidence"].choice(kinds), ""),
                languages=it["languages"].choices(Language.values),
                themes=[themes[code] for code in it["themes"].choices(themes)],
                components=[components[code] for code in it["components"].choices(components)],
                about_fr=about_fr,
                about_en=about_en,
            )
        )
    return rows


KEPT: Final = Kept("library", "work", Work, "is_shown")
register(
    Section(
        name="library",
        file="library.yaml",
        title=gettext_lazy("Library"),
        check=check,
        plan=KEPT.plan,
        apply=KEPT.apply,
    )
)
