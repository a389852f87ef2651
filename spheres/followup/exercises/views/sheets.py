"""What do the worker and the person see when they fill in an exercise, or look at a filled one?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.exercises import actions, drawing, papers, policy, queries, voices
from spheres.followup.exercises.forms import PRIVATE, SharedForm, SheetForm
from spheres.followup.exercises.models import SLUGS, Sheet
from spheres.followup.exercises.queries import Exercise
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import actions as records
from spheres.records import queries as drafts
from spheres.records.naming.identifiers import full_names
from spheres.records.views import asks_earlier
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import addresses
from spheres.ui.forms import MAX_BYTES
from spheres.vault import actions as vault


@require_GET
def library(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every exercise, by what it is for; which ones she filled; which one waits to be gone on."""
    person = _person(request, file_id)
    sections = queries.opened(file_id, actor=request.actor).to_read
    if not sections:
        raise Http404
    begun = [
        draft
        for draft in drafts.drafts_of(file_id, actor=request.actor)
        if draft.record_type in SLUGS.values()
    ]
    return render(
        request,
        "exercises/library.html",
        {
            "person": person,
            "shelves": queries.shelves(file_id, sections, actor=request.actor),
            "begun": [
                (draft, f"{addresses.to(f'{draft.record_type}:write', file_id)}?draft={draft.pk}")
                for draft in begun
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID, section: str) -> HttpResponse:
    """Fill in one exercise, or go on with a draft; stopping keeps it, keeping closes it.

    What a tool keeps is begun with the tool; a sheet begun before that may still be finished.
    """
    _may_fill(request, file_id, section)
    if request.method != "POST":
        if form := _draft(request, file_id, section):
            return _show(request, file_id, form)
        exercise = _asked(request, section)
        if tool := queries.home_of(exercise):
            return redirect(tool.begin(file_id))
        return _show(request, file_id, SheetForm(exercise=exercise))
    exercise = _asked(request, section)
    if exercise.tool:
        return redirect(exercise.tool.begin(file_id))
    form = SheetForm(request.POST, exercise=exercise)
    if form.is_private:
        _forget(request, form)
    elif form.intact and {"stop", "share"} & set(request.POST):
        _keep(request, file_id, form)
        if "stop" in request.POST:
            return redirect("exercises:library", file_id)
        screen = addresses.to("exercises:together", file_id, form.exercise.id)
        return redirect(f"{screen}?draft={form.record_id}")
    if not form.adds_line and form.is_valid() and not form.findings():
        actions.sign(section, file_id, form.written(), by=request.actor, at=clock.now())
        return redirect(f"{SLUGS[section]}:detail", file_id, form.record_id)
    return _show(request, file_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """The same exercise on a screen she looks at: nothing of anybody else, nothing kept apart."""
    exercise = _exercise(exercise_id)
    section = exercise.section
    _may_fill(request, file_id, section)
    if request.method != "POST":
        form = _draft(request, file_id, section, SharedForm)
        if form is None and (tool := queries.home_of(exercise)):
            return redirect(tool.begin(file_id))
        return _show_shared(request, file_id, form or SharedForm(exercise=exercise))
    if exercise.tool:
        return redirect(exercise.tool.begin(file_id))
    form = SharedForm(request.POST, exercise=exercise)
    if form.is_private:
        _forget(request, form)
    if "stop" in request.POST and form.intact:
        if not form.is_private and (form.answers or form.data.get("her_words")):
            _keep(request, file_id, form)
        return redirect("exercises:library", file_id)
    if not form.adds_line and form.is_valid():
        written = form.written(**_apart(request, file_id, form))
        actions.sign(section, file_id, written, by=request.actor, at=clock.now())
        return redirect(f"{SLUGS[section]}:shown", file_id, form.record_id)
    return _show_shared(request, file_id, form)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID, section: str) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    _may_fill(request, file_id, section)
    kind = SharedForm if request.POST.get("shared") else SheetForm
    form = kind(request.POST, exercise=_asked(request, section))
    if form.is_private:
        _forget(request, form)
    if form.is_private or not form.intact or form.weight() > MAX_BYTES or form.exercise.tool:
        return HttpResponse(status=422)
    _keep(request, file_id, form)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """Write the sheet that corrects another; both stay readable."""
    sheet = _sheet(request, file_id, record_id, section)
    policy.can_correct(request.actor, sheet, sheet.standing.status).or_raise()  # type: ignore[attr-defined]
    exercise = queries.version_of(sheet)
    if exercise is None:
        raise Http404
    if request.method != "POST":
        vault.open([sheet], by=request.actor, sections=[section])
        values = SheetForm.values_of(sheet, exercise)
        return _show(request, file_id, SheetForm(exercise=exercise, initial=values), sheet)
    form = SheetForm(request.POST, exercise=exercise)
    if not form.adds_line and form.is_valid() and not form.findings():
        written = form.written()
        actions.correct(section, file_id, record_id, written, by=request.actor, at=clock.now())
        return redirect(f"{SLUGS[section]}:detail", file_id, form.record_id)
    return _show(request, file_id, form, sheet)


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """One filled exercise, in her words first; a name that seems whole is said gently beside."""
    sheet, person = _opened(request, file_id, record_id, section)
    words = _words(sheet, person)
    words |= {
        "may": policy.buttons(request.actor, sheet, sheet.standing.status),  # type: ignore[attr-defined]
        "newest": queries.newest_of(sheet.exercise),
    }
    return render(request, "exercises/detail.html", words)


@require_GET
def shown(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """The same for her eyes: what she said, large, and nothing else."""
    sheet, person = _opened(request, file_id, record_id, section)
    return render(request, "exercises/shown.html", _words(sheet, person))


@require_GET
def history(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """The sheets of one exercise, the older ones folded; two beside each other only when asked."""
    exercise = _exercise(exercise_id)
    known = participants.known(file_id, actor=request.actor)
    opened = queries.opened(file_id, actor=request.actor)
    if known is None or exercise.section not in opened.to_read:
        raise Http404
    is_earlier = asks_earlier(request.GET)
    stand = queries.standing_only(queries.sheets_of(exercise, file_id, actor=request.actor))
    found = voices.since(stand, known.open_since(earlier=is_earlier))
    vault.open([*known.rows, *found], by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    sheets = [_words(sheet, person) for sheet in found]
    newest = queries.newest_of(exercise.slug)
    compared = sheets[:2] if request.GET.get("compare") and len(sheets) > 1 else []
    return render(
        request,
        "exercises/history.html",
        {
            "person": person,
            "exercise": exercise,
            "newest": newest,
            "begin_url": newest.tool.begin(file_id) if newest and newest.tool else "",
            "read_url": newest.tool.read(file_id) if newest and newest.tool else "",
            "sheets": sheets,
            "is_folded": len(found) < len(stand),
            # What was opened with her stays open beside, and in the pictures.
            "opened": "earlier=yes" if is_earlier else "",
            "compared": queries.beside(*(each["told"] for each in compared)) if compared else [],
            "days": [each["sheet"].occurred_at for each in compared],
            "hands": [each["sheet"].get_pen_display() for each in compared],
            "may_write": policy.can_fill(
                request.actor, is_open=exercise.section in opened.to_write
            ),
        },
    )


@require_GET
def blank(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """An empty sheet on paper, to fill by hand: hers, kept nowhere here."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_print(request.actor).or_raise()
    language = "en" if request.GET.get("language", get_language()) == "en" else "fr"
    return _pdf(papers.blank(_exercise(exercise_id).asks, language))


@require_POST
def paper(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> HttpResponse:
    """What she said, on paper, for her."""
    asked = queries.version_of(_sheet(request, file_id, record_id, section))
    if asked is None:
        raise Http404
    sheet = actions.put_on_paper(section, file_id, record_id, by=request.actor)
    language = "en" if request.POST.get("language", get_language()) == "en" else "fr"
    return _pdf(papers.filled(asked.asks, sheet, language))


def _pdf(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="feuille.pdf"'
    return answer


# What the pages stand on.


def _may_fill(request: PageRequest, file_id: UUID, section: str) -> None:
    """A page to write on, for whoever may; who is in this file stays unknown to all others."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    opened = queries.opened(file_id, actor=request.actor)
    policy.can_fill(request.actor, is_open=section in opened.to_write).or_raise()


def _person(request: PageRequest, file_id: UUID) -> Header:
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return person


def _exercise(exercise_id: UUID) -> Exercise:
    found = queries.exercise(exercise_id)
    if found is None:
        raise Http404
    return found


def _asked(request: PageRequest, section: str) -> Exercise:
    """The exercise that the page or the address names; else the first of the section."""
    named = request.POST.get("exercise") or request.GET.get("exercise") or ""
    if named:
        try:
            found = queries.exercise(UUID(named))
        except ValueError:
            found = None
    else:
        found = next((one for one in queries.offered(section) if not one.tool), None)
    if found is None or found.section != section:
        raise Http404
    return found


def _draft(
    request: PageRequest, file_id: UUID, section: str, kind: type[SheetForm] = SheetForm
) -> SheetForm | None:
    """The draft named in the address, opened for its author."""
    wanted = request.GET.get("draft", "")
    for draft in drafts.drafts_of(file_id, actor=request.actor) if wanted else ():
        if str(draft.pk) == wanted and draft.record_type == SLUGS[section]:
            typed = records.open_draft(draft, by=request.actor)
            exercise = queries.exercise(UUID(str(typed["exercise"])))
            if exercise is not None:
                return kind(exercise=exercise, initial=typed, record_id=draft.pk)
    return None


def _keep(request: PageRequest, file_id: UUID, form: SheetForm) -> None:
    fields = form.typed()
    if isinstance(form, SharedForm):
        fields |= _apart(request, file_id, form)
    section = form.exercise.section
    actions.keep_draft(section, file_id, form.record_id, fields, by=request.actor, at=clock.now())


def _forget(request: PageRequest, form: SheetForm) -> None:
    """It is for her alone: what was kept of it before she said so goes too."""
    if form.intact:
        records.discard_draft(form.record_id, by=request.actor)


def _apart(request: PageRequest, file_id: UUID, form: SheetForm) -> dict[str, str]:
    """What the worker had kept apart in this draft: it stays, unseen on the shared screen."""
    for draft in drafts.drafts_of(file_id, actor=request.actor):
        if draft.pk == form.record_id:
            typed = records.open_draft(draft, by=request.actor)
            return {name: str(typed.get(name) or "") for name in PRIVATE}
    return {}


def _show(
    request: PageRequest, file_id: UUID, form: SheetForm, corrects: Sheet | None = None
) -> HttpResponse:
    """The page to fill in; what was typed is always still there."""
    said = {
        "person": _person(request, file_id),
        "form": form,
        "exercise": form.exercise,
        "corrects": corrects,
        "draft_url": addresses.to(f"{SLUGS[form.exercise.section]}:draft", file_id),
    }
    status = 422 if form.is_bound and not form.adds_line else 200
    return render(request, "exercises/fill.html", said, status=status)


def _show_shared(request: PageRequest, file_id: UUID, form: SheetForm) -> HttpResponse:
    said = {
        "file_id": file_id,
        "form": form,
        "exercise": form.exercise,
        "draft_url": addresses.to(f"{SLUGS[form.exercise.section]}:draft", file_id),
    }
    status = 422 if form.is_bound and not form.adds_line else 200
    return render(request, "exercises/together.html", said, status=status)


def _sheet(request: PageRequest, file_id: UUID, record_id: UUID, section: str) -> Sheet:
    """The sheet of this address, when the database shows it."""
    rows = queries.of_file(section, file_id, actor=request.actor)
    sheet: Sheet | None = rows.filter(pk=record_id).first()
    if sheet is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return sheet


def _opened(
    request: PageRequest, file_id: UUID, record_id: UUID, section: str
) -> tuple[Sheet, Header]:
    rows = queries.of_file(section, file_id, actor=request.actor)
    sheet: Sheet | None = rows.filter(pk=record_id).first()
    known = participants.known(file_id, actor=request.actor)
    if sheet is None or known is None:
        raise Http404
    vault.open([sheet, *known.rows], by=request.actor, sections=[section])
    return sheet, participants.header_of(known)


def _words(sheet: Sheet, person: Header) -> dict[str, Any]:
    """What a page says of one opened sheet."""
    asked = queries.version_of(sheet)
    told = queries.told(sheet, asked)
    typed = queries.typed(sheet, asked)
    return {
        "sheet": sheet,
        "person": person,
        "file_id": person.file_id,
        "exercise": asked,
        "title": queries.title_of(sheet),
        "told": told,
        "answered": [
            (
                each,
                drawing.wheel(each, key=str(sheet.pk)[:8]),
                full_names(typed[each.prompt.id], hers=[person.name]),
            )
            for each in told
        ],
        "section_slug": SLUGS[asked.section] if asked else "",
        "is_corrected": sheet.standing.status == "CORRECTED",  # type: ignore[attr-defined]
    }
