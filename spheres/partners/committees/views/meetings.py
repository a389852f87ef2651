"""What is seen of a meeting: its agenda, who steps out of what, what waits for a place?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.participants import queries as participants
from spheres.partners.committees import actions, policy, queries, standing
from spheres.partners.committees.forms import BringForm, MeetingForm, RollForm
from spheres.records.between import occasions
from spheres.sharing.rules import ACCOMPANYING

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def known(request: PageRequest, meeting_id: UUID) -> queries.At:
    found = queries.at_meeting(meeting_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def meeting(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """The agenda as cards: what is closed to me is a line, the same for all to whom it is."""
    return _page(request, sitting_id)


def _page(request: PageRequest, meeting_id: UUID, form: RollForm | None = None) -> HttpResponse:
    actor, at = request.actor, clock.now()
    whole = queries.whole_meeting(meeting_id, actor=actor)
    if whole is None:
        raise Http404
    it, attended = whole.at, whole.attended
    may_roll = policy.can_note_roll(it.chairs, it.meeting, at=at)
    words = {
        "it": it,
        "agenda": whole.agenda,
        "attended": attended,
        "roll": form or (_roll_form(it, attended) if attended and may_roll else None),
        "riding": occasions.riding_on(standing.MEETING, it.meeting.pk, actor=actor),
        "laid": occasions.laid_on(standing.MEETING, it.meeting.pk, actor=actor) if it.sits else [],
        "may_bring": policy.can_bring(actor, it.meeting, at=at),
        "may_move": policy.can_change(it.chairs, it.meeting, at=at),
        "is_over": it.meeting.ends_at <= at,
    }
    return render(request, "committees/meeting.html", words, status=422 if form else 200)


def _roll_form(it: queries.At, attended: queries.Attended, *sent: Any) -> RollForm:
    """Those who are expected; until somebody said who came, all of them, for the time planned."""
    planned = (it.meeting.ends_at - it.meeting.starts_at).total_seconds() // 60
    came = attended.expected if attended.minutes is None else attended.came
    return RollForm(
        *sent,
        expected=[
            (str(one.row.pk), f"{one.name} ({one.organisation})") for one in attended.expected
        ],
        initial={
            "came": [str(one.row.pk) for one in came],
            "minutes": attended.minutes or int(planned),
        },
    )


@require_POST
def roll(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """Who came, and how long it lasted."""
    it, at = known(request, sitting_id), clock.now()
    policy.can_note_roll(it.chairs, it.meeting, at=at).or_raise()
    attended = queries.attended(it.meeting, it.committee, actor=request.actor)
    form = _roll_form(it, attended, request.POST)
    if not form.is_valid():
        return _page(request, sitting_id, form)
    actions.note_roll(
        form.record_id, it.meeting, seats=form.seats, minutes=form.cleaned_data["minutes"],
        by=request.actor, at=at,
    )  # fmt: skip
    return redirect("committees:meeting", it.meeting.pk)


@require_http_methods(READ_AND_WRITE)
def move(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    it, at = known(request, sitting_id), clock.now()
    policy.can_change(it.chairs, it.meeting, at=at).or_raise()
    form = MeetingForm(request.POST or None, meeting=it.meeting)
    if form.is_bound and form.is_valid():
        actions.move_meeting(it.meeting.pk, form.called(), by=request.actor, at=at)
        return redirect("committees:meeting", it.meeting.pk)
    words = {"of": it.committee, "form": form, "meeting": it.meeting}
    return render(request, "committees/call.html", words, status=422 if form.is_bound else 200)


@require_POST
def cancel(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """It is not held any more."""
    it = known(request, sitting_id)
    policy.can_call(it.chairs).or_raise()
    actions.cancel_meeting(it.meeting.pk, by=request.actor, at=clock.now())
    return redirect("committees:meeting", it.meeting.pk)


@require_http_methods(READ_AND_WRITE)
def bring(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """How, about whom (which nobody else is told), a question, a few words that name nobody."""
    it = known(request, sitting_id)
    at = clock.now()
    policy.can_bring(request.actor, it.meeting, at=at).or_raise()
    people = my_people(request)
    form = BringForm(
        request.POST or None,
        modes=policy.modes(request.actor, it.committee),
        people=people,
        known=[*(name for _file, name in people), *colleagues(request)],
    )
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.said()
        actions.bring(it.meeting, it.committee, said, by=request.actor, at=at)
        return redirect("committees:item", said.id)
    words = {"it": it, "form": form}
    return render(request, "committees/bring.html", words, status=422 if form.is_bound else 200)


def my_people(request: PageRequest) -> list[tuple[UUID, str]]:
    """Those whom one accompanies, by name; of whoever accompanies nobody, nobody."""
    if not request.actor.has(*ACCOMPANYING):
        return []
    mine = participants.walked_with(actor=request.actor, at=clock.now())
    files = list(mine.values_list("file_id", flat=True).order_by("file_id"))
    named = participants.names(files, actor=request.actor)
    return sorted(named, key=lambda pair: (pair[1], str(pair[0])))


def colleagues(request: PageRequest) -> list[str]:
    """The names of those who work in the programme."""
    return accounts.names_at_work(actor=request.actor, at=clock.now())
