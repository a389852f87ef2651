"""What does whoever gives a training see of its group, and all of what trainings change?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.core.jobs import defer
from spheres.records.anonymous import drawing
from spheres.records.anonymous.drawing import Spread
from spheres.records.anonymous.questions import Asked
from spheres.training.catalogue import queries as catalogue
from spheres.training.learning import actions, policy, queries, tasks
from spheres.training.learning.forms import OpenForm
from spheres.training.learning.models import LearningRound
from spheres.training.learning.queries import Quarter, Shown
from spheres.ui.forms import Form

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
LAST_QUARTERS: Final = 5


def known(request: PageRequest, learning_id: UUID) -> LearningRound:
    policy.can_look(request.actor).or_raise()
    found = queries.find(learning_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def list_all(request: PageRequest) -> HttpResponse:
    """What trainings change, topic by topic; and the groups that I asked."""
    policy.can_look(request.actor).or_raise()
    actor = request.actor
    may_open = policy.can_open(actor)
    words = {
        "topics": queries.topics(actor=actor),
        "may_open": may_open,
        "mine": queries.mine(actor=actor) if may_open else [],
    }
    return render(request, "learning/list.html", words)


@require_http_methods(READ_AND_WRITE)
def open_one(request: PageRequest) -> HttpResponse:
    """About which topic, at which session: a code for the room comes of it."""
    policy.can_open(request.actor).or_raise()
    actor, at = request.actor, clock.now()
    form = OpenForm(
        request.POST or None,
        today=clock.day_of(at),
        sets=queries.sets(actor=actor),
        sessions=queries.sessions(actor=actor),
        initial={"held_on": clock.day_of(at)},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.open_round(form.opened(), by=actor, at=at)
            return redirect("learning:group", form.record_id)
        except NotAllowed as refusal:
            form.add_error("session", str(refusal.reason))
    words = {"form": form, "enough": queries.enough()}
    return render(request, "learning/open.html", words, status=422 if form.is_bound else 200)


@require_GET
def group(request: PageRequest, learning_id: UUID) -> HttpResponse:
    """The code of the room, what to do now; once closed, what all said."""
    of, actor, at = known(request, learning_id), request.actor, clock.now()
    shown = queries.shown(of, actor=actor) if of.is_closed else []
    words = {
        "of": of,
        "is_over": of.ends_at <= at,
        "address": _address(request, of),
        "may_ask_after": policy.can_ask_after(actor, of, at),
        "may_close": policy.can_close(actor, of),
        "plain_form": Form(),
        "enough": queries.enough(),
        "shown": [drawn(one) for one in shown],
        "is_silent": of.is_closed and all(one.after is None for one in shown),
        "tried": queries.tried(of, actor=actor) if of.is_closed else [],
    }
    return render(request, "learning/group.html", words)


def _address(request: PageRequest, of: LearningRound) -> str:
    """What a phone opens: the questions of this room, where nobody has an account."""
    room = reverse("public:training_room", args=[of.code.lower()], urlconf=settings.YOUTH_URLCONF)
    port = request.get_host().partition(":")[2]
    return f"{request.scheme}://{settings.YOUTH_HOST}{':' if port else ''}{port}{room}"


def drawn(one: Shown) -> dict[str, Any]:
    """A question with its picture, its sentence and its table."""
    spread = Spread(one.question, one.after, one.before)
    return {
        "spread": spread,
        "picture": drawing.picture(spread),
        "rows": drawing.rows(spread),
        "columns": [_("Step"), _("After"), *([_("Before")] if one.before else [])],
        "in_words": compared(one),
        "too_few": _("Too few answered this question, before or after: nothing of it is shown."),
    }


def compared(one: Shown) -> str:
    """How many chose what fits, or one of the two last steps, before and after."""
    if one.after is None:
        return ""
    of, now = sum(one.after), _well(one.question, one.after)
    if one.before is None:
        return _("%(number)s of %(of)s chose 4 or 5.") % {"number": now, "of": of}
    said = {"before": _well(one.question, one.before), "after": now, "of": of}
    return in_words(one.question, said)


def in_words(question: Asked, said: dict[str, int]) -> str:
    if question.choices:
        return _("Of %(of)s people, %(before)s chose what fits before, and %(after)s after.") % said
    return _("Of %(of)s people, %(before)s chose 4 or 5 before, and %(after)s after.") % said


def _well(question: Asked, numbers: tuple[int, ...]) -> int:
    return sum(numbers[step - 1] for step in queries.well(question))


@require_POST
def ask_after(request: PageRequest, learning_id: UUID) -> HttpResponse:
    of = known(request, learning_id)
    actions.ask_after(of, by=request.actor, at=clock.now())
    return redirect("learning:group", of.pk)


@require_POST
def close(request: PageRequest, learning_id: UUID) -> HttpResponse:
    """Counted at once; then nothing ties a sheet to anybody, and the sheets go."""
    of = known(request, learning_id)
    actions.close(of, by=request.actor, at=clock.now())
    defer(tasks.forget_one, by=request.actor, owner_id=str(of.pk))
    return redirect("learning:group", of.pk)


@require_GET
def topic(request: PageRequest, topic_id: UUID) -> HttpResponse:
    """What trainings in one topic change, quarter by quarter; no session and no organisation."""
    policy.can_look(request.actor).or_raise()
    found = catalogue.topic(topic_id, actor=request.actor)
    if found is None:
        raise Http404
    asked = queries.over_time(found.row, actor=request.actor, at=clock.now())
    words = {
        "topic": found.row,
        "questions": [_over_time(one, quarters[-LAST_QUARTERS:]) for one, quarters in asked],
        "enough": queries.enough(),
    }
    return render(request, "learning/topic.html", words)


def _over_time(question: Asked, quarters: list[Quarter]) -> dict[str, Any]:
    if not quarters:
        return {"question": question}
    last = quarters[-1]
    return {
        "question": question,
        "picture": drawing.over_time(
            [one.short_name for one in quarters],
            [_of_hundred(one.after, one.of) for one in quarters],
            [_of_hundred(one.before, one.of) for one in quarters],
        ),
        "in_words": in_words(question, {"of": last.of, "before": last.before, "after": last.after}),
        "last": last.name,
        "columns": [_("Quarter"), _("Before"), _("After"), _("People")],
        "rows": [[one.name, str(one.before), str(one.after), str(one.of)] for one in quarters],
    }


def _of_hundred(number: int, of: int) -> int:
    return round(100 * number / of)
