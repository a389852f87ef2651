"""What does the worker see when looking in the directory, for one person?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, only_reads
from spheres.core import clock
from spheres.directory import queries as directory
from spheres.directory.forms import WishForm
from spheres.followup.accompaniments import policy, queries
from spheres.followup.accompaniments.forms import AccompanimentForm
from spheres.followup.accompaniments.views.steps import known_or_404, show_form
from spheres.participants import queries as participants
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@only_reads
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The directory, opened for one person: what is found may begin an accompaniment.

    What is looked for is sent, never written in the address, nor kept anywhere.
    """
    known = known_or_404(request, file_id)
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    at, is_asked = clock.now(), request.method == "POST"
    form = WishForm(request.POST if is_asked else None)
    is_valid = not is_asked or form.is_valid()
    words = {
        "person": participants.header_of(known),
        "form": form,
        "answer": directory.answering(form.wish(), actor=request.actor, at=at),
        "at": at,
        # What the page one comes from says of why it is looked for.
        "said": {name: request.POST.get(name, "") for name in ("need", "urgent_need")},
        "may_begin": policy.can_write(request.actor) and not known.is_for_a_while,
    }
    status = 200 if is_valid else 422
    return render(request, "accompaniments/resources.html", words, status=status)


@only_reads
@require_POST
def begin_with(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A blank page that goes towards the resource that was pressed, for the need it was for."""
    known = known_or_404(request, file_id)
    policy.can_write(request.actor).or_raise()
    offered = queries.offered(file_id, actor=request.actor, since=known.returned_at)
    said = {name: request.POST.get(name, "") for name in ("resource", "urgent_need")}
    needs = {"needs": [request.POST.get("need", "")]}
    initial = AccompanimentForm.starting_values() | said | needs
    return show_form(request, file_id, AccompanimentForm(initial=initial, offered=offered))
