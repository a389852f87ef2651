"""What does one see and say of absences, stand-ins and turns on call?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.queries import CoWorker
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.covering import actions, policy, queries
from spheres.followup.covering.forms import AwayForm, OnCallForm
from spheres.sharing import queries as sharing
from spheres.sharing.actions import Overlaps
from spheres.sharing.queries import Elsewhere


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """Who answers for whom, from now on; being away and being on call are said from here."""
    policy.can_look(request.actor).or_raise()
    covers = queries.coming(actor=request.actor, at=clock.now())
    return render(
        request,
        "covering/overview.html",
        {
            "mine": [one for one in covers if one.is_mine],
            "mine_here": [one for one in covers if one.is_mine and not one.where],
            "for_me": [one for one in covers if one.is_for_me],
            "others": [one for one in covers if not one.is_mine and not one.is_for_me],
            "may_be_away": bool(policy.can_be_away(request.actor)),
            "may_keep_rota": bool(policy.can_keep_rota(request.actor)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: PageRequest) -> HttpResponse:
    """I am away: from when, until when, and who answers."""
    policy.can_be_away(request.actor).or_raise()
    at = clock.now()
    others = [
        one
        for one in queries.workers(actor=request.actor, at=at)
        if one.user_id != request.actor.user_id
    ]
    there = elsewhere_but(others, request, at)
    if request.method != "POST":
        form = AwayForm(initial=AwayForm.starting_values(), workers=others, elsewhere=there)
        return render(request, "covering/absence.html", {"form": form})
    form = AwayForm(request.POST, workers=others, elsewhere=there)
    if form.is_valid():
        try:
            away = form.away()
            actions.be_away(away, by=request.actor, at=at)
            if away.elsewhere_id:
                return redirect("covering:ask", away.id)
            return redirect("covering:overview")
        except Overlaps:
            form.add_error("from_day", _("Somebody already answers for you during these days."))
    return render(request, "covering/absence.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def on_call(request: PageRequest) -> HttpResponse:
    """The team's turn on call: who answers, for whom, from when until when."""
    policy.can_keep_rota(request.actor).or_raise()
    at = clock.now()
    workers = queries.workers(actor=request.actor, at=at)
    there = elsewhere_but(workers, request, at)
    if request.method != "POST":
        everyone = {"for_users": [str(one.user_id) for one in workers]}
        initial = OnCallForm.starting_values() | everyone
        form = OnCallForm(initial=initial, workers=workers, elsewhere=there)
        return render(request, "covering/on_call.html", {"form": form})
    form = OnCallForm(request.POST, workers=workers, elsewhere=there)
    if form.is_valid():
        try:
            actions.put_on_call(
                form.away(), for_users=form.cleaned_data["for_users"], by=request.actor, at=at
            )
            return redirect("covering:overview")
        except Overlaps as overlaps:
            sentence = _("Somebody is already on call for %(name)s at that time.")
            name = next((w.name for w in workers if w.user_id == overlaps.for_user_id), "")
            form.add_error("for_users", sentence % {"name": name})
    return render(request, "covering/on_call.html", {"form": form}, status=422)


def elsewhere_but(
    workers: Iterable[CoWorker], request: PageRequest, at: datetime
) -> list[Elsewhere]:
    """Those of the partners; whoever works here too answers as a colleague."""
    here = {one.user_id for one in workers} | {request.actor.user_id}
    there = sharing.workers_elsewhere(actor=request.actor, at=at)
    return [one for one in there if one.user_id not in here]


@require_GET
def ask(request: PageRequest, cover_id: UUID) -> HttpResponse:
    """Answered elsewhere: each of the people it is about, asked or not, one after another."""
    found = queries.asking(cover_id, actor=request.actor, at=clock.now())
    if found is None:
        raise Http404
    policy.can_ask(request.actor, found.planned.cover).or_raise()
    return render(request, "covering/ask.html", {"asking": found, "one": found.planned})


@require_POST
def no_need(request: PageRequest, file_id: UUID, cover_id: UUID) -> HttpResponse:
    """Asked, somebody needs nobody to answer meanwhile."""
    at = clock.now()
    cover = queries.to_ask(file_id, cover_id, actor=request.actor, at=at)
    if cover is None:
        raise Http404
    actions.say_no_need(file_id, cover, by=request.actor, at=at)
    return redirect("covering:ask", cover_id)


@require_POST
def end(request: PageRequest, cover_id: UUID) -> HttpResponse:
    """Back earlier, or not after all."""
    if queries.cover(cover_id, actor=request.actor) is None:
        raise Http404
    actions.end(cover_id, by=request.actor, at=clock.now())
    return redirect("covering:overview")


@require_GET
def people(request: PageRequest) -> HttpResponse:
    """The people of those I answer for now: who they are, how to reach them, where each stands."""
    policy.can_be_away(request.actor).or_raise()
    found = queries.answering(actor=request.actor, at=clock.now())
    return render(request, "covering/people.html", {"answering": found})
