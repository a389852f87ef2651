"""What does one see of where she is, topic by topic, and how is it written down?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.stage_marks import actions, drawing, policy, queries
from spheres.followup.stage_marks.forms import StageMarkForm
from spheres.followup.stage_marks.models import StageMark
from spheres.participants import queries as participants
from spheres.records import views as writing
from spheres.records.models import Pen
from spheres.sharing.rules import CONTACT, IDENTITY, PLAN
from spheres.ui import addresses
from spheres.vault import actions as vault


@require_GET
def paths(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every topic with its path, and the same in a table."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    since = known.open_since(earlier=writing.asks_earlier(request.GET))
    marks = queries.standing_ones(file_id, actor=request.actor, since=since)
    vault.open([*known.rows, *marks], by=request.actor, sections=[IDENTITY, CONTACT, PLAN])
    pictures = [
        drawing.picture(
            topic, [addresses.to("stage_marks:detail", file_id, mark.pk) for mark in topic]
        )
        for topic in queries.by_topic(marks)
    ]
    words = {
        "person": participants.header_of(known),
        "pictures": pictures,
        "may_write": policy.can_write(request.actor),
        "is_folded": since is not None,
    }
    return render(request, "stage_marks/paths.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    form = StageMarkForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("stage_marks:paths", file_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest, file_id: UUID, form: StageMarkForm, corrects: StageMark | None = None
) -> HttpResponse:
    return writing.show_form(request, file_id, "stage_marks/form.html", form, corrects)


def draft_or_blank(request: PageRequest, file_id: UUID) -> StageMarkForm:
    """The draft named in the address, opened for its author; else a blank page for today."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return StageMarkForm(initial=draft.typed, record_id=draft.id)
    blank = {"day": clock.today(), "pen": Pen.TOGETHER}
    if (vocabulary := request.GET.get("sentences", "")) in StageMark.Sentences.values:
        blank["sentences"] = vocabulary
    return StageMarkForm(initial=blank)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "stage_marks", StageMarkForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One mark, and what may be done with it."""
    record = found(request, file_id, record_id)
    person = writing.open_named(request, file_id, [record], sections=[PLAN])
    may = policy.buttons(request.actor, record)
    words = {"record": record, "person": person, "file_id": file_id, "may": may}
    return render(request, "stage_marks/detail.html", words)


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> StageMark:
    """The mark of this address, when the database shows it."""
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
        form = StageMarkForm(initial=StageMarkForm.values_of(record))
        return show_form(request, file_id, form, record)
    form = StageMarkForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("stage_marks:paths", file_id)
    return show_form(request, file_id, form, record)
