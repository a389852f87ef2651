"""What is seen of the library: works, what each is of use for, and their links?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest, only_reads
from spheres.core import clock
from spheres.partners.library import actions, policy, queries
from spheres.partners.library.forms import CheckForm, WishForm

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@only_reads
@require_http_methods(READ_AND_WRITE)
def index(request: PageRequest) -> HttpResponse:
    """The whole library; then what answers a wish, which is sent and never in the address."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    form = WishForm(request.POST if request.method == "POST" else None)
    is_wrong = form.is_bound and not form.is_valid()
    words = {
        "form": form,
        "works": queries.works(form.wish(), actor=actor, on=clock.today()),
        "may_check": policy.can_check(actor),
    }
    return render(request, "library/list.html", words, status=422 if is_wrong else 200)


@require_GET
def due(request: PageRequest) -> HttpResponse:
    """The links that nobody has looked at for half a year, or that no longer open."""
    policy.can_check(request.actor).or_raise()
    words = {"works": queries.due(actor=request.actor, on=clock.today())}
    return render(request, "library/due.html", words)


@require_http_methods(READ_AND_WRITE)
def check(request: PageRequest, work_id: UUID) -> HttpResponse:
    """Whether one link opens, said by whoever opened it."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    found = queries.work(work_id, actor=actor, on=clock.today())
    if found is None:
        raise Http404
    policy.can_check(actor).or_raise()
    form = CheckForm(request.POST or None, link=found.link.row if found.link else None)
    if form.is_bound and form.is_valid():
        opens = form.cleaned_data["opens"] == "yes"
        address = form.cleaned_data["address"]
        actions.check(
            form.record_id, found.row, address=address, opens=opens, by=actor, at=clock.now()
        )
        return redirect("library:list")
    words = {"form": form, "work": found}
    return render(request, "library/check.html", words, status=422 if form.is_bound else 200)
