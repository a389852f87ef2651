"""What is seen of what is told: by her worker, by her, by who decides, by whoever receives it?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.disclosures import actions, documents, policy, queries, saying
from spheres.followup.disclosures.forms import (
    AskedForm,
    DecideForm,
    PressForm,
    ReceiptForm,
)
from spheres.followup.disclosures.lines import Found, Line
from spheres.followup.disclosures.meeting import SurvivorForm
from spheres.followup.disclosures.policy import Ground, Purpose
from spheres.followup.disclosures.preparing import PrepareForm
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Header
from spheres.records.between import refusing, telling
from spheres.records.between.begun import begun
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import moments
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
GROUNDS: Final = tuple(Disclosure.Ground)
# A report to youth protection has a page of its own (`records/between/telling.py`).
ON_ITS_PAGE: Final = {Ground.YOUTH_PROTECTION, Ground.DANGER}


def beside(request: PageRequest, file_id: UUID, found: Found | None = None) -> Header:
    """Who she is, and these words with her name, in one event."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    rows = found.rows if found else []
    vault.open([*known.rows, *rows], by=request.actor, sections=[IDENTITY, CONTACT])
    return participants.header_of(known)


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was told of her, and what waits; the ways to tell, and to write what was refused."""
    found = queries.of_file(file_id, actor=request.actor, at=clock.now())
    person = beside(request, file_id, found)
    may, notes = policy.can_prepare(request.actor), policy.can_write_down(request.actor)
    says = {"person": person, "lines": found.lines, "may": may, "notes": notes}
    return render(request, "disclosures/page.html", says)


@require_http_methods(READ_AND_WRITE)
def register(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The register as she reads it; sent, the same on paper. What could harm her is not in it."""
    whole = queries.of_file(file_id, actor=request.actor, at=clock.now())
    read = [line for line in whole.lines if not line.is_kept_from_her]
    found = Found(read, whole.elsewhere)
    person = beside(request, file_id, found)
    lines = saying.lines(found.lines, telling.besides(file_id, actor=request.actor))
    if request.method == "POST":
        on_paper = [line for line in lines if not line.is_never_on_paper]
        return _pdf(documents.register(on_paper), "register.pdf")
    told = {"lines": lines}
    return render(request, "disclosures/register.html", {"person": person, "told": told})


