"""What does one see: questions to weigh, a call prepared together, then what is kept of it?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.decision import Decision
from spheres.followup.worrying import actions, policy, queries, standing
from spheres.followup.worrying.forms import AddForm, CategoryForm, PrepareForm, SituationForm
from spheres.followup.worrying.models import Addition, Situation
from spheres.followup.worrying.queries import Age, Found
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import actions as records
from spheres.records import numbers, spoken
from spheres.records import views as drafts
from spheres.records.between import reachable
from spheres.records.forms import ReviewForm, TellForm
from spheres.sharing import queries as sharing
from spheres.sharing.rules import NOTES
from spheres.sharing.watching import PROTECTS
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
# Of the region's lines, those to call here, by the beginning of their name.
FIRST: Final = ("dpj", "urgence")
About = Addition.About
# What its page says of itself, point by point, when there is something to say.
POINTS: Final = (
    (About.SAID, "said"),
    (About.BECAUSE, "because"),
    (About.FACTS, "facts"),
    (About.CONSULTED, "consulted"),
    (About.WISHES, "wishes"),
    (About.SUPPORT, "support"),
)
THEN: Final = (About.SINCE, About.TELLING, About.LEARNT)


def beside(request: PageRequest, file_id: UUID) -> tuple[Header, Age]:
    """Whose file it is, and their age; also to whoever opened so many files today that no other
    one opens: the law asks to speak without delay."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    vault.open(known.rows, by=request.actor, basis=PROTECTS)
    person = participants.header_of(known)
    return person, queries.age_of(person, clock.today())


