"""What does the worker see when she writes or reads urgent needs?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.urgent_needs import actions, policy, queries
from spheres.followup.urgent_needs.forms import OutcomeForm, UrgentNeedForm
from spheres.followup.urgent_needs.models import Answer, UrgentNeed
from spheres.participants import queries as participants
from spheres.records import views as writing
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES
from spheres.sharing.watching import PROTECTS
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id))
    form = UrgentNeedForm(request.POST)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        # Whoever answers for a colleague writes it down; her colleague reads it.
        if not queries.of_file(file_id, actor=request.actor).filter(pk=form.record_id).exists():
            return redirect("dossier:file", file_id)
        return redirect("urgent_needs:detail", file_id, form.record_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest, file_id: UUID, form: UrgentNeedForm, corrects: UrgentNeed | None = None
) -> HttpResponse:
    needs = regions.words("urgent_needs")
    page = "urgent_needs/form.html"
    return writing.show_form(request, file_id, page, form, corrects, needs=needs)


def draft_or_blank(request: PageRequest, file_id: UUID) -> UrgentNeedForm:
    """The draft named in the address, opened for its author; else a blank page."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return UrgentNeedForm(initial=draft.typed, record_id=draft.id)
    return UrgentNeedForm()


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "urgent_needs", UrgentNeedForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One need, where it stands, what came of it, and what may be done."""
    record = found(request, file_id, record_id)
    outcomes = list(queries.outcomes(record_id, actor=request.actor))
    person = writing.open_named(
        request, file_id, [record, *outcomes], sections=[NOTES], basis=PROTECTS
    )
    return render(
        request,
        "urgent_needs/detail.html",
        {
            "person": person,
            "record": record,
            "need": regions.label("urgent_needs", record.need),
            "stands": Answer.Status(record.answer.status).label,
            "outcomes": [(Answer.Status(each.came_to).label, each) for each in outcomes],
            "file_id": file_id,
            "may": policy.buttons(request.actor, record),
        },
    )


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> UrgentNeed:
    """The need of this address, when the database shows it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


@require_POST
def begin(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Somebody is on it: one press, from its page."""
    found(request, file_id, record_id)
    actions.begin(file_id, record_id, by=request.actor, at=clock.now())
    return redirect("urgent_needs:detail", file_id, record_id)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Closing the loop: where it stands now, her words, one line."""
    record = found(request, file_id, record_id)
    policy.can_write(request.actor).or_raise()
    form = OutcomeForm(request.POST) if request.method == "POST" else OutcomeForm()
    if form.is_bound and form.is_valid() and not form.findings():
        actions.close(file_id, record_id, form.told(), by=request.actor, at=clock.now())
        return redirect("dossier:my_day")
    person = participants.header(file_id, actor=request.actor)
    need = regions.label("urgent_needs", record.need)
    words = {"person": person, "form": form, "record": record, "need": need}
    return render(request, "urgent_needs/close.html", words, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the one that corrects another; both stay readable."""
    record = found(request, file_id, record_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[NOTES], basis=PROTECTS)
        form = UrgentNeedForm(initial=UrgentNeedForm.values_of(record))
        return show_form(request, file_id, form, record)
    form = UrgentNeedForm(request.POST)
    if form.is_valid() and not form.findings():
        written = form.written(since=record.occurred_at)
        actions.correct(file_id, record_id, written, by=request.actor, at=clock.now())
        return redirect("urgent_needs:detail", file_id, form.record_id)
    return show_form(request, file_id, form, record)
