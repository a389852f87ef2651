"""What stands on her plan today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.plan import policy
from spheres.followup.plan.models import PlanHandOver
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import queries as kept
from spheres.records.between import gathering, places
from spheres.records.between.places import Block, Sheet
from spheres.records.policy import Official
from spheres.records.queries import Copy
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

# Whoever holds the file, and where it keeps its official one: asked with her plan.
HOLDER: Final = "holder"
HOLDER_OF: Final = """
select o.* from accounts_organisation o
join participants_file f on f.holder_id = o.id where f.id = %(file)s"""


@dataclass(frozen=True)
class Plan:
    """Her plan, opened: what each tool shows, in the order of the tools."""

    person: Header
    blocks: list[Block]
    may_write: bool
    is_folded: bool
    official: Official | None

    @property
    def sheets(self) -> list[Sheet]:
        """What of it goes on paper."""
        return [sheet for block in self.blocks for sheet in block.on_paper]


def plan(file_id: UUID, *, actor: Actor, at: datetime, earlier: bool = False) -> Plan | None:
    """All of it, opened in one event; None when it is not for this actor to read.

    Of somebody who came back, what was written before stays locked until she asks (`earlier`).
    """
    known = participants.known(file_id, actor=actor)
    if known is None:
        return None
    passed: list[str] = []
    if known.is_for_a_while:
        passed = sharing.handed_over(file_id, actor=actor, at=at).get(actor.user_id, [])
    if not policy.can_read(is_for_a_while=known.is_for_a_while, passed=passed):
        return None
    since = known.open_since(earlier=earlier)
    locked = places.plan_of(file_id, actor=actor, since=since)
    rows = [*known.rows, *(row for one in locked for row in one.rows)]
    vault.open(rows, by=actor, sections=[IDENTITY, CONTACT])
    blocks = [block for one in locked if (block := one.block())]
    if known.is_for_a_while:
        blocks = [places.to_read(block, may_open=False) for block in blocks]
    person = participants.header_of(known)
    official = [
        kept.official_of(one) for one in gathering.rows(HOLDER, file_id, actor=actor, since=since)
    ]
    return Plan(
        person,
        blocks,
        not known.is_for_a_while,
        since is not None,
        official[0] if official else None,
    )


def copies(file_id: UUID, *, actor: Actor) -> list[Copy]:
    """The times some of her plan was copied to the official file, newest first."""
    return kept.copies(PlanHandOver.objects.filter(file_id=file_id), "file_id", actor=actor)
