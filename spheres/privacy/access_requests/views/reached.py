"""By which of two ways is a request reached: walking with the person, or seated at it?

Both show the same pages. From a seat they serve a purpose of their own, which the database signs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core import clock
from spheres.core.actor import SEAT
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.privacy.access_requests import policy, queries
from spheres.privacy.access_requests.models import Age, Asker
from spheres.privacy.access_requests.queries import Asked
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Reached:
    """One request, opened, whose it is, and where its pages are for whoever reads them."""

    asked: Asked
    person: Header
    age: int
    from_seat: bool

    @property
    def file_id(self) -> UUID:
        return self.asked.row.file_id

    def url(self, name: str, *more: str) -> str:
        ids = [self.asked.row.pk, *more] if self.from_seat else [
            self.file_id, self.asked.row.pk, *more,
        ]  # fmt: skip
        return reverse(f"access_requests:{'seat_' if self.from_seat else ''}{name}", args=ids)


View = Callable[..., HttpResponse]


def age_of(person: Header, on: date, asker: str = Asker.SELF) -> int:
    """From which age the law speaks of her, that day; when her day of birth is not known, by the
    band asked, which never ages: when another asks, she is then heard as from 14."""
    if person.decides_alone(on=on, since_age=Age.ADULT):
        return Age.ADULT
    alone = person.decides_alone(on=on, since_age=regions.region().self_from)
    if alone or (asker != Asker.SELF and not person.birth_date):
        return Age.FROM_14
    return Age.UNDER_14


def beside(view: View) -> View:
    """For whoever walks with the person."""

    @require_http_methods(READ_AND_WRITE)
    @wraps(view)
    def page(request: PageRequest, file_id: UUID, request_id: UUID, **more: Any) -> HttpResponse:
        known = participants.known(file_id, actor=request.actor)
        if known is None or known.is_for_a_while:
            raise Http404
        policy.can_receive(request.actor).or_raise()
        asked = queries.one(request_id, actor=request.actor, file_id=file_id)
        if asked is None:
            raise Http404
        vault.open([*known.rows, *asked.rows], by=request.actor, sections=[IDENTITY, CONTACT])
        person = participants.header_of(known)
        return view(request, _reached(asked, person, from_seat=False), **more)

    return page


def seated(view: View) -> View:
    """For whoever is given a seat at it; without one, it does not exist."""

    @serves(SEAT)
    @require_http_methods(READ_AND_WRITE)
    @wraps(view)
    def page(request: PageRequest, request_id: UUID, **more: Any) -> HttpResponse:
        policy.can_sit(request.actor).or_raise()
        asked = queries.one(request_id, actor=request.actor)
        if asked is None or not queries.seated_at(request_id, actor=request.actor):
            raise Http404
        known = participants.known(asked.row.file_id, actor=request.actor)
        if known is None:
            raise Http404
        vault.open([*known.rows, *asked.rows], by=request.actor, sections=[IDENTITY])
        person = participants.header_of(known)
        return view(request, _reached(asked, person, from_seat=True), **more)

    return page


def _reached(asked: Asked, person: Header, *, from_seat: bool) -> Reached:
    age = age_of(person, clock.today(), asked.row.asker)
    held = replace(asked, is_suspended=asked.row.asker in person.suspended, age=age)
    return Reached(held, person, age, from_seat)
