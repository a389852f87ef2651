"""Which studies are there, what may each take, and how is a table asked for, answered, taken?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.queries import people
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.evaluation.research import actions, documents, policy, queries
from spheres.evaluation.research.forms import AskForm, CodeForm, DecideForm, ProtocolForm
from spheres.evaluation.research.models import Extract, Protocol
from spheres.evaluation.research.recipe import BY_CODE
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """The studies that were approved; the way to ask somebody who brings a card."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    today = clock.today()
    studies = [(one, policy.is_live(one, on=today)) for one in queries.protocols(actor=actor)]
    words = {
        "studies": studies,
        "may_write": policy.can_write(actor, is_desk=sharing.is_desk(actor=actor)),
        "may_ask": policy.can_ask_people(actor),
        "form": CodeForm(),
    }
    return render(request, "research/list.html", words)


@require_http_methods(READ_AND_WRITE)
def new(request: PageRequest) -> HttpResponse:
    """A study that was approved, written down once."""
    actor = request.actor
    policy.can_write(actor, is_desk=sharing.is_desk(actor=actor)).or_raise()
    named = queries.researchers(actor=actor, at=clock.now())
    form = ProtocolForm(request.POST or None, researchers=named)
    if form.is_bound and form.is_valid():
        actions.write(form.record_id, form.approved(), by=actor, at=clock.now())
        return redirect("research:study", form.record_id)
    words = {"form": form, "nobody": not named}
    return render(request, "research/new.html", words, status=422 if form.is_bound else 200)


def found(request: PageRequest, protocol_id: UUID) -> Protocol:
    policy.can_look(request.actor).or_raise()
    row = queries.find(protocol_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


def table_of(request: PageRequest, protocol: Protocol, extract_id: UUID) -> Extract:
    row = queries.extract_of(protocol, extract_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


@require_GET
def study(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    """What was approved, what young people are told, and every table that was asked for."""
    return _study(request, found(request, protocol_id))


def _study(
    request: PageRequest,
    protocol: Protocol,
    form: DecideForm | None = None,
    about: UUID | None = None,
) -> HttpResponse:
    actor, today = request.actor, clock.today()
    is_desk = sharing.is_desk(actor=actor)
    at_desk = actor.organisation_id == regions.desk()
    tables = [
        {
            "asked": one,
            "may_answer": policy.can_answer(
                actor, one.extract, protocol, at_desk=at_desk, on=today
            ),
            "may_take": policy.can_take(actor, one.extract, protocol, on=today),
            "is_over": bool(one.extract.expires_on and one.extract.expires_on < today),
            "form": form if form and about == one.extract.pk else DecideForm(),
        }
        for one in queries.asked_of(protocol, actor=actor)
    ]
    words: dict[str, Any] = {
        "protocol": protocol,
        "is_live": policy.is_live(protocol, on=today),
        "theme": regions.label("research_themes", protocol.theme),
        "parts": [(part.label, part.says) for part in (BY_CODE[code] for code in protocol.parts)],
        "researcher": people.names_of([protocol.researcher_id]).get(protocol.researcher_id, ""),
        "tables": tables,
        "may_end": policy.can_end(actor, protocol, is_desk=is_desk),
        "may_ask": policy.can_ask_table(actor, protocol, on=today),
        "may_drop": policy.can_drop(actor, protocol),
        "ask": AskForm(),
    }
    return render(request, "research/study.html", words, status=422 if form else 200)


@require_POST
def end(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    actions.end(found(request, protocol_id), by=request.actor, at=clock.now())
    return redirect("research:study", protocol_id)


@require_POST
def ask(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    """A table is asked for: another person answers."""
    protocol, form = found(request, protocol_id), AskForm(request.POST)
    if form.is_valid():
        actions.ask(form.record_id, protocol, by=request.actor, at=clock.now())
    return redirect("research:study", protocol_id)


@require_POST
def decide(request: PageRequest, protocol_id: UUID, extract_id: UUID) -> HttpResponse:
    protocol = found(request, protocol_id)
    extract = table_of(request, protocol, extract_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _study(request, protocol, form, extract_id)
    actions.decide(
        protocol,
        extract,
        approves=form.cleaned_data["approves"] == "yes",
        words=form.cleaned_data["words"],
        by=request.actor,
        at=clock.now(),
    )
    return redirect("research:study", protocol_id)


@require_POST
def take(request: PageRequest, protocol_id: UUID, extract_id: UUID) -> HttpResponse:
    """The package, into the hands of the named researcher; the register says when."""
    protocol = found(request, protocol_id)
    extract = table_of(request, protocol, extract_id)
    body = actions.take(extract, protocol, uuid4(), by=request.actor, at=clock.now())
    return _package(body, documents.name_of("extract", extract_id))


@require_GET
def twin(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    """Lines of nobody, of the same shape: to write a programme before anything is asked for."""
    protocol = found(request, protocol_id)
    return _package(documents.twin(protocol), documents.name_of("twin", protocol_id))


@require_POST
def drop(request: PageRequest, protocol_id: UUID, extract_id: UUID) -> HttpResponse:
    protocol = found(request, protocol_id)
    table_of(request, protocol, extract_id)
    actions.drop(protocol, extract_id, by=request.actor, at=clock.now())
    return redirect("research:study", protocol_id)


def _package(body: bytes, name: str) -> HttpResponse:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/zip", headers=named)
