"""The players of the world, on the pages made for another purpose than one's own work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from spheres.core.actor import CUSTODY, EXCEPTIONAL, SEAT, SHARED
from tests.oracle import THERAPISTS, WORKERS


def of_what_is_shared(players: list[Any]) -> Iterator[Any]:
    """Whoever acts in an organisation, on the pages made for what a person shares with it."""
    for player in players:
        if "acting there" not in player.name:
            actor = replace(player.actor, purpose=SHARED)
            yield replace(player, name=f"{player.name}, shared", actor=actor)


def of_what_is_opened(players: list[Any]) -> Iterator[Any]:
    """The same, on the pages made for what may protect her when a life may be in danger: whoever
    accompanies people, in each state; of the others, whoever is at work."""
    for player in players:
        if (
            player.actor.roles & WORKERS
            or player.name.startswith("worker once")
            or (", live, acting here" in player.name)
        ):
            actor = replace(player.actor, purpose=EXCEPTIONAL)
            yield replace(player, name=f"{player.name}, exceptional", actor=actor)


def of_what_is_held(players: list[Any]) -> Iterator[Any]:
    """The same, on the pages made for the notes of a colleague who left: each psychotherapist, in
    each state; of the others, whoever is at work, or accompanied people once."""
    for player in players:
        if (
            player.actor.roles & THERAPISTS
            or player.name.startswith("worker once")
            or ", live, acting here" in player.name
        ):
            actor = replace(player.actor, purpose=CUSTODY)
            yield replace(player, name=f"{player.name}, custody", actor=actor)


def of_one_matter(players: list[Any]) -> Iterator[Any]:
    """The same, on the pages made for one matter of the law: each privacy officer, in each state;
    of the others, whoever is at work."""
    for player in players:
        if "privacy_officer" in player.actor.roles or ", live, acting here" in player.name:
            yield replace(
                player, name=f"{player.name}, seat", actor=replace(player.actor, purpose=SEAT)
            )
