"""What does one see of the support between colleagues? One's own lines; for some, a number."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.ui.forms import Form
from spheres.worker_support.informal_support import actions, policy, queries
from spheres.worker_support.informal_support.forms import NoteForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def mine(request: PageRequest) -> HttpResponse:
    """A line to keep, those that I kept, and how many all wrote."""
    actor, at = request.actor, clock.now()
    policy.can_note(actor).or_raise()
    form = NoteForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.note(form.noted(), by=actor, at=at)
        return redirect("informal_support:mine")
    may_count = policy.can_count(actor)
    says = {
        "form": form,
        "newest": queries.newest(actor=actor, at=at),
        "may_count": may_count,
        "counted": queries.counted(actor=actor) if may_count else [],
        "enough": queries.enough(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "informal_support/mine.html", says, status=status)


@require_http_methods(READ_AND_WRITE)
def erase(request: PageRequest, informal_id: UUID) -> HttpResponse:
    """One line: asked once more first."""
    line = queries.one(informal_id, actor=request.actor)
    if line is None:
        raise Http404
    if request.method == "POST":
        actions.erase(line, by=request.actor)
        return redirect("informal_support:mine")
    return render(request, "informal_support/erase.html", {"form": Form()})
