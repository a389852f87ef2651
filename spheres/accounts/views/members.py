"""What does whoever looks after an organisation's accounts see and do?

No mail is sent: a link is shown once to whoever made it, to be handed over by a sure way.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts import actions, policy, queries
from spheres.accounts.forms import InviteForm, SeenForm
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock


@require_GET
def show(request: PageRequest) -> HttpResponse:
    """Who works here, who vouched, who is waited for, whose account is closed by tries."""
    actor = request.actor
    policy.can_manage(actor).or_raise()
    at = clock.now()
    people = queries.colleagues(actor=actor, at=at)
    due = sum(one.is_due for one in queries.to_confirm(actor=actor, at=at))
    return render(
        request,
        "accounts/members.html",
        {
            "people": people,
            "me": actor.user_id,
            "due": due,
            "recoveries": [one for one in queries.recoveries(actor=actor, at=at) if one.is_open],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def invite(request: PageRequest) -> HttpResponse:
    """Let a person in."""
    actor = request.actor
    policy.can_let_in(actor).or_raise()
    here = queries.is_police(actor.organisation_id)
    form = InviteForm(request.POST or None, roles=policy.roles_to_give(actor, is_police=here))
    if not form.is_bound or not form.is_valid():
        return render(
            request,
            "accounts/invite.html",
            {"form": form, "back_to": page_of_accounts(request)},
            status=422 if form.is_bound else 200,
        )
    invited = actions.invite(
        form.person(),
        organisation_id=actor.organisation_id,
        seen_on=form.cleaned_data["seen_on"],
        by=actor,
        at=clock.now(),
    )
    return hand_over(request, form.cleaned_data["name"], invited)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def invite_again(request: PageRequest, user_id: UUID) -> HttpResponse:
    """A new link for whoever lost hers, or her devices."""
    person, form = about(request, user_id), SeenForm(request.POST or None)
    standing = queries.standing(user_id, actor=request.actor, at=clock.now())
    policy.can_invite_again(request.actor, standing).or_raise()
    if not form.is_bound or not form.is_valid():
        return ask(request, "accounts/invite_again.html", person, form)
    invited = actions.invite_again(
        user_id,
        seen_on=form.cleaned_data["seen_on"],
        by=request.actor,
        at=clock.now(),
    )
    return hand_over(request, person.name, invited)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def release(request: PageRequest, user_id: UUID) -> HttpResponse:
    """Open an account that too many tries closed."""
    person, form = about(request, user_id), SeenForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return ask(request, "accounts/release.html", person, form)
    actions.release(user_id, by=request.actor, at=clock.now())
    return redirect("accounts:members")


def about(request: PageRequest, user_id: UUID) -> queries.Colleague:
    """A person of my organisation; any other does not exist here."""
    actor = request.actor
    policy.can_manage(actor).or_raise()
    for one in queries.colleagues(actor=actor, at=clock.now()):
        if one.user_id == user_id:
            return one
    raise Http404


def ask(request: PageRequest, page: str, person: queries.Colleague, form: SeenForm) -> HttpResponse:
    return render(
        request, page, {"person": person, "form": form}, status=422 if form.is_bound else 200
    )


def hand_over(request: PageRequest, name: str, invited: actions.Invited) -> HttpResponse:
    """The link, shown to whoever made it, once."""
    link = ""
    if invited.token:
        page = "accounts:join" if invited.to_accept else "accounts:welcome"
        link = request.build_absolute_uri(reverse(page, args=[invited.token]))
    return render(
        request,
        "accounts/hand_over.html",
        {
            "name": name,
            "link": link,
            "to_accept": invited.to_accept,
            "again": invited.again,
            "back_to": page_of_accounts(request),
        },
    )


def page_of_accounts(request: PageRequest) -> str:
    """Where one goes back to: the list, or one's own account when one keeps no list."""
    return "accounts:members" if policy.can_manage(request.actor) else "accounts:account"
