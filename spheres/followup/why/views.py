"""What is answered to whoever wonders why a page does not open? The same, whatever the page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.why import actions, policy, queries
from spheres.followup.why.forms import AskForm
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: PageRequest) -> HttpResponse:
    """The rule, in plain words; then a question to the coordination. It knows no address."""
    policy.can_ask(request.actor).or_raise()
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if form.is_bound and form.is_valid() and not form.findings():
        actions.ask(
            form.record_id,
            form.cleaned_data["page"],
            form.cleaned_data["words"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("why:sent")
    return render(request, "why/why.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def sent(request: PageRequest) -> HttpResponse:
    """It is at the desk."""
    policy.can_ask(request.actor).or_raise()
    return render(request, "why/sent.html")


@require_GET
def asked(request: PageRequest) -> HttpResponse:
    """What waits at the desk: who asks, about which kind of page, in which words."""
    policy.can_see_to(request.actor).or_raise()
    found = queries.waiting(actor=request.actor)
    vault.open([one.row for one in found], by=request.actor)
    return render(request, "why/asked.html", {"asked": found})


@require_POST
def see_to(request: PageRequest, asking_id: UUID) -> HttpResponse:
    """It is seen to."""
    policy.can_see_to(request.actor).or_raise()
    actions.see_to(asking_id, by=request.actor, at=clock.now())
    return redirect("why:asked")
