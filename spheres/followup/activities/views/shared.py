"""What does one see of what the organisation offers, about nobody, and of the list of its day?"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.activities import actions, policy, queries
from spheres.followup.activities.forms import (
    ActivityForm,
    GuestForm,
    HoldForm,
    SaidForm,
    SeatForm,
)
from spheres.followup.activities.models import Activity, ActivityStatus
from spheres.records import spreadsheets
from spheres.regions import queries as regions
from spheres.ui import moments


def labels_of(activity: Activity) -> dict[str, str]:
    """The words of its codes."""
    place, line = activity.place, activity.budget_line
    return {
        "idea": regions.label("activity_ideas", activity.idea),
        "kind": regions.label("activity_kinds", activity.kind),
        "place": regions.label("activity_places", place) if place else "",
        "line": regions.label("budget_lines", line) if line else "",
        "when": when(activity),
        "stands": str(ActivityStatus.Status(activity.standing.status).label),
    }


def when(activity: Activity) -> str:
    """Its day, and its hour when one was said."""
    day = moments.weekday_day(activity.held_on)
    if activity.hour is None:
        return day
    hour = moments.hour_of_day(activity.hour)
    return _("%(day)s, %(hour)s") % {"day": day, "hour": hour}


@require_GET
def board(request: PageRequest) -> HttpResponse:
    """What is offered, the latest first. Nobody is named."""
    policy.can_see_board(request.actor).or_raise()
    found = list(queries.board(actor=request.actor)[: queries.MOST])
    today = clock.today()
    words = {
        "coming": [(one, labels_of(one)) for one in found if one.held_on >= today][::-1],
        "past": [(one, labels_of(one)) for one in found if one.held_on < today],
        "may_plan": policy.can_plan(request.actor),
        "may_export": policy.can_export(request.actor),
        "years": [today.year, today.year - 1],
        "ideas": ideas(),
    }
    return render(request, "activities/board.html", words)


def ideas() -> list[tuple[str, list[str]]]:
    """The idea bank of the region, by kind."""
    bank = regions.choices("activity_ideas")
    return [
        (label, [idea for of, idea in bank if of.partition("_")[0] == code])
        for code, label in regions.choices("activity_kinds")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PageRequest) -> HttpResponse:
    """An idea, a day; no word about anybody."""
    policy.can_plan(request.actor).or_raise()
    if request.method == "POST":
        form = ActivityForm(request.POST)
    else:
        form = ActivityForm(initial={"held_on": clock.today(), "is_group": "yes"})
    if form.is_bound and form.is_valid():
        activity_id = actions.plan(form.planned(), by=request.actor, at=clock.now())
        return redirect("shared_activities:detail", activity_id)
    status = 422 if form.is_bound else 200
    return render(request, "activities/plan_form.html", {"form": form}, status=status)


def found(request: PageRequest, activity_id: UUID) -> Activity:
    """The one of this address, when the database shows it."""
    activity = queries.activity(activity_id, actor=request.actor)
    if activity is None:
        raise Http404
    policy.can_see_board(request.actor).or_raise()
    return activity


@require_GET
def detail(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """When, where in kind, who of us comes along, what it costs."""
    return show(request, activity_id)


def show(
    request: PageRequest,
    activity_id: UUID,
    form: SaidForm | None = None,
    guest_form: GuestForm | None = None,
) -> HttpResponse:
    activity, actor, today = found(request, activity_id), request.actor, clock.today()
    now, day = activity.standing.status, activity.held_on
    is_ours = bool(policy.can_say_of(actor, activity))
    ways = [
        (to, ActivityStatus.Status(to).label)
        for to in ActivityStatus.Status.values
        if is_ours and policy.can_say(actor, now, to, held_on=day, today=today)
    ]
    guests = queries.guests(activity_id, actor=actor)
    may_invite = policy.can_invite(actor, activity, today=today)
    along = {"is_along": activity.is_mine, "held_on": day, "today": today}  # type: ignore[attr-defined]
    words = {
        "activity": activity,
        "said": labels_of(activity),
        "companions": queries.companions(activity_id, actor=actor),
        "guests": [name for _pk, name in guests],
        "others_along": queries.others_along(activity_id, actor=actor) if guests else [],
        "guest_form": _guest_form(guest_form, guests, actor) if may_invite else None,
        "ways": ways,
        "may_count": any(to == ActivityStatus.Status.HELD for to, _label in ways),
        "form": form or SaidForm(),
        "may_come": policy.can_come(actor, held_on=day, today=today),
        "may_list": policy.can_see_list(actor, is_kept=activity.is_kept, **along),  # type: ignore[attr-defined]
        "may_keep": policy.can_keep(actor),
        "hold": HoldForm(),
        "cost": dollars(activity.standing.cents),
    }
    status = 422 if form or guest_form else 200
    return render(request, "activities/shared.html", words, status=status)


def _guest_form(
    bound: GuestForm | None, guests: list[tuple[UUID, str]], actor: Actor
) -> GuestForm | None:
    """With whom it may be offered besides; None when all are there already."""
    left = [one for one in queries.partners(actor=actor) if one not in guests]
    return bound or (GuestForm(partners=left) if left else None)


def dollars(cents: int | None) -> str:
    return "" if cents is None else _("$%(dollars)s") % {"dollars": cents // 100}


@require_POST
def come_along(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """«I come along»: one press."""
    found(request, activity_id)
    actions.come_along(activity_id, by=request.actor, at=clock.now())
    return redirect("shared_activities:detail", activity_id)


@require_POST
def say(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """What became of it: one press; a number and a cost go with it when they are known."""
    found(request, activity_id)
    form, to = SaidForm(request.POST), request.POST.get("status", "")
    if not form.is_valid() or to not in ActivityStatus.Status.values:
        return show(request, activity_id, form)
    number, whole = form.cleaned_data["number"], form.cleaned_data["dollars"]
    cents = None if whole is None else whole * 100
    actions.say(activity_id, to, number=number, cents=cents, by=request.actor, at=clock.now())
    return redirect("shared_activities:detail", activity_id)


# The list of its day.


def open_list(request: PageRequest, activity_id: UUID) -> Activity:
    """The activity, for whoever comes along, while its list stands; else a sentence says why."""
    activity = found(request, activity_id)
    policy.can_see_list(
        request.actor,
        is_along=activity.is_mine,  # type: ignore[attr-defined]
        is_kept=activity.is_kept,  # type: ignore[attr-defined]
        held_on=activity.held_on,
        today=clock.today(),
    ).or_raise()
    return activity


@require_GET
def day_list(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """The names one may read, live from their files; the others count, without a name."""
    return show_list(request, activity_id)


def show_list(
    request: PageRequest, activity_id: UUID, form: SeatForm | None = None
) -> HttpResponse:
    activity, actor = open_list(request, activity_id), request.actor
    people = queries.my_people(actor=actor)
    names = {"food": "food_needs", "size": "clothing_sizes"}
    found = queries.day_list(activity_id, actor=actor)
    others = queries.others_along(activity_id, actor=actor)
    named = {one.user_id: one for one in others}
    told = queries.told([one.seat_id for one in found.known], actor=actor)
    rows = [
        (
            one,
            ", ".join(
                regions.label(names[part], code) for part in names if (code := getattr(one, part))
            ),
            [named[along.user_id] for along in told.get(one.seat_id, []) if along.user_id in named],
        )
        for one in found.known
    ]
    words = {
        "activity": activity,
        "said": labels_of(activity),
        "rows": rows,
        "cards": found.cards,
        "others": found.others,
        "others_along": others,
        "form": form or SeatForm(people=people),
        "may_add": policy.can_add(
            actor, is_along=True, held_on=activity.held_on, today=clock.today()
        ),
    }
    return render(request, "activities/list.html", words, status=422 if form else 200)


@require_POST
def add(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """A person of mine comes: one name, two codes."""
    open_list(request, activity_id)
    form = SeatForm(request.POST, people=queries.my_people(actor=request.actor))
    if not form.is_valid():
        return show_list(request, activity_id, form)
    said = form.cleaned_data
    actions.add(
        activity_id, form.record_id, form.file_id, food=said["food"], size=said["size"],
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    return redirect("shared_activities:list", activity_id)


@require_POST
def take_off(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """She does not come after all: one press."""
    open_list(request, activity_id)
    try:
        attendance_id = UUID(request.POST.get("attendance", ""))
    except ValueError:
        raise Http404 from None
    actions.take_off(activity_id, attendance_id, by=request.actor, at=clock.now())
    return redirect("shared_activities:list", activity_id)


@require_GET
def numbers(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """For a supplier outside: how many, sizes, food. Not one name."""
    activity = open_list(request, activity_id)
    found = queries.day_list(activity_id, actor=request.actor)
    lines = [_("Number of persons: %(number)s") % {"number": len(found.seats)}]
    for title, name, vocabulary in (
        (_("Food"), "food", "food_needs"),
        (_("Sizes"), "size", "clothing_sizes"),
    ):
        counted = found.counts(name, vocabulary)
        if counted:
            said = ", ".join(
                _("%(what)s: %(number)s") % {"what": what, "number": number}
                for what, number in counted
            )
            lines.append(_("%(title)s: %(said)s") % {"title": title, "said": said})
    words = {"activity": activity, "said": labels_of(activity), "lines": "\n".join(lines)}
    return render(request, "activities/numbers.html", words)


@require_POST
def keep(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """Something happened: the list stays until it is let go."""
    found(request, activity_id)
    policy.can_keep(request.actor).or_raise()
    form = HoldForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.keep(activity_id, form.record_id, reason, by=request.actor, at=clock.now())
    return redirect("shared_activities:detail", activity_id)


@require_POST
def let_go(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """It is no longer needed: it goes the next night."""
    found(request, activity_id)
    actions.let_go(activity_id, by=request.actor, at=clock.now())
    return redirect("shared_activities:detail", activity_id)


# Costs, without names.


@require_POST
def costs(request: PageRequest) -> HttpResponse:
    """One whole year of costs: kind, day, cost, and how many as a band. Nobody is in it."""
    policy.can_export(request.actor).or_raise()
    today = clock.today()
    year = request.POST.get("year", "")
    chosen = int(year) if year in {str(today.year), str(today.year - 1)} else today.year
    rows = actions.export(chosen, by=request.actor)
    lines = []
    for one in rows:
        said, cents = labels_of(one), one.standing.cents
        cost = None if cents is None else Decimal(cents).scaleb(-2)
        persons = band(one.standing.number, regions.region().minimum_group)
        lines.append((one.held_on, said["kind"], said["idea"], said["line"], cost, persons))
    columns = [
        _("Day"), _("Kind"), _("Activity"), _("Budget line"), _("Cost"), _("Persons"),
    ]  # fmt: skip
    kind = request.POST.get("kind", spreadsheets.CSV)
    return spreadsheets.as_sheet(f"activities-{chosen}", columns, lines, kind=kind)


def band(number: int | None, least: int) -> str:
    """How many came, never so few that one could be told apart."""
    if number is None:
        return ""
    if number < least:
        return _("fewer than %(least)s") % {"least": least}
    low = number // least * least
    return _("%(low)s to %(high)s") % {"low": low, "high": low + least - 1}
