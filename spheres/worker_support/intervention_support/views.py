"""What do the desk, and the worker it names, see of a request for advice; and what do they do?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.records.between import lent
from spheres.regions import queries as regions
from spheres.worker_support.intervention_support import actions, policy, queries
from spheres.worker_support.intervention_support.forms import GiveForm, NameForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
Status = queries.Status


@require_GET
def listed(request: PageRequest) -> HttpResponse:
    """What waits, by the day to answer; then what was answered, then what is closed."""
    policy.can_see_advice(request.actor).or_raise()
    found = queries.listed(actor=request.actor, on=clock.today())
    words = {
        "waiting": queries.in_state(found, Status.WAITING),
        "answered": queries.in_state(found, Status.ANSWERED),
        "closed": queries.in_state(found, Status.CLOSED),
    }
    return render(request, "intervention_support/list.html", words)


@require_http_methods(READ_AND_WRITE)
def one(request: PageRequest, advice_id: UUID) -> HttpResponse:
    """One request, what was said of it, and an answer to give."""
    works = lent.works(actor=request.actor, on=clock.today())
    form = GiveForm(request.POST or None, works=works)
    if form.is_bound and form.is_valid() and not form.findings():
        _found_or_404(request, advice_id)
        actions.answer(advice_id, form.given(), by=request.actor, at=clock.now())
        return redirect("intervention_support:one", advice_id)
    return _one(request, advice_id, giving=form)


def _one(
    request: PageRequest, advice_id: UUID, *, giving: GiveForm, naming: NameForm | None = None
) -> HttpResponse:
    actor = request.actor
    thread = queries.thread(advice_id, actor=actor)
    if thread is None:
        raise Http404
    bound = giving.is_bound or bool(naming and naming.is_bound)
    may_entrust = policy.can_entrust_advice(actor, thread.standing)
    if may_entrust and naming is None:
        naming = NameForm(candidates=queries.candidates(actor=actor, at=clock.now()))
    words = {
        "thread": thread,
        "form": giving,
        "naming": naming,
        "is_late": thread.is_late(clock.today()),
        "is_mine": thread.standing.taken_by == actor.user_id,
        "may_give": policy.can_give_advice(actor, thread.standing),
        "may_entrust": may_entrust,
        "may_close": policy.can_close_advice(actor, thread.standing),
        "may_reopen": policy.can_reopen_advice(actor, thread.standing),
        "sees_list": policy.can_see_advice(actor),
        "region": regions.region(),
    }
    page = "intervention_support/one.html"
    return render(request, page, words, status=422 if bound else 200)


def _found_or_404(request: PageRequest, advice_id: UUID) -> None:
    if not queries.standing(advice_id, actor=request.actor).exists():
        raise Http404


@require_POST
def hand(request: PageRequest, advice_id: UUID) -> HttpResponse:
    """To one worker, who reads it and answers; the desk goes on reading."""
    _found_or_404(request, advice_id)
    policy.can_see_advice(request.actor).or_raise()
    at = clock.now()
    form = NameForm(request.POST, candidates=queries.candidates(actor=request.actor, at=at))
    if not form.is_valid():
        works = lent.works(actor=request.actor, on=clock.today())
        return _one(request, advice_id, giving=GiveForm(works=works), naming=form)
    actions.hand(advice_id, to=form.chosen(), by=request.actor, at=at)
    return redirect("intervention_support:one", advice_id)


@require_POST
def take(request: PageRequest, advice_id: UUID) -> HttpResponse:
    """«I answer this one»."""
    return _done(request, advice_id, actions.take)


@require_POST
def close(request: PageRequest, advice_id: UUID) -> HttpResponse:
    """It is done, for now."""
    return _done(request, advice_id, actions.close)


@require_POST
def reopen(request: PageRequest, advice_id: UUID) -> HttpResponse:
    """There is more to say."""
    return _done(request, advice_id, actions.reopen)


def _done(request: PageRequest, advice_id: UUID, act: Callable[..., None]) -> HttpResponse:
    _found_or_404(request, advice_id)
    act(advice_id, by=request.actor, at=clock.now())
    return redirect("intervention_support:one", advice_id)
