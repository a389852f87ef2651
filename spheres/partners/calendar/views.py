"""What is seen of the calendar of the programme: a month as a grid, and as a list that says it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.calendar import policy, queries
from spheres.partners.calendar.queries import Month, Wish


@dataclass(frozen=True)
class Choice:
    """One way to choose: its words, its address, and whether it is chosen."""

    label: str
    url: str
    is_chosen: bool


@require_GET
def month(request: PageRequest) -> HttpResponse:
    """A month of the programme, all of it, or of one kind, or for one organisation."""
    policy.can_look(request.actor).or_raise()
    today = clock.today()
    first = queries.first_of(request.GET.get("month", ""), today=today)
    wish = Wish(request.GET.get("kind", ""), request.GET.get("organisation", ""))
    found = queries.month(first, wish, today=today, actor=request.actor)
    words = {
        "month": found,
        "wish": wish,
        "this_month": today.replace(day=1),
        "before": _way(found.before, wish),
        "after": _way(found.after, wish),
        "now": _way(today.replace(day=1), wish),
        "all": _way(first, Wish()),
        "kinds": _choices(found, wish, "kind"),
        "organisations": _choices(found, wish, "organisation"),
    }
    return render(request, "calendar/month.html", words)


def _choices(found: Month, wish: Wish, by: str) -> list[Choice]:
    """All of them, then each; nothing when there is one alone, and it is not chosen."""
    pairs = found.kinds if by == "kind" else found.organisations
    now = getattr(wish, by)
    if len(pairs) < 2 and not now:
        return []
    every = ("", _("All kinds") if by == "kind" else _("All organisations"))
    return [
        Choice(words, _way(found.first, Wish(**(vars(wish) | {by: code}))), code == now)
        for code, words in (every, *pairs)
    ]


def _way(first: date, wish: Wish) -> str:
    """The address of a month, as it is chosen; what is not chosen is not said."""
    said = {"month": f"{first:%Y-%m}", **{key: code for key, code in vars(wish).items() if code}}
    return f"?{urlencode(said)}"
