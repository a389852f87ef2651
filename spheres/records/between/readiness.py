"""May this installation receive a real person yet? Whoever knows registers the answer, once ready.

Those who receive a referral ask it first: they know nothing of what makes an installation ready.
"""

from __future__ import annotations

from collections.abc import Callable

from spheres.core.actor import Actor

_ask: list[Callable[[Actor], str]] = []


def ask(find: Callable[[Actor], str]) -> None:
    """Register `find(actor)`: why nobody is received yet, in a sentence; empty when one may be."""
    _ask.append(find)


def refusal(actor: Actor) -> str:
    """The first reason why nobody is received yet; empty when one may be."""
    return next((why for find in _ask if (why := find(actor))), "")
