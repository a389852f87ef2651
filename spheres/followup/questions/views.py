"""What do the desk, and the worker it asks, see of a question; and what do they do with it?"""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.questions import actions, policy, queries
from spheres.followup.questions.forms import AnswerHerForm, HandForm
from spheres.records import numbers
from spheres.records.between import reachable

# Of the region's numbers, those to have at hand while answering; all of them are one tap away.
FIRST: Final = ("urgence", "dpj", "suicide")


@require_GET
def listed(request: PageRequest) -> HttpResponse:
    """What waits, the oldest first; what came by the dozen, as one line."""
    policy.can_see_questions(request.actor).or_raise()
    return render(request, "questions/list.html", {"queue": queries.queue(actor=request.actor)})


@require_POST
def set_aside(request: PageRequest) -> HttpResponse:
    """Several at once, without opening one."""
    policy.can_see_questions(request.actor).or_raise()
    matters = []
    for sent in request.POST.getlist("question"):
        with suppress(ValueError):
            matters.append(UUID(sent))
    actions.set_aside(matters, by=request.actor, at=clock.now())
    return redirect("questions:list")


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PageRequest, question_id: UUID) -> HttpResponse:
    """The thread, an answer to write, and whom to call if a life is in danger."""
    form = AnswerHerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not queries.standing(question_id, actor=request.actor).exists():
            raise Http404
        actions.answer(
            question_id,
            form.record_id,
            words=form.cleaned_data["words"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("questions:one", question_id)
    return _one(request, question_id, answering=form)


def _one(
    request: PageRequest,
    question_id: UUID,
    *,
    answering: AnswerHerForm,
    handing: HandForm | None = None,
) -> HttpResponse:
    thread = queries.thread(question_id, actor=request.actor)
    if thread is None:
        raise Http404
    at = clock.now()
    may_pass_on = policy.can_pass_on(request.actor, thread.standing)
    if may_pass_on and handing is None:
        handing = HandForm(candidates=queries.candidates(actor=request.actor, at=at))
    says = {
        "thread": thread,
        "form": answering,
        "handing": handing,
        "may_pass_on": may_pass_on,
        "may_answer": policy.can_answer_her(request.actor, thread.standing),
        "may_set_aside": policy.can_set_aside(request.actor, thread.standing),
        "holders": queries.holders(question_id, actor=request.actor) if may_pass_on else [],
        "numbers": numbers.first(FIRST, on=clock.today()),
        "on_call": reachable.on_call(actor=request.actor),
        "sees_list": policy.can_see_questions(request.actor),
    }
    bound = answering.is_bound or bool(handing and handing.is_bound)
    return render(request, "questions/one.html", says, status=422 if bound else 200)


@require_POST
def hand(request: PageRequest, question_id: UUID) -> HttpResponse:
    """To one worker, who reads it and answers; the desk goes on reading."""
    if not queries.standing(question_id, actor=request.actor).exists():
        raise Http404
    policy.can_see_questions(request.actor).or_raise()
    at = clock.now()
    form = HandForm(request.POST, candidates=queries.candidates(actor=request.actor, at=at))
    if not form.is_valid():
        return _one(request, question_id, answering=AnswerHerForm(), handing=form)
    actions.hand(question_id, to=form.chosen(), by=request.actor, at=at)
    return redirect("questions:one", question_id)


@require_POST
def take_back(request: PageRequest, question_id: UUID) -> HttpResponse:
    """From that worker."""
    if not queries.standing(question_id, actor=request.actor).exists():
        raise Http404
    policy.can_see_questions(request.actor).or_raise()
    with suppress(ValueError):
        of = UUID(request.POST.get("worker", ""))
        actions.take_back(question_id, of=of, by=request.actor, at=clock.now())
    return redirect("questions:one", question_id)


@require_POST
def take_up(request: PageRequest, question_id: UUID) -> HttpResponse:
    """Back in the queue."""
    if not queries.standing(question_id, actor=request.actor).exists():
        raise Http404
    policy.can_see_questions(request.actor).or_raise()
    actions.take_up(question_id, by=request.actor, at=clock.now())
    return redirect("questions:one", question_id)
