"""What does the file `library.yaml` of a region say? Works, exactly cited, and what each is for.

A work that leaves the file is shown no more, and stays with what was noted of its link.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from spheres.partners.library.models import Component, Evidence, Language, Theme, Work
from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register

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


def found(loading: Loading) -> Difference[Work]:
    """A work that was withdrawn before and stays withdrawn is no difference."""
    for row in loading.said["library"]:
        row.id = loading.id("work", row.slug)
    asked = {row.pk for row in loading.said["library"]}
    standing = [row for row in Work.objects.all() if row.is_shown or row.pk in asked]
    return difference(loading.said["library"], standing, Work)


def plan(loading: Loading) -> list[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    seen = found(loading)
    seen.write()
    Work.objects.filter(pk__in=[row.pk for row in seen.gone]).update(is_shown=False)


register(
    Section(
        name="library",
        file="library.yaml",
        title=gettext_lazy("Library"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
