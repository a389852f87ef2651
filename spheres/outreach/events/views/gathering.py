"""What is seen across events: each organisation, what audiences ask, what is of use there?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.outreach.events import actions, gathered, policy, queries
from spheres.outreach.events.forms import AnswerForm, KitForm, VisitForm
from spheres.records.between import lent
from spheres.ui import quebec

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def organisations(request: PageRequest) -> HttpResponse:
    """Each outside organisation, those whose visit comes first at the top."""
    policy.can_look(request.actor).or_raise()
    on = clock.today()
    found = gathered.organisations(actor=request.actor)
    words = {"organisations": [(one, one.is_late(on)) for one in found]}
    return render(request, "events/organisations.html", words)


@require_http_methods(READ_AND_WRITE)
def organisation(request: PageRequest, engaged_id: UUID) -> HttpResponse:
    """All that took place with one; for the coordination, by which day it is visited again."""
    actor, on = request.actor, clock.today()
    policy.can_look(actor).or_raise()
    found = gathered.organisation(engaged_id, actor=actor)
    if found is None:
        raise Http404
    may_plan = policy.can_plan_visit(actor)
    form = VisitForm(request.POST or None, initial={"due_on": found.due_on})
    if request.method == "POST":
        may_plan.or_raise()
        if form.is_valid():
            anchors = found.anchors or (found.id,)
            due_on = form.cleaned_data["due_on"]
            actions.plan_visit(form.record_id, anchors, due_on=due_on, by=actor, at=clock.now())
            return redirect("events:organisation", engaged_id)
    its = {line.id for line in found.lines}
    words = {
        "one": found,
        "is_late": found.is_late(on),
        "asked": [
            often
            for often in gathered.often_asked(actor=actor)
            if any(row.event_id in its for row in often.rows)
        ],
        "form": form,
        "may_plan": may_plan,
    }
    status = 422 if form.is_bound else 200
    return render(request, "events/organisation.html", words, status=status)


@require_GET
def reach(request: PageRequest) -> HttpResponse:
    """By region of Québec: one year on the picture, the last five in the table."""
    policy.can_look(request.actor).or_raise()
    found = gathered.reach(actor=request.actor, on=clock.today())
    if found is None:
        return render(request, "events/reach.html", {"found": None})
    years = [str(year) for year in found.years]
    said = request.GET.get("year", years[0])
    if said not in years:
        raise Http404
    place = years.index(said)
    shown = [(one.code, one.label, one.held[place].events) for one in found.regions]
    words = {
        "found": found,
        "year": said,
        "years": years,
        "whole": found.whole[place],
        "picture": quebec.picture(shown),
        "columns": [_("Administrative region"), *years],
        "numbers": tuple(range(2, len(years) + 2)),
        "rows": [
            [_numbered(one), *(_in_words(held) for held in one.held)]
            for one in found.regions
            if one.has_something
        ],
        "left": [_numbered(one) for one in found.regions if not one.has_something],
    }
    return render(request, "events/reach.html", words)


def _numbered(one: gathered.OfRegion) -> str:
    return f"{one.code[-2:]}\u00a0{one.label}" if one.code else one.label


def _in_words(held: gathered.Held) -> str:
    """Events, and in brackets the people who are known to have come."""
    return f"{held.events}\u00a0({held.people})" if held.events else "0"


@require_GET
def questions(request: PageRequest) -> HttpResponse:
    """What audiences ask, how often, and what is answered."""
    policy.can_look(request.actor).or_raise()
    words = {
        "questions": gathered.often_asked(actor=request.actor),
        "may_answer": policy.can_answer_audiences(request.actor),
    }
    return render(request, "events/questions.html", words)


@require_http_methods(READ_AND_WRITE)
def question(request: PageRequest, put_id: UUID) -> HttpResponse:
    """The coordination's answer to one question, and to those that are the same."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    found = gathered.often_asked(actor=actor)
    one = next((each for each in found if put_id in {row.pk for row in each.rows}), None)
    if one is None:
        raise Http404
    policy.can_answer_audiences(actor).or_raise()
    others = [each for each in found if each is not one]
    form = AnswerForm(
        request.POST or None,
        others=[(each.id, each.words) for each in others],
        initial={"words": one.answer.opened.words if one.answer else ""},
    )
    if form.is_bound and form.is_valid() and not form.findings():
        joined = [each.id for each in others if each.id in form.joined()]
        actions.answer(
            form.record_id, one.rows[0].event_id, [*(row.pk for row in one.rows), *joined],
            words=form.cleaned_data["words"], by=actor, at=clock.now(),
        )  # fmt: skip
        return redirect("events:questions")
    words = {"one": one, "form": form, "others": others}
    return render(request, "events/question.html", words, status=422 if form.is_bound else 200)


@require_GET
def kits(request: PageRequest) -> HttpResponse:
    """What is of use before each type of audience."""
    policy.can_look(request.actor).or_raise()
    kits = gathered.kits(actor=request.actor, on=clock.today())
    words = {
        "kits": [one for one in kits if one.has_something],
        "others": [one for one in kits if not one.has_something],
        "may_choose": policy.can_choose_kit(request.actor),
    }
    return render(request, "events/kits.html", words)


@require_http_methods(READ_AND_WRITE)
def kit(request: PageRequest, audience: str) -> HttpResponse:
    """The coordination chooses what is of use before one type of audience."""
    actor, on = request.actor, clock.today()
    policy.can_look(actor).or_raise()
    known = {one.code: one for one in gathered.kits(actor=actor, on=on)}
    if audience not in known:
        raise Http404
    policy.can_choose_kit(actor).or_raise()
    one = known[audience]
    form = KitForm(
        request.POST or None,
        known=queries.shown_with(actor=actor),
        lent=lent.works(actor=actor, on=on),
        initial={
            "materials": [str(each) for each in one.firsts],
            "works": [each.code for each in one.works],
        },
    )
    if form.is_bound and form.is_valid():
        materials, works = form.chosen()
        actions.choose_kit(
            form.record_id, audience, materials=materials, works=works, by=actor, at=clock.now()
        )
        return redirect("events:kits")
    status = 422 if form.is_bound else 200
    return render(request, "events/kit.html", {"one": one, "form": form}, status=status)
