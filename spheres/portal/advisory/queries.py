"""Which round runs, was somebody's sheet given, what did the rounds say?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils.translation import get_language

from spheres.core import context
from spheres.core.actor import Actor
from spheres.portal.advisory import policy
from spheres.portal.advisory.models import (
    Change,
    Face,
    Given,
    Outcome,
    Question,
    Round,
    Sentence,
)
from spheres.portal.notebook.queries import Held
from spheres.sharing.counting import Answering
from spheres.vault import actions as vault

SHOWN: Final = 5  # rounds
# Whether whoever holds both numbers has answered: one word, and nothing to list.
GIVEN: Final = Answering(
    name="advisory_given",
    query="select 'GIVEN' from advisory_given g where g.id = encode({held}, 'hex')::uuid",
    reads={"advisory_given": ("id",)},
)


@dataclass(frozen=True)
class Row:
    """One question, and each face with how many chose it: «Yes 6»."""

    label: str
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Heard:
    """A settled round: from when to when, how many, what was said and what was changed."""

    round: Round
    rows: tuple[Row, ...]
    changes: tuple[tuple[str, str], ...]


def rounds(*, actor: Actor) -> list[Round]:
    """The last ones that were opened, the newest first, whatever became of them."""
    context.require(actor)
    return list(Round.objects.order_by("-opened_at", "pk")[:SHOWN])


def newest(*, actor: Actor) -> Round | None:
    return next(iter(rounds(actor=actor)), None)


def running(found: Sequence[Round], *, at: datetime) -> Round | None:
    """The round in which one may answer now, among them."""
    return next((one for one in found if policy.while_it_runs(one, at)), None)


def token(of: Round, held: Held) -> UUID:
    """What stands for «this notebook has answered»: made of the round and of both her numbers
    together, so that nobody makes it without them, nor finds from it whose it is."""
    numbers = f"{of.pk}|{held.code}|{held.pages_key.hex()}"
    return UUID(bytes=vault.keyed_digest("advisory round", numbers)[:16])


def has_given(token_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.advisory_given(%s)", [token_id.bytes])
        [word] = cursor.fetchone()
    return word is not None


def has_enough(of: Round, *, actor: Actor, at: datetime) -> bool:
    """Whether it may be counted: asked when the round is over, never before."""
    context.require(actor)
    if of.ends_at > at:
        raise ValueError("Nothing is asked of a round before it is over.")
    return of.counted_at is not None or answers(of, actor=actor) > 0


def answers(of: Round, *, actor: Actor) -> int:
    """How many may be counted: in notebooks and on paper, each as `policy.readable` says."""
    context.require(actor)
    given = Given.objects.filter(round_id=of.pk).values("from_paper").annotate(number=Count("pk"))
    numbers = {each["from_paper"]: each["number"] for each in given.order_by("from_paper")}
    those = policy.readable(numbers.get(False, 0), numbers.get(True, 0))
    return sum(numbers.get(which, 0) for which in those)


def heard(found: Sequence[Round], *, actor: Actor) -> list[Heard]:
    """What the settled ones said, those that were counted; the same for everybody."""
    context.require(actor)
    settled = [one for one in found if one.settled_at is not None and one.counted_at is not None]
    ids = [one.pk for one in settled]
    outcomes = list(Outcome.objects.filter(round_id__in=ids).order_by("pk"))
    changes = list(Change.objects.filter(round_id__in=ids).order_by("place", "pk"))
    return [
        Heard(
            one,
            rows_of([each for each in outcomes if each.round_id == one.pk]),
            tuple(said(each) for each in changes if each.round_id == one.pk),
        )
        for one in settled
    ]


def outcome(of: Round, *, actor: Actor) -> tuple[Row, ...]:
    context.require(actor)
    return rows_of(list(Outcome.objects.filter(round_id=of.pk).order_by("pk")))


def sentences(of: Round, *, actor: Actor) -> list[str]:
    """What was written on the sheets, in no order, opened; for whoever rewords it."""
    context.require(actor)
    found = list(Sentence.objects.filter(round_id=of.pk).order_by("pk"))
    vault.open(found, by=actor)
    return [one.opened.words for one in found]


def rows_of(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """In the order of the questions; the faces that nobody chose are said too."""
    found = {(one.question, one.face): one.number for one in outcomes}
    asked = [one for one in Question if any((one, face) in found for face in Face)]
    return tuple(
        Row(
            str(one.label),
            tuple((face.value, f"{face.label} {found.get((one, face), 0)}") for face in Face),
        )
        for one in asked
    )


def said(change: Change) -> tuple[str, str]:
    """In the reader's language; in the other one where nobody translated it."""
    if (get_language() or "").startswith("en"):
        return change.said_en or change.said_fr, change.changed_en or change.changed_fr
    return change.said_fr or change.said_en, change.changed_fr or change.changed_en


def to_forget(*, by: Actor) -> list[UUID]:
    """Settled rounds of which something still stands under lock; for the service of expiry."""
    context.require(by)
    settled = set(Round.objects.filter(settled_at__isnull=False).values_list("pk", flat=True))
    standing = Given.objects.values("round_id").annotate(number=Count("pk")).order_by("round_id")
    return [row["round_id"] for row in standing if row["round_id"] in settled]


def read_sheet(text: str) -> tuple[dict[str, str], str]:
    """The faces and the sentence of one sheet that was opened."""
    content = json.loads(text)
    return dict(content["faces"]), str(content["words"])
