"""What does she see in her notebook?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.portal.notebook import actions, guard, policy, queries, rooms
from spheres.portal.notebook.forms import ChangePinForm, LowerForm, OneStepForm
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
            "waits": rooms.waits(request.notebook),
            "naming": queries.naming(request.notebook),
            "usual": regions.text("notebook.title"),
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
def pin(request: HerRequest) -> HttpResponse:
    """Another PIN, chosen alone; what was typed never comes back to the screen."""
    form = ChangePinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and changes_pin(request, form):
        return redirect("notebook:opens")
    wrong = [str(problem["sentence"]) for problem in form.problems()] if form.is_bound else []
    words = {"form": ChangePinForm(), "wrong": wrong}
    return guard.show(request, "notebook/pin.html", words, status=422 if wrong else 200)


def changes_pin(request: HerRequest, form: ChangePinForm) -> bool:
    typed = form.cleaned_data
    try:
        done = actions.change_pin(
            request.notebook,
            typed["pin"],
            typed["new"],
            key=guard.key_of(request),
            born=queries.born(request.notebook),
            at=clock.now(),
        )
    except NotAllowed as refusal:
        form.add_error("new", str(refusal.reason))
        return False
    if not done:
        form.add_error("pin", _("This is not the PIN you have. Nothing was changed."))
    return done


@guard.hers
def close(request: HerRequest) -> HttpResponse:
    """She closes it: out at once, and only her worker and she open it again."""
    if request.method == "POST" and OneStepForm(request.POST).is_valid():
        actions.close_alone(request.notebook)
        actions.leave(guard.key_of(request))
        return guard.let_out(redirect("ui:exit"))
    return redirect("notebook:opens")
