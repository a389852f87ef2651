"""What does a person see who has her devices, and is offered a role?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts import actions, queries
from spheres.accounts.models import Role
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.arriving import over
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def join(request: PageRequest, token: str) -> HttpResponse:
    """Who offers which role where, and the yes that starts it; the account's own holder only."""
    at = clock.now()
    found = queries.invitation(token, at=at, with_role=True)
    if found is None or found[1].pk != request.actor.user_id:
        return over(request)
    invitation, _person = found
    if request.method == "POST":
        try:
            actions.accept_role(token, by=request.actor, at=at)
        except WrongState:
            return over(request)
        return redirect("accounts:account")
    return render(
        request,
        "accounts/join.html",
        {
            "form": Form(),
            "invitation": invitation,
            "role": Role(invitation.role).label,
            "organisation": queries.organisation_named(invitation.organisation_id),
        },
    )
