"""What does her worker see of who may speak for her, and what does a second person look at?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.representatives import actions, policy, queries
from spheres.followup.representatives.forms import EndForm, ReviewForm, SuspendForm
from spheres.participants import queries as participants
from spheres.participants.models import Suspension
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What stands, what stood, and the way to suspend: her team’s alone."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    policy.can_suspend(request.actor).or_raise()
    found = queries.of_file(file_id, actor=request.actor)
    in_force = {one.row.who for one in found if one.in_force}
    form = SuspendForm(request.POST or None, suspended=in_force)
    if form.is_bound and form.intact and any(one.row.pk == form.record_id for one in found):
        return redirect("representatives:page", file_id)  # sent twice
    if form.is_bound and form.is_valid() and not form.findings():
        actions.suspend(file_id, form.said(), by=request.actor, at=clock.now())
        return redirect("representatives:page", file_id)
    vault.open(
        [*known.rows, *(one.row for one in found)],
        by=request.actor,
        sections=[IDENTITY, CONTACT],
    )
    person = participants.header_of(known)
    alone = regions.region().self_from
    words = {
        "person": person,
        "form": form,
        "live": [(one, EndForm(auto_id=f"{one.row.pk}_%s")) for one in found if one.in_force],
        "over": [one for one in found if not one.in_force],
        "beside": [Suspension.Who(who).label for who in sorted(person.suspended - in_force)],
        "decides_alone": person.decides_alone(on=clock.today(), since_age=alone),
        "alone": alone,
        "may_add": len(in_force) < len(Suspension.Who),
    }
    status = 422 if form.is_bound else 200
    return render(request, "representatives/page.html", words, status=status)


@require_POST
def end(request: PageRequest, file_id: UUID, suspension_id: UUID) -> HttpResponse:
    """Its ground no longer stands; pressed twice, it is ended once."""
    mine = queries.suspensions(actor=request.actor).filter(file_id=file_id, pk=suspension_id)
    if not mine.exists():
        raise Http404
    form = EndForm(request.POST)
    if form.is_valid():
        actions.end(file_id, suspension_id, by=request.actor, at=clock.now())
    return redirect("representatives:page", file_id)


@require_GET
def reviews(request: PageRequest) -> HttpResponse:
    """What was suspended in the organisation, and waits for a second person."""
    return _reviews(request)


@require_POST
def review(request: PageRequest, suspension_id: UUID) -> HttpResponse:
    """Say that it goes on, or end it."""
    policy.can_review(request.actor).or_raise()
    if not queries.reasons(actor=request.actor).filter(pk=suspension_id).exists():
        raise Http404
    form = ReviewForm(request.POST, auto_id=f"{suspension_id}_%s")
    if not form.is_valid():
        return _reviews(request, form=form, of=suspension_id, status=422)
    outcome = form.cleaned_data["outcome"]
    actions.review(suspension_id, outcome, by=request.actor, at=clock.now())
    return redirect("representatives:reviews")


def _reviews(
    request: PageRequest, *, form: ReviewForm | None = None, of: UUID | None = None, **answer: Any
) -> HttpResponse:
    policy.can_review(request.actor).or_raise()
    waits, done = queries.to_review(actor=request.actor, at=clock.now())
    lines = [
        (one, form if one.reason.pk == of else ReviewForm(auto_id=f"{one.reason.pk}_%s"))
        for one in waits
    ]
    return render(request, "representatives/reviews.html", {"waits": lines, "done": done}, **answer)
