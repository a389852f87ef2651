"""Two runs beside each other share the suite out: who tries what, so that both end together?

A module is tried whole, by the first of the two that takes it, in a random order. Each begins at
another end: one with the walls of the rule table, whose world takes long to build, the other with
all the rest; the journeys come next for both, and whoever is free first helps the other. Neither
ends before every module is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.seconds import module_of

Module = list[pytest.Item]
HEAVY = 10  # seconds: below, a module is light
KINDS = ("walls", "browser", "rest")


def kind_of(item: pytest.Item) -> str:
    return next((kind for kind in KINDS if item.get_closest_marker(kind)), "rest")


def in_turn(
    items: list[pytest.Item], *, first: str, took: Mapping[str, float] | None = None
) -> list[Module]:
    """Its own kind first, the journeys next, what the other began with last."""
    order = {kind: abs(KINDS.index(kind) - KINDS.index(first)) for kind in KINDS}
    modules: dict[Path, Module] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    assert sum(map(len, modules.values())) == len(items)
    # Of each kind those that took long last time first, one begun last would be waited for; the
    # light ones as they are drawn. Of the journeys, before any is known, those with many stories.
    return sorted(
        modules.values(),
        key=lambda found: (
            order[kind_of(found[0])],
            -((took or {}).get(module_of(found[0].nodeid), 0) // HEAVY),
            -len(found) if kind_of(found[0]) == "browser" else 0,
        ),
    )


def taken(modules: list[Module], folder: Path) -> Iterator[Module]:
    """Those that nobody took before; taking one is making its file, which only one can."""
    for module in modules:
        name = module_of(module[0].nodeid).replace("/", ".")
        try:
            (folder / name).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield module


def try_them(session: pytest.Session, modules: Iterator[Module]) -> None:
    module = next(modules, None)
    while module is not None:
        *others, last = module
        for item, following in zip(others, module[1:], strict=True):
            try_one(session, item, following)
        # What the last one leaves standing depends on what comes next.
        module = next(modules, None)
        try_one(session, last, module[0] if module else None)


def try_one(session: pytest.Session, item: pytest.Item, following: pytest.Item | None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