@require_http_methods(READ_AND_WRITE)
def prepare(request: PageRequest, file_id: UUID) -> HttpResponse:
    """First on which ground; then to whom, what for, item by item; then exactly what will go."""
    policy.can_prepare(request.actor).or_raise()
    person = beside(request, file_id)
    ground = _ground(request)
    if ground is None:
        notes = policy.can_write_down(request.actor)
        is_adult = person.decides_alone(on=clock.today(), since_age=policy.ADULT)
        grounds = [
            (number, one)
            for number, one in enumerate(GROUNDS, 1)
            if policy.at_this_age(one, is_adult=is_adult) and (notes or one not in ON_ITS_PAGE)
        ]
        says: dict[str, Any] = {"person": person, "grounds": grounds, "notes": notes}
        return render(request, "disclosures/grounds.html", says)
    form = PrepareForm(
        request.POST or None,
        ground=ground,
        recipients=[
            *queries.circles(actor=request.actor),
            *queries.recipients(actor=request.actor),
        ],
        barred_of=lambda to: queries.barred(file_id, to, actor=request.actor, at=clock.now()),
        by=request.actor,
        refused=refusing.relatives(file_id, actor=request.actor),
        person=person,
    )
    says = {"person": person, "form": form, "ground": ground, "on": GROUNDS.index(ground) + 1}
    if form.is_bound and form.is_valid() and not form.findings():
        step = request.POST.get("step")
        told = form.prepared()
        try:
            actions.may_prepare(file_id, told, person=person, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            form.add_error("to", str(refusal.reason))
            return render(request, "disclosures/prepare.html", says, status=422)
        if step == "confirm":
            actions.prepare(file_id, told, person=person, by=request.actor, at=clock.now())
            return redirect("disclosures:detail", file_id, told.id)
        if step != "change":
            said = [(policy.ITEMS[code].label, words) for code, words in told.items.items()]
            says |= {"told": told, "said": said, "to": form.to_whom}
            says["purpose"] = Purpose(told.purpose).label
            return render(request, "disclosures/preview.html", says)
        return render(request, "disclosures/prepare.html", says)
    return render(request, "disclosures/prepare.html", says, status=422 if form.is_bound else 200)


def _ground(request: PageRequest) -> Disclosure.Ground | None:
    """By what right, as a number of the address; none: it is chosen first."""
    try:
        number = int(request.GET.get("on", ""))
    except ValueError:
        return None
    found = GROUNDS[number - 1] if 1 <= number <= len(GROUNDS) else None
    return None if found in ON_ITS_PAGE else found


@require_http_methods(READ_AND_WRITE)
def survivors(request: PageRequest, file_id: UUID) -> HttpResponse:
    """She asks to meet somebody who has lived through it: a name, a language, a way, two dates."""
    policy.can_write_down(request.actor).or_raise()
    person = beside(request, file_id)
    programmes = queries.survivor_programmes(actor=request.actor)
    form = SurvivorForm(request.POST or None, programmes=programmes, person=person)
    says: dict[str, Any] = {"person": person, "form": form, "programmes": programmes}
    says["begun"] = begun(file_id, request.GET.get("ask", ""), actor=request.actor)
    if form.is_bound and form.is_valid() and not form.findings():
        days = sorted((form.cleaned_data["first_on"], form.cleaned_data["second_on"]))
        told = form.prepared(_("%(first)s, or %(second)s") % {
            "first": moments.day(days[0]), "second": moments.day(days[1]),
        })  # fmt: skip
        step = request.POST.get("step")
        if step == "confirm":
            actions.prepare(file_id, told, person=person, by=request.actor, at=clock.now())
            return redirect("disclosures:detail", file_id, told.id)
        if step != "change":
            said = [(policy.ITEMS[code].label, words) for code, words in told.items.items()]
            says |= {"told": told, "said": said, "to": form.programmes[form.cleaned_data["to"]].who}
            says |= {"purpose": Purpose.SURVIVOR.label, "ground": Ground.CONSENT}
            return render(request, "disclosures/preview.html", says)
        return render(request, "disclosures/survivors.html", says)
    return render(request, "disclosures/survivors.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def asked(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Something was asked, and nothing was told: it goes in her register."""
    policy.can_write_down(request.actor).or_raise()
    person = beside(request, file_id)
    form = AskedForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.refuse_what_is_asked(file_id, form.asked(), by=request.actor, at=clock.now())
        return redirect("disclosures:page", file_id)
    says = {"person": person, "form": form, "never": policy.NEVER}
    return render(request, "disclosures/asked.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def detail(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """One of them: its words, where it stands; taken back, or handed over with a receipt."""
    line = one_of(request, file_id, disclosure_id)
    if line.elsewhere:
        return redirect(line.elsewhere.pages[disclosure_id], file_id, disclosure_id)
    person = beside(request, file_id, Found([line]))
    press = PressForm(
        request.POST if request.POST.get("step") == "back" else None, auto_id="back_%s"
    )
    receipt = ReceiptForm(
        request.POST if request.POST.get("step") == "hand" else None, auto_id="hand_%s"
    )
    if request.method == "POST":
        by, at = request.actor, clock.now()
        if press.is_bound and press.is_valid():
            actions.take_back(line.row, step_id=press.record_id, by=by, at=at)
            return redirect("disclosures:detail", file_id, disclosure_id)
        if receipt.is_bound and line.is_transfer:
            raise WrongState(policy.NOT_NOW)  # its receipt is the code that was inside
        if receipt.is_bound and receipt.is_valid():
            words = receipt.cleaned_data["words"]
            step_id = receipt.record_id
            actions.hand_over(line.row, step_id=step_id, receipt=words, by=by, at=at)
            return redirect("disclosures:detail", file_id, disclosure_id)
    says = {
        "person": person,
        "line": line,
        "sealings": queries.sealings(line.row, actor=request.actor) if line.is_transfer else [],
        "press": press,
        "receipt": receipt,
        "may": policy.can_prepare(request.actor),
        "may_close": _may_close(request, line),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "disclosures/detail.html", says, status=status)


def _may_close(request: PageRequest, line: Line) -> bool:
    """Whether what goes on here is of before they were transferred: they say which stays. Whoever
    came back since began anew."""
    if not (line.is_transfer and line.handed):
        return False
    found = participants.episode(line.row.file_id, actor=request.actor)
    if found is None or found[0] in participants.OVER:
        return False
    is_back = found[0] == FollowUpStatus.Status.RETURNED
    return not (is_back and found[1] > line.handed.done_at)


@require_POST
def paper(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """On paper, for somebody outside, once it was approved."""
    policy.can_prepare(request.actor).or_raise()
    line = one_of(request, file_id, disclosure_id)
    if not line.may_be_handed:
        raise WrongState(policy.NOT_NOW)
    vault.open(
        Found([line]).rows,
        by=request.actor,
        action="disclosure.printed",
        basis=queries.basis_of(disclosure_id),
    )
    return _pdf(documents.told(line), "communication.pdf")


def one_of(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> Line:
    """The line of this address, when its reader may see it."""
    line = queries.one_of(file_id, disclosure_id, actor=request.actor, at=clock.now())
    if line is None:
        raise Http404
    return line


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# A second person.


@require_GET
def to_decide(request: PageRequest) -> HttpResponse:
    """What waits for a second look, without a name: by what right, for whom, since when."""
    policy.can_look(request.actor).or_raise()
    found = queries.to_decide(actor=request.actor, at=clock.now())
    return render(request, "disclosures/to_decide.html", {"lines": found.lines})


@require_http_methods(READ_AND_WRITE)
@step_up
def decide(request: PageRequest, disclosure_id: UUID) -> HttpResponse:
    """Exactly what would go, and what stands behind it; yes, or no with a reason."""
    policy.can_look(request.actor).or_raise()
    line = queries.one_to_decide(disclosure_id, actor=request.actor, at=clock.now())
    if line is None:
        raise Http404
    may = policy.can_decide(request.actor, line.row.prepared_by)
    form = DecideForm(request.POST or None)
    if form.is_bound:
        may.or_raise()
        if form.is_valid():
            actions.decide(
                line.row,
                step_id=form.record_id,
                is_approved=form.cleaned_data["decision"] == "yes",
                words=form.cleaned_data["words"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("disclosures:to_decide")
    vault.open(Found([line]).rows, by=request.actor, sections=line.row.said_of)
    says = {"line": line, "form": form, "may": may}
    return render(request, "disclosures/decide.html", says, status=422 if form.is_bound else 200)


# Whoever it is told to.


@require_GET
def received(request: PageRequest) -> HttpResponse:
    """What was handed over to me, without a name; and, nameless too, what no longer may be read."""
    policy.can_receive(request.actor).or_raise()
    found, ended = queries.received(actor=request.actor, at=clock.now())
    return render(request, "disclosures/received.html", {"lines": found.lines, "ended": ended})


@require_http_methods(READ_AND_WRITE)
def told(request: PageRequest, disclosure_id: UUID) -> HttpResponse:
    """The frozen page, and nothing else; sent, it says that it was received."""
    policy.can_receive(request.actor).or_raise()
    line = queries.told_to_me(disclosure_id, actor=request.actor, at=clock.now())
    if line is None or line.told is None:
        raise Http404
    form = PressForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.receive(line.row, step_id=form.record_id, by=request.actor, at=clock.now())
        return redirect("disclosures:told", disclosure_id)
    vault.open(
        [line.told],
        by=request.actor,
        sections=line.row.said_of,
        action=queries.OPENED,
        basis=queries.basis_of(disclosure_id),
    )
    return render(request, "disclosures/told.html", {"line": line, "form": form})
