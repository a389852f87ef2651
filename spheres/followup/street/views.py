"""What does a worker see before going out, in the street, and back with a network?"""

from __future__ import annotations

import base64
import binascii
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.street import actions, policy, queries, typed
from spheres.records import queries as records
from spheres.records.between import outdoors
from spheres.records.forms import PlaceForm
from spheres.regions import queries as regions
from spheres.vault import street
from spheres.vault.cipher import Sealed

VOCABULARIES: Final = {
    typed.CONTACT: "contact_kinds",
    typed.NEED: "urgent_needs",
    typed.EVENT: "event_kinds",
}
# Signs of one entry, as it travels: three texts of the longest, in any alphabet, sealed and written
# in base 64, are 170,000 of them.
MOST: Final = 192 * 1024


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """Prepare this telephone; what waits on it is sent; what came waits to be placed."""
    policy.can_write(request.actor).or_raise()
    device_id = accounts.device_of_session(request.visit)
    words = {
        "device_id": device_id or "",
        "key": _written(street.public_key(device_id)) if device_id else "",
        "arrived": queries.arrived(actor=request.actor),
    }
    return render(request, "street/mine.html", words)


@login_not_required
@require_GET
def write(request: HttpRequest) -> HttpResponse:
    """The page that opens without a network: the same for everybody, and it names nobody."""
    words = {kind: regions.choices(named) for kind, named in VOCABULARIES.items()}
    return render(request, "street/write.html", {"choices": words, "outreach": typed.OUTREACH})


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps that page, and what draws it, on the telephone."""
    return render(request, "street/worker.js", content_type="text/javascript; charset=utf-8")


@require_POST
def receive(request: PageRequest) -> HttpResponse:
    """One entry, from the telephone: 200 and it is wiped there; 410, all of it is; otherwise it
    stays there, and after 429 until some are placed."""
    said = request.POST.get("sealed", "")
    try:
        entry_id, device_id = UUID(request.POST["id"]), UUID(request.POST["device"])
        if len(said) > MOST:
            return HttpResponse(status=413)
        sealed = base64.b64decode(said, validate=True)
        actions.receive(entry_id, device_id, sealed, by=request.actor, at=clock.now())
    except actions.Revoked:
        return HttpResponse(status=410)
    except actions.NotMine:
        return HttpResponse(status=404)
    except actions.TooMany:
        return HttpResponse(status=429)
    except (KeyError, ValueError, binascii.Error, Sealed):
        return HttpResponse(status=422)
    return HttpResponse("ok", content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """One entry, read again, and in whose file it goes."""
    policy.can_write(request.actor).or_raise()
    arrived = next(iter(queries.arrived(actor=request.actor, only=entry_id)), None)
    if arrived is None:
        raise Http404
    said = arrived.typed
    is_of_a_file = said is not None and said.kind != typed.EVENT
    people = records.my_people(actor=request.actor) if is_of_a_file else {}
    form = PlaceForm(request.POST or None, people=people)
    if is_of_a_file and form.is_bound and form.is_valid():
        file_id = UUID(form.cleaned_data["person"])
        slug = actions.place(arrived, file_id, by=request.actor, at=clock.now())
        return redirect(f"{reverse(f'{slug}:write', args=[file_id])}?draft={arrived.id}")
    words = {
        "one": arrived, "form": form, "is_of_a_file": is_of_a_file, "people": people,
        "what": _what(said) if said else "",
        "event_url": outdoors.page_of(entry_id, actor=request.actor),
    }  # fmt: skip
    return render(request, "street/entry.html", words, status=422 if form.is_bound else 200)


@require_POST
def put_away(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """It is written elsewhere, or not kept."""
    policy.can_write(request.actor).or_raise()
    if not actions.put_away(entry_id, by=request.actor):
        raise Http404
    return redirect("street:mine")


def _what(said: typed.Typed) -> str:
    """The kind of contact, the need or the kind of event, in words; empty when none was chosen."""
    vocabulary = VOCABULARIES[said.kind]
    code = {typed.CONTACT: said.contact, typed.NEED: said.need, typed.EVENT: said.event}[said.kind]
    return regions.label(vocabulary, code) if code in dict(regions.choices(vocabulary)) else ""


def _written(key: bytes) -> str:
    return base64.b64encode(key).decode()
