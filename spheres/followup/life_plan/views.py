"""What does one see of a dream or a goal, and how is the plan written together?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.life_plan import actions, policy, queries
from spheres.followup.life_plan.forms import AimForm, StepForm, TaskForm, TraceForm
from spheres.followup.life_plan.models import Aim, Course, Step, StepStatus, TaskStatus
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import views as drafts
from spheres.records.models import Pen
from spheres.sharing.rules import CONTACT, IDENTITY, NOTES, PLAN, STEPS
from spheres.vault import actions as vault
from spheres.vault.models import Lockable

BOTH = (IDENTITY, CONTACT)


def opened(request: PageRequest, file_id: UUID, rows: list[Lockable], *sections: str) -> Header:
    """Who she is, opened in one event with what the page shows of her; 404 when out of reach."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    vault.open([*known.rows, *rows], by=request.actor, sections=[*BOTH, *sections])
    return participants.header_of(known)


def found(request: PageRequest, file_id: UUID, record_id: UUID) -> Aim:
    """The dream or goal of this address, when the database shows it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None or not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    return record


# Dreams and goals.


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A new one, or the draft one comes back to; signing sends the same page.

    A goal she does not agree to is refused there; the worker may keep it as a task of their own.
    """
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    dreams = queries.dreams(file_id, actor=request.actor, since=known.returned_at)
    ids = [(str(dream.root_id), "") for dream in dreams]
    if request.method != "POST":
        typed, record_id = draft_or_blank(request, file_id)
        form = AimForm(initial=typed, record_id=record_id, dreams=ids)
        return show_form(request, file_id, form, dreams)
    form = AimForm(request.POST, dreams=ids)
    if not form.is_valid() or form.findings():
        return show_form(request, file_id, form, dreams)
    if form.is_refused:
        if "keep_for_me" not in request.POST:
            return show_form(request, file_id, form, dreams)
        line = form.cleaned_data["line"]
        actions.keep_for_me(file_id, form.record_id, line, by=request.actor, at=clock.now())
        return redirect("life_plan:tasks", file_id)
    actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
    return redirect("plan:page", file_id)


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: AimForm,
    dreams: list[Aim],
    corrects: Aim | None = None,
) -> HttpResponse:
    """The writing page; what was typed is always still there."""
    rows: list[Lockable] = [] if form.is_dream else [*dreams]
    person = opened(request, file_id, rows, PLAN)
    if rows:
        named = [(str(dream.root_id), dream.opened.line) for dream in dreams]
        form.choose_from("dream", [*form.fields["dream"].choices[:1], *named])  # type: ignore[attr-defined]
    words = {"person": person, "form": form, "corrects": corrects}
    return render(request, "life_plan/form.html", words, status=422 if form.is_bound else 200)


