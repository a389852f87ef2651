"""What does she say of it in her notebook, and what did it change?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from spheres.core import clock
from spheres.portal.advisory import actions, queries
from spheres.portal.advisory.forms import SheetForm
from spheres.portal.notebook import guard
from spheres.portal.notebook import queries as notebook
from spheres.portal.notebook.guard import HerRequest


@guard.hers
def mine(request: HerRequest) -> HttpResponse:
    """The round that runs, if she has not answered; what was said before, and what changed."""
    at = clock.now()
    found = queries.rounds(actor=request.actor)
    running = queries.running(found, at=at)
    token = None
    if running is not None:
        held = notebook.held(request.notebook, key=guard.key_of(request))
        token = queries.token(running, held)
    has_given = token is not None and queries.has_given(token, actor=request.actor)
    form = SheetForm(request.POST or None)
    if running is not None and token is not None and not has_given and form.is_valid():
        actions.give(running, token, form.said(), by=request.actor, at=at)
        return redirect("advisory:mine")
    if request.method == "POST" and (running is None or has_given):
        return redirect("advisory:mine")
    words = {
        "form": form if running and not has_given else None,
        "running": running,
        "has_given": has_given,
        "heard": queries.heard(found, actor=request.actor),
    }
    return guard.show(request, "advisory/mine.html", words, status=422 if form.is_bound else 200)
