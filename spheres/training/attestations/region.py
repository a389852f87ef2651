"""What does the file `asked_topics.yaml` of a region say? Which trainings open files, and where.

An entry without an organisation is for all those that no other entry names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.training.attestations.models import AskedTopics

ALL = "all"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[tuple[str, list[str], list[str]]]:
    """Each organisation once, with topics that `topics.yaml` names."""
    entries = [
        each.fields("organisation", "begin", "renew") for part in parts for each in part.items()
    ]
    refuse_twice([entry["organisation"] for entry in entries])
    places = {ALL, *(one.slug for one in said.get("organisations", []) if not one.parent)}
    topics = [row.slug for row in said.get("topics", [])]
    return [
        (
            it["organisation"].choice(
                places, _("an organisation that is part of no other, or all")
            ),
            it["begin"].choices(topics),
            it["renew"].choices(topics),
        )
        for it in entries
    ]


def found(loading: Loading) -> Difference[AskedTopics]:
    rows = [
        AskedTopics(
            id=loading.id("asked topics", slug),
            organisation_id=None if slug == ALL else _organisation(loading, slug),
            begin=begin,
            renew=renew,
        )
        for slug, begin, renew in loading.said["asked_topics"]
    ]
    asked = {row.pk for row in rows}
    standing = [row for row in AskedTopics.objects.order_by("pk") if row.begin or row.pk in asked]
    return difference(rows, standing, AskedTopics)


def _organisation(loading: Loading, slug: str) -> UUID:
    return loading.id("organisation", slug)


def plan(loading: Loading) -> list[Change]:
    return found(loading).changes(str, gone=Kind.REMOVED)


def apply(loading: Loading) -> None:
    seen = found(loading)
    seen.write()
    AskedTopics.objects.filter(pk__in=[row.pk for row in seen.gone]).update(begin=[], renew=[])


register(
    Section(
        name="asked_topics",
        file="asked_topics.yaml",
        title=gettext_lazy("Trainings to begin with, and each year"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
