"""What does the file `topics.yaml` of a region say? What is taught, and how long it holds.

A topic that leaves the file is offered no more, and stays, with what was taught under its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.training.catalogue.models import Language, Topic

FIELDS = ("slug", "kind", "title", "aims", "minutes", "languages", "valid_months")
OPTIONAL = ("part_of", "after", "recommended")


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[Topic]:
    entries = [each.fields(*FIELDS, optional=OPTIONAL) for part in parts for each in part.items()]
    refuse_twice([entry["slug"] for entry in entries])
    slugs = [entry["slug"].slug() for entry in entries]
    kinds = {code.lower(): code for code in Topic.Kind.values}
    rows = []
    for position, it in enumerate(entries):
        title_fr, title_en = it["title"].both(most=120)
        aims = [aim.both(most=200) for aim in it["aims"].items()]
        rows.append(
            Topic(
                slug=slugs[position],
                part_of=_before(it["part_of"], slugs[:position]) if "part_of" in it else "",
                position=position,
                kind=kinds.get(it["kind"].choice(kinds), ""),
                is_recommended=it["recommended"].yes() if "recommended" in it else False,
                title_fr=title_fr,
                title_en=title_en,
                aims_fr=[aim[0] for aim in aims],
                aims_en=[aim[1] for aim in aims],
                minutes=it["minutes"].number(15, 2400),
                after=[_before(each, slugs[:position]) for each in it["after"].items()]
                if "after" in it
                else [],
                languages=it["languages"].choices(Language.values),
                valid_months=it["valid_months"].number(0, 120),
            )
        )
    return rows


def _before(named: Part, known: list[str]) -> str:
    """A topic named by another stands above it in the file: so none waits for itself."""
    slug = named.slug()
    if slug not in known:
        named.fault(_("no topic above has this name"))
    return slug


def found(loading: Loading) -> Difference[Topic]:
    """A topic that was withdrawn before and stays withdrawn is no difference."""
    for row in loading.said["topics"]:
        row.id = loading.id("topic", row.slug)
    asked = {row.pk for row in loading.said["topics"]}
    standing = [row for row in Topic.objects.all() if row.is_shown or row.pk in asked]
    return difference(loading.said["topics"], standing, Topic)


def plan(loading: Loading) -> list[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    seen = found(loading)
    seen.write()
    Topic.objects.filter(pk__in=[row.pk for row in seen.gone]).update(is_shown=False)


register(
    Section(
        name="topics",
        file="topics.yaml",
        title=gettext_lazy("Training topics"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
