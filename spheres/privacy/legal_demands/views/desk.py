"""What does whoever is in charge of privacy see of what arrived; and counsel, of their seats?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.privacy.legal_demands import actions, documents, policy, queries
from spheres.privacy.legal_demands.forms import EndForm, ShowForm
from spheres.privacy.legal_demands.models import DemandEnd
from spheres.privacy.legal_demands.queries import Arrived
from spheres.privacy.legal_demands.views.producing import LANGUAGES, as_file
from spheres.records.documents import reference
from spheres.records.seated import READ_AND_WRITE
from spheres.ui import moments
from spheres.vault import actions as vault


@require_GET
def desk(request: PageRequest) -> HttpResponse:
    """What arrived in the organisation, the nearest day first: no name of anybody accompanied."""
    policy.can_look(request.actor).or_raise()
    found = queries.arrived(actor=request.actor)
    mine = {seat.matter_id for seat in queries.seats(actor=request.actor, at=clock.now())}
    words = {
        "found": [one for one in found if one.is_open],
        "over": [one for one in found if not one.is_open][:20],
        "mine": mine,
        "today": clock.today(),
    }
    return render(request, "legal_demands/desk.html", words)


@require_GET
def seats(request: PageRequest) -> HttpResponse:
    """The demands at which one sits: nothing is listed of whom they are."""
    policy.can_sit(request.actor).or_raise()
    found = [
        (seat, reference(seat.matter_id))
        for seat in queries.seats(actor=request.actor, at=clock.now())
    ]
    return render(request, "legal_demands/seats.html", {"found": found})


def _found(request: PageRequest, demand_id: UUID) -> Arrived:
    policy.can_look(request.actor).or_raise()
    found = queries.demand(demand_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_http_methods(READ_AND_WRITE)
def demand(request: PageRequest, demand_id: UUID) -> HttpResponse:
    """One demand as it arrived: to whom it was shown, how it ends when no file answers it."""
    found = _found(request, demand_id)
    vault.open([found.row], by=request.actor)
    colleagues = queries.workers(actor=request.actor, at=clock.now())
    others = [
        (str(one.row.pk), f"{one.row.get_kind_display()}, {moments.day(one.row.received_on)}")
        for one in queries.arrived(actor=request.actor)
        if one.row.pk != demand_id and one.end is None
    ]
    step = request.POST.get("step", "")
    show = ShowForm(request.POST if step == "show" else None, colleagues=colleagues)
    end = EndForm(request.POST if step == "end" else None, others_open=others, auto_id="end_%s")
    if show.is_bound and show.is_valid():
        ids = [UUID(one) for one in show.cleaned_data["colleagues"]]
        actions.show(found, ids, by=request.actor, at=clock.now())
        return redirect("legal_demands:demand", demand_id)
    if end.is_bound and end.is_valid():
        how = end.cleaned_data["how"]
        actions.end_demand(found, how, end.same_id, by=request.actor, at=clock.now())
        return redirect("legal_demands:demand", demand_id)
    words = {
        "found": found, "show": show, "end": end, "languages": LANGUAGES,
        "today": clock.today(),
        "mine": {seat.matter_id for seat in queries.seats(actor=request.actor, at=clock.now())},
    }  # fmt: skip
    status = 422 if show.is_bound or end.is_bound else 200
    return render(request, "legal_demands/demand.html", words, status=status)


@require_GET
def paper(request: PageRequest, demand_id: UUID, language: str) -> HttpResponse:
    """The answer that confirms nothing, in one of both languages."""
    found = _found(request, demand_id)
    if language not in LANGUAGES or found.end is None or found.end.how != DemandEnd.How.NOBODY:
        raise Http404
    ours = queries.organisation(found.row.organisation_id, actor=request.actor)
    words = documents.answer_words(found.end.ended_at, actor=request.actor)
    with translation.override(language):
        content = documents.confirming_nothing(documents.of_demand(found.row), ours, words)
    return as_file(content, demand_id)
