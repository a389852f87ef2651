"""Which tools keep in a place of their own what an exercise of the region may ask?

An exercise that says `kept_in` is begun with that tool and filled nowhere else: one home for each
thing (ADR one home). Folders do not know each other: each tool says here where it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from spheres.ui import addresses


@dataclass(frozen=True)
class Tool:
    """One tool: the section it writes in, its words, where one begins, where one reads.

    `shows_beside`: its page shows, folded, the sheets of exercises that say so.
    """

    name: str
    section: str
    label: Any
    begin_page: str
    read_page: str
    asked: str = ""  # what stands after the «?» of the page where one begins
    shows_beside: bool = False

    def begin(self, file_id: UUID) -> str:
        """The page where one begins, of one file."""
        address = addresses.to(self.begin_page, file_id)
        return f"{address}?{self.asked}" if self.asked else address

    def read(self, file_id: UUID) -> str:
        """The page where what it keeps is read."""
        return addresses.to(self.read_page, file_id)


_tools: dict[str, Tool] = {}
_touches: list[Callable[[str], str]] = []


def register(tool: Tool) -> None:
    """Called by the folder of the tool, when the house is ready."""
    if tool.name in _tools:
        raise ValueError(f"Two tools are called {tool.name}.")
    _tools[tool.name] = tool


def all_tools() -> Mapping[str, Tool]:
    return _tools


def get(name: str) -> Tool | None:
    """The tool of this name; None when the house has it no more."""
    return _tools.get(name)


def say_touches(find: Callable[[str], str]) -> None:
    """Register a function that says what the exercise kept in a tool may stir, or nothing."""
    _touches.append(find)


def touches(name: str) -> str:
    """What to say before the first question of a tool, in the words of the region."""
    return next((words for find in _touches if (words := find(name))), "")
