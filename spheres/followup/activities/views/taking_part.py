"""What does the worker see of an activity in one person’s file? What it is for them, how it was."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.activities import actions, policy, queries
from spheres.followup.activities.forms import AuthorisationForm, FeedbackForm, ParticipationForm
from spheres.followup.activities.models import Activity, Feedback, Participation
from spheres.participants import queries as participants
from spheres.records import views as writing
from spheres.records.between import serving, strengths
from spheres.records.between.serving import Wanted
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN, STEPS
from spheres.vault import actions as vault


@require_GET
def all_of_file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every one of a file, the newest first; nothing but their names is opened."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    rows = queries.of_file(file_id, actor=request.actor).filter(standing__status="SIGNED")[:100]
    lines = [(row, regions.label("activity_ideas", row.idea)) for row in rows]
    agreed = queries.agreed_outings(file_id, actor=request.actor, at=clock.now())
    words = {
        "person": person,
        "lines": lines,
        "may": policy.can_write(request.actor),
        "agreed": [one for one in agreed if not one.is_over],
    }
    return render(request, "activities/of_file.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    wanted = serving.to_choose(file_id, actor=request.actor, since=known.returned_at)
    if request.method != "POST":
        return show_form(request, file_id, draft_or_blank(request, file_id, wanted))
    form = ParticipationForm(request.POST, wanted=wanted)
    if form.is_valid() and not form.findings():
        actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        return redirect("activities:detail", file_id, form.record_id)
    return show_form(request, file_id, form)


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: ParticipationForm,
    corrects: Participation | None = None,
) -> HttpResponse:
    return writing.show_form(request, file_id, "activities/form.html", form, corrects)


def draft_or_blank(
    request: PageRequest, file_id: UUID, wanted: Sequence[Wanted]
) -> ParticipationForm:
    """The draft named in the address, opened for its author; else a page that begins with the idea
    and the day of the activity one comes from, of which no trace is kept."""
    draft = writing.begun(request, file_id)
    if draft is not None:
        return ParticipationForm(initial=draft.typed, record_id=draft.id, wanted=wanted)
    values = ParticipationForm.starting_values(come_from(request))
    return ParticipationForm(initial=values, wanted=wanted)


def come_from(request: PageRequest) -> Activity | None:
    """The activity named in the address, when the database shows it."""
    try:
        number = UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    return queries.activity(number, actor=request.actor)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return writing.keep_draft(request, file_id, "activities", ParticipationForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Her intention, how it was, what she found; and what the law and the activity ask."""
    return show(request, file_id, record_id)


def show(
    request: PageRequest,
    file_id: UUID,
    record_id: UUID,
    form: FeedbackForm | None = None,
    asks: AuthorisationForm | None = None,
) -> HttpResponse:
    record, actor = found(request, file_id, record_id), request.actor
    known = participants.known(file_id, actor=actor)
    if known is None:
        raise Http404
    said = queries.feedback(record, actor=actor)
    agreed = queries.authorisations(record, actor=actor)
    towards = serving.pointed_to(record, actor=actor)
    rows = [record, *said, *agreed, *known.rows, *(one.row for one in towards)]
    vault.open(rows, by=actor, sections=[STEPS, PLAN] if towards else [STEPS])
    person, today = participants.header_of(known), clock.today()
    begun = AuthorisationForm.starting_values()
    blank = AuthorisationForm(initial=begun, suspended=person.suspended)
    return render(
        request,
        "activities/detail.html",
        {
            "record": record,
            "person": person,
            "idea": regions.label("activity_ideas", record.idea),
            "needs": [regions.label("needs", need) for need in record.needs or ()],
            "towards": towards,
            "said": said,
            "added": strengths.kept([one.pk for one in said], actor=actor),
            "may_add": strengths.are_kept() and policy.can_write(actor),
            "agreed": agreed,
            "file_id": file_id,
            "may": policy.can_write(actor),
            "may_correct": policy.can_correct(actor, record, record.standing.status),
            "has_come": record.held_on <= today,
            "faces": Feedback.Face.choices,
            "form": form or FeedbackForm(),
            "asks": asks or blank,
            "is_minor": not person.decides_alone(on=today, since_age=18),
            "decides_alone": person.decides_alone(on=today, since_age=regions.region().self_from),
        },
        status=422 if form or asks else 200,
    )


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> Participation:
    """The one of this address, when the database shows it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


@require_POST
def give_feedback(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One press on a face says how it was; her words go with it when there are any."""
    found(request, file_id, record_id)
    form = FeedbackForm(request.POST)
    if not form.is_valid() or form.findings():
        return show(request, file_id, record_id, form)
    actions.give_feedback(file_id, record_id, form.said(), by=request.actor, at=clock.now())
    return redirect("activities:detail", file_id, record_id)


@require_POST
def add_strength(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """«Add to my strengths»: one press."""
    found(request, file_id, record_id)
    try:
        feedback_id = UUID(request.POST.get("feedback", ""))
    except ValueError:
        raise Http404 from None
    actions.add_strength(file_id, feedback_id, by=request.actor, at=clock.now())
    return redirect("activities:detail", file_id, record_id)


@require_POST
def authorise(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """What the law and the activity ask, who gave it, which day."""
    found(request, file_id, record_id)
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    form, at = AuthorisationForm(request.POST, suspended=person.suspended), clock.now()
    if form.is_valid() and not form.findings():
        said = form.authorised()
        if may := actions.may_authorise(person, said.given, by=request.actor, at=at):
            actions.authorise(file_id, record_id, said, by=request.actor, at=at)
            return redirect("activities:detail", file_id, record_id)
        form.add_error("given", str(may.reason))
    return show(request, file_id, record_id, asks=form)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the one that corrects another; both stay readable."""
    record = found(request, file_id, record_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    wanted = serving.to_choose(file_id, actor=request.actor, kept=record.towards_id)
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[STEPS])
        form = ParticipationForm(initial=ParticipationForm.values_of(record), wanted=wanted)
        return show_form(request, file_id, form, record)
    form = ParticipationForm(request.POST, wanted=wanted)
    if form.is_valid() and not form.findings():
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("activities:detail", file_id, form.record_id)
    return show_form(request, file_id, form, record)
