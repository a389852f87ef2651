"""What does a worker see of how she is? What she answered, and where there is support."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.records import numbers
from spheres.ui.forms import Form
from spheres.worker_support.wellbeing import actions, drawing, policy, queries
from spheres.worker_support.wellbeing.forms import CheckInForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
LINES: Final = ("info-social", "suicide")  # of the region’s, those that answer whoever works


@require_http_methods(READ_AND_WRITE)
def mine(request: PageRequest) -> HttpResponse:
    """Eight sentences, what I answered before, and whom to turn to."""
    policy.can_answer(request.actor).or_raise()
    form = CheckInForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.answer(form.answered(), by=request.actor, at=clock.now())
        return redirect("wellbeing:mine")
    newest = queries.newest(actor=request.actor)
    says = {
        "form": form,
        "newest": newest,
        "picture": drawing.picture(newest),
        "columns": drawing.columns(newest),
        "rows": drawing.lines(newest),
        "numbers": numbers.first(LINES, on=clock.today()),
    }
    return render(request, "wellbeing/mine.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def erase(request: PageRequest, check_in_id: UUID) -> HttpResponse:
    """One time: asked once more first."""
    check_in = queries.one(check_in_id, actor=request.actor)
    if check_in is None:
        raise Http404
    if request.method == "POST":
        actions.erase(check_in, by=request.actor)
        return redirect("wellbeing:mine")
    return render(
        request, "wellbeing/erase.html", {"form": Form(), "number": 1, "check_in": check_in}
    )


@require_http_methods(READ_AND_WRITE)
def erase_all(request: PageRequest) -> HttpResponse:
    """All of it: asked once more first."""
    policy.can_answer(request.actor).or_raise()
    if request.method == "POST":
        actions.erase_all(by=request.actor)
        return redirect("wellbeing:mine")
    number = queries.number(actor=request.actor)
    return render(request, "wellbeing/erase.html", {"form": Form(), "number": number})
