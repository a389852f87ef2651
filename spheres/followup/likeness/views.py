"""What do the desk and the worker see and press when two referrals are alike?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.likeness import actions, policy, queries
from spheres.followup.likeness.forms import BOTH, NOT_THE_SAME, AnswerForm
from spheres.participants import queries as participants


@require_POST
def leave_apart(request: PageRequest, file_id: UUID, pair: UUID) -> HttpResponse:
    """The desk puts the question away for itself."""
    policy.can_leave_apart(request.actor).or_raise()
    if not queries.stands_at_desk(file_id, actor=request.actor):
        raise Http404
    actions.leave_apart(file_id, pair, by=request.actor, at=clock.now())
    return redirect("admission:referral", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, file_id: UUID, other_id: UUID) -> HttpResponse:
    """Asked beside her: are both referrals about you? Nothing is merged, nothing moves."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_decide(request.actor).or_raise()
    form = AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return _answer(request, file_id, other_id, form.cleaned_data["answer"])
    person = participants.header(file_id, actor=request.actor)
    other = dict(participants.names([other_id], actor=request.actor)).get(other_id)
    if person is None or other is None:
        raise Http404
    return render(
        request,
        "likeness/decide.html",
        {"person": person, "other": other, "other_id": other_id, "form": form},
        status=422 if form.is_bound else 200,
    )


def _answer(request: PageRequest, file_id: UUID, other_id: UUID, answer: str) -> HttpResponse:
    at = clock.now()
    if answer == BOTH:
        kept = actions.join(file_id, other_id, by=request.actor, at=at)
        return redirect("dossier:file", kept)
    if answer == NOT_THE_SAME:
        actions.tell_apart(file_id, other_id, by=request.actor, at=at)
    return redirect("dossier:file", file_id)


@require_POST
def part(request: PageRequest, file_id: UUID, other_id: UUID) -> HttpResponse:
    """They are two people after all: one press, for good."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    actions.part(file_id, other_id, by=request.actor, at=clock.now())
    return redirect("dossier:file", file_id)
