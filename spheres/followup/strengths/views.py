"""What does one see of her strengths, and how is a line written with her?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.strengths import actions, policy, queries
from spheres.followup.strengths.forms import StrengthForm
from spheres.followup.strengths.models import Strength, StrengthStatus
from spheres.participants import queries as participants
from spheres.records import documents
from spheres.records import views as drafts
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

Status = StrengthStatus.Status


@require_GET
def log(request: PageRequest, file_id: UUID) -> HttpResponse:
    """All her lines, by what they are; those set aside for now are folded."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    since = known.open_since(earlier=drafts.asks_earlier(request.GET))
    rows = queries.log(file_id, actor=request.actor, since=since)
    vault.open([*known.rows, *rows], by=request.actor, sections=[IDENTITY, CONTACT])
    stand = [one for one in rows if one.standing.status == Status.SIGNED]
    words = {
        "person": participants.header_of(known),
        "shelves": queries.shelves(stand),
        "aside": [one for one in rows if one.standing.status == Status.SET_ASIDE],
        "may_write": policy.can_write(request.actor),
        "is_folded": since is not None,
    }
    return render(request, "strengths/log.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    form = StrengthForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("strengths:log", file_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest, file_id: UUID, form: StrengthForm, corrects: Strength | None = None
) -> HttpResponse:
    """The writing page; what was typed is always still there. Only here is her name opened."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    words = {"person": person, "form": form, "corrects": corrects}
    return render(request, "strengths/form.html", words, status=422 if form.is_bound else 200)


def draft_or_blank(request: PageRequest, file_id: UUID) -> StrengthForm:
    """The draft named in the address, opened for its author; else a blank page for today."""
    draft = drafts.begun(request, file_id)
    if draft is not None:
        return StrengthForm(initial=draft.typed, record_id=draft.id)
    return StrengthForm(initial=StrengthForm.starting_values())


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return drafts.keep_draft(request, file_id, "strengths", StrengthForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One line, and what may be done with it."""
    record = found(request, file_id, record_id)
    person = drafts.open_named(request, file_id, [record])
    may = policy.buttons(request.actor, record)
    words = {"record": record, "person": person, "file_id": file_id, "may": may}
    return render(request, "strengths/detail.html", words)


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> Strength:
    """The line of this address, when the database shows it."""
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
        vault.open([record], by=request.actor)
        form = StrengthForm(initial=StrengthForm.values_of(record))
        return show_form(request, file_id, form, record)
    form = StrengthForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("strengths:log", file_id)
    return show_form(request, file_id, form, record)


@require_POST
def move(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """«Not any more», or taken up again: one press."""
    found(request, file_id, record_id)
    to = request.POST.get("to", "")
    if to not in (Status.SET_ASIDE, Status.SIGNED):
        raise Http404
    actions.move(file_id, record_id, to, by=request.actor, at=clock.now())
    return redirect("strengths:log", file_id)


@require_POST
def paper(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Her strengths to keep, on a sheet that names nobody and says nothing of where it is from."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    since = known.open_since(earlier=drafts.asks_earlier(request.POST))
    rows = queries.log(file_id, actor=request.actor, since=since)
    stand = [one for one in rows if one.standing.status == Status.SIGNED]
    if not stand:
        raise Http404
    actions.put_on_paper(stand, by=request.actor)
    said = {
        "title": _("What I am made of"),
        "language": (get_language() or "fr")[:2],
        "parts": [
            {"title": shelf.title, "lines": [one.opened.line for one in shelf.lines]}
            for shelf in queries.shelves(stand)
        ],
    }
    made = documents.typeset(said, documents.PAPER / "sheet.typ")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="feuille.pdf"'
    return answer