@require_GET
def aid(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What the law asks of whoever reads, questions to weigh, whom to call; never a verdict."""
    may_write = sharing.may_write_in(file_id, actor=request.actor)
    person, age = beside(request, file_id)
    policy.can_be_beside(request.actor).or_raise()
    mine = queries.category_of(request.actor.user_id, actor=request.actor)
    duties = queries.duties()
    says: dict[str, Any] = {
        "person": person,
        "age": age,
        "may_write": may_write,
        "mine": next((one for one in duties if one.category == mine), None),
        "others": [one for one in duties if one.category != mine],
        "grounds": queries.words(queries.GROUNDS),
        "source": queries.words(queries.SOURCE),
        "numbers": numbers.first(FIRST, on=clock.today()),
        "on_call": reachable.on_call(actor=request.actor),
    }
    return render(request, "worrying/aid.html", says)


@require_http_methods(READ_AND_WRITE)
def together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """On a screen that she is shown: first, when one must speak; then what will be said, what she
    wants, and where she will be. Sent, it is the beginning of the record, for its author alone."""
    _person, age = beside(request, file_id)
    policy.can_write(request.actor, is_adult=age.is_adult).or_raise()
    form = PrepareForm(request.POST or None)
    if form.is_bound and form.is_valid():
        records.save_draft(
            form.record_id,
            file_id=file_id,
            section=NOTES,
            record_type="worrying",
            fields=form.begun(),
            by=request.actor,
            at=clock.now(),
        )
        return redirect(f"{reverse('worrying:write', args=[file_id])}?draft={form.record_id}")
    says = {"form": form, "file_id": file_id, "numbers": numbers.first(FIRST, on=clock.today())}
    return render(request, "worrying/together.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was done, and with her; then it is kept, for a second person to look at again."""
    person, age = beside(request, file_id)
    policy.can_write(request.actor, is_adult=age.is_adult).or_raise()
    if request.method == "POST":
        form = SituationForm(request.POST)
        if form.is_valid():
            actions.write(
                file_id, form.written(), is_adult=age.is_adult, by=request.actor, at=clock.now()
            )
            return redirect("worrying:detail", file_id, form.record_id)
    else:
        begun = drafts.begun(request, file_id)
        form = SituationForm(initial=begun.typed, record_id=begun.id) if begun else SituationForm()
    says = {"person": person, "form": form}
    return render(request, "worrying/form.html", says, status=422 if form.is_bound else 200)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return drafts.keep_draft(request, file_id, "worrying", SituationForm(request.POST))


def found_or_404(request: PageRequest, file_id: UUID, situation_id: UUID) -> Found:
    """The one of this address, for its author and those who supervise."""
    found = queries.of_file(file_id, situation_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def opened(request: PageRequest, file_id: UUID, found: Found | None) -> Header | None:
    """Whose file it is, when one may know it, in the journal of the file; its words, in that of
    whoever reads them."""
    known = participants.known(file_id, actor=request.actor)
    rows = [*(known.rows if known else []), *(found.rows if found else [])]
    vault.open(rows, by=request.actor, basis=PROTECTS)
    return participants.header_of(known) if known else None


def page_of(found: Found) -> dict[str, Any]:
    """What both its pages say of it, once it is opened."""
    kept: Situation = found.words
    return {
        "found": found,
        "is_reported": kept.outcome == Situation.Outcome.REPORTED,
        "reached": Situation.Reached(kept.reached).label if kept.reached else "",
        "category": kept.get_category_display(),
        "points": spoken.points_of(found, POINTS, THEN),
    }


@require_http_methods(READ_AND_WRITE)
def detail(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """What was written, what was added since, who looks at it again; and a way to add."""
    found = found_or_404(request, file_id, disclosure_id)
    if found.row.prepared_by != request.actor.user_id:
        return redirect("worrying:review", disclosure_id)
    form = AddForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.add(
            file_id,
            disclosure_id,
            addition_id=form.record_id,
            about=form.cleaned_data["about"],
            text=form.cleaned_data["text"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("worrying:detail", file_id, disclosure_id)
    person = opened(request, file_id, found)
    says = page_of(found) | {
        "person": person,
        "file_id": file_id,
        "form": form,
        "may": policy.buttons(request.actor, found.row.prepared_by, found.way),
    }
    status = 422 if form.is_bound else 200
    return render(request, "worrying/detail.html", says, status=status)


@require_http_methods(READ_AND_WRITE)
def tell(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """They were told by whoever wrote it, what they said; or not for now, why, and until when."""
    found = found_or_404(request, file_id, disclosure_id)
    policy.can_tell(request.actor, found.row.prepared_by, found.way).or_raise()
    form = TellForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.tell(file_id, disclosure_id, form.told(), by=request.actor, at=clock.now())
        return redirect("worrying:detail", file_id, disclosure_id)
    says = {"person": opened(request, file_id, None), "found": found, "form": form}
    return render(request, "worrying/tell.html", says, status=422 if form.is_bound else 200)


# Whoever supervises.


@require_GET
def reviews(request: PageRequest) -> HttpResponse:
    """What waits to be looked at again with whoever wrote it, without a name of anybody."""
    policy.can_look(request.actor).or_raise()
    waiting, done = queries.looked_at(actor=request.actor, at=clock.now())
    says = {"waiting": [(one, one.is_late(clock.now())) for one in waiting], "done": done}
    return render(request, "worrying/reviews.html", says)


@require_http_methods(READ_AND_WRITE)
@step_up
def review(request: PageRequest, disclosure_id: UUID) -> HttpResponse:
    """The whole of it, for somebody who supervises; sent, what was learnt."""
    found = queries.to_review(disclosure_id, actor=request.actor)
    if found is None:
        raise Http404
    may = policy.can_review(
        request.actor, found.row.prepared_by, is_reviewed=found.reviewed is not None
    )
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.review(
            disclosure_id,
            step_id=form.record_id,
            learnt=form.cleaned_data["learnt"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("worrying:reviews")
    vault.open(found.rows, by=request.actor, basis=PROTECTS)
    says = page_of(found) | {"form": form, "may": may, "aloud": _aloud(request, found)}
    return render(request, "worrying/review.html", says, status=422 if form.is_bound else 200)


def _aloud(request: PageRequest, found: Found) -> Decision:
    works_here = queries.author_works_here(found, actor=request.actor, at=clock.now())
    return policy.can_read_with_her(request.actor, author_works_here=works_here, way=found.way)


@require_GET
@step_up
def with_her(request: PageRequest, disclosure_id: UUID) -> HttpResponse:
    """What the person reads of it, beside somebody who supervises, once its author has left."""
    found = queries.to_review(disclosure_id, actor=request.actor)
    if found is None:
        raise Http404
    _aloud(request, found).or_raise()
    vault.open(found.rows, by=request.actor, basis=PROTECTS)
    says = {"sentences": standing.read_aloud(found), "found": found}
    return render(request, "worrying/aloud.html", says)


# What one is for the law.


@require_http_methods(READ_AND_WRITE)
def category(request: PageRequest) -> HttpResponse:
    """What I am for the law; for a manager, what each of those who work here is."""
    of_others = policy.can_say_of_others(request.actor)
    if not of_others:
        policy.can_say(request.actor, request.actor.user_id).or_raise()
    return _category(request, request.actor.user_id, "")


@require_http_methods(READ_AND_WRITE)
def category_of(request: PageRequest, user_id: UUID) -> HttpResponse:
    """What somebody is who works here, said by a manager."""
    policy.can_say_of_others(request.actor).or_raise()
    people = queries.everybody(actor=request.actor, at=clock.now())
    one = next((one for one in people if one.user_id == user_id), None)
    if one is None:
        raise Http404
    return _category(request, user_id, one.name)


def _category(request: PageRequest, user_id: UUID, name: str) -> HttpResponse:
    said = queries.category_of(user_id, actor=request.actor)
    form = CategoryForm(request.POST or None, name=name, initial={"category": said})
    may = policy.can_say(request.actor, user_id, works_here=bool(name))
    if form.is_bound and form.is_valid():
        actions.say(
            form.record_id,
            user_id=user_id,
            category=form.cleaned_data["category"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("worrying:category")
    others = not name and policy.can_say_of_others(request.actor)
    people = queries.everybody(actor=request.actor, at=clock.now()) if others else []
    says = {
        "form": form,
        "may": may,
        "name": name,
        "people": people,
        "duties": queries.duties(),
        "source": queries.words(queries.SOURCE),
    }
    return render(request, "worrying/category.html", says, status=422 if form.is_bound else 200)
