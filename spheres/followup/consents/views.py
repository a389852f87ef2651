"""What is seen of what she shares: beside her, by her worker; and at a partner's?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.followup.consents import (
    absences,
    actions,
    documents,
    ending,
    policy,
    queries,
    reading,
)  # fmt: skip
from spheres.followup.consents.forms import AbsenceForm, AnewForm, BackForm, GiveForm, NoForm
from spheres.followup.consents.queries import Shared
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records.between.shared import beside as beside_shared
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import addresses
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


def beside(
    request: PageRequest, file_id: UUID, shared: list[Shared]
) -> tuple[Header, dict[UUID, object]]:
    """Who she is, and the words that go with each consent, in one event."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    said = queries.said(file_id, actor=request.actor) if shared else []
    vault.open([*known.rows, *said], by=request.actor, sections=[IDENTITY, CONTACT])
    return participants.header_of(known), {row.pk: row for row in said}


@require_GET
def hers(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What she shares, read aloud: who, what, what for, until when; and what she no longer does."""
    shared = queries.of_file(file_id, actor=request.actor, at=clock.now())
    person, said = beside(request, file_id, shared)
    decides_alone = person.decides_alone(on=clock.today(), since_age=regions.region().self_from)
    lines = [(one, said.get(one.consent.pk)) for one in shared]
    words = {
        "person": person,
        "live": [line for line in lines if line[0].is_live],
        "to_come": [line for line in lines if line[0].is_to_come],
        "over": [line for line in lines if not line[0].is_live and not line[0].is_to_come],
        "may": policy.can_share(request.actor),
        "decides_alone": decides_alone,
        # She has turned 14: what another gave for her is asked anew, of her alone.
        "to_ask_anew": decides_alone and any(one.waits_for_her for one in shared),
    }
    return render(request, "consents/hers.html", words)


@require_http_methods(READ_AND_WRITE)
def give(request: PageRequest, file_id: UUID) -> HttpResponse:
    """With her: whom, what, what for, until when; what will be seen is shown before it is."""
    policy.can_share(request.actor).or_raise()
    renews = renewed(request, file_id)
    person, _said = beside(request, file_id, [])
    form = GiveForm(
        request.POST or None,
        recipients=queries.recipients(actor=request.actor),
        person=person,
        renews=renews,
    )
    words = {"person": person, "form": form, "renews": renews}
    return with_her(
        request, file_id, "consents/give.html", words, back=addresses.to("consents:hers", file_id)
    )


@require_http_methods(READ_AND_WRITE)
def agree(request: PageRequest, file_id: UUID, cover_id: UUID) -> HttpResponse:
    """With her: whether somebody of a partner's answers while one of her workers is away."""
    policy.can_share(request.actor).or_raise()
    absence = absences.absence(file_id, cover_id, actor=request.actor, at=clock.now())
    if absence is None:
        raise Http404
    person, _said = beside(request, file_id, [])
    policy.can_rest_on(absence.is_there).or_raise()
    form = AbsenceForm(request.POST or None, absence=absence, person=person)
    words = {"person": person, "form": form, "absence": absence}
    return with_her(
        request, file_id, "consents/agree.html", words, back=addresses.to("covering:ask", cover_id)
    )


def with_her(
    request: PageRequest, file_id: UUID, template: str, words: dict[str, Any], *, back: str
) -> HttpResponse:
    """What will be seen is shown before she agrees; what was said is kept once she has."""
    form: GiveForm = words["form"]
    words = words | {"back": back, "language": get_language()}
    if form.is_bound and form.is_valid() and not form.findings():
        step = request.POST.get("step")
        if step == "confirm":
            given = form.given()
            person = words["person"]
            actions.give(file_id, given, person=person, by=request.actor, at=clock.now())
            return redirect(back)
        if step != "change":
            seen = reading.read(file_id, (IDENTITY, *form.given().sections), actor=request.actor)
            words |= {"seen": seen, "to": form.recipient}
            return render(request, "consents/preview.html", words)
        return render(request, template, words)
    return render(request, template, words, status=422 if form.is_bound else 200)


def renewed(request: PageRequest, file_id: UUID) -> Shared | None:
    """The one that this one continues, when the address says so."""
    try:
        wanted = UUID(request.GET.get("renews", ""))
    except ValueError:
        return None
    return queries.one_of(file_id, wanted, actor=request.actor, at=clock.now())


@require_http_methods(READ_AND_WRITE)
def anew(request: PageRequest, file_id: UUID, consent_id: UUID) -> HttpResponse:
    """In one step, with her: the same again, as it will be seen. To change it, the whole form."""
    policy.can_share(request.actor).or_raise()
    person, _said = beside(request, file_id, [])
    renews = queries.one_of(file_id, consent_id, actor=request.actor, at=clock.now())
    if renews is None:
        sent = AnewForm.number_of(request.POST)
        if sent and queries.has_papers(file_id, sent, actor=request.actor):
            return redirect("consents:hers", file_id)  # sent twice
        raise Http404
    to = next(
        (one for one in queries.recipients(actor=request.actor) if one.id == renews.recipient), None
    )
    if to is None:  # whoever was named cannot be given anything there
        return redirect(f"{addresses.to('consents:give', file_id)}?renews={consent_id}")
    form = AnewForm(request.POST or None, recipient=to, renews=renews, person=person)
    if form.is_bound and form.is_valid() and not form.findings():
        given = form.given()
        actions.give(file_id, given, person=person, by=request.actor, at=clock.now())
        return redirect("consents:hers", file_id)
    words = {
        "person": person,
        "form": form,
        "one": renews,
        "seen": reading.read(file_id, renews.consent.sections, actor=request.actor),
        "language": get_language(),
        "is_said_otherwise": renews.is_said_otherwise,
    }
    return render(request, "consents/anew.html", words, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def say_no(request: PageRequest, file_id: UUID, consent_id: UUID) -> HttpResponse:
    """With her, from 14: what another had agreed to for her, and that she does not want it."""
    policy.can_share(request.actor).or_raise()
    person, _said = beside(request, file_id, [])
    shared = queries.of_file(file_id, actor=request.actor, at=clock.now())
    one = next((one for one in shared if one.consent.pk == consent_id), None)
    if one is None or not (one.waits_for_her or one.declined):
        raise Http404
    if one.declined:  # sent twice, or answered meanwhile
        return redirect("consents:hers", file_id)
    alone = person.decides_alone(on=clock.today(), since_age=regions.region().self_from)
    policy.can_decline(decides_alone=alone, waits_for_her=one.waits_for_her).or_raise()
    form = NoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        how = form.cleaned_data["form"]
        actions.say_no(
            file_id, consent_id, form=how, person=person, by=request.actor, at=clock.now()
        )
        return redirect("consents:hers", file_id)
    words = {"person": person, "form": form, "one": one}
    return render(request, "consents/no.html", words, status=422 if form.is_bound else 200)


@require_GET
def ending_soon(request: PageRequest) -> HttpResponse:
    """What my people share and that ends within thirty days, or ended lately, each with the way to
    say it anew."""
    policy.can_share(request.actor).or_raise()
    listed = ending.soon(actor=request.actor, at=clock.now())
    return render(request, "consents/ending.html", {"listed": listed})


@require_http_methods(READ_AND_WRITE)
def take_back(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One, some or all, in one press; what was opened meanwhile is on the page that follows."""
    policy.can_share(request.actor).or_raise()
    shared = queries.of_file(file_id, actor=request.actor, at=clock.now())
    person, _said = beside(request, file_id, [])
    live = [one for one in shared if one.is_live or one.is_to_come]
    chosen = request.GET.get("which", "")
    form = BackForm(request.POST or None, live=live, suspended=person.suspended, chosen=chosen)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.take_back(
            file_id,
            form.chosen,
            said_by=said["said_by"],
            form=said["form"],
            suspended=person.suspended,
            by=request.actor,
            at=clock.now(),
        )
        return redirect("consents:hers", file_id)
    words = {"person": person, "form": form, "live": live}
    return render(request, "consents/back.html", words, status=422 if form.is_bound else 200)


@require_GET
def card(request: PageRequest) -> HttpResponse:
    """What is read aloud at the start, on paper: it names nobody, nor the programme."""
    policy.can_share(request.actor).or_raise()
    asked = request.GET.get("in", "")
    with override(asked if asked in {"fr", "en"} else get_language()):
        made = documents.card()
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="information.pdf"'
    return answer


@serves(SHARED)
@require_GET
def with_us(request: PageRequest) -> HttpResponse:
    """What persons share with us, by name; and, without a name, what no longer is."""
    policy.can_read(request.actor).or_raise()
    found = queries.with_us(actor=request.actor, at=clock.now())
    return render(request, "consents/with_us.html", {"found": found})


@serves(SHARED)
@require_GET
def shared(request: PageRequest, consent_id: UUID) -> HttpResponse:
    """What one consent opens, and nothing else; no longer open is the same as never there."""
    policy.can_read(request.actor).or_raise()
    consent = queries.to_me(consent_id, actor=request.actor, at=clock.now())
    seen = consent and reading.read(
        consent.file_id,
        consent.sections,
        actor=request.actor,
        action=queries.OPENED,
        basis=queries.basis_of(consent_id),
        beside=beside_shared(consent.file_id, consent_id, actor=request.actor),
    )
    if not consent or not seen:
        raise Http404
    call, at = queries.holders(consent, actor=request.actor)
    words = {
        "seen": seen,
        "received": queries.Received(consent, seen.name),
        "call": call,
        "call_at": ", ".join(at),
    }
    return render(request, "consents/shared.html", words)
