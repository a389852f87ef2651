"""What does one see of calendar addresses, and what does a calendar get when it asks?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from spheres.accounts.requests import PageRequest
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.interop.ical import actions, policy, queries, writing
from spheres.interop.ical.forms import AddressForm, DecideForm
from spheres.partners.committees import queries as committees

CALENDAR: Final = service("calendar")


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """Whether I have an address; and, for whoever leads, whether the organisation has them."""
    return show(request)


def show(request: PageRequest, address: str = "") -> HttpResponse:
    """The page, with a new address if there is one: it is shown here, this once."""
    actor = request.actor
    if not policy.is_concerned(actor):
        raise Http404
    is_on, addresses = queries.is_on(actor=actor), queries.mine(actor=actor)
    return render(
        request,
        "ical/mine.html",
        {
            "is_on": is_on,
            "address": address,
            "mine": addresses.get(None),
            "committees": [
                (one, addresses.get(one.pk)) for one in committees.where_i_sit(actor=actor)
            ],
            "may_make": policy.can_make(actor, is_on=is_on),
            "is_worker": bool(policy.can_make(actor, is_on=True)),
            "may_decide": bool(policy.can_decide(actor)),
            "decide": DecideForm(),
            "form": AddressForm(),
        },
    )


@require_POST
def decide(request: PageRequest, answer: str) -> HttpResponse:
    """The organisation says yes, or no."""
    form = DecideForm(request.POST)
    policy.can_decide(request.actor).or_raise()
    if form.is_valid():
        actions.decide(form.record_id, is_on=answer == "on", by=request.actor, at=clock.now())
    return redirect("ical:mine")


@require_POST
def make(request: PageRequest, committee_id: UUID | None = None) -> HttpResponse:
    """A new address, of all my hours or of one committee, shown in the answer and nowhere else."""
    _of_mine(request, committee_id)
    form = AddressForm(request.POST)
    is_on = queries.is_on(actor=request.actor)
    policy.can_make(request.actor, is_on=is_on).or_raise()
    if not form.is_valid():
        return redirect("ical:mine")
    token = actions.make(
        form.record_id, committee_id=committee_id, by=request.actor, at=clock.now()
    )
    return show(request, request.build_absolute_uri(reverse("ical:read", args=[token])))


@require_POST
def end(request: PageRequest, committee_id: UUID | None = None) -> HttpResponse:
    """My address ends now; that of a committee, also once I sit there no more."""
    if not policy.is_concerned(request.actor):
        raise Http404
    _of_mine(request, committee_id)
    actions.end(committee_id=committee_id, by=request.actor)
    return redirect("ical:mine")


def _of_mine(request: PageRequest, committee_id: UUID | None) -> None:
    """A committee where I sit, or whose address I still have; another is as what is not there."""
    if committee_id is None or committee_id in committees.standing(actor=request.actor).sits:
        return
    if committee_id not in queries.mine(actor=request.actor):
        raise Http404


@login_not_required
@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar asks: hours and one neutral word, in the name of a service that reads no text."""
    at = clock.now()
    with context.acting_as(CALENDAR):
        found = queries.hours(token, at=at, actor=CALENDAR)
        if found is None:
            raise Http404
        if queries.is_asked_too_often(found.address_id, at=at, actor=CALENDAR):
            return HttpResponse(status=429, headers={"Retry-After": "3600"} | UNKEPT)
        actions.tell(found, by=CALENDAR)
    body = writing.written(found, at=at)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=UNKEPT)


@require_GET
def meeting(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """One meeting of a committee, for a calendar: the hours and one neutral word."""
    found = committees.meeting(sitting_id, actor=request.actor)
    if found is None:
        raise Http404
    is_off = found.cancelled_at is not None
    hour = queries.Hour(
        found.pk, found.starts_at, ends_at=found.ends_at, changes=found.times_moved + is_off,
        is_off=is_off,
    )  # fmt: skip
    # The same for whoever fetches it again: their calendar moves it, and does not add another.
    hours = queries.Hours(request.actor.user_id, get_language() or "fr", [hour])
    body = writing.written(hours, at=clock.now())
    name = {"Content-Disposition": f'attachment; filename="{gettext("appointment")}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=UNKEPT | name)


UNKEPT: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
