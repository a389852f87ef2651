"""What does the worker see of the meetings she plans, of one file and of her week?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.meetings import actions, policy, queries
from spheres.followup.meetings.forms import MeetingForm
from spheres.followup.meetings.models import ANSWERS, CANCELLED, MeetingStatus, PlannedMeeting
from spheres.participants import queries as participants
from spheres.records import registry
from spheres.records.between import places
from spheres.ui import addresses
from spheres.ui.forms import Form
from spheres.vault import actions as vault

Status = MeetingStatus.Status
CONTACT: Final = "notes"  # where what took place is told
# What an address says of each answer.
SAID: Final = {answer.lower().replace("_", "-"): answer for answer in ANSWERS}


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A meeting to come: which way, which day, at what time."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    has_died = queries.has_died(file_id, actor=request.actor)
    policy.can_plan(request.actor, has_died=has_died).or_raise()
    begun = MeetingForm.starting_values()
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm(initial=begun)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.plan(file_id, form.planned(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return show_form(request, file_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PageRequest, file_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The same meeting, another day or another way; what it was stays readable."""
    meeting = found(request, file_id, meeting_id)
    form = MeetingForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and not form.findings():
        actions.move(file_id, meeting_id, form.planned(), by=request.actor, at=clock.now())
        return redirect("meetings:detail", file_id, form.record_id)
    has_died = queries.has_died(file_id, actor=request.actor)
    policy.can_move(request.actor, meeting.standing.status, has_died=has_died).or_raise()
    if form is None:
        vault.open([meeting], by=request.actor)
        form = MeetingForm(initial=MeetingForm.values_of(meeting))
    return show_form(request, file_id, form, meeting)


def show_form(
    request: PageRequest, file_id: UUID, form: MeetingForm, moved: PlannedMeeting | None = None
) -> HttpResponse:
    """The page where a meeting is planned; what was typed is always still there."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(
        request,
        "meetings/form.html",
        {"person": person, "form": form, "moved": moved},
        status=422 if form.is_bound else 200,
    )


def found(request: PageRequest, file_id: UUID, meeting_id: UUID) -> PlannedMeeting:
    """The meeting of this address, when the database shows it."""
    meeting = queries.of_file(file_id, actor=request.actor).filter(pk=meeting_id).first()
    if meeting is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return meeting


@require_GET
def detail(request: PageRequest, file_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting: what was planned, what became of it, and what may be done."""
    meeting = found(request, file_id, meeting_id)
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    before = queries.history(meeting, actor=request.actor)
    vault.open([meeting, *before, *known.rows], by=request.actor)
    return render(
        request,
        "meetings/detail.html",
        {
            "meeting": meeting,
            "before": before,
            "after": queries.after(meeting, actor=request.actor),
            "person": participants.header_of(known),
            "file_id": file_id,
            "form": Form(),
            "cancelled": [(slug, Status(to).label) for slug, to in SAID.items() if to in CANCELLED],
            "may": policy.buttons(
                request.actor,
                meeting.standing.status,
                starts_at=meeting.starts_at,
                has_died=queries.has_died(file_id, actor=request.actor),
                at=clock.now(),
            ),
        },
    )


@require_GET
def of_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every meeting planned with her: those to come, then what became of the others."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    now, rows = clock.now(), list(queries.of_file(file_id, actor=request.actor)[: queries.LISTED])
    coming = [row for row in rows if row.starts_at >= now and row.standing.status == Status.PLANNED]
    return render(
        request,
        "meetings/list.html",
        {
            "person": person,
            "coming": coming[::-1],
            "others": [row for row in rows if row not in coming],
            "may_plan": bool(policy.can_write(request.actor)),
        },
    )


@require_GET
def week(request: PageRequest) -> HttpResponse:
    """Seven days of one's own planned meetings, from Monday; the week before and the next one."""
    policy.can_write(request.actor).or_raise()
    today = clock.today()
    monday = queries.monday_of(request.GET.get("from", ""), today=today)
    return render(
        request,
        "meetings/week.html",
        {
            "days": queries.my_week(monday, today=today, actor=request.actor),
            "monday": monday,
            "sunday": monday + queries.WEEK - timedelta(days=1),
            "before": monday - queries.WEEK,
            "after": monday + queries.WEEK,
            "is_this_week": monday <= today < monday + queries.WEEK,
            "beside": places.links_beside_week(request.actor),
        },
    )


@require_POST
def say(request: PageRequest, file_id: UUID, meeting_id: UUID, answer: str) -> HttpResponse:
    """One press: what became of it. What took place is then told, in a contact of that kind."""
    meeting, to = found(request, file_id, meeting_id), SAID[answer]
    actions.answer(file_id, meeting_id, to, by=request.actor, at=clock.now())
    if to == Status.HELD:
        contact = addresses.to(registry.get(CONTACT).write_url_name, file_id)
        return redirect(f"{contact}?kind={meeting.kind}")
    return redirect("meetings:detail", file_id, meeting_id)


@require_POST
def take_back(request: PageRequest, file_id: UUID, meeting_id: UUID) -> HttpResponse:
    """It was pressed by mistake: the meeting is planned again."""
    found(request, file_id, meeting_id)
    actions.take_back(file_id, meeting_id, by=request.actor, at=clock.now())
    return redirect("meetings:detail", file_id, meeting_id)
