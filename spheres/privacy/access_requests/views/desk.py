"""What does a person in charge of privacy see: what waits, and which letters arrived?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.privacy.access_requests import actions, documents, policy, queries
from spheres.privacy.access_requests.forms import LetterForm, PressForm, ShowForm
from spheres.privacy.access_requests.queries import Received
from spheres.privacy.access_requests.views.handling import (
    ACKNOWLEDGEMENT,
    DECISION,
    LANGUAGES,
    as_file,
    named,
)
from spheres.records.between import privacy_desk
from spheres.records.seated import READ_AND_WRITE
from spheres.vault import actions as vault

CLOSED_SHOWN: Final = 20


@require_GET
def desk(request: PageRequest) -> HttpResponse:
    """The requests of the organisation, by their day, without a name; and the letters."""
    policy.can_sit(request.actor).or_raise()
    letters = queries.received(actor=request.actor)
    waiting = [one for one in letters if one.answer is None and not one.is_taken]
    over = [one for one in letters if one not in waiting][:CLOSED_SHOWN]
    vault.open([one.row for one in waiting], by=request.actor, action="list", only=("sender",))
    words = {
        "told": privacy_desk.told(actor=request.actor),
        "requests": queries.here(actor=request.actor),
        "letters": waiting,
        "over": over,
        "today": clock.today(),
    }
    return render(request, "access_requests/desk.html", words)


@require_http_methods(READ_AND_WRITE)
def write(request: PageRequest) -> HttpResponse:
    """A letter is kept, whoever it speaks of; then it is acknowledged."""
    policy.can_sit(request.actor).or_raise()
    form = LetterForm(request.POST or None)
    if form.is_bound and form.is_valid():
        ours = queries.organisation(request.actor.organisation_id, actor=request.actor)
        actions.keep_letter(form.arrived(), days=ours.answer_days, by=request.actor, at=clock.now())
        return redirect("access_requests:letter_one", form.record_id)
    status = 422 if form.is_bound else 200
    return render(request, "access_requests/letter_new.html", {"form": form}, status=status)


def _found(request: PageRequest, letter_id: UUID) -> Received:
    policy.can_sit(request.actor).or_raise()
    found = queries.letter(letter_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_http_methods(READ_AND_WRITE)
def letter(request: PageRequest, letter_id: UUID) -> HttpResponse:
    """One letter: its acknowledgement, to whom it was shown, the answer that confirms nothing."""
    found = _found(request, letter_id)
    vault.open([found.row], by=request.actor)
    colleagues = queries.workers(actor=request.actor, at=clock.now())
    form = ShowForm(request.POST or None, colleagues=colleagues)
    if form.is_bound and form.is_valid():
        ids = [UUID(one) for one in form.cleaned_data["colleagues"]]
        actions.show_letter(found, ids, by=request.actor, at=clock.now())
        return redirect("access_requests:letter_one", letter_id)
    words = {
        "found": found, "form": form, "press": PressForm(auto_id=False), "today": clock.today(),
        "languages": LANGUAGES, "waits": found.answer is None and not found.is_taken,
    }  # fmt: skip
    return render(
        request, "access_requests/letter.html", words, status=422 if form.is_bound else 200
    )


@require_http_methods(["POST"])
def answer(request: PageRequest, letter_id: UUID) -> HttpResponse:
    """Answer it in words that confirm nothing; pressed twice, once."""
    found = _found(request, letter_id)
    if PressForm(request.POST).is_valid():
        actions.answer_letter(found, by=request.actor, at=clock.now())
    return redirect("access_requests:letter_one", letter_id)


@require_GET
def paper(request: PageRequest, letter_id: UUID, which: str, language: str) -> HttpResponse:
    """Its acknowledgement, or the answer that confirms nothing, in one of both languages."""
    found = _found(request, letter_id)
    if language not in LANGUAGES or which not in {ACKNOWLEDGEMENT, DECISION}:
        raise Http404
    organisation = queries.organisation(found.row.organisation_id, actor=request.actor)
    head = documents.of_letter(found, organisation)
    with translation.override(language):
        if which == ACKNOWLEDGEMENT:
            words = documents.received_words(head, actor=request.actor)
            content = documents.acknowledgement(head, words)
        elif found.answer is not None:
            words = documents.answer_words(found.answer.answered_at, actor=request.actor)
            content = documents.confirming_nothing(head, words)
        else:
            raise Http404
    return as_file(content, f"{named(head)}.pdf", "application/pdf")
