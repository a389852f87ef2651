"""What does she write in her notebook: dreams, steps, exercises, what success is for her, a word
for her worker?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.exercises import actions as exercises
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.life_plan.models import Aim, Idea, StepStatus
from spheres.followup.success import actions as success_actions
from spheres.followup.success import queries as success_queries
from spheres.followup.success.forms import HerSuccessForm
from spheres.portal.notebook import actions, guard, queries
from spheres.portal.notebook.forms import (
    DreamForm,
    HerSheetForm,
    NamingForm,
    OneStepForm,
    StepForm,
    WordForm,
)
from spheres.portal.notebook.guard import HerRequest
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.sharing.inside import Inside
from spheres.sharing.rules import PLAN, STEPS
from spheres.ui.text import dialled
from spheres.vault import actions as vault

MOVES = {status.value for status in (StepStatus.Status.CHOSEN, StepStatus.Status.DONE)}


def writes(inside: Inside) -> bool:
    """Whether she chose to write, where her plan and her steps are."""
    return inside.writes and inside.allows(PLAN, STEPS)


@guard.hers
def write(request: HerRequest) -> HttpResponse:
    """Her dreams and steps, and the exercises she may answer alone."""
    if not writes(request.notebook):
        raise Http404
    return show(request, DreamForm(), None)


def show(
    request: HerRequest, dream: DreamForm, step: StepForm | None, *, status: int = 200
) -> HttpResponse:
    inside = request.notebook
    aims = queries.plan_of(inside.file_id, actor=inside.actor)
    rows = [row for one in aims for row in (one.aim, *one.steps)]
    vault.open(rows, by=inside.actor, only=("line",))
    choices = choices_of(aims)
    return guard.show(
        request,
        "notebook/write.html",
        {
            "aims": aims,
            "dream_form": dream,
            "step_form": step or (StepForm(aims=choices) if choices else None),
            "move_form": OneStepForm(),
            "exercises": queries.exercises_of_hers(),
        },
        status=status,
    )


def choices_of(aims: list[queries.Aiming]) -> list[tuple[str, str]]:
    return [(str(one.aim.root_id), one.aim.opened.line) for one in aims]


@guard.hers
def dream(request: HerRequest) -> HttpResponse:
    """She writes a dream: it stands in her plan."""
    if not writes(request.notebook):
        raise Http404
    form = DreamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = life_plan.Written(
            form.record_id,
            Aim.Kind.DREAM,
            form.cleaned_data["line"],
            clock.now(),
            idea=Idea.HERS,
            pen=Pen.HER,
        )
        file_id = request.notebook.file_id
        life_plan.sign(file_id, written, by=request.actor, at=clock.now())
        return redirect("notebook:write")
    return show(request, form, None, status=422 if form.is_bound else 200)


@guard.hers
def step(request: HerRequest) -> HttpResponse:
    """A small step that she chose, towards one of hers."""
    inside = request.notebook
    if not writes(inside):
        raise Http404
    aims = queries.plan_of(inside.file_id, actor=inside.actor)
    vault.open([one.aim for one in aims], by=inside.actor, only=("line",))
    form = StepForm(request.POST or None, aims=choices_of(aims))
    if request.method == "POST" and form.is_valid():
        said = life_plan.StepSaid(
            form.record_id, form.cleaned_data["line"], idea=Idea.HERS, is_chosen=True
        )
        root = UUID(form.cleaned_data["aim"])
        life_plan.add_step(inside.file_id, root, said, by=inside.actor, at=clock.now())
        return redirect("notebook:write")
    return show(request, DreamForm(), form, status=422 if form.is_bound else 200)


@guard.hers
def move(request: HerRequest) -> HttpResponse:
    """Chosen, or done: one press."""
    inside = request.notebook
    if not writes(inside):
        raise Http404
    to = request.POST.get("to", "")
    if request.method == "POST" and OneStepForm(request.POST).is_valid() and to in MOVES:
        step_id = named(request.POST.get("step", ""))
        life_plan.move_step(inside.file_id, step_id, to, by=inside.actor, at=clock.now())
    return redirect("notebook:write")


def named(sent: str) -> UUID:
    """What a page of ours named; anything else is nothing."""
    try:
        return UUID(sent)
    except ValueError as why:
        raise Http404 from why


@guard.hers
def exercise(request: HerRequest, exercise_id: UUID) -> HttpResponse:
    """One exercise, alone; kept, her team can read it."""
    inside = request.notebook
    asked = next((one for one in queries.exercises_of_hers() if one.id == exercise_id), None)
    if asked is None or not writes(inside):
        raise Http404
    form = HerSheetForm(request.POST or None, exercise=asked)
    if form.is_bound and not form.adds_line and form.is_valid():
        now = clock.now()
        exercises.sign(asked.section, inside.file_id, form.said(at=now), by=inside.actor, at=now)
        return redirect("notebook:write")
    return guard.show(
        request,
        "notebook/exercise.html",
        {"form": form, "exercise": asked},
        status=422 if form.is_bound and not form.adds_line else 200,
    )


@guard.hers
def success(request: HerRequest) -> HttpResponse:
    """What success is for her: what she said last is given back, to be said otherwise."""
    inside = request.notebook
    if not writes(inside):
        raise Http404
    form = HerSuccessForm(request.POST or None)
    if form.is_bound and form.is_valid():
        now = clock.now()
        success_actions.sign(inside.file_id, form.of_today(now), by=inside.actor, at=now)
        return redirect("notebook:write")
    if not form.is_bound:
        last = success_queries.standing_ones(inside.file_id, actor=inside.actor)[:1]
        vault.open(last, by=inside.actor, only=("her_words",))
        form = HerSuccessForm(initial=HerSuccessForm.values_of(last[0]) if last else {})
    return guard.show(
        request, "notebook/success.html", {"form": form}, status=422 if form.is_bound else 200
    )


@guard.hers
def word(request: HerRequest) -> HttpResponse:
    """A word for her worker, and what was answered to the others; no promise of when."""
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and leaves(request, form):
        return redirect("notebook:word")
    return guard.show(
        request,
        "notebook/word.html",
        {
            "form": form,
            "words": queries.words(request.notebook),
            "hours": regions.text("notebook.hours"),
            "lines": [(one, dialled(one.call)) for one in regions.help_lines(youth=True)],
        },
        status=422 if form.is_bound else 200,
    )


def leaves(request: HerRequest, form: WordForm) -> bool:
    words = form.cleaned_data["words"]
    try:
        actions.leave_word(request.notebook, form.record_id, words, at=clock.now())
    except NotAllowed as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


@guard.hers
def naming(request: HerRequest) -> HttpResponse:
    """Her own words for her notebook and her appointments; never what would tell something."""
    inside = request.notebook
    now = queries.naming(inside)
    initial = (
        {"notebook": now.opened.notebook, "appointment": now.opened.appointment} if now else {}
    )
    form = NamingForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("notebook", "appointment")}
        actions.name(inside, form.record_id, **said, at=clock.now())
        return redirect("notebook:home")
    return guard.show(
        request, "notebook/naming.html", {"form": form}, status=422 if form.is_bound else 200
    )
