"""What does whoever runs a round see of it, and what is done with the sheets on paper?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.portal.advisory import actions, policy, queries
from spheres.portal.advisory.forms import (
    EnvelopeForm,
    HeardForm,
    HowManyForm,
    LastDayForm,
    NumberOfSheetsForm,
    SheetForm,
)
from spheres.portal.advisory.models import ENOUGH, Round
from spheres.regions import queries as regions
from spheres.ui.forms import Form

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def runs(request: PageRequest) -> bool:
    return bool(policy.can_run(request.actor, regions.region().desk_organisation_id))


def the_round(request: PageRequest) -> Round:
    found = queries.newest(actor=request.actor)
    if found is None or found.settled_at is not None:
        raise Http404
    return found


@require_http_methods(READ_AND_WRITE)
def page(request: PageRequest) -> HttpResponse:
    """The round of now, how it is run, and what those before it said."""
    policy.can_look(request.actor).or_raise()
    at, may_run = clock.now(), runs(request)
    form = LastDayForm(request.POST or None, today=clock.day_of(at))
    if request.method == "POST" and form.is_valid():
        actions.open_round(form.record_id, ends_at=form.ends_at(), by=request.actor, at=at)
        return redirect("advisory:page")
    found = queries.rounds(actor=request.actor)
    of = next((one for one in found[:1] if one.settled_at is None), None)
    is_over = of is not None and of.ends_at <= at
    words = {
        "round": of,
        "is_over": is_over,
        "may_run": may_run,
        "may_type_in": policy.can_type_in(request.actor, of, at),
        "form": form,
        "plain_form": Form(),
        "enough": ENOUGH,
        "least": actions.least(),
        "has_enough": bool(
            may_run and is_over and of and queries.has_enough(of, actor=request.actor, at=at)
        ),
        "outcome": queries.outcome(of, actor=request.actor) if of and of.counted_at else (),
        "heard": queries.heard(found, actor=request.actor),
    }
    return render(request, "advisory/page.html", words, status=422 if form.is_bound else 200)


@require_POST
def make_longer(request: PageRequest) -> HttpResponse:
    """Until a later day."""
    of, at = the_round(request), clock.now()
    form = LastDayForm(request.POST, today=clock.day_of(at))
    if form.is_valid():
        actions.make_longer(of, ends_at=form.ends_at(), by=request.actor, at=at)
    return redirect("advisory:page")


@require_GET
def sheet(request: PageRequest) -> HttpResponse:
    """A blank sheet, to print: it bears no name, and goes into an envelope."""
    policy.can_look(request.actor).or_raise()
    return render(request, "advisory/sheet.html", {"form": SheetForm(), "of": the_round(request)})


@require_http_methods(READ_AND_WRITE)
def envelope(request: PageRequest) -> HttpResponse:
    """How many sheets came out of it, then all of them, typed in together."""
    at = clock.now()
    of = the_round(request)
    policy.can_type_in(request.actor, of, at).or_raise()
    asked = NumberOfSheetsForm(request.GET)
    number = asked.cleaned_data["sheets"] if asked.is_valid() else 0
    if number < actions.least():
        return _how_many(request)
    form = EnvelopeForm(request.POST or None, sheets=number)
    if request.method == "POST" and form.is_valid():
        actions.type_in(of, form.record_id, form.said(), by=request.actor, at=at)
        return redirect("advisory:page")
    words = {"form": form, "number": number}
    return render(request, "advisory/envelope.html", words, status=422 if form.is_bound else 200)


def _how_many(request: PageRequest) -> HttpResponse:
    form = HowManyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{request.path}?sheets={form.cleaned_data['sheets']}")
    words = {"how_many": form, "least": actions.least()}
    return render(request, "advisory/envelope.html", words, status=422 if form.is_bound else 200)


@require_POST
def count(request: PageRequest) -> HttpResponse:
    """Counted once it is over."""
    of = the_round(request)
    if Form(request.POST).is_valid():
        actions.count(of, by=request.actor, at=clock.now())
    return redirect("advisory:settle" if of.ends_at <= clock.now() else "advisory:page")


@require_http_methods(READ_AND_WRITE)
def settle(request: PageRequest) -> HttpResponse:
    """The sentences, in no order, to be reworded; what is then said to everybody."""
    at, of = clock.now(), the_round(request)
    enough = of.ends_at <= at and queries.has_enough(of, actor=request.actor, at=at)
    desk = regions.region().desk_organisation_id
    policy.can_settle(request.actor, desk, of, enough=enough, at=at).or_raise()
    form = HeardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.settle(of, form.heard(), by=request.actor, at=at)
        return redirect("advisory:page")
    words: dict[str, Any] = {"form": form, "round": of, "outcome": (), "sentences": []}
    if of.counted_at is not None:
        words["sentences"] = queries.sentences(of, actor=request.actor)
        words["outcome"] = queries.outcome(of, actor=request.actor)
    return render(request, "advisory/settle.html", words, status=422 if form.is_bound else 200)
