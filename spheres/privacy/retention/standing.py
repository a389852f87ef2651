"""What does keeping put on a file, and on the day of those who keep the files?"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.retention import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """A way beside the file, for whoever walks with her. It asks the database nothing."""
    if not policy.can_ask(actor):
        return None
    return Block("retention/block.html", {"file_id": file_id}, beside=True)


def waiting(*, actor: Actor) -> list[Handed]:
    """How many files have come to their day, how many ask, how many wait for a second person."""
    if not policy.can_keep(actor):
        return []
    rows = places.rows_of_day(queries.TO_SEE, actor=actor, at=clock.now())
    if not rows:
        return []
    (numbers,) = rows
    first_on = date.fromisoformat(numbers["first_on"] or str(clock.today()))
    answer_on = first_on + queries.ANSWERED_WITHIN
    sentences = [
        _asked(numbers["asked"], answer_on < clock.today()),
        ngettext(
            "The day to look at what is kept has come for %(number)s file.",
            "The day to look at what is kept has come for %(number)s files.",
            numbers["due"],
        ),
        ngettext(
            "%(number)s decision about what is kept waits for a second person.",
            "%(number)s decisions about what is kept wait for a second person.",
            numbers["waits"],
        ),
    ]
    return [
        Handed(
            sentence=sentence % {"number": numbers[what], "day": moments.day(answer_on)},
            url=addresses.to("retention:queue"),
            verb=gettext_lazy("See what waits"),
            icon="clock",
        )
        for sentence, what in zip(sentences, ("asked", "due", "waits"), strict=True)
        if numbers[what]
    ]


def _asked(number: int, is_late: bool) -> str:
    if is_late:
        return ngettext(
            "%(number)s request of erasure waits, and the law’s day was %(day)s: see to it first",
            "%(number)s requests of erasure wait, and the law’s day of the first was %(day)s: "
            "see to it first",
            number,
        )
    return ngettext(
        "%(number)s request of erasure waits, to be answered by %(day)s",
        "%(number)s requests of erasure wait, the first to be answered by %(day)s",
        number,
    )
