"""What does the worker see when she begins, follows and reads accompaniments?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.accompaniments import actions, documents, policy, queries
from spheres.followup.accompaniments.forms import AccompanimentForm, StepForm
from spheres.followup.accompaniments.models import Accompaniment, Course, OutgoingStatus
from spheres.followup.accompaniments.queries import Offered
from spheres.participants import queries as participants
from spheres.participants.queries import Known
from spheres.records import views as writing
from spheres.records.between import serving
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN, STEPS
from spheres.vault import actions as vault

SPOKEN = ("fr", "en")


@require_GET
def all_of_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every one of a file, what is not over first; only where each stands, nothing is opened."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    rows = [
        row
        for row in queries.of_file(file_id, actor=request.actor)[:100]
        if row.standing.status == "SIGNED"
    ]
    lines = [
        (row, regions.label("accompaniment_kinds", row.kind), Course.Status(row.course.status))
        for row in sorted(rows, key=lambda row: row.course.status not in ("PLANNED", "GOING_ON"))
    ]
    words = {"person": person, "lines": lines, "may": policy.can_write(request.actor)}
    return render(request, "accompaniments/list.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    known = known_or_404(request, file_id)
    policy.can_write(request.actor).or_raise()
    offered = queries.offered(file_id, actor=request.actor, since=known.returned_at)
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id, offered))
    form = AccompanimentForm(request.POST, offered=offered)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("accompaniments:detail", file_id, form.record_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: AccompanimentForm,
    corrects: Accompaniment | None = None,
) -> HttpResponse:
    return writing.show_form(request, file_id, "accompaniments/form.html", form, corrects)


def draft_or_blank(request: PageRequest, file_id: UUID, offered: Offered) -> AccompanimentForm:
    """The draft named in the address, opened for its author; else a blank page."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return AccompanimentForm(initial=draft.typed, record_id=draft.id, offered=offered)
    return AccompanimentForm(initial=AccompanimentForm.starting_values(), offered=offered)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "accompaniments", AccompanimentForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One of them: her words, what to bring, each step, what leaves; and where it goes on."""
    return show(request, file_id, record_id)


def show(
    request: PageRequest, file_id: UUID, record_id: UUID, form: StepForm | None = None
) -> HttpResponse:
    record = found(request, file_id, record_id)
    person = known_or_404(request, file_id)
    towards = serving.pointed_to(record, actor=request.actor)
    steps = list(queries.steps(record, actor=request.actor))
    leaving = list(queries.referrals(record, actor=request.actor))
    rows = [record, *steps, *leaving, *person.rows, *(one.row for one in towards)]
    vault.open(rows, by=request.actor, sections=[STEPS, PLAN] if towards else [STEPS])
    may = policy.buttons(request.actor, record)
    last = steps[0] if steps else record
    return render(
        request,
        "accompaniments/detail.html",
        {
            "record": record,
            "person": participants.header_of(person),
            "kind": regions.label("accompaniment_kinds", record.kind),
            "stands": Course.Status(record.course.status).label,
            "next_step": last.opened.next_step,
            "papers": [one for one in record.opened.papers.splitlines() if one.strip()],
            "facts": facts_of(record),
            "at": clock.today(),
            "resource": queries.resource_of(record, actor=request.actor),
            "needs": [regions.label("needs", need) for need in record.needs or ()],
            "towards": towards,
            "steps": [(Course.Status(each.came_to).label, each) for each in steps],
            "leaving": [
                (OutgoingStatus.Status(each.standing.status).label, each) for each in leaving
            ],
            "file_id": file_id,
            "may": may,
            "ways": [(to, Course.Status(to).label) for to in may.ways],
            "form": form or StepForm(),
        },
        status=422 if form else 200,
    )


def facts_of(record: Accompaniment) -> list[tuple[str, str]]:
    """Where, what for, how: only what was said."""
    said = record.opened
    facts = (
        (translation.gettext("Organisation"), said.organisation),
        (translation.gettext("What they want from it"), said.aim),
        (translation.gettext("Whom to ask for"), said.ask_for),
        (translation.gettext("How to get there"), said.travel),
        (translation.gettext("Who held the pen"), record.get_pen_display()),
    )
    return [(term, words) for term, words in facts if words]


def known_or_404(request: PageRequest, file_id: UUID) -> Known:
    """Who she is, still locked, when the database shows her."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    return known


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> Accompaniment:
    """The one of this address, when the database shows it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


@require_POST
def tell(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One press says where it stands; words and the next step go with it when there are any."""
    found(request, file_id, record_id)
    form = StepForm(request.POST)
    if not form.is_valid() or form.findings():
        return show(request, file_id, record_id, form)
    actions.tell(file_id, record_id, form.told(), by=request.actor, at=clock.now())
    return redirect("accompaniments:detail", file_id, record_id)


@require_POST
def sheet(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """The sheet she takes along, in the language that was pressed; nothing on it names anybody."""
    record = found(request, file_id, record_id)
    steps = list(queries.steps(record, actor=request.actor)[:1])
    vault.open([record, *steps], by=request.actor, sections=[STEPS])
    last = steps[0] if steps else record
    language = request.POST.get("language", "")
    with translation.override(language if language in SPOKEN else translation.get_language()):
        resource = queries.resource_of(record, actor=request.actor)
        made = documents.to_take_along(
            record, last.opened.next_step, record.course.next_on, resource
        )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the one that corrects another; both stay readable."""
    record = found(request, file_id, record_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    offered = queries.offered(file_id, actor=request.actor, corrects=record)
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[STEPS])
        values = AccompanimentForm.values_of(record)
        form = AccompanimentForm(initial=values, offered=offered)
        return show_form(request, file_id, form, record)
    form = AccompanimentForm(request.POST, offered=offered)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("accompaniments:detail", file_id, form.record_id)
    return show_form(request, file_id, form, record)
