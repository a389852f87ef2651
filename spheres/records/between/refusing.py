"""To which relatives does somebody refuse that anything be said? Asked before something is told.

Whoever keeps what she refuses says it here, to folders that would tell, or answer, a relative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from spheres.core.actor import Actor

# The two categories who may ask for a file in her name.
PARENTS: Final = "PARENTS"
TUTOR: Final = "TUTOR"

_refusing: list[Callable[..., dict[str, str]]] = []
_kinds: list[tuple[str, Any]] = []


def refuse(find: Callable[..., dict[str, str]], kinds: Sequence[tuple[str, Any]]) -> None:
    """Register `find(file_id, actor=…)`: by category of relatives, in words; and the categories
    that there are."""
    _refusing.append(find)
    _kinds.extend(kinds)


def kinds() -> list[tuple[str, Any]]:
    """The categories of relatives that may be refused, with their names."""
    return list(_kinds)


def relatives(file_id: UUID, *, actor: Actor) -> dict[str, str]:
    """All of them, as far as this actor may know."""
    return {code: words for find in _refusing for code, words in find(file_id, actor=actor).items()}
