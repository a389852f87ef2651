"""What does one see of an incident: two lines to tell it, the register, a lost device, a person?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import actions as accounts
from spheres.accounts import queries as account_queries
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.decision import Decision
from spheres.core.errors import WrongState
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.privacy.incidents import actions, documents, exposed, policy, queries, saying
from spheres.privacy.incidents.exposed import Exposed
from spheres.privacy.incidents.forms import (
    AssessForm,
    ColleagueForm,
    ConcernedForm,
    DaysForm,
    InformForm,
    LetterForm,
    NoticeForm,
    PersonsForm,
    PressForm,
    TellForm,
    WordsForm,
)
from spheres.privacy.incidents.models import Addition, Happened, Information
from spheres.privacy.incidents.queries import Entry
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui.forms import Form
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
Item = Addition.Item
ITEMS: Final = tuple(Item)
FORMS: Final[dict[str, type[WordsForm]]] = {
    Item.WHEN: DaysForm,
    Item.AWARE: DaysForm,
    Item.PERSONS: PersonsForm,
}


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """The register, for whoever keeps it; for everybody, what they told themselves."""
    policy.can_tell(request.actor).or_raise()
    today = clock.today()
    keeps = policy.can_keep(request.actor)
    entries = queries.register(actor=request.actor) if keeps else []
    mine = [] if keeps else queries.told_by_me(actor=request.actor)
    lines = [saying.line(one, today, keeps=bool(keeps)) for one in (entries or mine)]
    return render(request, "incidents/list.html", {"lines": lines, "keeps": keeps})


@require_http_methods(READ_AND_WRITE)
def tell(request: PageRequest) -> HttpResponse:
    """Under a minute: two lines, what it looks like, what it concerned."""
    policy.can_tell(request.actor).or_raise()
    form = TellForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        told = actions.tell(form.told(), by=request.actor, at=clock.now())
        return redirect("incidents:detail", told)
    answers = queries.answering(actor=request.actor, at=clock.now())
    says = {"form": form, "answers": answers}
    return render(request, "incidents/tell.html", says, status=422 if form.is_bound else 200)


@require_GET
def detail(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """The entry, item by item, for whoever keeps the register; their own telling for the other."""
    entry = opened(request, incident_id)
    keeps = keeps_it(request, entry)
    today = clock.today()
    duties = entry.duties(today)
    answers = None if keeps else queries.answering(actor=request.actor, at=clock.now())
    says = {
        "entry": entry,
        "line": saying.line(entry, today, keeps=keeps),
        "items": saying.items(entry) if keeps else saying.of_teller(entry),
        "todo": saying.todo(entry, duties) if keeps else [],
        "papers": documents.papers(entry) if keeps else [],
        "keeps": keeps,
        "is_mine": not keeps,
        "answers": answers,
        "may_close": policy.can_close(
            request.actor, duties, is_waiting=policy.is_waiting(entry.done, today)
        ),
        "may_concern": policy.can_concern(request.actor, entry.row.told_by),
        "press": PressForm(),
    }
    return render(request, "incidents/detail.html", says)


@require_http_methods(READ_AND_WRITE)
def item(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """One item of the entry: what stands, and the form that adds to it; nothing is edited."""
    entry = entry_or_404(request, incident_id)
    which = numbered(request, len(ITEMS))
    if which is None:
        return redirect("incidents:detail", incident_id)
    code = ITEMS[which - 1]
    policy.can_add(request.actor, entry.row.told_by, code).or_raise()
    form = form_of(code, entry, request)
    if form.is_bound and form.is_valid():
        _keep(code, entry, form, request)
        return redirect("incidents:detail", incident_id)
    vault.open(entry.rows, by=request.actor, action="incident.opened")
    keeps = keeps_it(request, entry)
    says = {
        "entry": entry,
        "line": saying.line(entry, clock.today(), keeps=keeps),
        "form": form,
        "item": saying.item(entry, code),
        "number": which,
        "letter": saying.LETTER_ASKS if code == Item.LETTER else (),
    }
    return render(request, "incidents/item.html", says, status=422 if form.is_bound else 200)


def form_of(code: str, entry: Entry, request: PageRequest) -> Form:
    """The form of one item: words, days, a number, an assessment, a notice."""
    sent = request.POST or None
    if code == Item.RISK:
        return AssessForm(sent)
    if code == Item.NOTICES:
        return NoticeForm(sent, to=entry.to)
    return FORMS.get(code, WordsForm)(sent)


def _keep(code: str, entry: Entry, form: Form, request: PageRequest) -> None:
    pk, by, at = entry.row.pk, request.actor, clock.now()
    if isinstance(form, AssessForm):
        actions.assess(pk, form.assessed(), by=by, at=at)
    elif isinstance(form, NoticeForm):
        actions.give(pk, form.given(), by=by, at=at)
    elif isinstance(form, WordsForm):
        actions.add(pk, form.added(code), by=by, at=at)


@require_http_methods(READ_AND_WRITE)
def concerned(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """Which of the persons one accompanies it concerns; said by whoever told it."""
    entry = entry_or_404(request, incident_id)
    policy.can_concern(request.actor, entry.row.told_by).or_raise()
    people = queries.my_people(actor=request.actor, at=clock.now())
    form = ConcernedForm(request.POST or None, people=people)
    if form.is_bound and form.is_valid():
        actions.concern(incident_id, form.file_ids, by=request.actor, at=clock.now())
        return redirect("incidents:detail", incident_id)
    already = {one.file_id for one in entry.concerned}
    said = [name for file_id, name in people if file_id in already]
    says = {"form": form, "people": people, "said": said, "entry": entry}
    return render(request, "incidents/concerned.html", says, status=422 if form.is_bound else 200)


@require_POST
def close(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """What could be done is done; what is learnt later is added all the same."""
    entry_or_404(request, incident_id)
    form = PressForm(request.POST)
    if not form.is_valid():
        return redirect("incidents:detail", incident_id)
    actions.close(incident_id, step_id=form.record_id, by=request.actor, at=clock.now())
    return redirect("incidents:detail", incident_id)


@require_POST
def paper(request: PageRequest, incident_id: UUID) -> HttpResponse:
    """One notice on paper, to be sent by the organisation's own means."""
    policy.can_keep(request.actor).or_raise()
    entry = entry_or_404(request, incident_id)
    code = request.POST.get("of", "")
    if code not in {one.code for one in documents.papers(entry)}:
        raise Http404
    vault.open(entry.rows, by=request.actor, action="incident.printed", basis=code.lower())
    words = documents.words_to(code, entry, actor=request.actor, at=clock.now())
    return pdf(documents.notice(entry, code, words, today=clock.today()), "notice.pdf")


