"""What do the one who goes out, the one who watches and the one who leads see and press?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.worker_support.outings import actions, policy, queries
from spheres.worker_support.outings.forms import BuddyForm, OutingForm


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PageRequest) -> HttpResponse:
    """Before going out: a kind of place, an hour, a colleague."""
    policy.can_go_out(request.actor).or_raise()
    at = clock.now()
    colleagues = queries.who_may_watch(actor=request.actor, at=at)
    bound = request.POST if request.method == "POST" else None
    form = OutingForm(bound, colleagues=colleagues, at=at)
    if form.is_bound and form.is_valid() and not form.findings():
        return redirect("outings:detail", actions.begin(form.begun(), by=request.actor, at=at))
    already = None if form.is_bound else queries.mine(actor=request.actor)
    if already is not None:
        return redirect("outings:detail", already.pk)
    words = {"form": form, "colleagues": colleagues}
    return render(request, "outings/begin.html", words, status=422 if form.is_bound else 200)


@require_GET
def detail(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """How it stands, and what each may press."""
    return show(request, outing_id)


@require_POST
def ask(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """Another colleague, when the first one cannot or does not answer."""
    at = clock.now()
    colleagues = queries.who_may_watch(actor=request.actor, at=at)
    form = BuddyForm(request.POST, colleagues=colleagues)
    seen_or_404(request, outing_id)
    if not form.is_valid() or form.findings():
        return show(request, outing_id, form)
    said = form.cleaned_data
    actions.ask(outing_id, UUID(said["buddy"]), said["line"], by=request.actor, at=at)
    return redirect("outings:detail", outing_id)


@require_POST
def end(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """Back, or safe: in one press, to the first page."""
    seen_or_404(request, outing_id)
    actions.end(outing_id, by=request.actor, at=clock.now())
    return redirect("/")


@require_POST
def half_an_hour(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """A little more time, in one press."""
    return longer(request, outing_id, minutes=30)


@require_POST
def one_hour(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """More time, in one press."""
    return longer(request, outing_id, minutes=60)


def longer(request: PageRequest, outing_id: UUID, *, minutes: int) -> HttpResponse:
    seen_or_404(request, outing_id)
    actions.make_longer(outing_id, minutes, by=request.actor, at=clock.now())
    return redirect("outings:detail", outing_id)


@require_POST
def watch(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """«I am watching.»"""
    return answered(request, outing_id, watches=True)


@require_POST
def cannot(request: PageRequest, outing_id: UUID) -> HttpResponse:
    """«I cannot»: the one who goes out is told so."""
    return answered(request, outing_id, watches=False)


def answered(request: PageRequest, outing_id: UUID, *, watches: bool) -> HttpResponse:
    seen_or_404(request, outing_id)
    actions.answer(outing_id, watches, by=request.actor, at=clock.now())
    return redirect("outings:detail", outing_id)


def show(request: PageRequest, outing_id: UUID, form: BuddyForm | None = None) -> HttpResponse:
    actor, at = request.actor, clock.now()
    seen = seen_or_404(request, outing_id)
    words = {
        "seen": seen,
        "outing": seen.outing,
        "line": queries.line(outing_id, actor=actor),
        "next": queries.whom_to_tell_next(seen.outing, actor=actor, at=at),
        "may_change": policy.can_change(actor, seen.outing),
        "form": form,
    }
    if seen.is_mine and form is None and not seen.outing.is_watched:
        words["form"] = BuddyForm(colleagues=queries.who_may_watch(actor=actor, at=at))
    return render(request, "outings/detail.html", words, status=422 if form else 200)


def seen_or_404(request: PageRequest, outing_id: UUID) -> queries.Seen:
    seen = queries.outing(outing_id, actor=request.actor, at=clock.now())
    if seen is None:
        raise Http404
    return seen
