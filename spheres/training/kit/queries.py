"""What does the kit hold? What is taught and asked today; of materials, their newest version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from spheres.core import context
from spheres.core.actor import Actor
from spheres.training.catalogue.models import Material, Topic
from spheres.training.learning.models import QuestionSet


@dataclass(frozen=True)
class Kit:
    """What another region would receive; who wrote and who teaches is in none of it."""

    topics: list[Topic]
    questions: list[QuestionSet]
    materials: list[Material]


def kit(*, actor: Actor) -> Kit:
    """In the order of the region’s files; materials by topic and title."""
    context.require(actor)
    topics = list(Topic.objects.filter(is_shown=True).order_by("position", "slug"))
    taught = [row.slug for row in topics]
    questions = QuestionSet.objects.filter(is_offered=True, slug__in=taught)
    versions = Material.objects.filter(topic__in=taught).order_by("version")
    newest = {row.material_id: row for row in versions}.values()
    # Another region knows a material by its topic, its language and its title.
    known = {(row.topic, row.language, row.title): row for row in sorted(newest, key=_day)}
    return Kit(
        topics,
        list(questions.order_by("position", "slug")),
        sorted(known.values(), key=lambda row: (taught.index(row.topic), row.title, row.language)),
    )


def _day(row: Material) -> tuple[date, int, str]:
    return row.dated_on, row.version, str(row.pk)


def newest_versions(*, actor: Actor) -> dict[str, int]:
    """The highest version that ever stood of each set of questions, offered still or not."""
    context.require(actor)
    found = QuestionSet.objects.values_list("slug").annotate(newest=Max("version"))
    return dict(found.order_by("slug"))
