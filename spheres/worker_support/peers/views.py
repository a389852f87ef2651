"""Where does whoever supports others find support? The ways, and who offers to be reached."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.ui import navigation
from spheres.worker_support.peers import actions, policy, queries
from spheres.worker_support.peers.forms import OfferForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
SLUG: Final = "peers"


@require_GET
def home(request: PageRequest) -> HttpResponse:
    """The ways to be supported; then whoever offers to be reached, by name."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    peers = queries.listed(actor=actor)
    says = {
        "peers": [one for one in peers if not one.is_me],
        "mine": next((one for one in peers if one.is_me), None),
        "may_offer": policy.can_offer(actor),
        "ways": navigation.kept_at(SLUG, actor=actor),
    }
    return render(request, "peers/home.html", says)


@require_http_methods(READ_AND_WRITE)
def offer(request: PageRequest) -> HttpResponse:
    """One's own offer; what stands is given back, to be said otherwise."""
    actor = request.actor
    policy.can_offer(actor).or_raise()
    if request.method == "POST":
        form = OfferForm(request.POST)
        if form.is_valid() and not form.findings():
            actions.offer(form.offered(), by=actor, at=clock.now())
            return redirect("peers:home")
    else:
        stands = queries.mine(actor=actor)
        form = OfferForm(initial=OfferForm.values_of(stands) if stands else {})
    status = 422 if form.is_bound else 200
    return render(request, "peers/offer.html", {"form": form}, status=status)


@require_POST
def withdraw(request: PageRequest) -> HttpResponse:
    """By a press, and at once."""
    policy.can_offer(request.actor).or_raise()
    actions.withdraw(by=request.actor)
    return redirect("peers:home")
