"""What does research put on somebody's day, and on the page of a person?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.evaluation.research import queries
from spheres.participants.models import WRITERS
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses


def waiting(*, actor: Actor) -> list[Handed]:
    """A table waits for another person's answer; lines wait to be taken out."""
    now = clock.now()
    found = []
    for what, sentence, verb in (
        (queries.TO_ANSWER, _("A table for research waits for your answer."), _("Look at it")),
        (
            queries.TO_DROP,
            _("Lines of a table are to be taken out: somebody is no longer in it."),
            _("See which"),
        ),
    ):
        if not actor.has(*queries.ASKED_OF[what]):
            continue
        studies = sorted({r["protocol"] for r in places.rows_of_day(what, actor=actor, at=now)})
        found += [
            Handed(sentence, addresses.to("research:study", UUID(one)), verb, "chart")
            for one in studies
        ]
    return found


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to what she may be told of research. It asks the database nothing."""
    if not actor.has(*WRITERS):
        return None
    return Block("research/block.html", {}, beside=True)
