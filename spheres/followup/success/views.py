"""What does one see of what success is for her, and how is it said?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.success import actions, policy, queries
from spheres.followup.success.forms import SuccessForm
from spheres.followup.success.models import Choice
from spheres.participants import queries as participants
from spheres.records import views as writing
from spheres.records.models import Pen
from spheres.sharing.rules import CONTACT, IDENTITY, PLAN
from spheres.vault import actions as vault


@require_GET
def story(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What she says today, then what she said before."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    since = known.open_since(earlier=writing.asks_earlier(request.GET))
    said = queries.standing_ones(file_id, actor=request.actor, since=since)
    vault.open([*known.rows, *said], by=request.actor, sections=[IDENTITY, CONTACT, PLAN])
    words = {
        "person": participants.header_of(known),
        "today": said[0] if said else None,
        "before": said[1:],
        "may_write": policy.can_write(request.actor),
        "is_folded": since is not None,
    }
    return render(request, "success/story.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    form = SuccessForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("success:story", file_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest, file_id: UUID, form: SuccessForm, corrects: Choice | None = None
) -> HttpResponse:
    return writing.show_form(request, file_id, "success/form.html", form, corrects)


def draft_or_blank(request: PageRequest, file_id: UUID) -> SuccessForm:
    """The draft named in the address, opened for its author; else a blank page for today."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return SuccessForm(initial=draft.typed, record_id=draft.id)
    return SuccessForm(initial={"day": clock.today(), "pen": Pen.TOGETHER})


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "success", SuccessForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """What she said one day, and what may be done with it."""
    record = found(request, file_id, record_id)
    person = writing.open_named(request, file_id, [record], sections=[PLAN])
    may = policy.buttons(request.actor, record)
    words = {"record": record, "person": person, "file_id": file_id, "may": may}
    return render(request, "success/detail.html", words)


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> Choice:
    """The one of this address, when the database shows it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the one that corrects another; both stay readable."""
    record = found(request, file_id, record_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[PLAN])
        form = SuccessForm(initial=SuccessForm.values_of(record))
        return show_form(request, file_id, form, record)
    form = SuccessForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("success:story", file_id)
    return show_form(request, file_id, form, record)
