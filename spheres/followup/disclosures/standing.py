"""What does telling outside put beside a file, on one's day, and before those who look again?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures import policy, queries, saying
from spheres.followup.disclosures.lines import Found
from spheres.records.between import places, telling
from spheres.records.between.places import Block, Handed, Locked
from spheres.ui import addresses

# With her file, in the statement that asks who may see it.
TOLD_OUTSIDE, TRANSFERRED = "told outside", "transferred"
OF_FILE: Final = f"""
select '{TOLD_OUTSIDE}'::text, d.id from sharing_disclosure d
where d.file_id = asked.file_id and d.items <> '{{{telling.WEIGHED}}}'
union all
select '{TRANSFERRED}', d.id from sharing_disclosure d
join sharing_disclosurestep s on s.disclosure_id = d.id and s.kind = 'HANDED'
where d.file_id = asked.file_id and d.purpose = 'TRANSFER'"""  # noqa: S608 -- every name is ours


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """Beside her file: how many lines her register has, and the way to it; that they went on with
    another programme, if they did."""
    if not policy.can_prepare(actor):
        return None
    facts = places.facts_of(file_id)
    number = sum(what == TOLD_OUTSIDE for what, _id in facts)
    transferred = next((row_id for what, row_id in facts if what == TRANSFERRED), None)
    says = {"number": number, "transferred": transferred}
    return Block("disclosures/block.html", says, beside=True)


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """The register, as one of the pages read together; what could harm her is not in it."""
    whole = queries.of_file(file_id, actor=actor, at=at)
    found = Found([one for one in whole.lines if not one.is_kept_from_her], whole.elsewhere)

    def told() -> Block:
        lines = saying.lines(found.lines, telling.besides(file_id, actor=actor))
        return Block("disclosures/with_her.html", {"lines": lines})

    return Locked(found.rows, told)


def to_decide(*, actor: Actor) -> list[Handed]:
    """On my day, what waits for my second look: how many, and nothing of whom."""
    if not policy.can_look(actor):
        return []
    number = queries.counted(queries.TO_DECIDE, actor=actor, at=clock.now())
    if not number:
        return []
    return [
        Handed(
            sentence=ngettext(
                "%(number)s communication waits for a second person: perhaps you.",
                "%(number)s communications wait for a second person: perhaps you.",
                number,
            )
            % {"number": number},
            url=addresses.to("disclosures:to_decide"),
            verb=gettext_lazy("Look at it again"),
            icon="message",
        )
    ]


def received(*, actor: Actor) -> Block | None:
    """On my day, only when something was handed over to me that I have not received yet."""
    if not policy.can_receive(actor):
        return None
    number = queries.counted(queries.RECEIVED, actor=actor, at=clock.now())
    return Block("disclosures/day.html", {"number": number}) if number else None