@require_POST
@step_up
def paper_of_register(request: PageRequest) -> HttpResponse:
    """The whole register on paper, for the Commission when it asks."""
    policy.can_keep(request.actor).or_raise()
    entries = queries.register(actor=request.actor)
    rows = [row for one in entries for row in one.rows]
    vault.open(rows, by=request.actor, action="incident.printed", basis="register")
    name = account_queries.organisation_named(request.actor.organisation_id)
    return pdf(documents.register(entries, name, today=clock.today()), "register.pdf")


# A lost device.


@require_GET
def lost(request: PageRequest, device_id: UUID) -> HttpResponse:
    """My own, once removed: what could be seen on it, in one sentence, and an incident ready."""
    policy.can_tell(request.actor).or_raise()
    device = account_queries.my_device(device_id, actor=request.actor)
    if device is None or device.revoked_at is None:
        raise Http404
    found = exposed.on_mine(device_id, actor=request.actor, at=clock.now())
    return facts(request, found, device.get_kind_display())


@require_http_methods(READ_AND_WRITE)
@step_up
def colleague(request: PageRequest) -> HttpResponse:
    """A colleague who cannot say so: all that is open of hers ends at once."""
    policy.can_see_to_colleagues(request.actor).or_raise()
    people = queries.colleagues(actor=request.actor, at=clock.now())
    form = ColleagueForm(request.POST or None, people=people)
    if form.is_bound and form.is_valid():
        user_id = UUID(form.cleaned_data["colleague"])
        accounts.say_lost(user_id, by=request.actor, at=clock.now())
        return redirect("incidents:lost_by", user_id)
    says = {"form": form, "people": people}
    return render(request, "incidents/colleague.html", says, status=422 if form.is_bound else 200)


