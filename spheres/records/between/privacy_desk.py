"""What do other folders tell whoever is in charge of privacy, above the requests that wait?

Sentences, and nobody's name: how many, and by when.
"""

from __future__ import annotations

from collections.abc import Callable

from spheres.core.actor import Actor

_telling: list[Callable[..., list[str]]] = []


def tell(find: Callable[..., list[str]]) -> None:
    """Register `find(actor=…)`, whose sentences stand above the requests."""
    _telling.append(find)


def told(*, actor: Actor) -> list[str]:
    """All of it, in the order of the folders."""
    return [sentence for find in _telling for sentence in find(actor=actor)]
