"""What do these tests stand on? The resources of the fictional region, which the cast lives in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import translation

from spheres.core.actor import Actor
from spheres.directory import queries
from spheres.directory.models import Resource
from spheres.directory.queries import Wish
from spheres.regions.models import identifier
from tests.cast import MONDAY, Cast, acting

BEDS, SHELTER, DROP_IN = "auberge-du-quai-nuit", "maison-la-source", "passerelle-halte"


def resource_id(slug: str) -> UUID:
    return identifier("demo", "resource", slug)


def resource(cast: Cast, slug: str, actor: Actor | None = None) -> Resource:
    with acting(actor or cast.ines) as who:
        found = queries.resource(resource_id(slug), actor=who)
    assert found is not None
    return found


def found(cast: Cast, words: str = "", *, at: datetime = MONDAY, **asked: object) -> list[str]:
    """The short names of what answers, in order."""
    with acting(cast.ines, at), translation.override("fr"):
        wish = Wish(words=words, **asked)  # type: ignore[arg-type]
        answer = queries.answering(wish, actor=cast.ines, at=at)
    return [one.slug for one in answer.resources]
