"""What is seen of supervision? Slots that are free, those of mine, and what two people write."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.participants import queries as participants
from spheres.records.between import brought
from spheres.records.between.brought import Chosen
from spheres.regions import queries as regions
from spheres.ui.forms import Form
from spheres.worker_support.supervision import actions, policy, queries
from spheres.worker_support.supervision.forms import (
    AskForm,
    BringForm,
    EntryForm,
    MoveForm,
    OfferForm,
)
from spheres.worker_support.supervision.queries import Mine

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def home(request: PageRequest) -> HttpResponse:
    """What is mine, what is free, and how many slots were used."""
    actor = request.actor
    policy.can_enter(actor).or_raise()
    may_count = policy.can_count(actor)
    mine, free = queries.listed(actor=actor, at=clock.now())
    says = {
        "mine": mine,
        "free": free,
        "used": queries.used(actor=actor) if may_count else [],
        "may_seek": policy.can_seek(actor),
        "may_offer": policy.can_offer(actor),
        "may_count": may_count,
    }
    return render(request, "supervision/home.html", says)


@require_http_methods(READ_AND_WRITE)
def offer(request: PageRequest) -> HttpResponse:
    """A slot, from one page."""
    policy.can_offer(request.actor).or_raise()
    form = OfferForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.offer(form.offered(), by=request.actor, at=clock.now())
        return redirect("supervision:home")
    status = 422 if form.is_bound else 200
    return render(request, "supervision/offer.html", {"form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def slot(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """A slot that is free, to ask for; mine, what the two of us keep."""
    it = _it(request, slot_id)
    if it.row.asked_by is None and not it.is_offered:
        return _ask(request, it)
    if request.method == "POST":  # sent twice: it is asked for already
        return redirect("supervision:slot", slot_id)
    return _kept(request, it, EntryForm())


@require_POST
def write(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """A paragraph in our note."""
    it, form = _it(request, slot_id), EntryForm(request.POST)
    policy.can_write(request.actor, it.row).or_raise()
    if not form.is_valid() or form.findings():
        return _kept(request, it, form)
    said = form.cleaned_data["text"]
    actions.write(form.record_id, it.row, said, by=request.actor, at=clock.now())
    return redirect("supervision:slot", slot_id)


def _ask(request: PageRequest, it: Mine) -> HttpResponse:
    policy.can_ask(request.actor, it.row, clock.now()).or_raise()
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.ask(it.row, form.asked(), by=request.actor, at=clock.now())
        return redirect("supervision:slot", it.row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "supervision/ask.html", {"it": it, "form": form}, status=status)


def _kept(request: PageRequest, it: Mine, form: EntryForm) -> HttpResponse:
    actor, row = request.actor, it.row
    says = {
        "it": it,
        "together": queries.together(row.pk, actor=actor),
        "form": form,
        "may_write": policy.can_write(actor, row),
        "may_keep_own": policy.can_keep_own(actor),
        "brought": queries.brought(row, actor=actor),
        "until": policy.ends_at(row) + policy.AFTER,
        "may_bring": policy.can_bring(actor, row, clock.now()),
        "may_take_back": policy.can_take_back(actor, row),
        "may_step_back": policy.can_step_back(actor, row),
        "is_asker": bool(policy.can_take_back(actor, row)),
        "may_accept": policy.can_accept(actor, row),
        "may_move": policy.can_move(actor, row),
        "may_cancel": policy.can_cancel(actor, row),
        "may_say_held": policy.can_say_held(actor, row, clock.now()),
    }
    return render(request, "supervision/slot.html", says, status=422 if form.is_bound else 200)


@require_POST
def accept(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """Yes, by a press."""
    actions.accept(_it(request, slot_id).row, by=request.actor, at=clock.now())
    return redirect("supervision:slot", slot_id)


@require_POST
def say_held(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """It took place, by a press."""
    actions.say_held(_it(request, slot_id).row, by=request.actor, at=clock.now())
    return redirect("supervision:slot", slot_id)


@require_http_methods(READ_AND_WRITE)
def move(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """Another moment."""
    it = _it(request, slot_id)
    policy.can_move(request.actor, it.row).or_raise()
    form = MoveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.move(it.row, form.starts_at, by=request.actor, at=clock.now())
        return redirect("supervision:slot", slot_id)
    status = 422 if form.is_bound else 200
    return render(request, "supervision/move.html", {"it": it, "form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def cancel(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """It will not take place: asked once more first."""
    it = _it(request, slot_id)
    policy.can_cancel(request.actor, it.row).or_raise()
    if request.method == "POST":
        actions.cancel(it.row, by=request.actor, at=clock.now())
        return redirect("supervision:home")
    return render(request, "supervision/cancel.html", {"it": it, "form": Form()})


# Notes of one file, for whoever offered the slot.


@require_http_methods(["GET", "HEAD"])
def bring_whose(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """Of whom? Those whom one accompanies, by name."""
    it = _it(request, slot_id)
    policy.can_bring(request.actor, it.row, clock.now()).or_raise()
    people = queries.my_people(actor=request.actor)
    return render(request, "supervision/bring_whose.html", {"it": it, "people": people})


@require_http_methods(READ_AND_WRITE)
def bring(request: PageRequest, slot_id: UUID, file_id: UUID) -> HttpResponse:
    """Which notes? Then the very words that will be read, and until when; then, brought."""
    it, actor = _it(request, slot_id), request.actor
    if not participants.is_visible(file_id, actor=actor):
        raise Http404
    policy.can_bring(actor, it.row, clock.now()).or_raise()
    choices = brought.choices(file_id, actor=actor)
    form = BringForm(request.POST or None, choices=choices)
    says = {
        "it": it,
        "form": form,
        "has_notes": bool(choices),
        "until": policy.ends_at(it.row) + policy.AFTER,
    }
    if not form.is_bound or not form.is_valid():
        says["name"] = dict(participants.names([file_id], actor=actor)).get(file_id, "")
        status = 422 if form.is_bound else 200
        return render(request, "supervision/bring.html", says, status=status)
    notes = form.cleaned_data["notes"]
    if "sure" in request.POST:
        actions.bring(form.record_id, it.row, file_id, notes, by=actor, at=clock.now())
        return redirect("supervision:slot", slot_id)
    says["shown"] = _shown(brought.chosen(file_id, notes, actor=actor))
    return render(request, "supervision/bring_sure.html", says)


def _shown(chosen: list[Chosen]) -> list[tuple[Chosen, str, str]]:
    """Each, its kind in words, and who wrote it."""
    names = queries.names_of(one.written_by for one in chosen)
    return [
        (one, regions.label("contact_kinds", one.kind), names.get(one.written_by, ""))
        for one in chosen
    ]


@require_http_methods(["GET", "HEAD"])
def read_brought(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """The notes that were brought, read by the two: each reading is told to the person."""
    it = _it(request, slot_id)
    notes = queries.read(it.row, actor=request.actor)
    if not notes:
        raise Http404
    says = {"it": it, "notes": notes, "until": notes[0].row.goes_at}
    return render(request, "supervision/brought.html", says)


@require_POST
def take_back(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """They are read no more, by a press."""
    actions.take_back(_it(request, slot_id).row, by=request.actor, at=clock.now())
    return redirect("supervision:slot", slot_id)


@require_http_methods(READ_AND_WRITE)
def step_back(request: PageRequest, slot_id: UUID) -> HttpResponse:
    """The person is known outside work: asked once more first, for it is for good."""
    it = _it(request, slot_id)
    policy.can_step_back(request.actor, it.row).or_raise()
    if request.method == "POST":
        actions.step_back(it.row, by=request.actor, at=clock.now())
        return redirect("supervision:slot", slot_id)
    return render(request, "supervision/step_back.html", {"it": it, "form": Form()})


def _it(request: PageRequest, slot_id: UUID) -> Mine:
    it = queries.slot(slot_id, actor=request.actor)
    if it is None:
        raise Http404
    return it
