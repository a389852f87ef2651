"""What does one see and do of one request: its steps, its answer, its letters, its copy?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.decision import Decision as May
from spheres.privacy.access_requests import (
    actions,
    documents,
    giving,
    policy,
    portable,
    queries,
)
from spheres.privacy.access_requests.documents import Letterhead
from spheres.privacy.access_requests.forms import (
    AnswerForm,
    HandedForm,
    PressForm,
    SeatForm,
    StepForm,
)
from spheres.privacy.access_requests.models import Ground, Outcome, Step, Wish
from spheres.privacy.access_requests.views.reached import Reached, beside, seated
from spheres.records.between import copying, together
from spheres.records.between.copying import Goes
from spheres.records.between.together import Copied, CopiedRegister
from spheres.vault import actions as vault

ACKNOWLEDGEMENT, DECISION = "received", "answer"
LANGUAGES: Final = ("fr", "en")
SHAPES: Final = {"pdf": "application/pdf", "json": "application/json"}


@dataclass(frozen=True)
class Due:
    """One step of a request: what was written of it, and where it is written."""

    kind: str
    label: Any
    newest: Step | None
    author: str
    url: str
    may: May


def _one(request: PageRequest, reached: Reached) -> HttpResponse:
    """What is asked, until when, which steps are done, what is missing, what was answered."""
    return render(request, "access_requests/one.html", _words(request, reached))


def _words(request: PageRequest, reached: Reached) -> dict[str, Any]:
    asked = reached.asked
    facts = asked.facts_at(reached.age)
    outcomes = [(one, policy.can_answer(request.actor, facts, one)) for one in Outcome]
    given = asked.decision is not None and asked.decision.outcome in policy.GIVING
    has_copy = given and asked.row.wish in {Wish.COPY, Wish.PORTABLE}
    return {
        "reached": reached,
        "asked": asked,
        "person": reached.person,
        "words": asked.newest(Step.Kind.ASKED),
        "steps": _steps(request, reached),
        "may_answer": any(may for _outcome, may in outcomes),
        "answer_url": reached.url("answer"),
        "end_url": "" if reached.from_seat else reached.url("end_seat"),
        "seat_url": "" if reached.from_seat else reached.url("seat"),
        "letters": _letters(reached),
        "copies": [(shape, reached.url("copy", shape)) for shape in _shapes(asked)]
        if has_copy and policy.can_hand_over(request.actor, facts)
        else [],
        "press": PressForm(auto_id=False),
        "handed_url": reached.url("handed"),
        "may_hand": policy.can_hand_over(request.actor, facts),
        "withheld": policy.missing(facts, facts.status)[:1] if given else [],
        "handed": asked.newest(Step.Kind.HANDED),
        "decided_by": asked.names.get(asked.decision.written_by, "") if asked.decision else "",
        "today": clock.today(),
        "texts_url": reached.url("texts") if asked.is_open else "",
    }


def _shapes(asked: queries.Asked) -> list[str]:
    return ["pdf", "json"] if asked.row.wish == Wish.PORTABLE else ["pdf"]


def _steps(request: PageRequest, reached: Reached) -> list[Due]:
    asked = reached.asked
    found = []
    for kind in policy.steps_of(asked.row.asker, max(reached.age, asked.row.age)):
        newest = asked.newest(kind)
        if newest is None and not asked.waits_for_answer:
            continue
        author = asked.names.get(newest.written_by, "") if newest else ""
        may = policy.can_write_step(request.actor, kind)
        url = reached.url("step", kind.lower())
        found.append(Due(kind, Step.Kind(kind).label, newest, author, url, may))
    return found


def _letters(reached: Reached) -> list[tuple[str, list[tuple[str, str]]]]:
    which = [ACKNOWLEDGEMENT, *([DECISION] if reached.asked.decision else [])]
    return [
        (one, [(language, reached.url("letter", one, language)) for language in LANGUAGES])
        for one in which
    ]


def _step(request: PageRequest, reached: Reached, kind: str) -> HttpResponse:
    """One step, on a page of its own; written once more, the newest counts."""
    asked, code = reached.asked, kind.upper()
    if code not in policy.steps_of(asked.row.asker, max(reached.age, asked.row.age)):
        raise Http404
    policy.can_write_step(request.actor, code).or_raise()
    form = StepForm(request.POST or None, kind=code)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.write_step(
            asked, form.record_id, code, said["code"], said["words"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect(reached.url("one"))
    words = {"reached": reached, "person": reached.person, "form": form, "kind": code,
             "title": Step.Kind(code).label, "back": reached.url("one")}  # fmt: skip
    return render(request, "access_requests/step.html", words, status=422 if form.is_bound else 200)


def _answer(request: PageRequest, reached: Reached) -> HttpResponse:
    """What may be answered now, and what is missing before the rest may."""
    asked = reached.asked
    facts = asked.facts_at(reached.age)
    outcomes = [(str(one), policy.can_answer(request.actor, facts, one)) for one in Outcome]
    is_copied = asked.row.wish != Wish.RECTIFY
    texts = giving.to_give(asked, actor=request.actor) if is_copied else []
    form = AnswerForm(
        request.POST or None,
        outcomes=outcomes, texts=texts, facts=facts,
    )  # fmt: skip
    if form.intact and any(one.pk == form.record_id for one in asked.decisions):
        return redirect(reached.url("one"))  # sent twice
    if form.is_bound and form.is_valid() and _corrects(request, reached, form):
        actions.answer(asked, form.answer(), by=request.actor, at=clock.now())
        is_over = form.cleaned_data["outcome"] not in policy.GIVING
        if reached.from_seat and is_over:
            return redirect("access_requests:desk")  # the seat ended with it
        return redirect(reached.url("one"))
    blocked = [(Outcome(one).label, may.reason) for one, may in outcomes if not may]
    words = {
        "reached": reached, "person": reached.person, "form": form, "blocked": blocked,
        "opinion": asked.newest(Step.Kind.OPINION), "back": reached.url("one"),
        "may": any(may for _one, may in outcomes),
        "says_nothing": policy.grounds(facts, Outcome.REFUSED) == [Ground.UNSAID],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "access_requests/answer.html", words, status=status)


def _corrects(request: PageRequest, reached: Reached, form: AnswerForm) -> bool:
    """A correction is granted once the author has followed the text by one."""
    row = reached.asked.row
    if row.wish != Wish.RECTIFY or form.cleaned_data["outcome"] not in policy.GIVING:
        return True
    assert row.record_id is not None
    if queries.is_corrected(reached.file_id, row.record_type, row.record_id, actor=request.actor):
        return True
    form.add_error("outcome", policy.NOT_CORRECTED)
    return False


def _letter(request: PageRequest, reached: Reached, which: str, language: str) -> HttpResponse:
    """A letter, in one of both languages."""
    asked = reached.asked
    if language not in LANGUAGES or which not in {ACKNOWLEDGEMENT, DECISION}:
        raise Http404
    organisation = queries.organisation(asked.row.organisation_id, actor=request.actor)
    head = documents.of_request(asked, organisation)
    with translation.override(language):
        if which == ACKNOWLEDGEMENT:
            content = documents.acknowledgement(
                head, documents.received_words(head, actor=request.actor)
            )
        elif asked.decision is not None:
            words = documents.answer_words(asked.decision.written_at, actor=request.actor)
            content = documents.decision(head, asked.decision, words)
        else:
            raise Http404
    return as_file(content, f"{named(head)}.pdf", "application/pdf")


def named(head: Letterhead) -> str:
    """A name for a file, that says nothing but its reference."""
    return f"lettre-{head.reference.replace(' ', '').lower()}"


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _copy(request: PageRequest, reached: Reached, shape: str) -> HttpResponse:
    """The copy itself, once it is granted: the texts of one reading, hidden in the same places."""
    asked, decision = reached.asked, reached.asked.decision
    policy.can_hand_over(request.actor, asked.facts).or_raise()
    if request.method != "POST" or shape not in _shapes(asked) or decision is None:
        raise Http404
    if not PressForm(request.POST).is_valid():
        return redirect(reached.url("one"))
    (kept, registers), left_out = _texts(request, reached), len(decision.left_out)
    organisation = queries.organisation(asked.row.organisation_id, actor=request.actor)
    head = documents.of_request(asked, organisation)
    neutral = asked.row.is_neutral
    if shape == "json":
        content = portable.data(
            kept, registers, on=clock.today(), reference=head.reference,
            is_neutral=neutral, left_out=left_out,
        )  # fmt: skip
    else:
        content = documents.copy(kept, registers, is_neutral=neutral, left_out=left_out)
    actions.copied(asked, [], shape.upper(), by=request.actor)
    name = f"pages-{head.reference.replace(' ', '').lower()}.{shape}"
    return as_file(content, name, SHAPES[shape])


def _read(request: PageRequest, reached: Reached) -> HttpResponse:
    """What would be given, as it would be given: read over before it is decided; then, what is
    given and nothing else. Of a disputed text, that text and what the person says of it."""
    if not reached.asked.is_open:
        raise Http404
    disputed = reached.asked.row.record_id
    every, registers = _texts(request, reached)
    texts = [one for one in every if disputed in {None, one.id}]
    words = {
        "reached": reached, "person": reached.person, "texts": texts, "back": reached.url("one"),
        "is_disputed": disputed is not None, "registers": registers,
    }  # fmt: skip
    return render(request, "access_requests/texts.html", words)


def _texts(
    request: PageRequest, reached: Reached
) -> tuple[list[Copied], list[CopiedRegister] | None]:
    """All of it before it is decided, then what was granted, opened in one event; what she said of
    a text, and her registers, for her and her lawyer alone. A seat reads no register: there, None.
    """
    asked = reached.asked
    is_disputed = asked.row.record_id is not None
    is_hers = is_disputed or giving.goes_to(asked) == Goes.HERS
    to_copy = together.to_copy(
        reached.file_id, actor=request.actor, of_age=True, only=asked.granted,
        goes=Goes.HERS if is_hers else Goes.ALL,
    )  # fmt: skip
    at = asked.decision.written_at if asked.granted is not None and asked.decision else clock.now()
    has_registers = is_hers and not is_disputed
    kept = (
        copying.registers(reached.file_id, actor=request.actor, at=at)
        if has_registers and not reached.from_seat
        else []
    )
    rows = [*to_copy.rows, *(row for one in kept for row in one.rows)]
    vault.open(rows, by=request.actor, basis="access request")
    texts = to_copy.make()
    if not is_hers:
        return [without_comments(one) for one in texts], []
    if has_registers and reached.from_seat:
        return texts, None
    return texts, [
        CopiedRegister(
            one.code, str(one.title), tuple(line for line in one.make() if line.at <= at)
        )
        for one in kept
    ]


def without_comments(one: Copied) -> Copied:
    return replace(one, comments=())


def _handed(request: PageRequest, reached: Reached) -> HttpResponse:
    """It reached whoever asked: to whom, how, that day."""
    policy.can_hand_over(request.actor, reached.asked.facts).or_raise()
    form = HandedForm(request.POST or None)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        actions.hand_over(reached.asked, form.record_id, words, by=request.actor, at=clock.now())
        # A seat ends with what is handed over: its pages are there no more.
        return (
            redirect("access_requests:desk") if reached.from_seat else redirect(reached.url("one"))
        )
    words = {
        "reached": reached, "person": reached.person, "form": form,
        "asked": reached.asked, "back": reached.url("one"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "access_requests/handed.html", words, status=status)


def _seat(request: PageRequest, reached: Reached) -> HttpResponse:
    """Who answers: a person in charge of privacy reads what it takes, until it is answered."""
    policy.can_give_seat(request.actor).or_raise()
    officers = queries.officers(actor=request.actor)
    form = SeatForm(request.POST or None, officers=officers)
    if form.is_bound and form.is_valid():
        officer = form.cleaned_data["officer"]
        actions.give_seat(
            reached.asked, form.record_id, UUID(officer), by=request.actor, at=clock.now()
        )
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "form": form, "officers": officers,
        "back": reached.url("one"),
    }  # fmt: skip
    return render(request, "access_requests/seat.html", words, status=422 if form.is_bound else 200)


@require_POST
def _end_seat(request: PageRequest, reached: Reached) -> HttpResponse:
    """Whoever was given a seat reads nothing more there."""
    actions.end_seat(reached.asked, by=request.actor, at=clock.now())
    return redirect(reached.url("one"))


one, seat_one = beside(_one), seated(_one)
step, seat_step = beside(_step), seated(_step)
answer, seat_answer = beside(_answer), seated(_answer)
letter, seat_letter = beside(_letter), seated(_letter)
read, seat_read = beside(_read), seated(_read)
copy, seat_copy = beside(_copy), seated(_copy)
handed, seat_handed = beside(_handed), seated(_handed)
seat = beside(_seat)
end_seat = beside(_end_seat)
