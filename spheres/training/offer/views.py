"""What is seen of the yearly offer, and how does the coordination draw it up?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.training.catalogue import queries as catalogue
from spheres.training.offer import actions, policy, queries
from spheres.training.offer.forms import OfferForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
ALREADY: Final = _("This is offered already.")


@require_http_methods(READ_AND_WRITE)
def index(request: PageRequest) -> HttpResponse:
    """The offer, year by year; for the coordination, a line to add."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    form = None
    if may := policy.can_draw_up(actor):
        taught, on = catalogue.topics(actor=actor), clock.today()
        form = OfferForm(request.POST or None, taught=taught, on=on)
    if request.method == "POST":
        may.or_raise()
        assert form is not None
        if form.is_valid():
            if actions.offer(said(form), by=actor, at=clock.now()):
                return redirect("offer:list")
            form.add_error("topic", str(ALREADY))
    words = {"years": queries.offer(actor=actor), "form": form}
    is_wrong = form is not None and form.is_bound
    return render(request, "offer/list.html", words, status=422 if is_wrong else 200)


def said(form: OfferForm) -> actions.Said:
    chosen = form.cleaned_data
    return actions.Said(
        form.record_id,
        int(chosen["year"]),
        int(chosen["month"]),
        chosen["topic"],
        chosen["place"],
        chosen["language"],
    )


@require_POST
def take_out(request: PageRequest, offered_id: UUID) -> HttpResponse:
    """A line that is offered no more."""
    policy.can_look(request.actor).or_raise()
    row = queries.offered(offered_id, actor=request.actor)
    if row is None:
        raise Http404
    actions.take_out(row, by=request.actor, at=clock.now())
    return redirect("offer:list")
