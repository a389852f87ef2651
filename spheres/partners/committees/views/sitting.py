"""What is seen of a committee: what it is for, who sits on it, when it meets?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.committees import actions, policy, queries, rhythm
from spheres.partners.committees.forms import MeetingForm, MemberForm
from spheres.regions.models import Committee
from spheres.ui import navigation

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
NEXT: Final = 4  # meetings to come, on the first page; the calendar says them all


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """My committees, their next meetings, what I took on; the others of the programme."""
    policy.can_look(request.actor).or_raise()
    at, stands = clock.now(), queries.standing(actor=request.actor)
    every = list(queries.committees(actor=request.actor))
    names = {one.pk: one.name for one in every}
    words = {
        "mine": [one for one in every if one.pk in stands.sits],
        "others": [one for one in every if one.pk not in stands.sits],
        "known": stands.knows if not stands.is_desk else {one.pk for one in every},
        "meetings": [
            (one, names.get(one.committee_id, ""))
            for one in queries.to_come(stands.knows, actor=request.actor, at=at)[:NEXT]
        ],
        "promises": [
            one
            for one in queries.promises(actor=request.actor)
            if one.promise.organisation_id == request.actor.organisation_id
        ],
        "to_know": navigation.doors("partners: to know", actor=request.actor),
        "to_think": navigation.doors("partners: to think", actor=request.actor),
        "actor": request.actor,
    }
    return render(request, "committees/list.html", words)


def known(request: PageRequest, committee_id: UUID) -> tuple[Committee, queries.Standing]:
    """A committee that I sit on, may bring something to, or whose members I name; else, nothing."""
    found = queries.one_of(committee_id, actor=request.actor)
    if found is None or not (committee_id in found[1].knows or found[1].is_desk):
        raise Http404
    return found


@require_GET
def committee(request: PageRequest, committee_id: UUID) -> HttpResponse:
    """What it is for, who sits on it and since when, its meetings."""
    of, stands = known(request, committee_id)
    at = clock.now()
    to_come, over = queries.met(of.pk, actor=request.actor, at=at)
    members = queries.members(of.pk, actor=request.actor)
    words = {
        "of": of,
        "sits": of.pk in stands.sits,
        "members": members,
        # Whoever sits there, or names them, sees the seats; the others are told nothing of them.
        "is_chaired": not (stands.is_desk or of.pk in stands.sits)
        or any(one.row.is_chair and one.row.ended_at is None for one in members),
        "to_come": to_come,
        "over": over,
        "given": queries.time_given(of.pk, actor=request.actor, at=at),
        "may_name": policy.can_name(request.actor, is_desk=stands.is_desk),
        "may_call": policy.can_call(of.pk in stands.chairs),
    }
    return render(request, "committees/committee.html", words)


@require_GET
def register(request: PageRequest, committee_id: UUID) -> HttpResponse:
    """What was decided there in a year, and who took what on: to do, carried over, done."""
    of, stands = known(request, committee_id)
    if of.pk not in stands.sits:
        raise Http404
    at, actor = clock.now(), request.actor
    words = {
        "of": of,
        "decided": queries.decided(of.pk, actor=actor, at=at),
        "promises": queries.register(of.pk, actor=actor, at=at),
        "chaired": queries.chaired(actor=actor) if of.pk in stands.chairs else set(),
        "actor": actor,
    }
    return render(request, "committees/register.html", words)


@require_http_methods(READ_AND_WRITE)
def name_member(request: PageRequest, committee_id: UUID) -> HttpResponse:
    of, stands = known(request, committee_id)
    policy.can_name(request.actor, is_desk=stands.is_desk).or_raise()
    at = clock.now()
    people = queries.who_may_sit(actor=request.actor, at=at)
    form = MemberForm(request.POST or None, people=people)
    if form.is_bound and form.is_valid():
        (user_id, organisation_id), chairs = form.ids, form.cleaned_data["is_chair"]
        may = policy.may_chair(is_police=chairs and queries.is_police(organisation_id))
        if may:
            actions.name_member(
                form.record_id, of, user_id=user_id, organisation_id=organisation_id,
                is_chair=chairs, by=request.actor, at=at,
            )  # fmt: skip
            return redirect("committees:committee", of.pk)
        form.add_error("is_chair", str(may.reason))
    words = {"of": of, "form": form}
    return render(request, "committees/member.html", words, status=422 if form.is_bound else 200)


@require_POST
def end_member(request: PageRequest, seat_id: UUID) -> HttpResponse:
    stands = queries.standing(actor=request.actor)
    policy.can_name(request.actor, is_desk=stands.is_desk).or_raise()
    found = queries.member(seat_id, actor=request.actor)
    if found is None:
        raise Http404
    actions.end_member(seat_id, by=request.actor, at=clock.now())
    return redirect("committees:committee", found.committee_id)


@require_http_methods(READ_AND_WRITE)
def call(request: PageRequest, committee_id: UUID) -> HttpResponse:
    of, stands = known(request, committee_id)
    policy.can_call(of.pk in stands.chairs).or_raise()
    form = MeetingForm(request.POST or None, most=rhythm.most(of))
    if form.is_bound and form.is_valid():
        called = form.called()
        actions.call(of, called, by=request.actor, at=clock.now())
        return redirect("committees:meeting", called.id)
    words = {"of": of, "form": form, "meeting": None}
    return render(request, "committees/call.html", words, status=422 if form.is_bound else 200)
