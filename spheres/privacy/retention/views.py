"""What does whoever keeps the files see, without a name; and what is said to the person?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.jobs import defer
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.privacy.retention import actions, documents, policy, queries, tasks
from spheres.privacy.retention.forms import (
    AskForForm,
    AskForm,
    ConfirmForm,
    HoldForm,
    LiftForm,
    PaperForm,
    ProposeForm,
    RuleForm,
)
from spheres.privacy.retention.queries import Line
from spheres.records.documents import reference
from spheres.regions import queries as regions
from spheres.sharing.models import Ending, Hold
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui.forms import Form
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def queue(request: PageRequest) -> HttpResponse:
    """What was asked, what has come to its day, what waits for a second person, what was decided:
    references and days, no name, no word."""
    policy.can_keep(request.actor).or_raise()
    says = {
        "asked": queries.unanswered(actor=request.actor),
        "due": queries.due(actor=request.actor),
        "waits": queries.to_decide(actor=request.actor),
        "decided": queries.decided(actor=request.actor, at=clock.now()),
        "actor": request.actor,
        "may_set": policy.can_set_rules(request.actor),
        "today": clock.today(),
    }
    return render(request, "retention/queue.html", says)


@require_http_methods(READ_AND_WRITE)
def rules(request: PageRequest) -> HttpResponse:
    """How long each class is kept here; the privacy officer says otherwise."""
    policy.can_keep(request.actor).or_raise()
    found = queries.rules(actor=request.actor)
    form = RuleForm(request.POST or None, years={one.sort: one.years for one in found})
    if form.is_bound:
        policy.can_set_rules(request.actor).or_raise()
        if form.is_valid():
            told = form.cleaned_data
            actions.say_rule(
                form.record_id,
                sort=told["sort"],
                years=told["years"],
                basis=told["basis"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("retention:rules")
    says = {"rules": found, "form": form, "may_set": policy.can_set_rules(request.actor)}
    return render(request, "retention/rules.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def asked(request: PageRequest) -> HttpResponse:
    """The privacy officer writes down what a person asked of them."""
    policy.can_read_words(request.actor).or_raise()
    form = AskForForm(request.POST or None, actor=request.actor)
    if form.is_bound and form.is_valid() and not form.findings():
        file_id, actor = form.file_id, request.actor
        if queries.sorts_of(file_id, actor=actor) is None:
            form.add_error("reference", str(policy.NOT_YOURS))
        elif _is_written(request, form, file_id):
            return redirect("retention:file", file_id)
    status = 422 if form.is_bound else 200
    return render(request, "retention/asked.html", {"form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
def one_file(request: PageRequest, kept_id: UUID) -> HttpResponse:
    """One file, by its reference: its classes, what was asked, and what is proposed."""
    actor, file_id = request.actor, kept_id
    policy.can_keep(actor).or_raise()
    sorts = queries.sorts_of(file_id, actor=actor)
    if sorts is None:
        raise Http404
    due = [one for one in queries.due(actor=actor) if one.file_id == file_id]
    found = queries.asked_of(file_id, actor=actor)
    open_request = next((one.row.pk for one in found if not one.answer), None)
    form = ProposeForm(
        request.POST or None,
        sorts=sorts,
        is_due=due[0].sorts if due else (),
        requested=open_request,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.propose(file_id, form.said(), by=actor)
            return redirect("retention:one", form.record_id)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal.reason))
    # Their words are opened for whoever answers, and it is told in the file’s journal.
    vault.open([one.words for one in found if one.words], by=actor, basis="erasure")
    says = {
        "file_id": file_id,
        "reference": reference(file_id),
        "sorts": sorts,
        "due": due[0] if due else None,
        "asked": found,
        "lines": queries.lines(queries.endings(actor=actor).filter(file_id=file_id), actor=actor),
        "form": form if due or open_request else None,
        "today": clock.today(),
        "reads": policy.can_read_words(actor),
    }
    return render(request, "retention/file.html", says, status=422 if form.is_bound else 200)


@require_GET
def one(request: PageRequest, ending_id: UUID) -> HttpResponse:
    """What is proposed or decided of one file: by whom, why, and what comes next."""
    return _one(request, _found(request, ending_id))


@require_POST
@step_up
def confirm(request: PageRequest, ending_id: UUID) -> HttpResponse:
    """The second person says yes; what is to be destroyed is carried out after."""
    line = _found(request, ending_id)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _one(request, line, confirming=form)
    try:
        actions.confirm(line.row, by=request.actor)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal.reason))
        return _one(request, line, confirming=form)
    if line.row.exit == Ending.Exit.DESTROYED:
        defer(tasks.carry_out_one, by=request.actor, ending_id=str(ending_id))
    return redirect("retention:one", ending_id)


@require_POST
def take_back(request: PageRequest, ending_id: UUID) -> HttpResponse:
    """Nothing of it is done."""
    line = _found(request, ending_id)
    actions.take_back(line.row, by=request.actor)
    return redirect("retention:one", ending_id)


@require_POST
@step_up
def lift(request: PageRequest, ending_id: UUID) -> HttpResponse:
    """One asks that it be opened again, on a legal ground; another does it."""
    line = _found(request, ending_id)
    form = LiftForm(request.POST) if line.row.lift_asked_at is None else ConfirmForm(request.POST)
    if not form.is_valid():
        return _one(request, line, lifting=form)
    try:
        if line.row.lift_asked_at is None:
            actions.ask_to_lift(line.row, form.cleaned_data["ground"], by=request.actor)
        else:
            actions.lift(line.row, by=request.actor)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal.reason))
        return _one(request, line, lifting=form)
    return redirect("retention:one", ending_id)


@require_POST
def paper(request: PageRequest, ending_id: UUID, kind: str) -> HttpResponse:
    """The letter for the person, or the certificate; it names nobody who is accompanied."""
    line = _found(request, ending_id)
    policy.can_print(request.actor, line.row).or_raise()
    form = PaperForm(request.POST, auto_id=f"{kind}_%s")
    if kind not in documents.KINDS or (kind == documents.CERTIFICATE and not line.row.done_at):
        raise Http404
    if not form.is_valid():
        return _one(request, line, papers={kind: form})
    actions.print_paper(line.row, by=request.actor)
    made = documents.make(
        kind,
        line,
        documents.words_of(kind, line, actor=request.actor),
        language=form.cleaned_data["language"],
        is_neutral=bool(form.cleaned_data["neutral"]),
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAMES[kind]}"'
    return answer


@require_http_methods(READ_AND_WRITE)
def holds(request: PageRequest) -> HttpResponse:
    """Legal holds, for those who may know of them."""
    policy.can_see_holds(request.actor).or_raise()
    form = HoldForm(request.POST or None, actor=request.actor)
    if form.is_bound:
        policy.can_hold(request.actor).or_raise()
        if form.is_valid():
            actions.place_hold(
                form.record_id,
                form.file_id,
                ground=form.cleaned_data["ground"],
                words=form.cleaned_data["words"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("retention:holds")
    return _holds(request, form)


@require_POST
@step_up
def end_hold(request: PageRequest, hold_id: UUID) -> HttpResponse:
    """Asked to end by one, ended by another."""
    policy.can_see_holds(request.actor).or_raise()
    found = _hold(request, hold_id)
    form = HoldForm(actor=request.actor)
    try:
        actions.end_hold(found, by=request.actor)
    except NotAllowed as refusal:
        return _holds(request, form, wrong=str(refusal.reason))
    return redirect("retention:holds")


@require_http_methods(READ_AND_WRITE)
def hers(request: PageRequest, file_id: UUID) -> HttpResponse:
    """With her: how long it is kept, what each word means, and her request."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    policy.can_ask(request.actor).or_raise()
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    form = AskForm(request.POST or None, alone=_asks_alone(person, bool(known.suspended)))
    if form.is_bound and form.intact and queries.is_asked(form.record_id, actor=request.actor):
        return redirect("retention:hers", file_id)  # sent twice
    is_whole = form.is_bound and form.is_valid() and not form.findings()
    if is_whole and _is_written(request, form, file_id):
        return redirect("retention:hers", file_id)
    found = queries.asked_of(file_id, actor=request.actor)
    mine = [one.words for one in found if one.words]
    vault.open(mine, by=request.actor)
    says = {
        "person": person,
        "rules": queries.rules(actor=request.actor),
        "asked": found,
        "form": form,
        "reference": reference(file_id),
        "backups": documents.backups(),
        "today": clock.today(),
    }
    return render(request, "retention/hers.html", says, status=422 if form.is_bound else 200)


def _is_written(request: PageRequest, form: AskForm, file_id: UUID) -> bool:
    """Written down; or said on the form, when the same request waits already."""
    try:
        actions.ask(file_id, form.said(), by=request.actor, at=clock.now())
    except WrongState as wrong:
        form.add_error(None, str(wrong.reason))
        return False
    return True


def _asks_alone(person: Header, suspended: bool) -> bool:
    """From 14 she alone asks that what was written of her go; under 14 too, while the rights of
    whoever speaks for her are suspended."""
    since = regions.region().self_from
    return suspended or person.decides_alone(on=clock.today(), since_age=since)


def _hold(request: PageRequest, hold_id: UUID) -> Hold:
    """The hold at this address, for those who may know of it."""
    found = queries.hold(hold_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _found(request: PageRequest, ending_id: UUID) -> Line:
    """The one at this address, for those who keep the files of its organisation."""
    policy.can_keep(request.actor).or_raise()
    found = queries.ending(ending_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _one(
    request: PageRequest,
    line: Line,
    *,
    confirming: Form | None = None,
    lifting: Form | None = None,
    papers: dict[str, Form] | None = None,
) -> HttpResponse:
    actor, row = request.actor, line.row
    may = {
        "confirm": policy.can_confirm(actor, row),
        "take_back": policy.can_take_back(actor, row),
        "ask_to_lift": policy.can_ask_to_lift(actor, row),
        "lift": policy.can_lift(actor, row),
        "print": policy.can_print(actor, row),
    }
    kinds = [kind for kind in documents.KINDS if kind != documents.CERTIFICATE or row.done_at]
    says: dict[str, Any] = {
        "line": line,
        "ending": row,
        "reference": reference(row.file_id),
        "may": may,
        "backups": documents.backups(),
        "confirming": confirming or ConfirmForm(),
        "taking_back": Form(auto_id="back_%s"),
        "lifting": lifting or (LiftForm() if may["ask_to_lift"] else ConfirmForm()),
        "papers": [
            (
                kind,
                documents.TITLES[kind],
                (papers or {}).get(kind) or PaperForm(auto_id=f"{kind}_%s"),
            )
            for kind in kinds
            if may["print"]
        ],
    }
    status = 422 if confirming or lifting or papers else 200
    return render(request, "retention/one.html", says, status=status)


def _holds(request: PageRequest, form: HoldForm, *, wrong: str = "") -> HttpResponse:
    actor = request.actor
    found = queries.holds(actor=actor)
    says = {
        "lines": [
            (
                one,
                reference(one.row.file_id),
                Form(auto_id=f"{one.row.pk}_%s"),
                one.row.end_asked_by != actor.user_id,
            )
            for one in found
        ],
        "form": form,
        "may_hold": policy.can_hold(actor),
        "wrong": wrong,
    }
    status = 422 if form.is_bound or wrong else 200
    return render(request, "retention/holds.html", says, status=status)
