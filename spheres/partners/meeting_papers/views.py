"""What is seen of the papers of a meeting: the list, one more, a page taken, one taken off?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, takes_a_paper
from spheres.core import clock
from spheres.papers import sandbox
from spheres.papers.sandbox import NotTaken
from spheres.partners.meeting_papers import actions, policy, queries
from spheres.partners.meeting_papers.actions import Sent
from spheres.partners.meeting_papers.forms import PutForm
from spheres.partners.meeting_papers.queries import Seat
from spheres.ui import text

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def seated(request: PageRequest, meeting_id: UUID) -> Seat:
    found = queries.seat(meeting_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@takes_a_paper
@require_http_methods(READ_AND_WRITE)
def page(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """The papers of one meeting, and the way to put another one there."""
    seat, at = seated(request, sitting_id), clock.now()
    form = PutForm(request.POST or None, request.FILES or None)
    if form.is_bound:
        policy.can_put(seat.meeting, at=at).or_raise()
        if form.intact and queries.is_kept(form.record_id, actor=request.actor):
            return redirect("meeting_papers:page", sitting_id)  # sent twice
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["paper"]
        sent = Sent(form.record_id, said.read(), text.clean(said.name))
        try:
            actions.keep(seat, sent, by=request.actor, at=at)
            return redirect("meeting_papers:page", sitting_id)
        except NotTaken as refusal:
            form.refuse(refusal.reason)
    return _show(request, seat, form)


def _show(request: PageRequest, seat: Seat, form: PutForm) -> HttpResponse:
    found = queries.tabled(seat.meeting.pk, actor=request.actor)
    words: dict[str, Any] = {
        "seat": seat,
        "papers": [
            (one, policy.can_remove(request.actor, one.row, chairs=seat.chairs)) for one in found
        ],
        "form": form,
        "may_put": policy.can_put(seat.meeting, at=clock.now()),
        "can_run": sandbox.can_run(),
    }
    return render(request, "meeting_papers/page.html", words, status=422 if form.is_bound else 200)


@require_GET
def leaf(request: PageRequest, sitting_id: UUID, tabled_id: UUID, leaf_id: UUID) -> HttpResponse:
    """One page, or the cleaned PDF: taken as a file, never shown in a page."""
    seat = seated(request, sitting_id)
    of = queries.paper(seat.meeting.pk, tabled_id, actor=request.actor)
    if of is None:
        raise Http404
    fetched_from = request.headers.get("Sec-Fetch-Site", "")
    row = actions.take(of, leaf_id, by=request.actor, fetched_from=fetched_from)
    if row is None:
        raise Http404
    answer = HttpResponse(row.opened.content, content_type="application/octet-stream")
    name = f"page-{row.number}.jpg" if row.number else "document.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
def remove(request: PageRequest, sitting_id: UUID, tabled_id: UUID) -> HttpResponse:
    """Nobody reads it any more."""
    seat = seated(request, sitting_id)
    if not queries.is_kept(tabled_id, actor=request.actor):
        raise Http404
    actions.remove(tabled_id, chairs=seat.chairs, by=request.actor, at=clock.now())
    return redirect("meeting_papers:page", sitting_id)
