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
from spheres.partners.committees.views.meetings import known, my_people
from spheres.sharing.models import CommitteeItem, CommitteeMeeting
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def found_item(request: PageRequest, item_id: UUID) -> CommitteeItem:
    """One that is not closed to me; else it is as what does not exist."""
    found = queries.item(item_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def item(request: PageRequest, brought_id: UUID) -> HttpResponse:
    """Its words, then what was noted and promised; for whoever chairs, who is there."""
    return _page(request, found_item(request, brought_id))


def _page(request: PageRequest, row: CommitteeItem, **typed: Any) -> HttpResponse:
    actor, at = request.actor, clock.now()
    it, ways = known(request, row.meeting_id), queries.standing_to(row.pk, actor=actor)
    words = queries.brought(row.pk, actor=actor)
    minutes = queries.minutes_of(row.pk, actor=actor)
    vault.open([*([words] if words else []), *minutes], by=actor)
    chairs, is_open = "CHAIRING" in ways, "OPEN" in ways
    table = _table(request, row, it.meeting) if chairs else []
    _from, to = (
        queries.carried_between(row, actor=actor, at=at)
        if it.meeting.cancelled_at and "BROUGHT" in ways
        else (it.meeting, None)
    )
    staying = [(key, name) for key, name, stays in table if stays]
    position = row.position or queries.next_place(row.meeting_id, actor=actor)
    forms = {
        "minutes": MinutesForm(
            initial={
                "words": "\n\n".join(one.opened.words for one in minutes),
                "after": ",".join(str(one.pk) for one in minutes),
            }
        ),
        "decision": DecisionForm(),
        "promise": PromiseForm(staying=staying),
        "hold": HoldForm(staying=staying, initial={"present": [key for key, _name in staying]}),
        "place": PlaceForm(initial={"position": position, "minutes": row.minutes}),
    }
    says = {
        "row": row, "it": it, "to": to,
        "title": words.opened.question if words else row.get_mode_display(),
        "text": words.opened.words if words else "",
        "minutes": minutes, "ways": ways, "form": forms | typed,
        "about": queries.about(row.pk, actor=actor) if "BROUGHT" in ways else None,
        "agreement": queries.agreement_of(row, actor=actor),
        "leaving": [name for _key, name, stays in table if not stays],
        "there": queries.names_of_present(row.pk, actor=actor) if chairs else [],
        "decided": queries.decided(actor=actor, item_ids=[row.pk], at=at),
        "promises": queries.promises(actor=actor, item_ids=[row.pk]),
        "may": {
            "note": policy.can_note(chairs, is_open, row),
            "promise": policy.can_promise(chairs, row),
            "hold": policy.can_hold(chairs, row, it.meeting, at=at),
            "place": policy.can_place(chairs, row),
            "off": policy.can_take_off(actor, chairs, row),
            "carry": policy.can_carry(actor, row, it.meeting, to),
        },
    }  # fmt: skip
    status = 422 if typed else 200
    return render(request, "committees/item.html", says, status=status)


def _table(
    request: PageRequest, row: CommitteeItem, meeting: CommitteeMeeting
) -> list[tuple[str, str, bool]]:
    """For whoever chairs: each member, and whether they stay for it."""
    return [
        (f"{person}/{place}", name, stays)
        for item_id, person, place, name, stays in queries.at_the_table(
            meeting, actor=request.actor
        )
        if item_id == row.pk
    ]


def _staying(request: PageRequest, row: CommitteeItem) -> list[tuple[str, str]]:
    it = known(request, row.meeting_id)
    return [(key, name) for key, name, stays in _table(request, row, it.meeting) if stays]


@require_POST
def place(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        actions.place(
            row.pk, position=said["position"], minutes=said["minutes"], by=request.actor,
            at=clock.now(),
        )  # fmt: skip
        return redirect("committees:meeting", row.meeting_id)
    return _page(request, row, place=form)


@require_POST
def take_off(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    actions.take_off(row.pk, by=request.actor, at=clock.now())
    return redirect("committees:meeting", row.meeting_id)


@require_POST
def carry_item(request: PageRequest, brought_id: UUID) -> HttpResponse:
    """To the next meeting, when the one it was brought to is not held."""
    row = found_item(request, brought_id)
    carried = actions.carry_item(row.pk, by=request.actor, at=clock.now())
    return redirect("committees:item", carried)


@require_POST
def hold(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    form = HoldForm(request.POST, staying=_staying(request, row))
    if form.is_valid():
        it = known(request, row.meeting_id)
        actions.hold(row.pk, it.meeting, present=form.ids, by=request.actor, at=clock.now())
        return redirect("committees:item", row.pk)
    return _page(request, row, hold=form)


@require_POST
def minutes(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    form = MinutesForm(request.POST, known=_names(request))
    if form.is_valid() and not form.findings():
        actions.write_minutes(
            form.record_id, row.pk, form.cleaned_data["words"], after=form.followed,
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("committees:item", row.pk)
    return _page(request, row, minutes=form)


@require_POST
def decide(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    form = DecisionForm(request.POST, known=_names(request))
    if form.is_valid() and not form.findings():
        words = form.cleaned_data["words"]
        actions.write_decision(form.record_id, row.pk, words, by=request.actor, at=clock.now())
        return redirect("committees:item", row.pk)
    return _page(request, row, decision=form)


@require_POST
def promise(request: PageRequest, brought_id: UUID) -> HttpResponse:
    row = found_item(request, brought_id)
    form = PromiseForm(request.POST, known=_names(request), staying=_staying(request, row))
    if form.is_valid() and not form.findings():
        owner_id, organisation_id = form.ids
        actions.promise(
            form.record_id, row.pk, form.cleaned_data["words"], owner_id=owner_id,
            organisation_id=organisation_id, due_on=form.cleaned_data["due_on"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("committees:item", row.pk)
    return _page(request, row, promise=form)


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
