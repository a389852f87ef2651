"""What is seen of who she says she is, written together on one page?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.identity import actions, policy, queries
from spheres.followup.identity.forms import IdentityForm
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One page, filled beside her; what was typed is always still there."""
    row = queries.identities(file_id, actor=request.actor).first()
    if row is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = IdentityForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        actions.say(file_id, form.said(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    vault.open([row], by=request.actor)
    return render(
        request,
        "identity/form.html",
        {
            "file_id": file_id,
            "name": row.opened.chosen_name,
            "form": form or IdentityForm(initial=IdentityForm.values_of(row)),
        },
        status=422 if form else 200,
    )
