"""What does one see of the groups? Which there are; of one’s own, who is in it and when."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.ui.forms import Form
from spheres.worker_support.practice_groups import actions, policy, queries
from spheres.worker_support.practice_groups.forms import OpenForm, PlanForm
from spheres.worker_support.practice_groups.models import PracticeSession
from spheres.worker_support.practice_groups.queries import Group

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def home(request: PageRequest) -> HttpResponse:
    """Mine, those that one may join, and how many sessions were held."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    groups, may_count = queries.listed(actor=actor), policy.can_count(actor)
    says = {
        "mine": [one for one in groups if one.is_mine],
        "others": [one for one in groups if not one.is_mine],
        "may_open": policy.can_open(actor),
        "may_count": may_count,
        "held": queries.held(actor=actor) if may_count else [],
    }
    return render(request, "practice_groups/home.html", says)


@require_http_methods(READ_AND_WRITE)
def open_group(request: PageRequest) -> HttpResponse:
    """A group, of which one is the first member."""
    policy.can_open(request.actor).or_raise()
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.open_group(form.opened(), by=request.actor, at=clock.now())
        return redirect("practice_groups:group", form.record_id)
    status = 422 if form.is_bound else 200
    return render(request, "practice_groups/open.html", {"form": form}, status=status)


@require_GET
def group(request: PageRequest, practice_group_id: UUID) -> HttpResponse:
    """One group: its members and sessions to those who are in it; to others, that it is there."""
    it, actor, at = _it(request, practice_group_id), request.actor, clock.now()
    says = {
        "it": it,
        "whole": queries.whole(it, actor=actor, at=at) if it.is_mine else None,
        "may_join": policy.can_join(actor, it.row),
        "may_plan": policy.can_plan(it.row, is_mine=it.is_mine),
        "may_keep_own": policy.can_keep_own(actor),
    }
    return render(request, "practice_groups/group.html", says)


@require_POST
def join(request: PageRequest, practice_group_id: UUID) -> HttpResponse:
    """By a press."""
    it = _it(request, practice_group_id)
    actions.join(it.row, by=request.actor, at=clock.now())
    return redirect("practice_groups:group", it.row.pk)


@require_POST
def leave(request: PageRequest, practice_group_id: UUID) -> HttpResponse:
    """By a press, too: one may come back."""
    it = _it(request, practice_group_id)
    policy.can_look(request.actor).or_raise()
    actions.leave(it.row, by=request.actor, at=clock.now())
    return redirect("practice_groups:home")


@require_http_methods(READ_AND_WRITE)
def close(request: PageRequest, practice_group_id: UUID) -> HttpResponse:
    """The group meets no more: asked once more first."""
    it = _it(request, practice_group_id)
    policy.can_plan(it.row, is_mine=it.is_mine).or_raise()
    if request.method == "POST":
        actions.close(it, by=request.actor, at=clock.now())
        return redirect("practice_groups:home")
    return render(request, "practice_groups/close.html", {"it": it, "form": Form()})


@require_http_methods(READ_AND_WRITE)
def plan(request: PageRequest, practice_group_id: UUID) -> HttpResponse:
    """A session to come."""
    it = _it(request, practice_group_id)
    policy.can_plan(it.row, is_mine=it.is_mine).or_raise()
    form = PlanForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.plan(form.planned(), it, by=request.actor, at=clock.now())
        return redirect("practice_groups:group", it.row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "practice_groups/plan.html", {"it": it, "form": form}, status=status)


@require_POST
def come(request: PageRequest, practice_session_id: UUID) -> HttpResponse:
    """I come, by a press."""
    session = _session(request, practice_session_id)
    actions.come(session, by=request.actor, at=clock.now())
    return redirect("practice_groups:group", session.group_id)


@require_POST
def stay_away(request: PageRequest, practice_session_id: UUID) -> HttpResponse:
    """Not after all, by a press."""
    session = _session(request, practice_session_id)
    actions.stay_away(session, by=request.actor, at=clock.now())
    return redirect("practice_groups:group", session.group_id)


@require_http_methods(READ_AND_WRITE)
def cancel(request: PageRequest, practice_session_id: UUID) -> HttpResponse:
    """It is not held, for anybody: asked once more first."""
    session = _session(request, practice_session_id)
    if request.method == "POST":
        actions.cancel(session, by=request.actor, at=clock.now())
        return redirect("practice_groups:group", session.group_id)
    says = {"session": session, "form": Form()}
    return render(request, "practice_groups/cancel.html", says)


def _it(request: PageRequest, practice_group_id: UUID) -> Group:
    it = queries.group(practice_group_id, actor=request.actor)
    if it is None:
        raise Http404
    return it


def _session(request: PageRequest, practice_session_id: UUID) -> PracticeSession:
    session = queries.session(practice_session_id, actor=request.actor)
    if session is None:
        raise Http404
    return session
