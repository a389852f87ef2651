"""What is seen and done of sessions: those to come, one of them, its list, its cost?"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import limits
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.records.between import occasions
from spheres.training.sessions import actions, documents, inviting, policy, queries, rooms, standing
from spheres.training.sessions.forms import (
    CameForm,
    CostsForm,
    MoveForm,
    PlanForm,
    RoomCodeForm,
    RoomForm,
    TeachersForm,
    TeamForm,
)
from spheres.training.sessions.models import CostLine, Enrolment
from spheres.training.sessions.queries import Shown

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
# With what a session may begin: another one that was called off, a request that was answered.
BEGUN: Final = ("topic", "mode", "language", "places", "host")
UNKEPT: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def known(request: PageRequest, training_id: UUID, *, counted: bool = False) -> Shown:
    found = queries.session(training_id, actor=request.actor, counted=counted)
    if found is None:
        raise Http404
    return found


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """Those to come, and where I stand on each; then those of a year that are over."""
    policy.can_look(request.actor).or_raise()
    to_come, over = queries.of_a_year(actor=request.actor, at=clock.now())
    words = {
        "to_come": [(one, documents.free_words(one)) for one in to_come],
        "over": over,
        "may_plan": policy.can_plan(request.actor),
    }
    return render(request, "sessions/list.html", words)


@require_http_methods(READ_AND_WRITE)
def plan(request: PageRequest) -> HttpResponse:
    """A topic, a day, a place, who teaches."""
    actor, at = request.actor, clock.now()
    policy.can_plan(actor).or_raise()
    form = PlanForm(
        request.POST or None,
        initial=_begun(request),
        topics=queries.topics(actor=actor),
        hosts=queries.who_may_receive(actor=actor),
        people=queries.who_may_teach(actor=actor, at=at),
        outside=queries.who_may_teach_along(actor=actor),
    )
    if form.is_bound and form.is_valid():
        planned = form.planned()
        if policy.can_plan_for(actor, planned.trainer_ids):
            actions.plan(planned, by=actor, at=at)
            return redirect("sessions:session", planned.id)
        form.add_error("trainer", policy.YOURSELF)
    status = 422 if form.is_bound else 200
    return render(request, "sessions/plan.html", {"form": form}, status=status)


def _begun(request: PageRequest) -> dict[str, Any]:
    """What the address says; a day that is none is left out."""
    said: dict[str, Any] = {name: request.GET[name] for name in BEGUN if name in request.GET}
    try:
        day = date.fromisoformat(request.GET.get("held_on", ""))
    except ValueError:
        return said
    return said | {"held_on": day}


@require_GET
def session(request: PageRequest, training_id: UUID) -> HttpResponse:
    """When, where, by whom; my place; whoever leads, their team; whoever runs it, the rest."""
    return _page(request, known(request, training_id, counted=True))


def _page(
    request: PageRequest,
    it: Shown,
    *,
    code: RoomCodeForm | None = None,
    team: TeamForm | None = None,
    too_many: bool = False,
    status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    runs = policy.runs(actor, it.row)
    may_team = policy.can_enrol_team(actor, it.row, at=at)
    people = queries.team(it, actor=actor, at=at) if policy.leads(actor) else []
    is_around = policy.is_around(it.row, at=at)
    words = {
        "it": it,
        "free": documents.free_words(it),
        "is_over": it.row.ends_at <= at,
        "is_on_list": it.mine not in (None, Enrolment.Status.LEFT),
        "may_enrol": policy.can_enrol(actor, it.row, at=at),
        "before": queries.to_learn_before(it, actor=actor) if not _has_come(it) else [],
        "code": (code or RoomCodeForm()) if is_around and not _has_come(it) else None,
        "too_many": too_many,
        "mine_there": [one for one in people if one[2]],
        "team": (team or TeamForm(team=people)) if may_team else None,
        "runs": runs,
        "may_keep": policy.can_keep_list(actor, it.row),
        "may_change": policy.can_change(actor, it.row, at=at),
        "may_move": policy.can_change(actor, it.row, at=at) and policy.is_to_come(it.row, at=at),
        "may_plan": policy.can_plan(actor),
        "may_cost": policy.can_say_cost(actor),
        "room_code": rooms.code_of(it.row.pk) if runs and is_around else "",
        "link": _link(request, it) if policy.is_to_come(it.row, at=at) else "",
        "letter": documents.letter(it) if runs and _is_changed(it) else "",
        "riding": occasions.riding_on(standing.TRAINING, it.row.pk, actor=actor),
    }
    return render(request, "sessions/session.html", words, status=status)


def _has_come(it: Shown) -> bool:
    return it.mine == Enrolment.Status.CAME


def _is_changed(it: Shown) -> bool:
    row = it.row
    return row.is_off or row.reassigned_at is not None or row.moved_at is not None


def _link(request: PageRequest, it: Shown) -> str:
    """The page where somebody from outside enrols, on the other face of the house."""
    host = settings.YOUTH_HOST
    port = request.get_port()
    here = f"{host}:{port}" if ":" in request.get_host() and ":" not in host else host
    return f"{request.scheme}://{here}/t/{it.row.link}/"


@require_POST
def enrol(request: PageRequest, training_id: UUID) -> HttpResponse:
    """I come: a place, or the end of the waiting list."""
    it = known(request, training_id)
    actions.enrol(it.row, by=request.actor, at=clock.now())
    return redirect("sessions:session", training_id)


@require_POST
def leave(request: PageRequest, training_id: UUID) -> HttpResponse:
    """I do not come any more."""
    it = known(request, training_id)
    actions.leave(it.row, by=request.actor, at=clock.now())
    return redirect("sessions:session", training_id)


@require_POST
def team(request: PageRequest, training_id: UUID) -> HttpResponse:
    """Those who work where I lead."""
    it, at = known(request, training_id, counted=True), clock.now()
    policy.can_enrol_team(request.actor, it.row, at=at).or_raise()
    form = TeamForm(request.POST, team=queries.team(it, actor=request.actor, at=at))
    if not form.is_valid():
        return _page(request, it, team=form, status=422)
    actions.enrol_team(it.row, form.those(), by=request.actor, at=at)
    return redirect("sessions:session", training_id)


@require_POST
def here(request: PageRequest, training_id: UUID) -> HttpResponse:
    """«I am here»: the six figures shown in the room."""
    it, at = known(request, training_id, counted=True), clock.now()
    me = str(request.actor.user_id)
    form = RoomCodeForm(request.POST)
    if not policy.is_around(it.row, at=at):
        return redirect("sessions:session", training_id)
    if not form.is_valid():
        return _page(request, it, code=form, status=422)
    if not limits.allow("room_code", me, at) or not limits.allow(
        "room_code_all", str(training_id), at
    ):
        return _page(request, it, code=form, too_many=True, status=429)
    if not rooms.is_code(it.row, form.cleaned_data["room_code"]):
        form.add_error("room_code", _("This is not the code of this room. Look at it again."))
        return _page(request, it, code=form, status=422)
    limits.give_back("room_code", me)
    limits.give_back("room_code_all", str(training_id))
    actions.come(it.row, by=request.actor, at=at)
    return redirect("sessions:session", training_id)


@require_GET
def appointment(request: PageRequest, training_id: UUID) -> HttpResponse:
    """Its hours and one neutral word, for one’s own calendar."""
    it = known(request, training_id)
    body = inviting.invitation(it.row, at=clock.now())
    named = {"Content-Disposition": f'attachment; filename="{inviting.file_name()}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=UNKEPT | named)


@require_http_methods(READ_AND_WRITE)
def move(request: PageRequest, training_id: UUID) -> HttpResponse:
    """Another day, other hours, another place, more places: the list stays."""
    it, actor, at = known(request, training_id, counted=True), request.actor, clock.now()
    policy.can_change(actor, it.row, at=at).or_raise()
    policy.is_to_come(it.row, at=at).or_raise()
    form = MoveForm(request.POST or None, of=it.row, taken=it.taken)
    if form.is_bound and form.is_valid():
        actions.change(it.row, form.moved(), by=actor, at=at)
        return redirect("sessions:session", training_id)
    status = 422 if form.is_bound else 200
    return render(request, "sessions/move.html", {"it": it, "form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def reassign(request: PageRequest, training_id: UUID) -> HttpResponse:
    """Somebody else teaches: one page, one press. To whoever was to teach first, those who teach
    along are proposed."""
    it, actor, at = known(request, training_id), request.actor, clock.now()
    policy.can_change(actor, it.row, at=at).or_raise()
    first, *others = it.row.trainer_ids
    if others and first == actor.user_id:
        first, *others = others
    form = TeachersForm(
        request.POST or None,
        people=queries.who_may_teach(actor=actor, at=at),
        outside=queries.who_may_teach_along(actor=actor),
        initial={"trainer": str(first), "others": [str(one) for one in others]},
    )
    if form.is_bound and form.is_valid():
        actions.reassign(it.row, form.trainers(), by=actor, at=at)
        return redirect("sessions:session", training_id)
    words = {"it": it, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "sessions/teachers.html", words, status=status)


@require_POST
def cancel(request: PageRequest, training_id: UUID) -> HttpResponse:
    """It is not held any more."""
    it = known(request, training_id)
    actions.cancel(it.row, by=request.actor, at=clock.now())
    return redirect("sessions:session", training_id)


@require_http_methods(READ_AND_WRITE)
def costs(request: PageRequest, training_id: UUID) -> HttpResponse:
    """What it costs, kind by kind, for the coordination."""
    it, actor = queries.session(training_id, actor=request.actor, counted=False), request.actor
    if it is None:
        raise Http404
    policy.can_say_cost(actor).or_raise()
    standing_costs = queries.costs(it.row.pk, actor=actor)
    form = CostsForm(request.POST or None, cents=standing_costs)
    if form.is_bound and form.is_valid():
        actions.say_costs(form.record_id, it.row, form.cents(), by=actor, at=clock.now())
        return redirect("sessions:costs", training_id)
    words = {
        "it": it,
        "form": form,
        "kinds": [form[kind.value] for kind in CostLine.Cost],
        "total": sum(standing_costs.values()) / 100,
    }
    status = 422 if form.is_bound else 200
    return render(request, "sessions/costs.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def names(request: PageRequest, training_id: UUID) -> HttpResponse:
    """The list of names; around the hours of the session, who came."""
    it, actor, at = known(request, training_id), request.actor, clock.now()
    policy.can_keep_list(actor, it.row).or_raise()
    lines = queries.names(it, actor=actor)
    if request.method == "POST":
        form = CameForm(request.POST, lines=lines)
        if form.is_valid():
            actions.note_who_came(it.row, form.those(), by=actor, at=at)
            return redirect("sessions:names", training_id)
        return _names(request, it, lines, came=form, status=422)
    return _names(request, it, lines)


def _names(
    request: PageRequest,
    it: Shown,
    lines: list[queries.Line],
    *,
    came: CameForm | None = None,
    adding: RoomForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    may_note = policy.can_note(actor, it.row, at=at)
    begun = {"came": [str(one.row.pk) for one in lines if one.row.status == one.row.Status.CAME]}
    words: dict[str, Any] = {
        "it": it,
        "lines": lines,
        "came": (came or CameForm(lines=lines, initial=begun)) if may_note else None,
        "adding": (adding or RoomForm(**_asked_of_outsiders())) if may_note else None,
        "may_close": policy.can_close(actor, it.row, at=at),
        "may_take_off": policy.is_to_come(it.row, at=at),
        "reaches": [one.reach for one in lines if one.reach],
        "reminder": documents.reminder(it) if policy.is_to_come(it.row, at=at) else "",
        "number_came": len(begun["came"]),
        "room_code": rooms.code_of(it.row.pk) if policy.is_around(it.row, at=at) else "",
    }
    return render(request, "sessions/names.html", words, status=status)


@require_GET
def paper(request: PageRequest, training_id: UUID) -> HttpResponse:
    """The list on paper, with boxes to tick, for a room without network."""
    it = known(request, training_id)
    policy.can_keep_list(request.actor, it.row).or_raise()
    body = documents.paper(it, queries.names(it, actor=request.actor))
    named = {"Content-Disposition": f'attachment; filename="{documents.NAME}"'}
    return HttpResponse(body, content_type="application/pdf", headers=UNKEPT | named)


@require_POST
def room(request: PageRequest, training_id: UUID) -> HttpResponse:
    """Somebody who came without having enrolled."""
    it, actor, at = known(request, training_id), request.actor, clock.now()
    policy.can_note(actor, it.row, at=at).or_raise()
    form = RoomForm(request.POST, **_asked_of_outsiders())
    if not form.is_valid():
        lines = queries.names(it, actor=actor)
        return _names(request, it, lines, adding=form, status=422)
    actions.add_in_the_room(form.record_id, it.row, form.said(), by=actor, at=at)
    return redirect("sessions:names", training_id)


@require_POST
def take_off(request: PageRequest, training_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Somebody said that they do not come."""
    it = known(request, training_id)
    actions.take_off(it.row, enrolment_id, by=request.actor, at=clock.now())
    return redirect("sessions:names", training_id)


@require_POST
def close(request: PageRequest, training_id: UUID) -> HttpResponse:
    """The list is closed."""
    it = known(request, training_id)
    actions.close(it.row, by=request.actor, at=clock.now())
    return redirect("sessions:names", training_id)


def _asked_of_outsiders() -> dict[str, list[tuple[str, str]]]:
    return {"environments": queries.environments(), "of_quebec": queries.of_quebec()}
