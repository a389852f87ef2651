"""What does a manager see when a colleague leaves, when all that is open of one must close, and
each month to find who has left?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts import actions, policy, queries
from spheres.accounts.forms import ConfirmForm, LeaveForm
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.members import about
from spheres.accounts.views.proving import step_up
from spheres.core import clock

When = LeaveForm.When


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def end(request: PageRequest, user_id: UUID) -> HttpResponse:
    """End what a person does here, now or on a last day; what will happen is said first."""
    actor, at = request.actor, clock.now()
    person = about(request, user_id)
    standing = queries.standing(user_id, actor=actor, at=at)
    policy.can_end(actor, user_id, standing).or_raise()
    form = LeaveForm(
        request.POST or None,
        may_close=policy.can_close(actor, user_id, standing).allowed,
        leaves=person.leaves_at is not None,
        at=at,
    )
    if not form.is_bound or not form.is_valid():
        return render(
            request,
            "accounts/leave.html",
            {
                "person": person,
                "is_elsewhere": standing.is_elsewhere,
                "files": queries.files_carried(user_id, actor=actor),
                "form": form,
            },
            status=422 if form.is_bound else 200,
        )
    match form.cleaned_data["when"]:
        case When.CLOSE:
            actions.close(user_id, by=actor, at=at)
        case When.STAYS:
            actions.keep_membership(user_id, by=actor, at=at)
        case When.ON:
            actions.end_membership(user_id, by=actor, at=at, last_at=form.last_at)
        case _:
            actions.end_membership(user_id, by=actor, at=at)
    return redirect("accounts:members")


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def end_sessions(request: PageRequest, user_id: UUID) -> HttpResponse:
    """End all that is open of a colleague, who stays; what will happen is said first."""
    actor, at = request.actor, clock.now()
    person = about(request, user_id)
    standing = queries.standing(user_id, actor=actor, at=at)
    policy.can_end_sessions(actor, user_id, standing).or_raise()
    if request.method == "POST":
        actions.end_sessions(user_id, by=actor, at=at)
        return redirect("accounts:end_sessions", user_id)
    ended_at = queries.sessions_ended_at(user_id, actor=actor, at=at)
    return render(request, "accounts/end_sessions.html", {"person": person, "ended_at": ended_at})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def confirm(request: PageRequest) -> HttpResponse:
    """Who works here, in which roles, since when: one press says that it is still so."""
    actor, at = request.actor, clock.now()
    policy.can_manage(actor).or_raise()
    people = queries.to_confirm(actor=actor, at=at)
    form = ConfirmForm(request.POST or None, people=[str(one.user_id) for one in people])
    if not form.is_bound or not form.is_valid():
        return render(
            request,
            "accounts/confirm.html",
            {"people": people, "form": form, "me": actor.user_id},
            status=422 if form.is_bound else 200,
        )
    chosen = [UUID(one) for one in form.cleaned_data["people"]]
    actions.confirm_colleagues(chosen, form_id=form.record_id, by=actor, at=at)
    return redirect("accounts:confirm")
