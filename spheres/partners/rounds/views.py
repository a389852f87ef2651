"""What does each see of rounds: those that ask them, those they run, what all of them say?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.core.jobs import defer
from spheres.partners.rounds import actions, policy, queries, tasks
from spheres.partners.rounds.forms import AnswerForm, LastDayForm, OpenForm, SettleForm
from spheres.partners.rounds.models import ReflectionRound
from spheres.records.anonymous import drawing, success
from spheres.records.between import occasions
from spheres.ui.forms import Form

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def known(request: PageRequest, round_id: UUID) -> ReflectionRound:
    policy.can_look(request.actor).or_raise()
    found = queries.find(round_id, actor=request.actor)
    if found is None or found.put_away_at is not None:
        raise Http404
    return found


@require_GET
def list_all(request: PageRequest) -> HttpResponse:
    """Those that ask me, those that run, those that were said."""
    policy.can_look(request.actor).or_raise()
    actor, at = request.actor, clock.now()
    found = queries.rounds(actor=actor)
    words = {
        "to_answer": queries.to_answer(found, actor=actor, at=at),
        "mine": [one for one in found if not one.is_settled and policy.can_run(actor, one)],
        "said": [one for one in found if one.is_said],
        "may_open": policy.can_facilitate(actor),
        "at": at,
    }
    return render(request, "rounds/list.html", words)


@require_http_methods(READ_AND_WRITE)
def open_one(request: PageRequest) -> HttpResponse:
    policy.can_facilitate(request.actor).or_raise()
    actor, at = request.actor, clock.now()
    form = OpenForm(
        request.POST or None,
        today=clock.day_of(at),
        sets=queries.sets(actor=actor),
        partners=queries.partners(actor=actor),
        occasions=occasions.to_come(actor=actor),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.open_round(form.opened(), by=actor, at=at)
            return redirect("rounds:round", form.record_id)
        except NotAllowed as refusal:
            form.add_error("organisations", str(refusal.reason))
    words = {"form": form, "enough": queries.enough(), "least": queries.least()}
    return render(request, "rounds/open.html", words, status=422 if form.is_bound else 200)


@require_GET
def show(request: PageRequest, round_id: UUID) -> HttpResponse:
    """Where it stands; once it is said, the figures and the positions."""
    return _page(request, known(request, round_id))


def _page(
    request: PageRequest, of: ReflectionRound, form: LastDayForm | None = None, refused: str = ""
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    is_over, may_run = of.ends_at <= at, bool(policy.can_run(actor, of))
    may_answer = bool(policy.can_answer(actor, of, at))
    before = None
    shown = []
    if of.is_said:
        before = queries.same_before(of, queries.rounds(actor=actor))
        shown = said(of, before, request)
    words = {
        "of": of,
        "organisations": sorted(queries.names(of.organisations, actor=actor).values()),
        "is_over": is_over,
        "may_run": may_run,
        "may_end": policy.can_settle(actor, of, at),
        "may_answer": may_answer,
        "has_given": may_answer and queries.has_given(of, actor=actor),
        "has_enough": may_run and is_over and queries.has_enough(of, actor=actor),
        "may_make_longer": policy.can_make_longer(actor, of),
        "longer": form or LastDayForm(today=clock.day_of(at)),
        "plain_form": Form(),
        "refused": refused,
        "enough": queries.enough(),
        "spreads": shown,
        "chosen": success.told(actor=actor) if shown and of.asks.success else None,
        "least": queries.least(),
        "before": before,
    }
    status = 422 if form or refused else 200
    return render(request, "rounds/round.html", words, status=status)


def said(
    of: ReflectionRound, before: ReflectionRound | None, request: PageRequest
) -> list[dict[str, Any]]:
    """Each question with its picture, the table beside, and what was heard."""
    return [
        {
            "spread": one,
            "picture": drawing.picture(one),
            "rows": drawing.rows(one),
            "columns": [_("Step"), _("This time"), *([_("The last time")] if one.before else [])],
            "in_words": drawing.in_words(one),
        }
        for one in queries.spreads(of, before, actor=request.actor)
    ]


@require_http_methods(READ_AND_WRITE)
def answer(request: PageRequest, round_id: UUID) -> HttpResponse:
    """Alone, and once: no draft is kept of it."""
    of, at = known(request, round_id), clock.now()
    policy.can_answer(request.actor, of, at).or_raise()
    if queries.has_given(of, actor=request.actor):
        return redirect("rounds:round", of.pk)
    form = AnswerForm(request.POST or None, questions=of.asks.questions)
    if form.is_bound and form.is_valid():
        actions.answer(of, steps=form.steps(), remarks=form.remarks(), by=request.actor, at=at)
        return redirect("rounds:round", of.pk)
    words = {"of": of, "form": form, "enough": queries.enough()}
    return render(request, "rounds/answer.html", words, status=422 if form.is_bound else 200)


@require_GET
def paper(request: PageRequest, round_id: UUID) -> HttpResponse:
    """The questions on paper, to think them over or to talk about them: nothing is typed in."""
    return render(request, "rounds/paper.html", {"of": known(request, round_id)})


@require_POST
def make_longer(request: PageRequest, round_id: UUID) -> HttpResponse:
    of, at = known(request, round_id), clock.now()
    policy.can_make_longer(request.actor, of).or_raise()
    form = LastDayForm(request.POST, today=clock.day_of(at))
    if not form.is_valid():
        return _page(request, of, form)
    actions.make_longer(of, ends_at=form.ends_at(), by=request.actor, at=at)
    return redirect("rounds:round", of.pk)


@require_POST
def count(request: PageRequest, round_id: UUID) -> HttpResponse:
    """Counted once it is over; then what was written is reworded."""
    of = known(request, round_id)
    try:
        actions.count(of, by=request.actor, at=clock.now())
    except NotAllowed as refusal:
        if not policy.can_run(request.actor, of):
            raise
        return _page(request, of, refused=str(refusal.reason))
    return redirect("rounds:settle", of.pk)


@require_http_methods(READ_AND_WRITE)
def settle(request: PageRequest, round_id: UUID) -> HttpResponse:
    """The remarks, in no order, to be reworded; or the round that ends unread."""
    of, at, actor = known(request, round_id), clock.now(), request.actor
    policy.can_settle(actor, of, at).or_raise()
    questions = of.asks.questions if of.counted_at is not None else ()
    form = SettleForm(request.POST or None, questions=questions)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.settle(of, form.heard(), by=actor, at=at)
        defer(tasks.forget_one, by=actor, round_id=str(of.pk))
        return redirect("rounds:round", of.pk)
    blocks = []
    if of.counted_at is not None:
        written = queries.remarks(of, actor=actor)
        blocks = [
            one | {"remarks": written.get(code, []), "lines": form.lines_of(code)}
            for one in said(of, None, request)
            for code in [one["spread"].question.code]
        ]
    words = {"of": of, "form": form, "blocks": blocks}
    return render(request, "rounds/settle.html", words, status=422 if form.is_bound else 200)
