"""What does a worker see of where she stands; what does the coordination see of all together?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.ui.forms import Form
from spheres.worker_support.competencies import actions, drawing, policy, queries
from spheres.worker_support.competencies.forms import LookForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """My last times, with a picture; and, for some, what all said together."""
    actor, sentences = request.actor, queries.sentences()
    policy.can_enter(actor).or_raise()
    may_look, may_read = policy.can_look(actor), policy.can_read(actor)
    newest = queries.newest(actor=actor, at=clock.now()) if may_look else []
    together = queries.together(actor=actor) if may_read else []
    says = {
        "may_look": may_look,
        "may_read": may_read,
        "newest": newest,
        "picture": drawing.picture(newest, sentences),
        "columns": drawing.columns(newest),
        "rows": drawing.lines(newest, sentences),
        "together": together,
        "halves": drawing.halves(together),
        "shares": drawing.shares(together, sentences),
        "enough": queries.enough(),
    }
    return render(request, "competencies/mine.html", says)


@require_http_methods(READ_AND_WRITE)
def look(request: PageRequest) -> HttpResponse:
    """Each sentence, and where one stands today."""
    policy.can_look(request.actor).or_raise()
    form = LookForm(request.POST or None, sentences=queries.sentences())
    if form.is_bound and form.is_valid() and not form.findings():
        actions.look(form.looked(), by=request.actor, at=clock.now())
        return redirect("competencies:mine")
    status = 422 if form.is_bound else 200
    return render(request, "competencies/look.html", {"form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def erase(request: PageRequest, look_id: UUID) -> HttpResponse:
    """One time: asked once more first."""
    row = queries.one(look_id, actor=request.actor)
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.erase(row, by=request.actor)
        return redirect("competencies:mine")
    return render(request, "competencies/erase.html", {"form": Form()})
