"""What does one see of a demand about one file, and what is weighed of it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.decision import Decision as May
from spheres.privacy.legal_demands import actions, policy, queries
from spheres.privacy.legal_demands.forms import (
    InformForm,
    OfficerForm,
    PressForm,
    SameForm,
    SeatForm,
    StepForm,
)
from spheres.privacy.legal_demands.models import MatterStatus, Step, Verdict
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.views.reached import Reached, beside, seated
from spheres.regions import queries as regions
from spheres.ui import moments

Status = MatterStatus.Status
# What is done of it, in place of weighing: by which verb, and by what right.
DONE: Final[dict[str, tuple[Callable[..., bool], Callable[..., May]]]] = {
    Do.OBJECTED: (actions.object_to, policy.can_object),
    Do.DELIVERED: (actions.hand_over, policy.can_hand_over),
    Do.LAPSED: (actions.lapse, policy.can_lapse),
    Do.CLOSED: (actions.close, policy.can_close),
}


@dataclass(frozen=True)
class Due:
    """One thing to weigh: what was written of it, and where it is written."""

    kind: str
    label: Any
    newest: Step | None
    author: str
    url: str
    may: May


def _one(request: PageRequest, reached: Reached) -> HttpResponse:
    """What is demanded, until when, what was weighed, who was told, what is prepared."""
    return render(request, "legal_demands/one.html", _words(request, reached))


def _words(request: PageRequest, reached: Reached) -> dict[str, Any]:
    answered, facts, actor = reached.answered, reached.answered.facts, request.actor
    last = answered.production
    seat = reached.from_seat
    return {
        "reached": reached,
        "answered": answered,
        "person": reached.person,
        "asked": answered.asked,
        "steps": _steps(request, reached),
        "missing": policy.missing(facts) if seat and facts.status in policy.NOT_GONE else [],
        "informing": answered.informing,
        "informed_by": answered.names.get(answered.informing.written_by, "")
        if answered.informing
        else "",
        "is_twice": answered.waits and queries.may_be_twice(answered, actor=actor),
        "same_url": reached.url("same") if seat and policy.can_end_as_same(actor, facts) else "",
        "may_inform": policy.can_inform(actor, facts),
        "inform_url": reached.url("inform"),
        "may_seat": seat and policy.can_give_seat(actor, facts),
        "end_url": "" if seat or not answered.who_sits else reached.url("end_seats"),
        "press": PressForm(auto_id=False),
        "may_call": not seat and policy.can_call_officer(actor, facts) and not answered.is_read,
        "may_produce": policy.can_produce(actor, facts),
        "production": last,
        "verdict": answered.verdict_of(last),
        "is_released": _is_released(answered.verdict_of(last)),
        "done": [(kind, Step.Kind(kind).label, answered.newest(kind)) for kind in DONE],
        "ways": [
            (kind, reached.url("step", kind.lower()))
            for kind, (_do, may) in DONE.items()
            if seat and may(actor, facts)
        ],
        "today": clock.today(),
    }


@seated
def same(request: PageRequest, reached: Reached) -> HttpResponse:
    """It is another demand again: which one goes on."""
    answered = reached.answered
    others = queries.others_open(answered, actor=request.actor)
    form = SameForm(
        request.POST or None,
        others=[(str(one.row.pk), f"{one.row.get_kind_display()}, {day(one)}") for one in others],
    )
    if form.intact and any(one.pk == form.record_id for one in answered.steps):
        return redirect("legal_demands:desk")  # sent twice
    policy.can_end_as_same(request.actor, answered.facts).or_raise()
    if form.is_bound and form.is_valid():
        said, by = form.weighed(), request.actor
        actions.end_as_same(answered, said, form.same_id, by=by, at=clock.now())
        return redirect("legal_demands:desk")  # the seat ended with it
    words = {
        "reached": reached, "person": reached.person, "form": form if others else None,
        "back": reached.url("one"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/same.html", words, status=status)


def day(answered: queries.Answered) -> str:
    return moments.day(answered.row.received_on)


def _is_released(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome == Verdict.Outcome.RELEASED


def _steps(request: PageRequest, reached: Reached) -> list[Due]:
    answered = reached.answered
    kinds = [*policy.steps_of(answered.row.kind, answered.row.asker), str(Do.OPINION)]
    found = []
    for kind in kinds:
        newest = answered.newest(kind)
        author = answered.names.get(newest.written_by, "") if newest else ""
        may = policy.can_write_step(request.actor, answered.facts, kind)
        url = reached.url("step", kind.lower()) if reached.from_seat else ""
        found.append(Due(kind, Step.Kind(kind).label, newest, author, url, may))
    return found


@seated
def step(request: PageRequest, reached: Reached, kind: str) -> HttpResponse:
    """One thing that is weighed, or done, on a page of its own; written once more, the newest
    counts."""
    answered, code = reached.answered, kind.upper()
    row, facts = answered.row, answered.facts
    do: Callable[..., bool] = actions.weigh
    if code in DONE:
        do, may = DONE[code]
        allowed = may(request.actor, facts)
    elif code in {*policy.steps_of(row.kind, row.asker), Do.OPINION}:
        allowed = policy.can_write_step(request.actor, facts, code)
    else:
        raise Http404
    form = StepForm(request.POST or None, kind=code)
    if form.intact and any(one.pk == form.record_id for one in answered.steps):
        return redirect(reached.url("one"))  # sent twice
    allowed.or_raise()
    if form.is_bound and form.is_valid():
        do(answered, form.weighed(), by=request.actor, at=clock.now())
        if code == Do.CLOSED:
            return redirect("legal_demands:desk")  # the seat ended with it
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "form": form, "kind": code,
        "title": Step.Kind(code).label, "back": reached.url("one"),
        "is_accused": code == Do.ACCUSED, "is_law": code == Do.LAW, "is_scope": code == Do.SCOPE,
        "is_objection": code == Do.OBJECTED,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/step.html", words, status=status)


def _inform(request: PageRequest, reached: Reached) -> HttpResponse:
    """Whether the person was told, and what help was offered; or why not, and until when."""
    answered = reached.answered
    policy.can_inform(request.actor, answered.facts).or_raise()
    form = InformForm(request.POST or None)
    if form.intact and any(one.pk == form.record_id for one in answered.informed):
        return redirect(reached.url("one"))  # sent twice
    if form.is_bound and form.is_valid():
        actions.inform(answered, form.informed(), by=request.actor, at=clock.now())
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "form": form, "back": reached.url("one"),
        "lines": regions.help_lines(),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/inform.html", words, status=status)


@seated
def seat(request: PageRequest, reached: Reached) -> HttpResponse:
    """A seat for counsel, or for another officer: the second person of a production."""
    answered = reached.answered
    policy.can_give_seat(request.actor, answered.facts).or_raise()
    sitters = queries.sitters(actor=request.actor)
    form = SeatForm(request.POST or None, sitters=sitters)
    if form.is_bound and form.is_valid():
        said, by, at = form.cleaned_data, request.actor, clock.now()
        person = UUID(said["person"])
        actions.give_seat(answered, form.record_id, person, said["faces"], by=by, at=at)
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "form": form, "sitters": sitters,
        "back": reached.url("one"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/seat.html", words, status=status)


@beside
def officer(request: PageRequest, reached: Reached) -> HttpResponse:
    """Give an officer a seat again: the first one left, or its last day is past."""
    answered = reached.answered
    policy.can_call_officer(request.actor, answered.facts).or_raise()
    officers = queries.officers(actor=request.actor)
    form = OfficerForm(request.POST or None, officers=officers)
    if form.is_bound and form.is_valid():
        person = UUID(form.cleaned_data["officer"])
        by, at = request.actor, clock.now()
        actions.call_officer(answered, form.record_id, person, by=by, at=at)
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "form": form, "sitters": officers,
        "back": reached.url("one"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/seat.html", words, status=status)


@beside
@require_POST
def end_seats(request: PageRequest, reached: Reached) -> HttpResponse:
    """Whoever sits at it reads nothing more there, until those who walk with the person say so."""
    actions.end_seats(reached.answered, by=request.actor, at=clock.now())
    return redirect(reached.url("one"))


one, of_file = seated(_one), beside(_one)
inform, tell = seated(_inform), beside(_inform)