def draft_or_blank(request: PageRequest, file_id: UUID) -> tuple[dict[str, object], UUID | None]:
    """What the draft named in the address says, opened for its author; else a blank page."""
    draft = drafts.begun(request, file_id)
    if draft is not None:
        return draft.typed, draft.id
    kind = Aim.Kind.GOAL if request.GET.get("kind") == "goal" else Aim.Kind.DREAM
    today = clock.today()
    blank: dict[str, object] = {
        "kind": kind, "day": today, "agreed_on": today, "pen": Pen.TOGETHER,
    }  # fmt: skip
    towards = request.GET.get("dream", "")
    return (blank | {"dream": towards} if towards else blank), None


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return drafts.keep_draft(request, file_id, "life_plan", AimForm(request.POST))


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """A dream or a goal as it was said, its steps and its traces, and what may be done."""
    record = found(request, file_id, record_id)
    held = queries.held(record, actor=request.actor)
    person = opened(request, file_id, queries.rows_of(held), PLAN, STEPS)
    may = policy.buttons(request.actor, record.standing.status, held.course.status)
    words = {"person": person, "record": record, "held": held, "may": may, "file_id": file_id}
    return render(request, "life_plan/detail.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Say it otherwise; both stay readable, and the steps go on."""
    record = found(request, file_id, record_id)
    policy.can_say_otherwise(request.actor, record.standing.status).or_raise()
    dreams = [] if record.is_dream else queries.dreams(file_id, actor=request.actor)
    ids = [(str(dream.root_id), "") for dream in dreams]
    if request.method != "POST":
        vault.open([record], by=request.actor, sections=[PLAN])
        form = AimForm(initial=AimForm.values_of(record), dreams=ids, kind=record.kind)
        return show_form(request, file_id, form, dreams, record)
    form = AimForm(request.POST, dreams=ids, kind=record.kind)
    if form.is_valid() and not form.findings() and not form.is_refused:
        actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        return redirect("life_plan:detail", file_id, form.record_id)
    return show_form(request, file_id, form, dreams, record)


@require_POST
def press(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Chosen, done, set aside, taken up again: a step, a dream or a goal is moved in one press.

    A button says «step:…:DONE» or «aim:…:SET_ASIDE»; one form holds all those of a page.
    """
    kind, one, to = pressed(request.POST.get("press", ""))
    by, at = request.actor, clock.now()
    if kind == "step":
        step = queries.step(one, file_id, actor=by)
        root_id = step.aim_id if step else None
    else:
        root_id = one
    aim = queries.current(root_id, file_id, actor=by) if root_id else None
    if aim is None or not participants.is_visible(file_id, actor=by):
        raise Http404
    if kind == "step":
        actions.move_step(file_id, one, to, by=by, at=at)
    else:
        actions.move_aim(file_id, aim.root_id, to, by=by, at=at)
    if request.POST.get("then") == "plan":
        return redirect("plan:page", file_id)
    return redirect("life_plan:detail", file_id, aim.pk)


def pressed(said: str) -> tuple[str, UUID, str]:
    """What a button moves, and where to. 404 when no button says so."""
    kind, _, rest = said.partition(":")
    one, _, to = rest.partition(":")
    allowed = {"step": StepStatus.Status.values, "aim": Course.Status.values}
    if to not in allowed.get(kind, []):
        raise Http404
    try:
        return kind, UUID(one), to
    except ValueError:
        raise Http404 from None


# Steps and traces.


@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One small step towards a dream or a goal."""
    record = found(request, file_id, record_id)
    policy.can_write(request.actor).or_raise()
    form = StepForm(request.POST) if request.method == "POST" else StepForm()
    if form.is_bound and form.is_valid() and not form.findings():
        actions.add_step(file_id, record.root_id, form.said(), by=request.actor, at=clock.now())
        return redirect("plan:page", file_id)
    person = opened(request, file_id, [record], PLAN)
    words = {"person": person, "form": form, "record": record}
    return render(request, "life_plan/step.html", words, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_trace(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """What was done, in her words: of a step named in the address, or by itself."""
    record = found(request, file_id, record_id)
    policy.can_write(request.actor).or_raise()
    step = step_named(request, file_id, record)
    blank = {"done_on": clock.today(), "pen": Pen.TOGETHER}
    form = TraceForm(request.POST) if request.method == "POST" else TraceForm(initial=blank)
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.said(step.pk if step else None)
        actions.leave_trace(file_id, record.root_id, said, by=request.actor, at=clock.now())
        return redirect("plan:page", file_id)
    rows: list[Lockable] = [record, step] if step else [record]
    person = opened(request, file_id, rows, PLAN, STEPS)
    words = {"person": person, "form": form, "record": record, "step": step}
    return render(request, "life_plan/trace.html", words, status=422 if form.is_bound else 200)


def step_named(request: PageRequest, file_id: UUID, record: Aim) -> Step | None:
    """The step of this dream or goal that the address names; None when it names none."""
    try:
        step_id = UUID(request.GET.get("step", ""))
    except ValueError:
        return None
    step = queries.step(step_id, file_id, actor=request.actor)
    return step if step is not None and step.aim_id == record.root_id else None


# What the worker does on their own side.


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: PageRequest, file_id: UUID) -> HttpResponse:
    """To do for her: what her workers do themselves, which is not in her plan."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = TaskForm(request.POST) if request.method == "POST" else TaskForm()
    if form.is_bound and form.is_valid() and not form.findings():
        line = form.cleaned_data["line"]
        actions.keep_for_me(file_id, form.record_id, line, by=request.actor, at=clock.now())
        return redirect("life_plan:tasks", file_id)
    rows = queries.tasks(file_id, actor=request.actor)
    person = opened(request, file_id, [*rows], NOTES)
    lines = [(task, task.worker_id == request.actor.user_id) for task in rows]
    words = {"person": person, "form": form, "lines": lines}
    return render(request, "life_plan/tasks.html", words, status=422 if form.is_bound else 200)


@require_POST
def move_task(request: PageRequest, file_id: UUID, task_id: UUID) -> HttpResponse:
    """Done, no longer needed, or to do again: one press."""
    rows = queries.tasks(file_id, actor=request.actor)
    task = next((one for one in rows if one.pk == task_id), None)
    to = request.POST.get("to", "")
    if task is None or to not in TaskStatus.Status.values:
        raise Http404
    actions.move_task(file_id, task, to, by=request.actor, at=clock.now())
    return redirect("life_plan:tasks", file_id)
