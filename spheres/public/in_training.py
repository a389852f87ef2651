"""What does somebody in a training answer on a phone, without an account, before and after?

A room is opened by its code, typed or in a link. It names nobody: all in the room have the same.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.public import guard
from spheres.public.views import ELSEWHERE, show
from spheres.training.learning import actions, codes, queries
from spheres.training.learning.forms import AnswerForm


@guard.for_everyone
def door(request: PageRequest) -> HttpResponse:
    """The code of the room, typed."""
    typed = codes.plain(request.POST.get("room", ""))[:40].lower()
    if request.method == "POST" and typed:
        return redirect("public:training_room", typed)
    return show(request, "training_door")


@guard.for_everyone
def room(request: PageRequest, room: str) -> HttpResponse:
    """The questions of now; sent, thanks. A code that is unknown or over gives one answer."""
    at = clock.now()
    of = queries.in_room(codes.plain(room), actor=request.actor, at=at)
    if of is None:
        return show(request, "training_door", is_unknown=True, status=404)
    sent = request.POST or None
    form = AnswerForm(sent, time=of.time, questions=of.asks.questions)
    words: dict[str, Any] = {"of": of, "enough": queries.enough()}
    if sent is None:
        return show(request, "training_room", form, **words)
    if not guard.comes_from_here(request):
        form.add_error(None, ELSEWHERE)
        return show(request, "training_room", form, status=403, **words)
    if request.POST.get("time") != of.time:
        # The questions changed while this page was open: nothing is kept under the other time.
        form = AnswerForm(time=of.time, questions=of.asks.questions)
        return show(request, "training_room", form, has_changed=True, status=409, **words)
    if not form.is_valid() or form.findings():
        return show(request, "training_room", form, status=422, **words)
    if not guard.may_send_from_room(request, at):
        return show(request, "training_room", form, too_many=True, status=429, **words)
    actions.answer(
        of, form.record_id, own=form.cleaned_data["own"], steps=form.steps(),
        tries=form.cleaned_data.get("tries", ""), by=request.actor, at=at,
    )  # fmt: skip
    return show(request, "training_given", **words)
