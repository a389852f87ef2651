"""Which topics are taught, with what, by whom, and what comes before each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import get_language

from spheres.accounts.models import Organisation, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import materials as shown
from spheres.regions import queries as regions
from spheres.training.catalogue.models import Confirmation, Material, Topic, Trainer
from spheres.ui import text

TAUGHT: Final = "topics"  # in the region's photograph: nothing personal


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


def take_taught() -> tuple[tuple[str, str, str], ...]:
    """Every topic that is taught and is not a part of another: one photograph with the region."""
    found = Topic.objects.filter(is_shown=True, part_of="").order_by("position", "slug")
    return tuple(found.values_list("slug", "title_fr", "title_en"))


def choices() -> list[tuple[str, str]]:
    """What may be asked for, without account: each topic by its title."""
    is_english = get_language() == "en"
    return [(slug, en if is_english else fr) for slug, fr, en in regions.also(TAUGHT)]


def topic(topic_id: UUID, *, actor: Actor) -> Shown | None:
    """One topic that is taught; its parts are found under it, and nowhere alone."""
    return next((one for one in topics(actor=actor) if one.row.pk == topic_id), None)


def said(topic_id: UUID, *, actor: Actor) -> Topic | None:
    """One topic for whoever was given the link of a training, even once it is offered no more."""
    context.require(actor)
    return Topic.objects.filter(pk=topic_id).first()


@dataclass(frozen=True)
class Version:
    """One version of a material, and who kept it."""

    row: Material
    who: str


@dataclass(frozen=True)
class Kept:
    """A material as it stands, with what it was before, the newest first."""

    newest: Version
    before: list[Version]


def materials(topic: str, *, actor: Actor) -> list[Kept]:
    """What serves to teach a topic, by title; each with its older versions."""
    context.require(actor)
    return _kept(topic=topic)


def material(material_id: UUID, *, actor: Actor) -> Kept | None:
    context.require(actor)
    return next(iter(_kept(material_id=material_id)), None)


def _kept(**of: object) -> list[Kept]:
    name = User.objects.filter(pk=OuterRef("written_by")).values("name")
    found: dict[UUID, list[Version]] = {}
    for row in (
        Material.objects.filter(**of).annotate(who=Subquery(name)).order_by("-version", "pk")
    ):
        found.setdefault(row.material_id, []).append(Version(row, row.who or ""))
    kept = [Kept(versions[0], versions[1:]) for versions in found.values()]
    return sorted(
        kept, key=lambda one: (text.alphabetical(one.newest.row.title), one.newest.row.pk)
    )


@dataclass(frozen=True)
class Teaching:
    """Somebody, or an organisation from outside, and what they teach."""

    row: Trainer
    name: str
    organisation: str
    is_confirmed: bool


def trainers(*, actor: Actor) -> list[Teaching]:
    """All who teach something, by name, as each last said it."""
    context.require(actor)
    newest: dict[UUID, Any] = {}
    rows = Trainer.objects.annotate(
        name=Subquery(User.objects.filter(pk=OuterRef("trainer_id")).values("name")),
        is_confirmed=Exists(Confirmation.objects.filter(said=OuterRef("pk"))),
        of_fr=_named("name_fr"),
        of_en=_named("name_en"),
    )
    for row in rows.order_by("written_at", "pk"):
        newest[row.trainer_id] = row
    found = [
        Teaching(
            row,
            row.outside or row.name or "",
            "" if row.outside else Organisation(name_fr=row.of_fr, name_en=row.of_en).name,
            bool(row.outside) or row.is_confirmed,
        )
        for row in newest.values()
    ]
    return sorted(found, key=lambda one: (text.alphabetical(one.name), one.row.trainer_id))


def _named(field: str) -> Subquery:
    return Subquery(Organisation.objects.filter(pk=OuterRef("organisation_id")).values(field))


def teaching(trainer_id: UUID, *, actor: Actor) -> Teaching | None:
    """What one person or organisation said, even that they teach no more."""
    return next((one for one in trainers(actor=actor) if one.row.trainer_id == trainer_id), None)


def shown_elsewhere(*, actor: Actor) -> list[shown.Material]:
    """Every version of each material, by title: whoever presents the programme says with which."""
    context.require(actor)
    taught = {row.slug: row.title for row in Topic.objects.order_by("pk")}
    return [
        shown.Material(
            one.row.pk,
            one.row.material_id,
            one.row.version,
            one.row.title,
            taught.get(one.row.topic, ""),
            one.row.dated_on,
            one.row.address,
            one is kept.newest,
        )
        for kept in _kept()
        for one in (kept.newest, *kept.before)
    ]
