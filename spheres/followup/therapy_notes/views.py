"""What does a psychotherapist see of her own notes, and what may she have shown of the days?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.therapy_notes import actions, policy, queries
from spheres.followup.therapy_notes.forms import BringInForm, HideDaysForm, TherapyNoteForm
from spheres.followup.therapy_notes.models import TherapyNote
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import views as writing
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY, THERAPY
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    form = TherapyNoteForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest, file_id: UUID, form: TherapyNoteForm, corrects: TherapyNote | None = None
) -> HttpResponse:
    return writing.show_form(request, file_id, "therapy_notes/form.html", form, corrects)


def draft_or_blank(request: PageRequest, file_id: UUID) -> TherapyNoteForm:
    """The draft named in the address, opened for its author; else a blank page for today."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return TherapyNoteForm(initial=draft.typed, record_id=draft.id)
    return TherapyNoteForm(initial={"day": clock.today()})


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "therapy_notes", TherapyNoteForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One note of one's own, and what may be done with it."""
    record = found(request, file_id, record_id)
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    vault.open([record, *known.rows], by=request.actor, sections=[IDENTITY, CONTACT])
    words = {
        "record": record,
        "person": participants.header_of(known),
        "may": policy.buttons(request.actor, record),
    }
    return render(request, "therapy_notes/detail.html", words)


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> TherapyNote:
    """The note of this address, when the database shows it: to its author."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the note that follows another; both stay readable."""
    record = found(request, file_id, record_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[THERAPY])
        is_shown = queries.is_shown(record, actor=request.actor)
        values = TherapyNoteForm.values_of(record, shows_day=is_shown)
        return show_form(request, file_id, TherapyNoteForm(initial=values), record)
    form = TherapyNoteForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return show_form(request, file_id, form, record)


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The days she agreed to show, and the way to take that back."""
    person = _person(request, file_id)
    may_hide = policy.can_hide_days(request.actor)
    if request.method == "POST":
        may_hide.or_raise()
        form = HideDaysForm(request.POST)
        if form.is_valid():
            actions.hide_days(file_id, by=request.actor, at=clock.now())
            return redirect("therapy_notes:days", file_id)
    shown = queries.days(file_id, actor=request.actor)
    words = {"person": person, "days": shown, "may_hide": may_hide, "form": HideDaysForm()}
    return render(request, "therapy_notes/days.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Name the psychotherapist who walks beside her here."""
    person = _person(request, file_id)
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_bring_in(request.actor, keeps=keeps).or_raise()
    here = queries.therapists(file_id, actor=request.actor, at=clock.now())
    choices = [(str(one.pk), one.name) for one in here]
    form = BringInForm(request.POST or None, choices=choices)
    if form.intact and queries.is_brought_in(form.record_id, actor=request.actor):
        return redirect("dossier:file", file_id)  # sent twice
    if request.method == "POST" and form.is_valid():
        actions.bring_in(file_id, form.chosen, form.record_id, by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    words = {"person": person, "form": form, "is_any": bool(choices)}
    status = 422 if form.is_bound else 200
    return render(request, "therapy_notes/bring_in.html", words, status=status)


def _person(request: PageRequest, file_id: UUID) -> Header:
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return person
