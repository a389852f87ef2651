"""What does one see of good words? Those said to oneself, and those that one said."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.ui.forms import Form
from spheres.worker_support.appreciation import actions, policy, queries
from spheres.worker_support.appreciation.forms import WordForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def home(request: PageRequest) -> HttpResponse:
    """What was said to me; what I said."""
    actor = request.actor
    policy.can_write(actor).or_raise()
    says = {"between": queries.between(actor=actor, at=clock.now())}
    return render(request, "appreciation/home.html", says)


@require_http_methods(READ_AND_WRITE)
def write(request: PageRequest) -> HttpResponse:
    """A word, to one colleague."""
    actor, at = request.actor, clock.now()
    policy.can_write(actor).or_raise()
    form = WordForm(request.POST or None, colleagues=queries.colleagues(actor=actor, at=at))
    if form.is_bound and form.is_valid() and not form.findings():
        actions.write(form.written(), by=actor, at=at)
        return redirect("appreciation:home")
    status = 422 if form.is_bound else 200
    return render(request, "appreciation/write.html", {"form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def erase(request: PageRequest, word_id: UUID) -> HttpResponse:
    """One word: asked once more first."""
    word = queries.one(word_id, actor=request.actor)
    if word is None:
        raise Http404
    if request.method == "POST":
        actions.erase(word, by=request.actor)
        return redirect("appreciation:home")
    return render(request, "appreciation/erase.html", {"form": Form()})
