"""What does a worker see of what she keeps for herself alone?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.ui.forms import Form
from spheres.worker_support.own_notes import actions, documents, policy, queries
from spheres.worker_support.own_notes.forms import OwnNoteForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def mine(request: PageRequest) -> HttpResponse:
    """What I keep, the newest first, and a place to write."""
    policy.can_write(request.actor).or_raise()
    at = clock.now()
    form = OwnNoteForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.write(form.written(), by=request.actor, at=at)
        return redirect("own_notes:mine")
    most = None if "all" in request.GET else queries.SHOWN
    notes = queries.newest(actor=request.actor, most=most)
    ends_at = queries.ends_at(actor=request.actor, at=at)
    says = {
        "form": form,
        "notes": notes[:most],
        "more": most is not None and len(notes) > most,
        "ends_at": ends_at,
        "may_take": policy.can_take(request.actor, ends_at),
    }
    return render(request, "own_notes/mine.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def put_away(request: PageRequest, own_note_id: UUID) -> HttpResponse:
    """One of them: asked once more first."""
    note = queries.note(own_note_id, actor=request.actor)
    if note is None:
        raise Http404
    if request.method == "POST":
        actions.put_away(note, by=request.actor, at=clock.now())
        return redirect("own_notes:mine")
    return render(request, "own_notes/put_away.html", {"form": Form(), "number": 1, "note": note})


@require_http_methods(READ_AND_WRITE)
def put_all_away(request: PageRequest) -> HttpResponse:
    """All of them: asked once more first."""
    policy.can_write(request.actor).or_raise()
    if request.method == "POST":
        actions.put_all_away(by=request.actor, at=clock.now())
        return redirect("own_notes:mine")
    number = queries.number(actor=request.actor)
    return render(request, "own_notes/put_away.html", {"form": Form(), "number": number})


@require_POST
@step_up
def take(request: PageRequest) -> HttpResponse:
    """All of them, on paper, by a press."""
    made = actions.take(by=request.actor, at=clock.now())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer
