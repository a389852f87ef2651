"""What is seen of good practice: the notes that stand, their versions, the common framework?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.practice_notes import actions, policy, queries
from spheres.partners.practice_notes import framework as its
from spheres.partners.practice_notes.forms import ProposeForm, RuleForm
from spheres.partners.practice_notes.queries import Note
from spheres.records.between import decisions
from spheres.ui import moments

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """The notes that stand, those that wait for a committee, and those that stand no more."""
    actor, on = request.actor, clock.today()
    policy.can_look(actor).or_raise()
    found = queries.notes(actor=actor)
    words = {
        "standing": [(one, one.is_to_review(on)) for one in found if one.standing],
        "waiting": [(one, told) for one in found for told in one.waiting],
        "gone": [one for one in found if not one.standing and not one.waiting],
        "may_propose": policy.can_propose(actor),
    }
    return render(request, "practice_notes/list.html", words)


def known(request: PageRequest, practice_id: UUID) -> Note:
    policy.can_look(request.actor).or_raise()
    found = queries.note(practice_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def note(request: PageRequest, practice_id: UUID) -> HttpResponse:
    """One note: what stands, the view of the minority, what waits, and what stood before."""
    it, actor = known(request, practice_id), request.actor
    words = {
        "it": it,
        "is_to_review": it.is_to_review(clock.today()),
        "may_propose": policy.can_propose(actor),
        "may_rule": policy.can_rule(queries.chaired(actor=actor)),
    }
    return render(request, "practice_notes/note.html", words)


@require_http_methods(READ_AND_WRITE)
def propose(request: PageRequest) -> HttpResponse:
    """A note that somebody proposes."""
    return _propose(request, None)


@require_http_methods(READ_AND_WRITE)
def propose_again(request: PageRequest, practice_id: UUID) -> HttpResponse:
    """Another version of a note, begun from the one that stands."""
    return _propose(request, known(request, practice_id))


def _propose(request: PageRequest, of: Note | None) -> HttpResponse:
    policy.can_propose(request.actor).or_raise()
    form = ProposeForm(request.POST or None, now=of.face.row if of else None)
    if _is_kept(form):
        actions.propose(form.proposed(), by=request.actor, at=clock.now(), of=of)
        return redirect("practice_notes:note", of.id if of else form.record_id)
    return _form(request, "practice_notes/propose.html", {"form": form, "of": of})


@require_http_methods(READ_AND_WRITE)
def rule(request: PageRequest, edition_id: UUID) -> HttpResponse:
    """What a committee decided of one version, for whoever chairs it."""
    actor, at = request.actor, clock.now()
    policy.can_look(actor).or_raise()
    found = queries.note_of(edition_id, actor=actor)
    if found is None:
        raise Http404
    of, version = found
    is_past = version.stands == "PAST"
    policy.can_rule(queries.chaired(actor=actor), is_past=is_past).or_raise()
    names = queries.names_of_committees(actor=actor)
    taken = [
        (one.id, f"{names.get(one.committee_id, '')}, {moments.day(one.taken_at)} · {one.words}")
        for one in decisions.where_one_chairs(actor=actor, at=at)
    ]
    form = RuleForm(request.POST or None, taken=taken)
    if _is_kept(form):
        actions.rule(form.said(), version, by=actor, at=at)
        return redirect("practice_notes:note", of.id)
    words = {"form": form, "of": of, "version": version, "taken": taken}
    return _form(request, "practice_notes/rule.html", words)


@require_GET
def framework(request: PageRequest) -> HttpResponse:
    """The common framework in our words: components, approaches, values, and whom it cites."""
    policy.can_look(request.actor).or_raise()
    words = {
        "components": its.COMPONENTS,
        "approaches": its.APPROACHES,
        "values": its.VALUES,
        "aims": its.AIMS,
        "works": its.WORKS,
    }
    return render(request, "practice_notes/framework.html", words)


def _is_kept(form: Any) -> bool:
    return bool(form.is_bound and form.is_valid() and not form.findings())


def _form(request: PageRequest, template: str, words: dict[str, Any]) -> HttpResponse:
    return render(request, template, words, status=422 if words["form"].is_bound else 200)
