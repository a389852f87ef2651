"""What do those see who help somebody who lost every device and every code?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import actions, policy, queries
from spheres.accounts.forms import RecoveryForm, SeenForm
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.members import hand_over as show_link
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import NotAllowed, WrongState


@require_GET
def show(request: PageRequest) -> HttpResponse:
    """Those that concern me, and what I may do about each."""
    actor = request.actor
    return render(
        request,
        "accounts/recoveries.html",
        {
            "recoveries": queries.recoveries(actor=actor, at=clock.now()),
            "may_ask": actor.has(*policy.RECOVERING),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def ask(request: PageRequest) -> HttpResponse:
    """Begin one, for a person seen."""
    actor, at = request.actor, clock.now()
    if not actor.has(*policy.RECOVERING):
        raise Http404
    people, seconds = queries.choices_for_recovery(actor=actor, at=at)
    form = RecoveryForm(request.POST or None, people=people, seconds=seconds)
    if form.is_bound and form.is_valid():
        try:
            actions.ask_recovery(
                UUID(form.cleaned_data["person"]),
                UUID(form.cleaned_data["second"]),
                recovery_id=form.record_id,
                seen_on=form.cleaned_data["seen_on"],
                by=actor,
                at=at,
            )
        except (NotAllowed, WrongState) as why:
            form.add_error(None, str(why))
        else:
            return redirect("accounts:recoveries")
    return render(
        request,
        "accounts/recovery_ask.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def vouch(request: PageRequest, recovery_id: UUID) -> HttpResponse:
    """The second person, named by the first."""
    one, form = about(request, recovery_id), SeenForm(request.POST or None)
    one.may_vouch.or_raise()
    if not form.is_bound or not form.is_valid():
        return render(
            request,
            "accounts/recovery_vouch.html",
            {"one": one, "form": form},
            status=422 if form.is_bound else 200,
        )
    actions.vouch_recovery(
        recovery_id, seen_on=form.cleaned_data["seen_on"], by=request.actor, at=clock.now()
    )
    return redirect("accounts:recoveries")


@require_POST
@step_up
def hand_over(request: PageRequest, recovery_id: UUID) -> HttpResponse:
    """The link, once a day has passed."""
    one = about(request, recovery_id)
    handed = actions.hand_over_recovery(recovery_id, by=request.actor, at=clock.now())
    return show_link(request, one.name, handed)


@require_POST
@step_up
def stop(request: PageRequest, recovery_id: UUID) -> HttpResponse:
    """Its owner, or one of the two."""
    about(request, recovery_id)
    actions.stop_recovery(recovery_id, by=request.actor, at=clock.now())
    return redirect("accounts:recoveries")


def about(request: PageRequest, recovery_id: UUID) -> queries.RecoverySeen:
    """One that concerns me; any other does not exist."""
    found = queries.recovery(recovery_id, actor=request.actor, at=clock.now())
    if found is None:
        raise Http404
    return found
