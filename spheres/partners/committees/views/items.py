"""What is seen of one thing brought to a committee: its words, its minutes, what was promised?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.committees import actions, policy, queries
from spheres.partners.committees.forms import (
    CarryForm,
    DecisionForm,
    HoldForm,
    MinutesForm,
    PlaceForm,
    PromiseForm,
)
from spheres.partners.committees.views.meetings import my_people
from spheres.sharing.models import CommitteeItem
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def found(request: PageRequest, item_id: UUID) -> queries.WholeItem:
    """One that is not closed to me; else it is as what does not exist."""
    whole = queries.whole_item(item_id, actor=request.actor)
    if whole is None:
        raise Http404
    return whole


@require_GET
def item(request: PageRequest, brought_id: UUID) -> HttpResponse:
    """Its words, then what was noted and promised; for whoever chairs, who is there."""
    return _page(request, found(request, brought_id))


def _page(request: PageRequest, whole: queries.WholeItem, **typed: Any) -> HttpResponse:
    actor, at, row, it = request.actor, clock.now(), whole.row, whole.at
    vault.open(whole.texts, by=actor)
    chairs, is_open, brought = (way in whole.ways for way in ("CHAIRING", "OPEN", "BROUGHT"))
    _from, to = (
        queries.carried_between(row, actor=actor, at=at)
        if it.meeting.cancelled_at and brought
        else (it.meeting, None)
    )
    forms = {
        "minutes": MinutesForm(
            initial={
                "words": "\n\n".join(one.opened.words for one in whole.minutes),
                "after": ",".join(str(one.pk) for one in whole.minutes),
            }
        ),
        "decision": DecisionForm(),
        "promise": PromiseForm(staying=whole.staying),
        "hold": HoldForm(
            staying=whole.staying, initial={"present": [key for key, _name in whole.staying]}
        ),
        "place": PlaceForm(
            initial={"position": row.position or whole.next_place, "minutes": row.minutes}
        ),
    }
    hers = row.mode == CommitteeItem.Mode.CONSENT
    says = {
        "row": row, "it": it, "to": to, "whole": whole, "form": forms | typed,
        "is_ahead": it.meeting.starts_at > at,
        "title": whole.brought.opened.question if whole.brought else row.get_mode_display(),
        "text": whole.brought.opened.words if whole.brought else "",
        "about": queries.about(row.pk, actor=actor) if brought and hers else None,
        "may": {
            "note": policy.can_note(chairs, is_open, row),
            "promise": policy.can_promise(chairs, row),
            "hold": policy.can_hold(chairs, row, it.meeting, at=at),
            "place": policy.can_place(chairs, row),
            "step_out": policy.can_step_out(actor, row),
            "off": policy.can_take_off(actor, chairs, row),
            "carry": policy.can_carry(actor, row, it.meeting, to),
        },
    }  # fmt: skip
    status = 422 if typed else 200
    return render(request, "committees/item.html", says, status=status)


@require_POST
def place(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.place(
            brought_id, position=said["position"], minutes=said["minutes"], by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        return redirect("committees:meeting", whole.row.meeting_id)
    return _page(request, whole, place=form)


@require_POST
def take_off(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    actions.take_off(brought_id, by=request.actor, at=clock.now())
    return redirect("committees:meeting", whole.row.meeting_id)


@require_POST
def carry_item(request: PageRequest, brought_id: UUID) -> HttpResponse:
    """To the next meeting, when the one it was brought to is not held."""
    found(request, brought_id)
    carried = actions.carry_item(brought_id, by=request.actor, at=clock.now())
    return redirect("committees:item", carried)


@require_POST
def hold(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    form = HoldForm(request.POST, staying=whole.staying)
    if form.is_valid():
        actions.hold(
            brought_id, whole.at.meeting, present=form.ids, by=request.actor, at=clock.now()
        )
        return redirect("committees:item", brought_id)
    return _page(request, whole, hold=form)


@require_POST
def minutes(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    form = MinutesForm(request.POST, known=_names(request))
    if form.is_valid() and not form.findings():
        actions.write_minutes(
            form.record_id, brought_id, form.cleaned_data["words"], after=form.followed,
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("committees:item", brought_id)
    return _page(request, whole, minutes=form)


@require_POST
def decide(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    form = DecisionForm(request.POST, known=_names(request))
    if form.is_valid() and not form.findings():
        words = form.cleaned_data["words"]
        actions.write_decision(form.record_id, brought_id, words, by=request.actor, at=clock.now())
        return redirect("committees:item", brought_id)
    return _page(request, whole, decision=form)


@require_POST
def promise(request: PageRequest, brought_id: UUID) -> HttpResponse:
    whole = found(request, brought_id)
    form = PromiseForm(request.POST, known=_names(request), staying=whole.staying)
    if form.is_valid() and not form.findings():
        owner_id, organisation_id = form.ids
        actions.promise(
            form.record_id, brought_id, form.cleaned_data["words"], owner_id=owner_id,
            organisation_id=organisation_id, due_on=form.cleaned_data["due_on"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("committees:item", brought_id)
    return _page(request, whole, promise=form)


def _names(request: PageRequest) -> list[str]:
    return [name for _file, name in my_people(request)]


@require_POST
def done(request: PageRequest, promise_id: UUID) -> HttpResponse:
    if not queries.promise_exists(promise_id, actor=request.actor):
        raise Http404
    actions.answer_promise(promise_id, carried_to=None, by=request.actor, at=clock.now())
    return redirect("committees:list")


@require_http_methods(READ_AND_WRITE)
def carry(request: PageRequest, promise_id: UUID) -> HttpResponse:
    if not queries.promise_exists(promise_id, actor=request.actor):
        raise Http404
    form = CarryForm(request.POST or None, today=clock.today())
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["carried_to"]
        actions.answer_promise(promise_id, carried_to=day, by=request.actor, at=clock.now())
        return redirect("committees:list")
    return render(
        request, "committees/carry.html", {"form": form}, status=422 if form.is_bound else 200
    )
