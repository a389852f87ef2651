"""What does one see when a questionnaire is offered, answered, or looked at once answered?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.decision import Decision, yes
from spheres.followup.instruments import actions, items, papers, policy, queries
from spheres.followup.instruments.forms import AnswersForm
from spheres.followup.instruments.models import SLUGS, AnswerSheet
from spheres.followup.instruments.queries import Instrument
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import queries as drafts
from spheres.records import views as records
from spheres.ui import addresses
from spheres.ui.forms import MAX_BYTES
from spheres.vault import actions as vault


@require_GET
def library(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What may be offered, on what terms; what was answered, by its name and its day."""
    if not policy.can_open(request.actor) or not queries.of_actor(request.actor):
        raise Http404
    opened = queries.opened(file_id, actor=request.actor)
    if not opened.to_read or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    person = _person(request, file_id)
    shown = [
        one
        for one in queries.of_actor(request.actor)
        if one.is_offered and one.section in opened.to_write
    ]
    today = clock.today()
    return render(
        request,
        "instruments/library.html",
        {
            "person": person,
            "offered": [
                (one, one.may_be_offered(request.actor, queries.age_of(person), on=today),
                 policy.can_print_blank(request.actor, one.section, one.terms, on=today))
                for one in shown
            ],
            "kept": queries.kept(file_id, actor=request.actor),
            "begun": [
                (draft, f"{addresses.to(f'{draft.record_type}:write', file_id)}?draft={draft.pk}")
                for draft in drafts.drafts_of(file_id, actor=request.actor)
                if draft.record_type in SLUGS.values()
            ],
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID, section: str) -> HttpResponse:
    """Answer one questionnaire, or go on with a draft. A protocol is read before all is kept."""
    person = _may_fill(request, file_id, section)
    if request.method != "POST":
        form = _draft(request, file_id, section)
        if form is None:
            form = AnswersForm(instrument=_asked(request, section))
            _offer(request, form.instrument, person).or_raise()
        return _show(request, person, form)
    form = AnswersForm(request.POST, instrument=_asked(request, section))
    if form.intact and "stop" in request.POST:
        _keep(request, file_id, form)
        if not form.must_be_shown:
            return redirect("instruments:library", file_id)
    elif _offer(request, form.instrument, person) and form.may_be_kept():
        age, now = queries.age_of(person), clock.now()
        actions.sign(section, file_id, form.written(), age=age, by=request.actor, at=now)
        return redirect(f"{SLUGS[section]}:detail", file_id, form.record_id)
    return _show(request, person, form)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID, section: str) -> HttpResponse:
    """Keep what is answered, every ten seconds; the page says so quietly."""
    _may_fill(request, file_id, section, names_her=False)
    form = AnswersForm(request.POST, instrument=_asked(request, section))
    if not form.intact or form.weight() > MAX_BYTES:
        return HttpResponse(status=422)
    _keep(request, file_id, form)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """Write the sheet that corrects another, in the version it answered; both stay readable."""
    sheet = _sheet(request, file_id, record_id, section)
    policy.can_correct(request.actor, sheet, sheet.standing.status).or_raise()  # type: ignore[attr-defined]
    asked = queries.version_of(sheet)
    if asked is None:
        raise Http404
    if request.method != "POST":
        vault.open([sheet], by=request.actor, sections=[section])
        values = AnswersForm.values_of(sheet, asked)
        form = AnswersForm(instrument=asked, initial=values)
        return _show(request, _person(request, file_id), form, sheet)
    form = AnswersForm(request.POST, instrument=asked)
    if form.may_be_kept():
        actions.correct(
            section, file_id, record_id, form.written(), by=request.actor, at=clock.now()
        )
        return redirect(f"{SLUGS[section]}:detail", file_id, form.record_id)
    return _show(request, _person(request, file_id), form, sheet)


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """One filled questionnaire: the only page where its recipe's sentence, or figure, is read."""
    rows = queries.of_file(section, file_id, actor=request.actor)
    sheet: AnswerSheet | None = rows.filter(pk=record_id).first()
    known = participants.known(file_id, actor=request.actor)
    if sheet is None or known is None:
        raise Http404
    vault.open([sheet, *known.rows], by=request.actor, sections=[section])
    asked = queries.version_of(sheet)
    said = queries.answers(sheet)
    status = sheet.standing.status  # type: ignore[attr-defined]
    words: dict[str, Any] = {
        "sheet": sheet,
        "person": participants.header_of(known),
        "title": queries.title_of(sheet),
        "is_corrected": status == "CORRECTED",
        "instrument": asked,
        "beyond": said,
        "urls": {
            name: addresses.to(f"{SLUGS[section]}:{name}", file_id, record_id)
            for name in ("correct", "paper")
        },
    }
    if asked is not None:
        words |= {
            "told": items.told(asked.asks, said),
            "beyond": items.beyond(asked.asks, said),
            "readings": items.readings(asked.asks, said),
            "may": policy.buttons(
                request.actor, section, sheet, status, asked.terms, on=clock.today()
            ),
        }
    return render(request, "instruments/detail.html", words)


