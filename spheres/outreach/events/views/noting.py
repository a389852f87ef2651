"""What is seen and done of events: those to come and over, one of them, what was asked there?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.outreach.events import actions, policy, queries, sheets, standing
from spheres.outreach.events.forms import (
    AskedForForm,
    CancelForm,
    ChangeForm,
    NoteForm,
    OutputForm,
    QuestionsForm,
)
from spheres.outreach.events.models import AskedFor, Event
from spheres.records.between import engaged, occasions, outdoors

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """Those to come, then those of a year; and the ways to what else makes the programme known."""
    actor, said = request.actor, request.GET.get("year", "")
    policy.can_look(actor).or_raise()
    if said and not (said.isascii() and said.isdecimal() and len(said) == 4):
        raise Http404
    year = int(said) if said else None
    if year is not None and not 1900 <= year <= 2100:
        raise Http404
    to_come, over = queries.listed(actor=actor, on=clock.today(), year=year)
    words = {
        "to_come": to_come,
        "over": over,
        "may_note": policy.can_note(actor),
        "may_answer": policy.can_answer_audiences(actor),
    }
    return render(request, "events/list.html", words)


@require_GET
def sheet(request: PageRequest) -> HttpResponse:
    """Every event, to keep."""
    policy.can_look(request.actor).or_raise()
    found = queries.everything(actor=request.actor, on=clock.today())
    return sheets.of_events(found, kind=request.GET.get("kind", ""))


@require_http_methods(READ_AND_WRITE)
def note(request: PageRequest) -> HttpResponse:
    """An event: kind and day, then a press; more for whoever has the time. What was typed in the
    street is there already, and keeps its number."""
    actor, at = request.actor, clock.now()
    policy.can_note(actor).or_raise()
    named = request.GET.get(outdoors.NAMED, "")
    begun = outdoors.typed(named, actor=actor) if request.method != "POST" else None
    form = NoteForm(
        request.POST or None,
        me=actor.user_id,
        record_id=begun.id if begun else None,
        initial=begun.values if begun else None,
        people=queries.colleagues(actor=actor, at=at),
        known=queries.shown_with(actor=actor),
    )
    if form.is_bound and form.is_valid() and not form.findings():
        actions.note(form.record_id, form.said(), questions=form.asked(), by=actor, at=at)
        if named:
            outdoors.placed(form.record_id, by=actor)
        return redirect("events:event", form.record_id)
    status = 422 if form.is_bound else 200
    return render(request, "events/note.html", {"form": form}, status=status)


@require_GET
def event(request: PageRequest, event_id: UUID) -> HttpResponse:
    """One event, what was asked there and what it leaves."""
    return _page(request, event_id)


def _page(request: PageRequest, event_id: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    policy.can_look(actor).or_raise()
    whole = queries.whole(event_id, actor=actor, on=clock.today())
    if whole is None:
        raise Http404
    row = whole.shown.row
    words = {
        "whole": whole,
        "it": whole.shown,
        "said": row.opened,
        "asking": AskedForForm(),
        "questions": QuestionsForm(),
        "output": OutputForm(),
        "may_add": policy.can_add(actor, row),
        "may_change": policy.can_change(actor, row),
        "riding": occasions.riding_on(standing.EVENT, row.pk, actor=actor),
        "advice_url": _outside(request, "advice"),
        "referral_url": _outside(request, "referral"),
    }
    return render(request, "events/event.html", words | forms, status=status)


def _outside(request: PageRequest, page: str) -> str:
    """A page of the public site, to hand over."""
    host, port = settings.YOUTH_HOST, request.get_port()
    here = f"{host}:{port}" if ":" in request.get_host() and ":" not in host else host
    return f"{request.scheme}://{here}/{page}/"


def _found(request: PageRequest, event_id: UUID) -> Event:
    policy.can_look(request.actor).or_raise()
    row = queries.find(event_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


@require_http_methods(READ_AND_WRITE)
def change(request: PageRequest, event_id: UUID) -> HttpResponse:
    """What is known now; when somebody else changed it meanwhile, both texts."""
    actor, at = request.actor, clock.now()
    row = _found(request, event_id)
    policy.can_change(actor, row).or_raise()
    stands = queries.opened(row, actor=actor, on=clock.today())
    people = queries.colleagues(actor=actor, at=at)
    known = queries.shown_with(actor=actor, also=row.material_ids)
    form = ChangeForm(request.POST or None, of=stands, by=actor, people=people, known=known)
    words: dict[str, Any] = {"it": stands, "form": form}
    if form.is_bound and form.is_valid() and not form.findings():
        try:
            actions.change(event_id, form.said(), since=form.cleaned_data["since"], by=actor, at=at)
        except WrongState:
            # Sent again, it is sent knowing what the other one wrote.
            typed = form.typed() | {"since": row.text_version}
            words["form"] = ChangeForm(
                of=stands,
                by=actor,
                initial=typed,
                record_id=form.record_id,
                people=people,
                known=known,
            )
            return render(request, "events/change.html", words | {"meanwhile": True}, status=409)
        return redirect("events:event", event_id)
    return render(request, "events/change.html", words, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def cancel(request: PageRequest, event_id: UUID) -> HttpResponse:
    """It is not held, for a reason that colleagues read."""
    row = _found(request, event_id)
    form = CancelForm(request.POST or None)
    if not row.is_off:
        policy.can_cancel(request.actor, row).or_raise()
    elif not form.is_bound:
        return redirect("events:event", event_id)
    if form.is_bound and form.is_valid() and not form.findings():
        reason = form.cleaned_data["reason"]
        actions.cancel(event_id, reason=reason, by=request.actor, at=clock.now())
        return redirect("events:event", event_id)
    it = queries.opened(row, actor=request.actor, on=clock.today())
    status = 422 if form.is_bound else 200
    return render(request, "events/cancel.html", {"it": it, "form": form}, status=status)


@require_POST
def ask(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Somebody asked for something: one more. For a training, the request opens at once."""
    row, form = _found(request, event_id), AskedForForm(request.POST)
    if not form.is_valid():
        return redirect("events:event", event_id)
    what = form.cleaned_data["what"]
    asked_id = uuid5(form.record_id, what)  # three buttons of one page, each pressed once
    actions.count_asked_for(row, asked_id, what=what, by=request.actor, at=clock.now())
    request_url = engaged.request_begun_with(event_id)
    if what == AskedFor.What.TRAINING and request_url:
        return redirect(request_url)
    return redirect("events:event", event_id)


@require_POST
def write_questions(request: PageRequest, event_id: UUID) -> HttpResponse:
    """What the audience asked."""
    row, form = _found(request, event_id), QuestionsForm(request.POST)
    policy.can_add(request.actor, row).or_raise()
    if not form.is_valid() or form.findings():
        return _page(request, event_id, questions=form, status=422)
    lines = form.lines()
    actions.add_questions(row, form.record_id, lines, by=request.actor, at=clock.now())
    return redirect("events:event", event_id)


@require_POST
def write_output(request: PageRequest, event_id: UUID) -> HttpResponse:
    """What it leaves to others."""
    row, form = _found(request, event_id), OutputForm(request.POST)
    policy.can_add(request.actor, row).or_raise()
    if not form.is_valid():
        return _page(request, event_id, output=form, status=422)
    said = form.cleaned_data
    actions.add_output(
        row, form.record_id, title=said["title"], where=said["where"], by=request.actor,
        at=clock.now(),
    )  # fmt: skip
    return redirect("events:event", event_id)
