"""What does whoever withdraws see, and whoever finds somebody else?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.models import Role
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.withdrawals import actions, policy, queries, standing
from spheres.followup.withdrawals.forms import KnownForm, WithdrawForm
from spheres.participants import queries as participants
from spheres.records.between import knowing
from spheres.regions import queries as regions


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One step, no reason; nothing of her is opened here. Sent twice, it is said once."""
    if not participants.is_visible(file_id, actor=request.actor):
        is_sent_again = WithdrawForm.number_of(request.POST) is not None
        if is_sent_again and queries.has_withdrawn(file_id, actor=request.actor):
            return redirect("withdrawals:done")
        raise Http404
    policy.can_withdraw(request.actor).or_raise()
    form = WithdrawForm(
        request.POST or None,
        colleagues=queries.colleagues(actor=request.actor, at=clock.now()),
        is_alone=not queries.others(file_id, actor=request.actor),
    )
    if form.is_bound and form.is_valid():
        actions.withdraw(
            file_id,
            form.record_id,
            goes_on_with=form.colleague,
            desk=regions.desk(),
            by=request.actor,
            at=clock.now(),
        )
        return redirect("withdrawals:done")
    says = {"form": form, "file_id": file_id}
    return render(request, "withdrawals/form.html", says, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def known(request: PageRequest, kind: str, known_id: UUID) -> HttpResponse:
    """Whoever reads something of a person knows them outside work: asked once more first, for it is
    for good. Nothing of hers is opened here. Sent twice, it is said once."""
    policy.can_say_known(request.actor).or_raise()
    page = knowing.reading(kind)
    what = page.find(known_id, actor=request.actor, at=clock.now()) if page else None
    if page is None or what is None:
        sent = KnownForm.number_of(request.POST)
        if sent and queries.has_said(sent, actor=request.actor):
            return redirect("withdrawals:done")
        raise Http404
    form = KnownForm(request.POST or None)
    if form.is_bound and form.is_valid():
        page.close(what, said_id=form.record_id, by=request.actor, at=clock.now())
        return redirect("withdrawals:done")
    says = {"form": form, "kind": kind, "known_id": known_id, "back": page.back}
    return render(request, "withdrawals/known.html", says, status=422 if form.is_bound else 200)


@require_GET
def done(request: PageRequest) -> HttpResponse:
    """The file is closed: said once, without a word of whom it was."""
    policy.can_say_known(request.actor).or_raise()
    return render(request, "withdrawals/done.html")


@require_GET
def notices(request: PageRequest) -> HttpResponse:
    """Whose person needs someone else, and what a lead can do about it."""
    policy.can_settle(request.actor).or_raise()
    waiting = queries.waiting(actor=request.actor)
    lines = [(one, standing.sentence(one)) for one in waiting]
    # Of somebody whom nobody can reach any more, a team lead names who tells her.
    says = {"lines": lines, "may_name": request.actor.has(Role.TEAM_LEAD)}
    return render(request, "withdrawals/notices.html", says)


@require_POST
def settle(request: PageRequest, notice_id: UUID) -> HttpResponse:
    """It is seen to."""
    policy.can_settle(request.actor).or_raise()
    if not queries.notice(notice_id, actor=request.actor).exists():
        raise Http404
    actions.settle(notice_id, by=request.actor, at=clock.now())
    return redirect("withdrawals:notices")