@require_GET
def blank(request: PageRequest, file_id: UUID, instrument_id: UUID) -> HttpResponse:
    """An empty sheet on paper, when its licence lets it be printed: kept nowhere here."""
    person = _person(request, file_id)
    asked = queries.instrument(instrument_id)
    if asked is None or not policy.can_write(request.actor, asked.section):
        raise Http404
    policy.can_print_blank(request.actor, asked.section, asked.terms, on=clock.today()).or_raise()
    _offer(request, asked, person).or_raise()
    return _pdf(papers.blank(asked, _language(request.GET.get("language"))))


@require_POST
def paper(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """The answers on paper, as they were given: no sentence of the recipe, and no figure."""
    asked = queries.version_of(_sheet(request, file_id, record_id, section))
    if asked is None:
        raise Http404
    sheet = actions.put_on_paper(section, file_id, record_id, by=request.actor, at=clock.now())
    return _pdf(papers.filled(asked, sheet, _language(request.POST.get("language"))))


def _language(asked: str | None) -> str:
    return "en" if (asked or get_language()) == "en" else "fr"


def _pdf(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="feuille.pdf"'
    return answer


# What the pages stand on.


def _may_fill(request: PageRequest, file_id: UUID, section: str, *, names_her: bool = True) -> Any:
    """A page to write on, for whoever may; who is in this file stays unknown to all others."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    if section not in queries.opened(file_id, actor=request.actor).to_write:
        raise Http404
    return _person(request, file_id) if names_her else None


def _offer(request: PageRequest, asked: Instrument, person: Header) -> Decision:
    return asked.may_be_offered(request.actor, queries.age_of(person), on=clock.today())


def _person(request: PageRequest, file_id: UUID) -> Header:
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return person


def _asked(request: PageRequest, section: str) -> Instrument:
    """The questionnaire that the page or the address names; else the first of the section."""
    named = request.POST.get("instrument") or request.GET.get("instrument") or ""
    if named:
        try:
            found = queries.instrument(UUID(named))
        except ValueError:
            found = None
    else:
        found = next(iter(queries.offered(section)), None)
    if found is None or found.section != section:
        raise Http404
    return found


def _draft(request: PageRequest, file_id: UUID, section: str) -> AnswersForm | None:
    """The draft named in the address, opened for its author."""
    begun = records.begun(request, file_id)
    if begun is None:
        return None
    try:
        found = queries.instrument(UUID(str(begun.typed.get("instrument"))))
    except ValueError:
        return None
    if found is None or found.section != section:
        return None
    return AnswersForm(instrument=found, initial=begun.typed, record_id=begun.id)


def _keep(request: PageRequest, file_id: UUID, form: AnswersForm) -> None:
    section = form.instrument.section
    actions.keep_draft(
        section, file_id, form.record_id, form.typed(), by=request.actor, at=clock.now()
    )


def _sheet(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> AnswerSheet:
    """The sheet of this address, when the database shows it."""
    rows = queries.of_file(section, file_id, actor=request.actor)
    sheet: AnswerSheet | None = rows.filter(pk=record_id).first()
    if sheet is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return sheet


def _show(
    request: PageRequest, person: Header, form: AnswersForm, corrects: AnswerSheet | None = None
) -> HttpResponse:
    """The page to answer on; what was typed is always still there."""
    said = {
        "person": person,
        "form": form,
        "instrument": form.instrument,
        "protocol": form.instrument.terms.protocol,
        "corrects": corrects,
        # A draft may outlive the permission: it is still read, and what was answered is not lost.
        "may_keep": yes() if corrects else _offer(request, form.instrument, person),
        "draft_url": addresses.to(f"{SLUGS[form.instrument.section]}:draft", person.file_id),
    }
    return render(request, "instruments/fill.html", said, status=422 if form.is_bound else 200)
