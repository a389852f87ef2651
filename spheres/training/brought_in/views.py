"""What is seen of past trainings: how a list is made, what was understood, how far it has come?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, takes_a_paper
from spheres.core import clock
from spheres.core.jobs import defer
from spheres.papers.sandbox import NotTaken
from spheres.records.spreadsheets import as_sheet
from spheres.training.brought_in import actions, policy, queries, tasks
from spheres.training.brought_in.columns import COLUMNS
from spheres.training.brought_in.forms import BringForm, ListForm
from spheres.training.brought_in.models import PastList

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
EVERY: Final = "4"  # seconds between two looks at what moves


@takes_a_paper
@require_http_methods(READ_AND_WRITE)
def lists(request: PageRequest) -> HttpResponse:
    """How a list is made, where it is sent, and the last ones."""
    actor = request.actor
    policy.can_bring(actor).or_raise()
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["sent"].read()
        try:
            actions.read(form.record_id, content, by=actor, at=clock.now(), on=clock.today())
            return redirect("brought_in:one", form.record_id)
        except NotTaken as refusal:
            form.refuse(refusal.reason)
    words = {
        "form": form,
        "columns": [(one.title, one.holds, one.is_asked) for one in COLUMNS],
        "vocabularies": [
            (_("Topics"), queries.topics(actor=actor)),
            (_("Environments"), queries.vocabulary(queries.ENVIRONMENTS)),
            (_("Administrative regions"), queries.vocabulary(queries.REGIONS)),
        ],
        "lists": queries.lists(actor=actor),
    }
    return render(request, "brought_in/lists.html", words, status=422 if form.is_bound else 200)


@require_GET
def model(request: PageRequest) -> HttpResponse:
    """An empty list, with the names of its columns."""
    policy.can_bring(request.actor).or_raise()
    return as_sheet(_("past-trainings"), [str(one.title) for one in COLUMNS], [])


@require_http_methods(READ_AND_WRITE)
def one(request: PageRequest, past_list_id: UUID) -> HttpResponse:
    """What was understood of a list; then how far it has come, and what it added."""
    found, actor = _found(request, past_list_id), request.actor
    if found.status != PastList.Status.READ:
        return _moved(request, found)
    looked = queries.looked(found, actor=actor)
    form = BringForm(request.POST or None, looked=looked)
    if form.is_bound:
        policy.can_bring_in(actor, found).or_raise()
    if form.is_bound and form.is_valid():
        actions.bring_in(found.pk, form.answers(), by=actor, at=clock.now())
        defer(tasks.go_on, by=actor, past_list_id=str(found.pk))
        return redirect("brought_in:one", found.pk)
    words = {
        "of": found,
        "looked": looked,
        "faults": queries.told(found, queries.SHOWN),
        "form": form,
        "plain_form": ListForm(auto_id="aside_%s"),
        "may_bring": policy.can_bring_in(actor, found),
        "waits_until": queries.waits_until(found),
    }
    return render(request, "brought_in/looked.html", words, status=422 if form.is_bound else 200)


def _moved(request: PageRequest, found: PastList) -> HttpResponse:
    """How far it has come; the page looks again by itself while it moves."""
    actor, at = request.actor, clock.now()
    may_take_up = policy.can_take_up(actor, found, at=at)
    may_undo = policy.can_undo(actor, found)
    words = {
        "of": found,
        "faults": queries.told(found, queries.SHOWN),
        "may_take_up": may_take_up,
        "may_undo": may_undo,
        "stay": queries.stay(found, actor=actor) if may_undo else 0,
        "plain_form": ListForm(auto_id="plain_%s"),
    }
    answer = render(request, "brought_in/moved.html", words)
    if found.is_moving and not may_take_up:
        answer["Refresh"] = EVERY
    return answer


def _found(request: PageRequest, past_list_id: UUID) -> PastList:
    policy.can_bring(request.actor).or_raise()
    found = queries.find(past_list_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def faults(request: PageRequest, past_list_id: UUID) -> HttpResponse:
    """What is wrong in a list, line by line, to keep beside it. It holds nothing of the list."""
    found = _found(request, past_list_id)
    rows = [(one.line, one.column, one.words) for one in queries.told(found)]
    return as_sheet(_("to-correct"), [_("Line"), _("Column"), _("What is wrong")], rows)


@require_POST
def set_aside(request: PageRequest, past_list_id: UUID) -> HttpResponse:
    """A list that is not brought in after all."""
    found = _found(request, past_list_id)
    actions.set_aside(found.pk, by=request.actor, at=clock.now())
    return redirect("brought_in:lists")


@require_POST
def take_up(request: PageRequest, past_list_id: UUID) -> HttpResponse:
    """What stopped goes on."""
    found = _found(request, past_list_id)
    actions.take_up(found.pk, by=request.actor, at=clock.now())
    defer(tasks.go_on, by=request.actor, past_list_id=str(found.pk))
    return redirect("brought_in:one", found.pk)


@require_POST
def undo(request: PageRequest, past_list_id: UUID) -> HttpResponse:
    """All that it added goes, but what stands."""
    found = _found(request, past_list_id)
    actions.undo(found.pk, by=request.actor, at=clock.now())
    defer(tasks.go_on, by=request.actor, past_list_id=str(found.pk))
    return redirect("brought_in:one", found.pk)
