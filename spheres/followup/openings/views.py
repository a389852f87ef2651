"""What does one see of who opened what, and where is a colleague let go on?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.openings import actions, policy, queries
from spheres.followup.openings.forms import LetGoOnForm, OutcomeForm
from spheres.followup.openings.models import Look, Unusual


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """Who opened what, for the person in charge of privacy: numbers and questions, no file."""
    return _overview(request)


@require_GET
def colleagues(request: PageRequest) -> HttpResponse:
    """Those whom the day's limit stopped, for whoever works beside them."""
    return _colleagues(request)


@require_POST
def let_go_on(request: PageRequest, user_id: UUID) -> HttpResponse:
    """Let a colleague go on, for today."""
    policy.can_let_go_on(request.actor).or_raise()
    stopped = queries.stopped(actor=request.actor)
    policy.can_be_let_go_on(user_id, stopped).or_raise()
    form = LetGoOnForm(request.POST, auto_id=f"{user_id}_%s")
    looks = bool(policy.can_look(request.actor))
    if not form.is_valid():
        show = _overview if looks else _colleagues
        return show(request, form=form, of=user_id, status=422)
    actions.let_go_on(
        form.record_id,
        user_id,
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=clock.now(),
    )
    return redirect("openings:overview" if looks else "openings:colleagues")


def _stopped(
    request: PageRequest, form: LetGoOnForm | None, of: UUID | None
) -> list[tuple[UUID, str, LetGoOnForm]]:
    return [
        (user_id, name, form if form and user_id == of else LetGoOnForm(auto_id=f"{user_id}_%s"))
        for user_id, name in queries.stopped_by_name(actor=request.actor)
    ]


def _colleagues(
    request: PageRequest, *, form: LetGoOnForm | None = None, of: UUID | None = None, **answer: Any
) -> HttpResponse:
    policy.can_let_go_on(request.actor).or_raise()
    says = {"stopped": _stopped(request, form, of)}
    return render(request, "openings/colleagues.html", says, **answer)


@require_POST
def say(request: PageRequest, unusual_id: UUID) -> HttpResponse:
    """Say what came of one question."""
    policy.can_look(request.actor).or_raise()
    found = queries.questions(actor=request.actor, at=clock.now())
    if unusual_id not in {one.row.pk for one in found}:
        raise Http404
    form = OutcomeForm(request.POST, auto_id=f"{unusual_id}_%s")
    if not form.is_valid():
        return _overview(request, said=form, of=unusual_id, status=422)
    actions.say(unusual_id, form.cleaned_data["outcome"], by=request.actor, at=clock.now())
    return redirect("openings:overview")


def _overview(
    request: PageRequest,
    *,
    form: LetGoOnForm | None = None,
    said: OutcomeForm | None = None,
    of: UUID | None = None,
    **answer: Any,
) -> HttpResponse:
    policy.can_look(request.actor).or_raise()
    actor, at = request.actor, clock.now()
    found = queries.questions(actor=actor, at=at)
    waits = [
        (one, said if said and one.row.pk == of else OutcomeForm(auto_id=f"{one.row.pk}_%s"))
        for one in found
        if not one.row.outcome
    ]
    no_ground = Unusual.Kind.NO_GROUND
    says = {
        "stopped": _stopped(request, form, of),
        "many": queries.many(actor=actor),
        "police": queries.by_police(actor=actor, at=at),
        "let_go_on": queries.let_go_on(actor=actor, at=at),
        "grounds": queries.checked(Look.What.GROUNDS, actor=actor, at=at),
        "week": queries.checked(Look.What.WEEK, actor=actor, at=at),
        "without_ground": sum(one.row.kind == no_ground for one, _form in waits),
        "waits": waits,
        "done": [one for one in found if one.row.outcome],
    }
    return render(request, "openings/overview.html", says, **answer)
