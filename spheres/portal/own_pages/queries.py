"""Which pages has she written for herself alone, and what do they say? She alone asks, inside."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.followup.exercises import queries as exercises
from spheres.followup.exercises.queries import Exercise
from spheres.portal.notebook import queries as notebook
from spheres.portal.own_pages.models import OwnPage
from spheres.sharing.inside import Inside
from spheres.sharing.rules import PRIVATE
from spheres.vault import hers

GIVEN_AS = "a-page-of-mine"  # the exercise of the region that a given page fills in
QUESTION = "page"


def pages(inside: Inside, *, key: str) -> list[OwnPage]:
    """All of them, by their titles, the newest day first."""
    found = list(_hers(inside).order_by("-written_on", "pk"))
    return _opened(inside, found, key=key, only=("title",))


def page(inside: Inside, page_id: UUID, *, key: str) -> OwnPage | None:
    """One page, whole; None when there is none such."""
    found = list(_hers(inside).filter(pk=page_id))
    return next(iter(_opened(inside, found, key=key)), None)


def count(inside: Inside) -> int:
    """How many, said to nobody else."""
    return _hers(inside).count()


def has_some(inside: Inside) -> bool:
    return _hers(inside).exists()


def given_as() -> Exercise | None:
    """What a given page becomes: an exercise of her plan, in her hand."""
    return exercises.newest_of(GIVEN_AS)


def _hers(inside: Inside) -> QuerySet[OwnPage]:
    context.require(inside.actor)
    return OwnPage.objects.filter(file_id=inside.file_id)


def _opened(
    inside: Inside, found: list[OwnPage], *, key: str, only: tuple[str, ...] = ()
) -> list[OwnPage]:
    pages_key = notebook.held(inside, key=key).pages_key
    hers.open(found, key=pages_key, by=inside.actor, sections=[PRIVATE], only=only)
    return found
