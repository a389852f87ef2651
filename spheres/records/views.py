"""What do the pages of every kind of record share? Writing, a draft come back to, a copy sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import actions, documents, queries, registry
from spheres.records.documents import Document
from spheres.records.forms import CopyForm, ServingForm
from spheres.records.models import Record
from spheres.sharing.rules import CONTACT, IDENTITY, PLAN
from spheres.ui.forms import MAX_BYTES, Form
from spheres.vault import actions as vault
from spheres.vault.models import Lockable


@dataclass(frozen=True)
class Begun:
    """A text begun and not signed yet: the record it will become, and what was typed so far."""

    id: UUID
    typed: dict[str, object]


def show_form(
    request: PageRequest,
    file_id: UUID,
    template: str,
    form: Form,
    corrects: Record | None = None,
    **says: object,
) -> HttpResponse:
    """The writing page; what was typed is always still there.

    Only here is her name opened, with what of her plan it may be for, when the form asks it.
    """
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    plan: list[Lockable] = [one.row for one in getattr(form, "wanted", ())]
    sections = [IDENTITY, CONTACT, PLAN] if plan else [IDENTITY, CONTACT]
    vault.open([*known.rows, *plan], by=request.actor, sections=sections)
    if isinstance(form, ServingForm):
        form.name_wanted()
    person = participants.header_of(known)
    words = {"person": person, "form": form, "corrects": corrects, **says}
    return render(request, template, words, status=422 if form.is_bound else 200)


def open_named(
    request: PageRequest,
    file_id: UUID,
    rows: Sequence[Lockable],
    *,
    sections: Collection[str] = (),
    basis: str = "",
) -> Header:
    """Whose they are, and these rows, opened in one event: no page speaks of somebody unnamed."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    said = [IDENTITY, CONTACT, *sections]
    vault.open([*known.rows, *rows], by=request.actor, sections=said, basis=basis)
    return participants.header_of(known)


def asks_earlier(asked: QueryDict) -> bool:
    """Whether she asked, today, for what was written before she came back (records/folded.html)."""
    return asked.get("earlier") == "yes"


def begun(request: PageRequest, file_id: UUID) -> Begun | None:
    """The draft named in the address, opened for its author; None: the page is blank."""
    wanted = request.GET.get("draft", "")
    for draft in queries.drafts_of(file_id, actor=request.actor):
        if str(draft.pk) == wanted:
            return Begun(draft.pk, actions.open_draft(draft, by=request.actor))
    return None


def keep_draft(request: PageRequest, file_id: UUID, slug: str, form: Form) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    kind = registry.begun_as(slug)
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    kind.can_write(request.actor).or_raise()
    if not form.intact or form.weight() > MAX_BYTES:
        return HttpResponse(status=422)
    actions.save_draft(
        form.record_id,
        file_id=file_id,
        section=kind.section,
        record_type=slug,
        fields=form.typed(),
        by=request.actor,
        at=clock.now(),
    )
    return HttpResponse(status=204)


def send_copy(
    request: PageRequest, document: Document, form: CopyForm, system: str, *, back: str
) -> HttpResponse:
    """What leaves for the official file, called `system`: words on a page, or a file to keep."""
    if form.is_page:
        asked = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name in form.fields and name not in ("shape", "as_file")
        ]
        says = {
            "words": documents.as_text(document),
            "system": system,
            "form": form,
            "asked": asked,
            "here": request.get_full_path(),
            "back": back,
        }
        return render(request, "records/copy.html", says)
    made = documents.make(document, form.cleaned_data["shape"])
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
