"""Is every table of moves whole: each state there, each reachable, each other move refused?"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.states import StatusRow, move
from spheres.sharing.compile import our_models

INES = Actor(uuid4(), uuid4(), frozenset({"youth_worker"}))
MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)
TABLES = [model for model in our_models() if issubclass(model, StatusRow)]
MOVES = [
    pytest.param(model, start, end, id=f"{model.__name__}-{start}-{end}")
    for model in TABLES
    for start, end in product(model.Status.values, repeat=2)  # type: ignore[attr-defined]
]


def faults(model: Any) -> list[str]:
    """States that the table does not know, and states that no move reaches from the first."""
    known = set(model.Status.values)
    said = set(model.MOVES) | {end for ends in model.MOVES.values() for end in ends}
    found = [f"{state} is in one place only" for state in known ^ set(model.MOVES)]
    found += [f"{state} is no state" for state in said - known]
    reached, waiting = set(), list(getattr(model, "BEGINS", ()) or model.Status.values[:1])
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += model.MOVES.get(state, ())
    return sorted(found + [f"{state} is never reached" for state in known - reached])


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_state_is_there_and_reachable(model: Any) -> None:
    assert faults(model) == []


def test_a_state_that_no_move_reaches_is_seen() -> None:
    table = SimpleNamespace(
        Status=SimpleNamespace(values=["OPEN", "LOST", "ENDED"]),
        MOVES={"OPEN": {"ENDED"}, "ENDED": {"GONE"}},
    )
    assert faults(table) == [
        "GONE is no state",
        "LOST is in one place only",
        "LOST is never reached",
    ]


@pytest.mark.parametrize(("model", "start", "end"), MOVES)
def test_only_the_moves_of_the_table_are_made(model: Any, start: str, end: str) -> None:
    row = model(status=start)
    row.save = lambda **_: None

    if end in model.MOVES[start]:
        move(row, end, by=INES, at=MONDAY)
        assert (row.status, row.status_by, row.status_at) == (end, INES.user_id, MONDAY)
    else:
        with pytest.raises(WrongState):
            move(row, end, by=INES, at=MONDAY)
        assert (row.status, row.status_by) == (start, None)


def test_every_status_belongs_to_a_table_of_moves() -> None:
    for model in our_models():
        names = {field.name for field in model._meta.fields}
        if "status" in names:
            assert issubclass(model, StatusRow), model
            assert {"status_by", "status_at"} <= names
