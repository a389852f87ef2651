"""What is seen of who she says she is, written together on one page?"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.identity import actions, policy, queries
from spheres.followup.identity.forms import BelongingForm, IdentityForm
from spheres.followup.identity.models import Belonging, SuggestedTraining
from spheres.participants import queries as participants
from spheres.records.between.begun import begun
from spheres.sharing import queries as sharing
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One page, filled beside her; what was typed is always still there."""
    row = queries.identities(file_id, actor=request.actor).first()
    if row is None or not queries.walks_with_her(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_write(request.actor, keeps=keeps).or_raise()
    form = IdentityForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        actions.say(file_id, form.said(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    vault.open([row], by=request.actor)
    return render(
        request,
        "identity/form.html",
        {
            "person": participants.header(file_id, actor=request.actor),
            "form": form or IdentityForm(initial=IdentityForm.values_of(row)),
            "may_say_belonging": policy.can_write(request.actor),
            "begun": begun(file_id, request.GET.get("ask", ""), actor=request.actor),
        },
        status=422 if form else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def belonging(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Her nations, if she wants them written; what she said before stays closed."""
    if not queries.walks_with_her(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = BelongingForm(request.POST) if request.method == "POST" else BelongingForm()
    if form.is_bound and form.is_valid():
        actions.say_belonging(
            file_id,
            form.record_id,
            form.cleaned_data["nations"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("identity:say", file_id)
    return show_belonging(request, file_id, form)


@require_POST
def open_belonging(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Opened because she wants it, and told in her journal under its own words."""
    if not queries.walks_with_her(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    suggested = queries.suggested(actor=request.actor, at=clock.now())
    opened = actions.open_belonging(file_id, by=request.actor)
    return show_belonging(request, file_id, BelongingForm(), opened, suggested)


def show_belonging(
    request: PageRequest,
    file_id: UUID,
    form: BelongingForm,
    opened: Belonging | None = None,
    suggested: Sequence[SuggestedTraining] = (),
) -> HttpResponse:
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(
        request,
        "identity/belonging.html",
        {
            "person": person,
            "form": form,
            "opened": opened,
            "suggested": suggested,
            "is_said": queries.belongings(file_id, actor=request.actor).exists(),
        },
        status=422 if form.is_bound else 200,
    )
