"""What is seen of a reading: by the worker before it, by both on one screen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.reading import actions, documents, policy, queries
from spheres.followup.reading.forms import CommentForm, HeldForm, HideForm, PaperForm
from spheres.followup.reading.queries import Marks, Reading
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.records.between import copying
from spheres.records.between import together as hers
from spheres.records.between.copying import Kind
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault
from spheres.vault.models import Lockable

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
LISTED: Final = 40  # texts to look at that one page lists


@dataclass(frozen=True)
class Opened:
    """Who she is, and whether she reads alone what was written."""

    person: Header
    of_age: bool


def known_or_404(request: PageRequest, file_id: UUID) -> Known:
    """Whose file it is, for those who walk with her; whoever reads for a while reads nothing so."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    policy.can_read_together(request.actor).or_raise()
    if not queries.reads_notes(file_id, actor=request.actor):
        raise Http404
    return known


def opened(request: PageRequest, known: Known, rows: list[Lockable]) -> Opened:
    """These rows and who she is, in one event."""
    vault.open([*known.rows, *rows], by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    of_age = person.decides_alone(on=clock.today(), since_age=regions.region().self_from)
    return Opened(person, of_age)


def record_or_404(
    request: PageRequest, file_id: UUID, slug: str, record_id: UUID
) -> tuple[Kind, Any]:
    record = queries.one(file_id, slug, record_id, actor=request.actor)
    kind = copying.kind(slug)
    if record is None or kind is None:
        raise Http404
    return kind, record


@require_GET
def before(request: PageRequest, file_id: UUID) -> HttpResponse:
    """For the worker alone: what waits to be looked at, then the way to the reading."""
    known = known_or_404(request, file_id)
    found = queries.records(file_id, actor=request.actor)
    marks = queries.marks(file_id, actor=request.actor)
    whose = opened(request, known, [])
    waiting = queries.to_look_at(found, marks, of_age=whose.of_age)
    words = {
        "person": whose.person,
        "of_age": whose.of_age,
        "self_from": regions.region().self_from,
        "waiting": [(kind, row.pk, kind.moment(row)) for kind, row in waiting[:LISTED]],
        "others": max(0, len(waiting) - LISTED),
        "held": marks.held,
        "papers": marks.papers,
        "has_anything": bool(found),
    }
    return render(request, "reading/before.html", words)


@require_GET
def together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What is hers to read, on one screen: her words, what was written, what she says of it."""
    known = known_or_404(request, file_id)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and 0 < int(asked) < 100 else 1
    last = page * queries.PAGE
    found = queries.records(file_id, actor=request.actor, most=last + 1, aloud_only=True)
    part = found[last - queries.PAGE : last]
    marks = queries.marks(file_id, actor=request.actor)
    rows: list[Lockable] = [record for _kind, record in part]
    whose = opened(request, known, [*rows, *marks.rows_of(row.pk for row in rows)])
    said = queries.said(queries.shown(part, of_age=whose.of_age), marks, of_age=whose.of_age)
    words = {
        "file_id": file_id,
        "of_age": whose.of_age,
        "self_from": regions.region().self_from,
        "reading": Reading(said, page, len(found) > last),
        "pages": hers.pages(of_age=whose.of_age),
        "form": HeldForm(),
    }
    return render(request, "reading/together.html", words)


@require_GET
def page(request: PageRequest, file_id: UUID, code: str) -> HttpResponse:
    """Who looked, what was told, what she shares: each a page of the same screen."""
    known = known_or_404(request, file_id)
    wanted = next((one for one in hers.pages(of_age=True) if one.code == code), None)
    if wanted is None:
        raise Http404
    locked = hers.rows_of(wanted, file_id, actor=request.actor, at=clock.now())
    whose = opened(request, known, list(locked.rows))
    if wanted not in hers.pages(of_age=whose.of_age):
        raise Http404
    words = {
        "file_id": file_id,
        "page": wanted,
        "shown": locked.block(),
        "pages": hers.pages(of_age=whose.of_age),
    }
    return render(request, "reading/page.html", words)


@require_POST
def hold(request: PageRequest, file_id: UUID) -> HttpResponse:
    """She read it: one press, at the end; the trace is told in her journal."""
    known_or_404(request, file_id)
    form = HeldForm(request.POST)
    if form.is_valid():
        actions.hold(file_id, form.record_id, by=request.actor, at=clock.now())
    return redirect("reading:before", file_id)


@require_http_methods(READ_AND_WRITE)
def paper(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The same on paper, if she wishes, without a name or a mark: first, where it will be."""
    known = known_or_404(request, file_id)
    form = PaperForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        words = {"file_id": file_id, "form": form}
        return render(request, "reading/paper.html", words, status=422 if form.is_bound else 200)
    found = queries.records(file_id, actor=request.actor, aloud_only=True)
    marks = queries.marks(file_id, actor=request.actor)
    rows: list[Lockable] = [record for _kind, record in found]
    whose = opened(request, known, [*rows, *marks.rows_of(row.pk for row in rows)])
    shown = queries.shown(found, of_age=whose.of_age)
    said = queries.said(shown, marks, of_age=whose.of_age)
    keep = form.cleaned_data["keep"]
    actions.put_on_paper(file_id, form.record_id, keep, by=request.actor, at=clock.now())
    answer = HttpResponse(documents.paper(said), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="pages-{clock.today():%Y-%m-%d}.pdf"'
    return answer


@require_http_methods(READ_AND_WRITE)
def hide(request: PageRequest, file_id: UUID, kind: str, record_id: UUID) -> HttpResponse:
    """One text, sentence by sentence: what is ticked is hidden; then the next that waits."""
    known = known_or_404(request, file_id)
    of_kind, record = record_or_404(request, file_id, kind, record_id)
    marks = queries.marks(file_id, actor=request.actor)
    whose = opened(request, known, [record, *marks.rows_of([record.pk])])
    form = HideForm(request.POST or None, texts=queries.sentences(kind, record, marks))
    if form.is_bound and form.is_valid() and not form.findings():
        actions.look(record, form.ticked(kind), by=request.actor, at=clock.now())
        return redirect(_next(request, file_id, record, marks, of_age=whose.of_age))
    words = {
        "person": whose.person,
        "at": of_kind.moment(record),
        "title": of_kind.label,
        "form": form,
        "asked": [form[name] for name in form.names],
        "masks": _masks(kind, record, marks),
        "is_looked_at": record.pk in marks.looked,
    }
    return render(request, "reading/hide.html", words, status=422 if form.is_bound else 200)


def _masks(slug: str, record: Any, marks: Marks) -> list[tuple[object, str, str]]:
    """What is hidden of this text, as the worker reads it, so that it may be shown again."""
    texts = queries.texts_of(slug, record)
    found: list[tuple[object, str, str]] = []
    for mask in marks.masks_of(record.pk):
        text = texts.get(mask.of_text)
        words = text.words if text else ""
        passage = words if text and text.is_whole else words[mask.starts : mask.ends]
        found.append((mask, passage, mask.opened.words))
    return found


def _next(request: PageRequest, file_id: UUID, done: Any, marks: Marks, *, of_age: bool) -> str:
    """The next text that waits; else the page before the reading."""
    found = queries.records(file_id, actor=request.actor)
    waiting = queries.to_look_at(found, marks, of_age=of_age)
    for kind, record in waiting:
        if record.pk != done.pk:
            return reverse("reading:hide", args=[file_id, kind.slug, record.pk])
    return reverse("reading:before", args=[file_id])


@require_POST
def lift(request: PageRequest, file_id: UUID, mask_id: UUID) -> HttpResponse:
    """Show again what was hidden: from the page of its text, for her team to decide."""
    known_or_404(request, file_id)
    mask = queries.mask(file_id, mask_id, actor=request.actor)
    if mask is None:
        raise Http404
    actions.lift(file_id, mask_id, by=request.actor, at=clock.now())
    return redirect("reading:hide", file_id, mask.record_type, mask.record_id)


@require_http_methods(READ_AND_WRITE)
def say(request: PageRequest, file_id: UUID, kind: str, record_id: UUID) -> HttpResponse:
    """What she says of one text, on the same screen: it stands beside it, dated, hers."""
    known = known_or_404(request, file_id)
    of_kind, record = record_or_404(request, file_id, kind, record_id)
    if not of_kind.is_aloud:
        raise Http404
    marks = queries.marks(file_id, actor=request.actor)
    whose = opened(request, known, [record, *marks.rows_of([record.pk])])
    form = CommentForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.said(kind, record)
        actions.write_comment(file_id, said, by=request.actor, at=clock.now())
        return redirect(f"{reverse('reading:together', args=[file_id])}#{record.pk}")
    [one] = queries.said([(of_kind, record)], marks, of_age=whose.of_age)
    words = {"file_id": file_id, "one": one, "form": form, "of_age": whose.of_age}
    return render(request, "reading/say.html", words, status=422 if form.is_bound else 200)
