"""By which of two ways is a demand about one file reached: beside the person, or seated at it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core.actor import SEAT
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.privacy.legal_demands import policy, queries
from spheres.privacy.legal_demands.queries import Answered
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Reached:
    """One demand about one file, opened; whose it is, and where its pages are for this reader."""

    answered: Answered
    person: Header
    from_seat: bool

    @property
    def file_id(self) -> UUID:
        return self.answered.row.file_id

    def url(self, name: str, *more: str) -> str:
        row = self.answered.row
        ids = [row.pk, *more] if self.from_seat else [row.file_id, row.pk, *more]
        names = {False: {"one": "of_file", "inform": "tell"}, True: {}}[self.from_seat]
        return reverse(f"legal_demands:{names.get(name, name)}", args=ids)


def beside(view: View) -> View:
    """For whoever walks with the person."""

    @require_http_methods(READ_AND_WRITE)
    @wraps(view)
    def page(request: PageRequest, file_id: UUID, matter_id: UUID, **more: Any) -> HttpResponse:
        known = participants.known(file_id, actor=request.actor)
        if known is None or known.is_for_a_while:
            raise Http404
        policy.can_link(request.actor).or_raise()
        answered = queries.one(matter_id, actor=request.actor, file_id=file_id)
        if answered is None:
            raise Http404
        vault.open([*known.rows, *answered.rows], by=request.actor, sections=[IDENTITY, CONTACT])
        person = participants.header_of(known)
        return view(request, Reached(answered, person, from_seat=False), **more)

    return page


def seated(view: View) -> View:
    """For whoever is given a seat at it; without one, it does not exist."""

    @serves(SEAT)
    @require_http_methods(READ_AND_WRITE)
    @wraps(view)
    def page(request: PageRequest, matter_id: UUID, **more: Any) -> HttpResponse:
        policy.can_sit(request.actor).or_raise()
        answered = queries.one(matter_id, actor=request.actor)
        if answered is None or not queries.is_seated(matter_id, actor=request.actor):
            raise Http404
        known = participants.known(answered.row.file_id, actor=request.actor)
        if known is None:
            raise Http404
        vault.open([*known.rows, *answered.rows], by=request.actor, sections=[IDENTITY])
        person = participants.header_of(known)
        return view(request, Reached(answered, person, from_seat=True), **more)

    return page