@require_GET
def lost_by(request: PageRequest, user_id: UUID) -> HttpResponse:
    """What could be seen on a colleague's device, once all that was open has ended."""
    policy.can_see_to_colleagues(request.actor).or_raise()
    found = exposed.on_colleagues(user_id, actor=request.actor, at=clock.now())
    if found is None:
        raise Http404
    return facts(request, found, "")


def facts(request: PageRequest, found: Exposed, kind: str) -> HttpResponse:
    said = saying.exposed(found)
    form = TellForm(
        initial={
            "words": saying.exposed_in_words(found, kind),
            "happened": Happened.LOST,
            "concerns": [Information.UNKNOWN],
        }
    )
    says: dict[str, Any] = {"found": found, "said": said, "form": form, "kind": kind}
    says["answers"] = queries.answering(actor=request.actor, at=clock.now())
    says["is_keeper"] = policy.can_keep(request.actor)
    says["is_beside"] = policy.can_be_beside(request.actor)
    return render(request, "incidents/lost.html", says)


# A person it concerns.


@dataclass(frozen=True)
class Row:
    """One incident beside a person, with the form that says whether they were told."""

    seen: queries.Beside
    sentences: tuple[str, ...]
    form: InformForm | None
    may: Decision
    paper: LetterForm


@require_http_methods(READ_AND_WRITE)
def beside(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What concerns one person, what they are to be told, and whether they were."""
    policy.can_be_beside(request.actor).or_raise()
    found = queries.of_file(file_id, actor=request.actor, today=clock.today())
    person = header(request, file_id, found)
    sent = request.POST.get("incident", "")
    rows = []
    for one in found:
        is_sent = str(one.row.incident_id) == sent
        form = InformForm(request.POST if is_sent else None, auto_id=f"id_{one.row.pk.hex[:8]}_%s")
        if is_sent and form.is_valid():
            actions.inform(
                file_id,
                one.row.incident_id,
                informed_id=form.record_id,
                look_again_on=form.again_on,
                by=request.actor,
                at=clock.now(),
            )
            return redirect("incidents:beside", file_id)
        may = policy.can_inform(request.actor, one.way)
        paper = LetterForm(auto_id=f"id_{one.row.pk.hex[:8]}_%s")
        rows.append(Row(one, saying.sentences(one), form if may else None, may, paper))
    says = {"person": person, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "incidents/beside.html", says, status=status)


@require_POST
def letter(request: PageRequest, file_id: UUID, incident_id: UUID) -> HttpResponse:
    """What the person is told, on plain paper, to be handed to them."""
    policy.can_be_beside(request.actor).or_raise()
    found = queries.of_file(file_id, actor=request.actor, today=clock.today())
    one = next((one for one in found if one.row.incident_id == incident_id), None)
    if one is None or one.letter is None:
        raise Http404
    if one.waits_until is not None:
        raise WrongState(policy.can_inform(request.actor, "", waits_until=one.waits_until).reason)
    vault.open([one.letter], by=request.actor, action="incident.printed", basis="letter")
    is_neutral = LetterForm(request.POST).is_neutral
    words = documents.words_of(one.letter, actor=request.actor)
    return pdf(documents.letter(one, words, is_neutral=is_neutral), "letter.pdf")


def header(request: PageRequest, file_id: UUID, found: list[queries.Beside]) -> Header:
    """Who she is, in one event of her journal; what she is told, in one of its reader's."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    vault.open(queries.letters_of(found), by=request.actor, action="incident.opened")
    return participants.header_of(known)


def opened(request: PageRequest, incident_id: UUID) -> Entry:
    entry = entry_or_404(request, incident_id)
    vault.open(entry.rows, by=request.actor, action="incident.opened")
    return entry


def entry_or_404(request: PageRequest, incident_id: UUID) -> Entry:
    entry = queries.entry(incident_id, actor=request.actor)
    if entry is None:
        raise Http404
    return entry


def keeps_it(request: PageRequest, entry: Entry) -> bool:
    """Whether it is of the register that one keeps here."""
    is_here = entry.row.organisation_id == request.actor.organisation_id
    return is_here and bool(policy.can_keep(request.actor))


def numbered(request: PageRequest, most: int) -> int | None:
    """Which of the items, as a number of the address; none: the whole entry."""
    try:
        number = int(request.GET.get("of", ""))
    except ValueError:
        return None
    return number if 1 <= number <= most else None


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
