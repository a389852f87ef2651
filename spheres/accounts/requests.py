"""What does a page's request say of whoever asks? (For the types: `UnitOfWork` puts it there.)"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from spheres.accounts.queries import Visit
from spheres.core.actor import Actor


class PageRequest(HttpRequest):
    """A request that has come through the unit of work, as every view receives it."""

    actor: Actor
    visit: Visit


def only_reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose form only asks: what it asks stays out of addresses, and it may write nothing.

    The unit of work holds it to that, sent or shown.
    """
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def takes_a_paper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose form takes one scanned paper; any other page is sent none (config/bodies.py)."""
    view.takes_a_paper = True  # type: ignore[attr-defined]
    return view


def serves(purpose: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """What a page is for, when it is not one's ordinary work: its context says so, signed."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.purpose = purpose  # type: ignore[attr-defined]
        return view

    return mark
