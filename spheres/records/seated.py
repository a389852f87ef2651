"""By which of two ways is a matter of the law reached: walking with the person, or seated at it?

Both show the same pages. From a seat they serve a purpose of their own, which the database signs;
without a seat, the matter does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core.actor import SEAT, Actor
from spheres.core.decision import Decision
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault
from spheres.vault.models import Lockable

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def opened_beside(file_id: UUID, rows: Iterable[Lockable], *, by: Actor) -> Header:
    """Whose it is, and these rows, in one event, for those who walk with the person."""
    return _opened(_known_beside(file_id, by=by), rows, [IDENTITY, CONTACT], by=by)


def opened_from_seat(file_id: UUID, rows: Iterable[Lockable], *, by: Actor) -> Header:
    """The same from a seat: who the person is, never how they are reached."""
    known = participants.known(file_id, actor=by)
    if known is None:
        raise Http404
    return _opened(known, rows, [IDENTITY], by=by)


def _known_beside(file_id: UUID, *, by: Actor) -> Known:
    known = participants.known(file_id, actor=by)
    if known is None or known.is_for_a_while:
        raise Http404
    return known


def _opened(known: Known, rows: Iterable[Lockable], sections: list[str], *, by: Actor) -> Header:
    vault.open([*known.rows, *rows], by=by, sections=sections)
    return participants.header_of(known)


@dataclass(frozen=True)
class Ways:
    """How one kind of matter is found by each of the two, and what its pages are given.

    `find(matter_id, actor=, file_id=)` finds it, with its `row` and its `rows`; `sits` says whether
    one sits there; `reached(found, person, from_seat=)` is what the view receives.
    """

    key: str  # the name of its identifier in addresses
    find: Callable[..., Any]
    sits: Callable[..., bool]
    may_beside: Callable[[Actor], Decision]
    may_sit: Callable[[Actor], Decision]
    reached: Callable[..., Any]

    def beside(self, view: View) -> View:
        """For whoever walks with the person."""

        @require_http_methods(READ_AND_WRITE)
        @wraps(view)
        def page(request: PageRequest, file_id: UUID, **more: Any) -> HttpResponse:
            actor, matter_id = request.actor, more.pop(self.key)
            known = _known_beside(file_id, by=actor)
            self.may_beside(actor).or_raise()
            found = self.find(matter_id, actor=actor, file_id=file_id)
            if found is None:
                raise Http404
            person = _opened(known, found.rows, [IDENTITY, CONTACT], by=actor)
            return view(request, self.reached(found, person, from_seat=False), **more)

        return page

    def seated(self, view: View) -> View:
        """For whoever is given a seat at it; without one, it does not exist."""

        @serves(SEAT)
        @require_http_methods(READ_AND_WRITE)
        @wraps(view)
        def page(request: PageRequest, **more: Any) -> HttpResponse:
            actor, matter_id = request.actor, more.pop(self.key)
            self.may_sit(actor).or_raise()
            found = self.find(matter_id, actor=actor)
            if found is None or not self.sits(matter_id, actor=actor):
                raise Http404
            person = opened_from_seat(found.row.file_id, found.rows, by=actor)
            return view(request, self.reached(found, person, from_seat=True), **more)

        return page
