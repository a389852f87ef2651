"""Which studies may she hear of, and how is a card handed over to her?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.evaluation.research import actions, policy, queries
from spheres.evaluation.research.forms import HandForm
from spheres.followup.restrictions import queries as restrictions
from spheres.participants import queries as participants
from spheres.participants.queries import Header


def beside_her(request: PageRequest, file_id: UUID) -> Header:
    """Only of those one walks with oneself: it is told to her, face to face."""
    person = participants.header(file_id, actor=request.actor)
    if person is None or not restrictions.walks_with(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    return person


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The studies that go on, what she may be told of each, and the cards she has."""
    person = beside_her(request, file_id)
    today, actor = clock.today(), request.actor
    cards = queries.cards_of(file_id, actor=actor)
    studies = [
        {
            "protocol": one,
            "cards": [card for card in cards if card.protocol_id == one.pk],
            "refused": file_id in restrictions.refused_research(one.theme, actor=actor),
            "form": HandForm(),
        }
        for one in queries.protocols(actor=actor)
        if policy.is_live(one, on=today)
    ]
    words: dict[str, Any] = {"person": person, "studies": studies}
    return render(request, "research/cards.html", words)


@require_POST
def hand(request: PageRequest, file_id: UUID, protocol_id: UUID) -> HttpResponse:
    """The card, shown once: to print, or to copy by hand."""
    person = beside_her(request, file_id)
    protocol = queries.find(protocol_id, actor=request.actor)
    form = HandForm(request.POST)
    if protocol is None or not form.is_valid():
        raise Http404
    code = actions.hand_card(file_id, form.record_id, protocol, by=request.actor, at=clock.now())
    words = {"person": person, "protocol": protocol, "code": code}
    return render(request, "research/card.html", words)
