"""What do other folders show on a partner’s card? Each registers its block, once ready."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between.places import Block

_blocks: list[Callable[..., Block | None]] = []


def show_on_card(find: Callable[..., Block | None]) -> None:
    """Register a function `find(partner_id, actor=…)` whose block stands on a partner's card."""
    _blocks.append(find)


def blocks_of(partner_id: UUID, *, actor: Actor) -> list[Block]:
    """The blocks of one partner's card, in the order of the folders."""
    return [block for find in _blocks if (block := find(partner_id, actor=actor))]
