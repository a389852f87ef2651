"""What does somebody from outside see of one training, and do about it, by a link, without account?

The page says the topic, the hours and whether there is a place; never the room, nor who is on the
list. Whoever holds the link meets this session alone; a link of no session is as no page at all.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from spheres.accounts import limits
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.public import guard
from spheres.public.forms.parts import FILLED, PublicForm
from spheres.public.forms.training import EnrolForm, HereForm, LeaveForm
from spheres.public.views import ELSEWHERE, show
from spheres.training.catalogue import queries as catalogue
from spheres.training.sessions import actions, inviting, policy, queries, rooms
from spheres.training.sessions.models import TrainingSession

# A whole school may enrol from one network.
limits.add(
    training=limits.Limit(40),
    training_day=limits.Limit(120, within=guard.A_DAY),
)


class Open:
    """One session as its link shows it."""

    def __init__(self, request: PageRequest, token: str) -> None:
        found = queries.by_link(token)
        topic = catalogue.said(found[0].topic_id, actor=request.actor) if found else None
        if found is None or topic is None:
            raise Http404
        self.row: TrainingSession = found[0]
        self.free, self.waiting = found[1:]
        self.topic = topic
        at = clock.now()
        self.is_to_come = bool(policy.is_to_come(self.row, at=at))
        self.is_around = policy.is_around(self.row, at=at)
        self.words: dict[str, Any] = {"it": self}


@guard.for_everyone
def training(request: PageRequest, token: str) -> HttpResponse:
    """What is taught, when, whether there is a place; then enrol."""
    it = Open(request, token)
    if request.method != "POST":
        return show(request, "training", EnrolForm() if it.is_to_come else None, **it.words)
    form = EnrolForm(request.POST)
    if not it.is_to_come:
        return show(request, "training", None, status=409, **it.words)
    refused = _refused(request, it, "training", form)
    if refused is not None:
        return refused
    row = actions.enrol_from_outside(it.row.pk, form.said(), by=request.actor, at=clock.now())
    waits = row.status == row.Status.WAITING
    return show(
        request, "receipt_training", form, said="waits" if waits else "enrolled", **it.words
    )


@guard.for_everyone
def leave(request: PageRequest, token: str) -> HttpResponse:
    """I do not come any more: one answer, whoever was on the list."""
    it = Open(request, token)
    form = LeaveForm(request.POST or None)
    if request.method != "POST" or not it.is_to_come:
        return show(request, "training_leave", form, **it.words)
    refused = _refused(request, it, "training_leave", form)
    if refused is not None:
        return refused
    said = form.cleaned_data["reach"]
    actions.leave_from_outside(it.row.pk, said, by=request.actor, at=clock.now())
    return show(request, "receipt_training", form, said="left", **it.words)


@guard.for_everyone
def here(request: PageRequest, token: str) -> HttpResponse:
    """I am in the room: its code, and the address or number by which I enrolled. A wrong code and
    somebody who is not on the list are answered alike."""
    it, at = Open(request, token), clock.now()
    form = HereForm(request.POST or None)
    if request.method != "POST" or not it.is_around:
        return show(request, "training_here", form, **it.words)
    refused = _refused(request, it, "training_here", form, counted=False)
    if refused is not None:
        return refused
    if not _may_try(request, it.row.pk):
        return show(request, "training_here", form, too_many=True, status=429, **it.words)
    said = form.cleaned_data
    is_right = rooms.is_code(it.row, said["room_code"])
    if is_right and actions.come_from_outside(it.row.pk, said["reach"], by=request.actor, at=at):
        _give_back(request, it.row.pk)
        return show(request, "receipt_training", form, said="here", **it.words)
    return show(request, "training_here", form, unknown=True, status=422, **it.words)


@guard.for_everyone
def appointment(request: PageRequest, token: str) -> HttpResponse:
    """Its hours and one neutral word, for a calendar."""
    it = Open(request, token)
    body = inviting.invitation(it.row, at=clock.now())
    named = {"Content-Disposition": f'attachment; filename="{inviting.file_name()}"'}
    unkept = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=unkept | named)


def _refused(
    request: PageRequest, it: Open, page: str, form: PublicForm, *, counted: bool = True
) -> HttpResponse | None:
    """The page again, with what was typed and what is wrong; none when all is well."""
    if form.is_bait_taken:
        form.add_error(None, FILLED)
        return show(request, page, form, status=422, **it.words)
    if not guard.comes_from_here(request):
        form.add_error(None, ELSEWHERE)
        return show(request, page, form, status=403, **it.words)
    if not form.is_valid():
        return show(request, page, form, status=422, **it.words)
    if counted and not guard.within_limits(request, form.record_id, clock.now(), form.COUNTED):
        return show(request, page, form, too_many=True, status=429, **it.words)
    return None


def _may_try(request: PageRequest, training_id: UUID) -> bool:
    network, at = limits.network_of(request.META.get("REMOTE_ADDR", "")), clock.now()
    return limits.allow("room_code", network, at) and limits.allow(
        "room_code_all", str(training_id), at
    )


def _give_back(request: PageRequest, training_id: UUID) -> None:
    limits.give_back("room_code", limits.network_of(request.META.get("REMOTE_ADDR", "")))
    limits.give_back("room_code_all", str(training_id))
