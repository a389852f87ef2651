"""What does one see of entries past their time: which they are, what is proposed, what waits?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.privacy.incidents import actions, policy, queries
from spheres.privacy.incidents.forms import PressForm, ReviewForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def reviews(request: PageRequest) -> HttpResponse:
    """What is past its time, for whoever keeps the register; what waits for a second person."""
    policy.can_review(request.actor).or_raise()
    keeps = policy.can_keep(request.actor)
    found = queries.listed(actor=request.actor)
    waits = [
        (one, policy.can_answer(request.actor, one.row.proposed_by, is_yes=True))
        for one in found
        if one.answer is None
    ]
    says = {
        "keeps": keeps,
        "due": queries.due(actor=request.actor) if keeps else [],
        "waits": waits,
        "decided": [one for one in found if one.answer is not None and one.answer.is_yes],
        "press": PressForm(),
    }
    return render(request, "incidents/reviews.html", says)


@require_http_methods(READ_AND_WRITE)
def propose(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """Kept so many years more, or deleted: one proposes, another says yes."""
    policy.can_keep(request.actor).or_raise()
    one = next((one for one in queries.due(actor=request.actor) if one.id == incident_id), None)
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.propose(incident_id, form.proposed(), by=request.actor, at=clock.now())
        return redirect("incidents:reviews")
    if one is None:
        raise Http404
    says = {"one": one, "form": form}
    return render(request, "incidents/propose.html", says, status=422 if form.is_bound else 200)


@require_POST
def answer(request: PageRequest, review_id: UUID) -> HttpResponse:
    """The second person says yes; or it is taken back."""
    policy.can_review(request.actor).or_raise()
    if queries.one(review_id, actor=request.actor) is None:
        raise Http404
    is_yes = request.POST.get("answer") == "yes"
    actions.answer(review_id, is_yes=is_yes, by=request.actor, at=clock.now())
    return redirect("incidents:reviews")
