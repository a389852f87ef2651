"""What does one see of an exceptional access: before, during the hour, and looking back?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.models import Role
from spheres.accounts.requests import PageRequest, serves
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.actor import EXCEPTIONAL
from spheres.followup.exceptional import actions, policy, queries
from spheres.followup.exceptional.forms import ExtendForm, OpenForm, ReviewForm
from spheres.participants import queries as participants
from spheres.records.between import protecting, reachable
from spheres.regions import queries as regions
from spheres.sharing.protecting import ENOUGH, LAPSED, OPENED, REVIEWED_WITHIN, TWO_NEEDED
from spheres.vault import actions as vault

WORDS = {
    ENOUGH: _("You opened three today. Call whoever is on call, or say that a life is in danger."),
    LAPSED: _(
        "What your organisation asks before files are given to you is missing or has lapsed. Call "
        "whoever is on call, or say that a life is in danger."
    ),
    TWO_NEEDED: _(
        "Something opened more than three days ago was not looked at yet: ask a colleague to say "
        "it with you. In a danger to life, nobody else is needed."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def ask(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Before anything else the numbers and whom to call; then why, and it opens."""
    if not queries.can_name(file_id, actor=request.actor):
        raise Http404
    policy.can_open(request.actor).or_raise()
    colleagues = queries.colleagues(actor=request.actor, at=clock.now())
    form = OpenForm(request.POST or None, colleagues=colleagues)
    if form.is_bound and form.is_valid():
        became = actions.open_it(
            form.record_id,
            file_id,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            second=form.colleague,
            by=request.actor,
            at=clock.now(),
        )
        if became == OPENED:
            return redirect("exceptional:opened", form.record_id)
        if became not in WORDS:
            raise Http404
        form.add_error("second" if became == TWO_NEEDED else "ground", WORDS[became])
    says = {
        "form": form,
        "file_id": file_id,
        "beside": queries.beside(file_id, actor=request.actor),
        "lines": regions.help_lines(),
        "on_call": reachable.on_call(actor=request.actor),
    }
    status = 422 if form.is_bound else 200
    return render(request, "exceptional/ask.html", says, status=status)


@require_GET
@serves(EXCEPTIONAL)
def opened(request: PageRequest, access_id: UUID) -> HttpResponse:
    """For the hour: who they are, how to reach them safely, what they prepared, whom to call."""
    access = queries.live(access_id, actor=request.actor, at=clock.now())
    if access is None:
        raise Http404
    known = participants.known(access.file_id, actor=request.actor)
    if known is None:
        raise Http404
    kept = protecting.of(access.file_id, actor=request.actor)
    vault.open([*known.rows, *(row for one in kept for row in one.rows)], by=request.actor)
    says = {
        "access": access,
        "person": participants.header_of(known),
        "blocks": [block for one in kept if (block := one.block())],
        "beside": queries.beside(access.file_id, actor=request.actor),
        "lines": regions.help_lines(),
        "on_call": reachable.on_call(actor=request.actor),
    }
    return render(request, "exceptional/opened.html", says)


@require_POST
def close(request: PageRequest, access_id: UUID) -> HttpResponse:
    """Done; whatever is closed already stays so."""
    mine = queries.accesses(actor=request.actor).filter(user_id=request.actor.user_id)
    if not mine.filter(pk=access_id).exists():
        raise Http404
    actions.close(access_id, by=request.actor)
    return redirect("dossier:my_day")


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """What I opened, until when somebody else looks at it, and what was said of it."""
    policy.can_open(request.actor).or_raise()
    found = queries.mine(actor=request.actor, at=clock.now())
    says = {"accesses": [(one, one.starts_at + REVIEWED_WITHIN) for one in found]}
    return render(request, "exceptional/mine.html", says)


@require_GET
def reviews(request: PageRequest) -> HttpResponse:
    """What was opened in the organisation, and waits for somebody to look at it again."""
    return _reviews(request)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def extend(request: PageRequest, access_id: UUID) -> HttpResponse:
    """A second person lets it go on for an hour more, once, and says why."""
    policy.can_review(request.actor).or_raise()
    access = queries.accesses(actor=request.actor).filter(pk=access_id).first()
    if access is None:
        raise Http404
    form, at = ExtendForm(request.POST or None), clock.now()
    if access.extended_by != request.actor.user_id:  # else it was pressed twice
        policy.can_extend(request.actor, access, at=at).or_raise()
    if form.is_bound and form.is_valid():
        actions.extend(access, form.cleaned_data["reason"], by=request.actor, at=at)
        return redirect("exceptional:reviews")
    says = {"form": form, "access": access, "who": queries.name_of(access)}
    status = 422 if form.is_bound else 200
    return render(request, "exceptional/extend.html", says, status=status)


@require_POST
def review(request: PageRequest, access_id: UUID) -> HttpResponse:
    """Say what it was."""
    policy.can_review(request.actor).or_raise()
    if not queries.accesses(actor=request.actor).filter(pk=access_id).exists():
        raise Http404
    form = ReviewForm(request.POST, auto_id=f"{access_id}_%s")
    if not form.is_valid():
        return _reviews(request, form=form, of=access_id, status=422)
    actions.review(access_id, form.cleaned_data["outcome"], by=request.actor)
    return redirect("exceptional:reviews")


def _reviews(
    request: PageRequest, *, form: ReviewForm | None = None, of: UUID | None = None, **answer: Any
) -> HttpResponse:
    policy.can_review(request.actor).or_raise()
    found = queries.to_review(actor=request.actor, at=clock.now())
    lines = [
        (one, form if one.access.pk == of else ReviewForm(auto_id=f"{one.access.pk}_%s"))
        for one in found
    ]
    waits = [line for line in lines if line[0].access.reviewed_at is None]
    # Asked of the coordination alone; the database answers whoever keeps the programme's desk.
    left = (
        queries.left_elsewhere(actor=request.actor, at=clock.now())
        if request.actor.has(Role.COORDINATOR)
        else []
    )
    says = {"left": left, "waits": waits, "done": [one for one in found if one.access.reviewed_at]}
    return render(request, "exceptional/reviews.html", says, **answer)
