"""What does she see in her notebook?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from spheres.portal.notebook import actions, guard, policy, queries, rooms
from spheres.portal.notebook.forms import LowerForm, OneStepForm
from spheres.portal.notebook.guard import HerRequest
from spheres.regions import queries as regions

FIRST = 3


@guard.hers
def home(request: HerRequest) -> HttpResponse:
    """Her name for it, three things at most, and the way out."""
    found = rooms.rooms(request.notebook)
    return guard.show(
        request,
        "notebook/home.html",
        {
            "rooms": found[:FIRST],
            "others": found[FIRST:],
            "naming": queries.naming(request.notebook),
            "usual": regions.text("notebook.name"),
        },
    )


@guard.hers
def meetings(request: HerRequest) -> HttpResponse:
    """When, under her own word; never where, with whom, what for."""
    words = {
        "meetings": queries.meetings(actor=request.actor),
        "naming": queries.naming(request.notebook),
        "hours": regions.text("notebook.hours"),
    }
    return guard.show(request, "notebook/meetings.html", words)


@guard.hers
def read(request: HerRequest) -> HttpResponse:
    """What she allowed: her page, her plan, her safety net."""
    return guard.show(request, "notebook/read.html", {"pages": queries.pages(request.notebook)})


@guard.hers
def opens(request: HerRequest) -> HttpResponse:
    """What it opens, lowered by herself at once; or closed."""
    inside = request.notebook
    kinds = policy.kinds_of(set(inside.faces))
    now = {"level": inside.level, "kinds": sorted(kinds)}
    form = LowerForm(request.POST or None, initial=now, level=inside.level, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        level, chosen = form.chosen
        actions.lower(inside, level=level, kinds=chosen)
        return redirect("notebook:opens")
    return guard.show(
        request,
        "notebook/opens.html",
        {"form": form, "close_form": OneStepForm()},
        status=422 if form.is_bound else 200,
    )


@guard.hers
def close(request: HerRequest) -> HttpResponse:
    """She closes it: out at once, and only her worker and she open it again."""
    if request.method == "POST" and OneStepForm(request.POST).is_valid():
        actions.close_alone(request.notebook)
        actions.leave(guard.key_of(request))
        return guard.let_out(redirect("ui:exit"))
    return redirect("notebook:opens")
