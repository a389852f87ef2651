"""Which topics are taught, which are parts of another, and what comes before each?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.training.catalogue.models import Topic


@dataclass(frozen=True)
class Shown:
    """A topic as the catalogue shows it: with its parts, and what is to be known before it."""

    row: Topic
    parts: list[Topic]
    after: list[Topic]


def topics(*, actor: Actor) -> list[Shown]:
    """Every topic that is taught, in the order of the region’s files."""
    context.require(actor)
    rows = list(Topic.objects.filter(is_shown=True).order_by("position", "slug"))
    by_slug = {row.slug: row for row in rows}
    return [
        Shown(
            row,
            [part for part in rows if part.part_of == row.slug],
            [by_slug[slug] for slug in row.after if slug in by_slug],
        )
        for row in rows
        if not row.part_of
    ]


def topic(topic_id: UUID, *, actor: Actor) -> Shown | None:
    """One topic that is taught; its parts are found under it, and nowhere alone."""
    return next((one for one in topics(actor=actor) if one.row.pk == topic_id), None)


def said(topic_id: UUID, *, actor: Actor) -> Topic | None:
    """One topic for whoever was given the link of a training, even once it is offered no more."""
    context.require(actor)
    return Topic.objects.filter(pk=topic_id).first()
