"""What does the worker see, beside her, when a follow-up pauses, ends, or begins again?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.passages import actions, policy, queries
from spheres.followup.passages.forms import ClosingForm, FitForm, LookedForm, WordsForm
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.sharing import queries as sharing
from spheres.ui.forms import Form
from spheres.vault import actions as vault

Status = FollowUpStatus.Status
STEPS: Final = {
    "pause": Status.PAUSED,
    "leave": Status.LEFT,
    "go-on": Status.ACTIVE,
    "adulthood": Status.TRANSITION,
}
RETURN: Final = "return"


@require_POST
def step(request: PageRequest, file_id: UUID, step: str) -> HttpResponse:
    """One press, one step, no reason asked."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    if step == RETURN:
        actions.come_back(file_id, by=request.actor, at=clock.now())
    else:
        actions.pass_to(file_id, STEPS[step], by=request.actor, at=clock.now())
    return redirect("dossier:file", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def death(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What will happen is said first; then it is noted, and not a word is asked."""
    standing = queries.standing(file_id, actor=request.actor).first()
    if standing is None:
        raise Http404
    if request.method == "POST":
        actions.pass_to(file_id, Status.DIED, by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_note_death(request.actor, standing.status, keeps=keeps).or_raise()
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(request, "passages/death.html", {"person": person, "form": Form()})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Close together, with a letter to her; what she wanted said is shown beside."""
    standing = queries.standing(file_id, actor=request.actor).first()
    if standing is None:
        raise Http404
    form = ClosingForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.close(file_id, form.farewell(), by=request.actor, at=clock.now())
        return redirect("passages:letters", file_id)
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_close(request.actor, standing.status, keeps=keeps).or_raise()
    early = queries.words_for_the_end(file_id, actor=request.actor).first()
    if early is not None:
        vault.open([early], by=request.actor)
    return show(request, file_id, "passages/close.html", form, early=early)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What she would like to be told, or not, the day it stops."""
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_walk_with_her(request.actor, keeps=keeps).or_raise()
    form = WordsForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        if not participants.is_visible(file_id, actor=request.actor):
            raise Http404
        actions.keep_words(
            file_id,
            form.record_id,
            form.cleaned_data["words"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("dossier:file", file_id)
    before = list(queries.words_for_the_end(file_id, actor=request.actor)[:5])
    if before:
        vault.open(before, by=request.actor)
    return show(request, file_id, "passages/words.html", form, before=before)


@require_http_methods(["GET", "HEAD", "POST"])
def fit(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Does this still fit? Whatever the answer, nothing follows by itself."""
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_walk_with_her(request.actor, keeps=keeps).or_raise()
    form = FitForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        if not participants.is_visible(file_id, actor=request.actor):
            raise Http404
        actions.answer_fit(
            file_id,
            form.record_id,
            form.cleaned_data["answer"],
            form.cleaned_data["her_words"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("dossier:file", file_id)
    return show(request, file_id, "passages/fit.html", form)


@require_GET
def letters(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The letters written to her, to be printed or read together."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    written = list(queries.letters(file_id, actor=request.actor))
    if written:
        vault.open(written, by=request.actor)
    return render(request, "passages/letters.html", {"person": person, "letters": written})


def show(
    request: PageRequest, file_id: UUID, page: str, form: LookedForm, **more: object
) -> HttpResponse:
    """A page about her; what was typed is always still there."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(
        request,
        page,
        {"person": person, "form": form, **more},
        status=422 if form.is_bound else 200,
    )
