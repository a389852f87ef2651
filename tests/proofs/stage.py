"""A database that holds a world, those who act in it, and what the oracle says of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from spheres.config.cluster import Cluster
from tests import oracle, oracle_matters
from tests.oracle_world import World
from tests.proofs.spans import AT
from tests.proofs.world import Player


@dataclass(frozen=True)
class Stage:
    """A database that holds a world, and those who act in it."""

    cluster: Cluster
    world: World
    players: list[Player]
    expected: dict[str, dict[tuple[str, str], set[UUID]]] = field(default_factory=dict)
    handling: dict[str, dict[UUID, frozenset[str]]] = field(default_factory=dict)

    def reach(self, player: Player) -> dict[tuple[str, str], set[UUID]]:
        """What the oracle says of one player, asked once."""
        if player.name not in self.expected:
            self.expected[player.name] = oracle.reach(self.world, player.who, AT)
        return self.expected[player.name]

    def hands(self, player: Player) -> dict[UUID, frozenset[str]]:
        """In which capacities one player handles each matter, asked once."""
        if player.name not in self.handling:
            self.handling[player.name] = {
                matter: oracle_matters.hands(self.world, player.who, matter, AT)
                for matter in self.world.matters
            }
        return self.handling[player.name]

    def sorts(self, player: Player) -> list[set[UUID]]:
        """The matters of the world, those to which one player stands alike together."""
        rights, hands = self.reach(player), self.hands(player)
        alike: dict[object, set[UUID]] = {}
        for matter in self.world.matters:
            allowed = frozenset(right for right, files in rights.items() if matter in files)
            opened = matter in self.world.holders
            alike.setdefault((allowed, hands[matter], opened), set()).add(matter)
        return list(alike.values())

    def player(self, name: str) -> Player:
        return next(player for player in self.players if player.name == name)
