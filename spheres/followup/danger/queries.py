"""How is a danger found: by its author, by who tells her, by who looks at it again?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.danger.models import Addition, Danger, Directive, Telling
from spheres.participants import queries as participants
from spheres.records import spoken
from spheres.records.between.telling import CALL
from spheres.records.spoken import Shapes, Spoken
from spheres.sharing.models import Disclosure

Found = Spoken
SHAPES: Final = Shapes(Danger, Addition, Telling, (CALL,))
TO_TELL: Final = "dangers, to tell her"
TO_TELL_HER: Final = SHAPES.to_tell(f"d.file_id in ({participants.MY_FILES})")
# After such a call, whoever made it is offered a moment for herself.
LIVED_THROUGH: Final = f"""
select d.made_at as at from sharing_disclosure d
where d.items = '{{{CALL}}}' and d.prepared_by = %(user)s"""  # noqa: S608 -- every name is ours
TO_LOOK_AT: Final = "dangers, to look at again"
# After such a night, her crisis plan may be looked at again with her, if she wants to.
CONTEXTS: Final = f"""
select d.file_id, 'CRISIS', d.made_at from sharing_disclosure d
where d.items = '{{{CALL}}}'"""  # noqa: S608 -- every name is ours


def of_file(file_id: UUID, danger_id: UUID, *, actor: Actor) -> Found | None:
    """One danger of this file, when the database shows that it was told."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=danger_id, items=[CALL])
    return next(iter(spoken.found(SHAPES, list(rows), actor=actor)), None)


def to_review(danger_id: UUID, *, actor: Actor) -> Found | None:
    """One that this person looks at again, or has seen; its author's too, to read."""
    context.require(actor)
    rows = Disclosure.objects.filter(pk=danger_id, items=[CALL])
    found = spoken.found(SHAPES, list(rows), actor=actor)
    return next((one for one in found if one.words is not None), None)


def looked_at(*, actor: Actor, at: datetime) -> tuple[list[Found], list[Found]]:
    """Those that wait for somebody who supervises, the oldest first; then those of the month."""
    context.require(actor)
    return spoken.looked_at(SHAPES, actor=actor, at=at)


def kept(rows: Collection[Disclosure], *, actor: Actor) -> list[Found]:
    """These, which are calls in a danger, with their words as far as one reads them."""
    context.require(actor)
    return spoken.found(SHAPES, list(rows), actor=actor)


def told_yet(file_id: UUID, danger_id: UUID, *, actor: Actor) -> Found | None:
    """The same call without its words: when, and whether she was told."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=danger_id, items=[CALL])
    return next((spoken.without_words(SHAPES, row) for row in rows), None)


def directive(*, actor: Actor) -> Directive | None:
    """What the organisation one acts for says; None when it has said nothing."""
    context.require(actor)
    ours = Directive.objects.filter(organisation_id=actor.organisation_id)
    return ours.order_by("-said_at", "pk").first()


def on_call(*, actor: Actor) -> str:
    """The telephone that this organisation answers day and night; empty when nobody said it."""
    found = directive(actor=actor)
    return found.on_call if found else ""


def words_of(found: Directive | None) -> str:
    """The directive in the reader's language, or in the other one; empty: the region's own."""
    if found is None:
        return ""
    return (found.en or found.fr) if get_language() == "en" else (found.fr or found.en)


def can_name(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this worker reads who walks with the person, though not who they are."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.readable_relation_files())", [file_id])
        return bool(cursor.fetchone()[0])
