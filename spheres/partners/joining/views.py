"""What is seen when joining: the charter, who accepted it, and what is still missing?"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.joining import actions, policy, queries
from spheres.partners.joining.forms import AcceptForm, AssessmentForm, OpenForm, ProfileForm
from spheres.partners.joining.models import Confirmed
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def charter(request: PageRequest) -> HttpResponse:
    """The charter that stands, and one’s own yes to it."""
    actor, at = request.actor, clock.now()
    policy.can_look(actor).or_raise()
    stands = queries.charter(actor=actor)
    mine = queries.mine(stands, actor=actor) if stands else None
    form = AcceptForm(request.POST or None)
    if stands and form.is_bound and form.is_valid():
        actions.accept(form.record_id, stands, by=actor, at=at)
        return redirect("joining:charter")
    words = {
        "charter": stands,
        "mine": mine,
        "form": form,
        "may_accept": bool(stands) and policy.can_accept(actor, is_done=mine is not None),
        "may_follow": policy.can_follow(actor),
    }
    return render(request, "joining/charter.html", words, status=422 if form.is_bound else 200)


@require_GET
def ready(request: PageRequest) -> HttpResponse:
    """Partner by partner, what is done and what is missing before a real person is received."""
    actor = request.actor
    policy.can_follow(actor).or_raise()
    lines = queries.checklist(actor=actor, at=clock.now())
    opening, missing = queries.opening(actor=actor), queries.missing(lines)
    words = {
        "lines": lines,
        "missing": missing,
        "opening": opening,
        "is_demo": regions.is_demo_database(),
        "form": OpenForm(),
        "may_confirm": policy.can_confirm(actor, queries.ours(actor=actor)),
        "may_open": policy.can_open(
            actor,
            is_desk=sharing.is_desk(actor=actor),
            is_open=opening is not None,
            missing=missing,
        ),
    }
    return render(request, "joining/ready.html", words)


@require_http_methods(READ_AND_WRITE)
def assessment(request: PageRequest) -> HttpResponse:
    """The reference of the privacy impact assessment of one’s organisation."""
    form = AssessmentForm(request.POST or None)
    return _confirm(request, form, Confirmed.Kind.ASSESSMENT)


@require_http_methods(READ_AND_WRITE)
def profile(request: PageRequest) -> HttpResponse:
    """The policy profile of one’s organisation, as the region’s file says it, confirmed."""
    return _confirm(request, ProfileForm(request.POST or None), Confirmed.Kind.PROFILE)


def _confirm(request: PageRequest, form: Any, kind: Confirmed.Kind) -> HttpResponse:
    actor = request.actor
    ours = queries.ours(actor=actor)
    policy.can_confirm(actor, ours).or_raise()
    if form.is_bound and form.is_valid():
        reference = form.cleaned_data["reference"]
        actions.confirm(form.record_id, kind=kind, reference=reference, by=actor, at=clock.now())
        return redirect("joining:ready")
    words = {"form": form, "kind": kind, "ours": ours}
    return render(request, "joining/confirm.html", words, status=422 if form.is_bound else 200)


@require_POST
def open_it(request: PageRequest) -> HttpResponse:
    """Open to real persons, once nothing is missing."""
    policy.can_follow(request.actor).or_raise()
    form = OpenForm(request.POST)
    if form.is_valid():
        actions.open_to_real_persons(form.record_id, by=request.actor, at=clock.now())
    return redirect("joining:ready")
