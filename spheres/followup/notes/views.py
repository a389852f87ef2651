"""What does the worker see when she writes or reads a note?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.notes import actions, documents, policy, queries
from spheres.followup.notes.forms import NoteForm, Outing, form_for, number
from spheres.followup.notes.models import MEETING, Note
from spheres.participants import queries as participants
from spheres.records import queries as kept
from spheres.records import views as writing
from spheres.records.between import serving, together
from spheres.records.between.serving import Wanted
from spheres.records.forms import CopyForm
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES, PLAN
from spheres.vault import actions as vault

# How each text of a note is drawn: its icon, its area.
LOOKS: Final = {
    "her_words": ("message", "plum"),
    "observation": ("note", ""),
    "given_back": ("people", ""),
    "support": ("path", "sage"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new note, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    if "people" in request.POST:
        return write_together(request, file_id)
    wanted = named(request, file_id, request.POST.get("towards"))
    form = form_for(request.POST.get("guide"))(request.POST, wanted=wanted)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return show_form(request, file_id, form)


def write_together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One of several who were there: her note is signed, then the page of the next one opens.

    Each is a request of its own, with what was typed sent on: one transaction, one moment and one
    chain for each, as when a worker writes one note after another.
    """
    outing = Outing.sent(file_id, request.POST, queries.names_of_mine(actor=request.actor))
    form = outing.form(request.POST, actions.id_after)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        if outing.then:
            return redirect("notes:write", outing.then[0], preserve_request=True)
        return redirect("dossier:my_day")
    return show_form(request, file_id, form, outing=outing)


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: NoteForm,
    corrects: Note | None = None,
    outing: Outing | None = None,
) -> HttpResponse:
    return writing.show_form(request, file_id, "notes/form.html", form, corrects, outing=outing)


def draft_or_blank(request: PageRequest, file_id: UUID) -> NoteForm:
    """The draft named in the address, opened for its author; else a page of the kind named."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        wanted = named(request, file_id, draft.typed.get("towards"))
        page = form_for(draft.typed.get("guide"))
        return page(initial=draft.typed, record_id=draft.id, wanted=wanted)
    kinds = dict(regions.choices("contact_kinds"))
    kind = request.GET.get("kind", "")
    wanted = named(request, file_id, request.GET.get("towards"))
    values = NoteForm.starting_values(kind if kind in kinds else MEETING)
    return form_for(request.GET.get("guide"))(
        initial=values | {"towards": next((one.id for one in wanted), "")}, wanted=wanted
    )


def named(request: PageRequest, file_id: UUID, said: object) -> list[Wanted]:
    """The dream, goal or step that a page names; nothing is asked when it names none."""
    one = number(str(said or ""))
    return serving.wanted(file_id, actor=request.actor, only=one) if one else []


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    form = form_for(request.POST.get("guide"))(request.POST)
    return writing.keep_draft(request, file_id, "notes", form)


@require_GET
def detail(request: PageRequest, file_id: UUID, note_id: UUID) -> HttpResponse:
    """One note, what it corrects, and what may be done with it."""
    return show(request, file_id, note_id)


def show(
    request: PageRequest, file_id: UUID, note_id: UUID, form: CopyForm | None = None
) -> HttpResponse:
    note = queries.of_file(file_id, actor=request.actor).filter(pk=note_id).first()
    known = participants.known(file_id, actor=request.actor)
    if note is None or known is None:
        raise Http404
    towards = serving.pointed_to(note, actor=request.actor)
    beside = together.beside(note, actor=request.actor)
    rows = [note, *known.rows, *(one.row for one in towards)]
    rows += [row for one in beside for row in one.rows]
    vault.open(rows, by=request.actor, sections=[NOTES, PLAN] if towards else [NOTES])
    official = kept.official(file_id, actor=request.actor)
    before = queries.corrected_by(note, actor=request.actor)
    copies = queries.copies([note, *before], actor=request.actor)
    mine = kept.copied(copies, note.pk)
    return render(
        request,
        "notes/detail.html",
        {
            "note": note,
            "person": participants.header_of(known),
            "kind": regions.label("contact_kinds", note.kind),
            "towards": towards,
            "texts": [(each, *LOOKS[each.code]) for each in documents.texts_of(note) if each.words],
            "facts": [(fact.term, fact.words) for fact in documents.facts_of(note)],
            "file_id": file_id,
            "may": policy.buttons(request.actor, note, note.standing.status, official),
            "official": official,
            "copies": mine,
            "was_copied_before": bool(copies) and not mine,
            "form": form or CopyForm(),
            "beside": [block for one in beside if (block := one.block())],
        },
        status=422 if form else 200,
    )


@require_POST
def hand_over(request: PageRequest, file_id: UUID, note_id: UUID) -> HttpResponse:
    """A copy for the official file: words on a page, or a file to keep there."""
    if not queries.of_file(file_id, actor=request.actor).filter(pk=note_id).exists():
        raise Http404
    form = CopyForm(request.POST)
    if not form.is_valid():
        return show(request, file_id, note_id, form)
    shape = form.cleaned_data["shape"]
    handed = actions.hand_over(note_id, form.copy_id, shape, by=request.actor, at=clock.now())
    back = reverse("notes:detail", args=[file_id, note_id])
    return writing.send_copy(request, documents.of(handed), form, handed.official.system, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, note_id: UUID) -> HttpResponse:
    """Write the note that corrects another; both stay readable."""
    note = queries.of_file(file_id, actor=request.actor).filter(pk=note_id).first()
    if note is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_correct(request.actor, note, note.standing.status).or_raise()
    wanted, page = named(request, file_id, note.towards_id), form_for(note.guide)
    if request.method != "POST":
        vault.open([note], by=request.actor, sections=[NOTES])
        form = page(initial=page.values_of(note), wanted=wanted)
        return show_form(request, file_id, form, note)
    form = page(request.POST, wanted=wanted)
    if form.is_valid() and not form.findings():
        actions.correct(note.pk, form.written(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return show_form(request, file_id, form, note)
