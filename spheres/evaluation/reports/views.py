"""Where are the reports of years listed, written, locked, and taken away?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.decision import Decision
from spheres.core.errors import WrongState
from spheres.evaluation.indicators import drawing
from spheres.evaluation.reports import actions, documents, policy, queries
from spheres.evaluation.reports.forms import BeginForm, PassageForm
from spheres.evaluation.reports.models import Place, Report
from spheres.evaluation.theory.models import Component
from spheres.records.spreadsheets import as_sheet
from spheres.sharing import queries as sharing

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
LANGUAGES: Final = {"fr", "en"}


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """Those one may read; for the coordination, those it writes and the years it may tell."""
    policy.can_read(request.actor).or_raise()
    return _index(request)


def _index(request: PageRequest, form: BeginForm | None = None) -> HttpResponse:
    actor = request.actor
    years = queries.years_over(actor=actor)
    words: dict[str, Any] = {
        "reports": [(one, documents.title(one)) for one in queries.reports(actor=actor)],
        "years": years,
        "may_write": policy.can_write(actor, is_desk=sharing.is_desk(actor=actor)),
        "form": form or BeginForm(years=years),
    }
    return render(request, "reports/list.html", words, status=422 if form else 200)


@require_POST
def begin(request: PageRequest) -> HttpResponse:
    form = BeginForm(request.POST, years=queries.years_over(actor=request.actor))
    policy.can_write(request.actor, is_desk=sharing.is_desk(actor=request.actor)).or_raise()
    if not form.is_valid():
        return _index(request, form)
    row = actions.begin(
        form.record_id, form.cleaned_data["kind"], form.starts_on, by=request.actor, at=clock.now()
    )
    return redirect("reports:report", row.pk)


def found(request: PageRequest, report_id: UUID) -> Report:
    policy.can_read(request.actor).or_raise()
    row = queries.find(report_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


@require_GET
def report(request: PageRequest, report_id: UUID) -> HttpResponse:
    """Place by place: its words, its figures, and, while it is open, where to write."""
    row = found(request, report_id)
    whole = queries.whole(row, actor=request.actor)
    columns = [_("Measure"), *(documents.quarter_words(day) for day in whole.quarters)]
    words = {
        "row": row,
        "title": documents.title(row),
        "year": [
            (one.name, documents.year_number(one.number, is_floor=one.is_floor))
            for one in whole.year
        ],
        "columns": columns,
        "numbers": list(range(2, len(columns) + 1)),
        "opening": _place(whole, Place.OPENING),
        "closing": _place(whole, Place.CLOSING),
        "parts": [
            (_place(whole, Place(component.value)), _sections(whole.of(component.value)))
            for component in Component
        ],
        "may_change": _may_change(request, row),
    }
    return render(request, "reports/report.html", words)


def _may_change(request: PageRequest, row: Report) -> Decision:
    return policy.can_change(request.actor, row, is_desk=sharing.is_desk(actor=request.actor))


def _place(whole: queries.Whole, place: Place) -> dict[str, Any]:
    passage = whole.passages.get(place)
    return {
        "code": place.value, "title": place.label, "words": passage.words if passage else "",
    }  # fmt: skip


def _sections(rows: list[queries.Row]) -> list[dict[str, Any]]:
    """Numbers that stand alone in one table; what has kinds, each in its own."""
    grouped: dict[str, list[queries.Row]] = {}
    for row in rows:
        grouped.setdefault(row.name if row.kind else "", []).append(row)
    return [
        {
            "title": title,
            "rows": [_cells(one, one.numbers) for one in those],
            "before": [_cells(one, one.before) for one in those],
        }
        for title, those in grouped.items()
    ]


def _cells(row: queries.Row, numbers: tuple[Any, ...]) -> list[str]:
    return [row.kind or row.name, *map(drawing.in_words, numbers)]


@require_http_methods(READ_AND_WRITE)
def write(request: PageRequest, report_id: UUID, place: str) -> HttpResponse:
    """The words of one place, in both languages."""
    row, actor = found(request, report_id), request.actor
    if place not in Place.values:
        raise Http404
    _may_change(request, row).or_raise()
    standing = queries.passages(row, actor=actor).get(place)
    begun: dict[str, Any] = {"since": standing.number if standing else 0}
    if standing:
        begun |= {"fr": standing.fr, "en": standing.en}
    form = PassageForm(request.POST or None, initial=begun)
    others = None
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.cleaned_data
        try:
            actions.write(
                form.record_id, row, place, (said["fr"], said["en"]), since=said["since"],
                by=actor, at=clock.now(),
            )  # fmt: skip
            return redirect("reports:report", report_id)
        except WrongState:
            # Somebody wrote there since: both are shown; kept, it follows theirs.
            others = queries.passages(row, actor=actor).get(place)
            form = PassageForm(
                initial={
                    "fr": said["fr"],
                    "en": said["en"],
                    "since": others.number if others else 0,
                }
            )
    words = {
        "row": row, "form": form, "title": documents.title(row), "others": others,
        "place": Place(place).label,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/write.html", words, status=status)


@require_POST
def lock(request: PageRequest, report_id: UUID) -> HttpResponse:
    row = found(request, report_id)
    actions.lock(row, by=request.actor, at=clock.now())
    return redirect("reports:report", report_id)


@require_GET
def paper(request: PageRequest, report_id: UUID, language: str) -> HttpResponse:
    """The paper, in one of the two languages: the same bytes each time it is locked."""
    row = found(request, report_id)
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        body = documents.paper(queries.whole(row, actor=request.actor))
    named = {"Content-Disposition": f'attachment; filename="{documents.NAME}"'}
    return HttpResponse(body, content_type="application/pdf", headers=named)


@require_GET
def sheet(request: PageRequest, report_id: UUID) -> HttpResponse:
    """Its figures as a table, in the reader's language."""
    row = found(request, report_id)
    whole = queries.whole(row, actor=request.actor)
    name = _("report-%(year)s") % {"year": row.starts_on.year}
    return as_sheet(
        name, documents.columns(whole), documents.in_cells(whole), kind=request.GET.get("kind", "")
    )
