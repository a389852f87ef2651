"""What is seen of her safety: to read it, write it together, put it on paper, hide it at once?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.safety_net import actions, documents, forms, policy, queries
from spheres.followup.safety_net import standing as says
from spheres.followup.safety_net.forms import LookForm, SheetForm
from spheres.followup.safety_net.models import Look, Part, Sheet
from spheres.followup.safety_net.queries import Ways
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.records import views as drafts
from spheres.records.between import followup_tools, places
from spheres.sharing.watching import PROTECTS
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Unnamed:
    """Somebody of whom one reads what keeps her safe, and not who she is: she let that pass."""

    file_id: UUID


def beside(request: PageRequest, file_id: UUID) -> tuple[Known | None, Ways]:
    """Who she is, and what one may do with her safety; not found when one may know neither."""
    known = participants.known(file_id, actor=request.actor)
    ways = queries.ways(file_id, actor=request.actor)
    if known is None and not ways.reads:
        raise Http404
    return known, ways


def named(known: Known | None, file_id: UUID) -> Header | Unnamed:
    return participants.header_of(known) if known else Unnamed(file_id)


def part_or_404(word: str) -> Part:
    if word not in Part.values:
        raise Http404
    return Part(word)


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Her sign, her net in a picture and a list, her plan; the way to the third sheet."""
    return show_page(request, file_id, "safety_net/page.html")


@require_GET
def course(request: PageRequest, file_id: UUID) -> HttpResponse:
    """How she stays on course: her message to herself first; what is not met, beside."""
    return show_page(request, file_id, "safety_net/course.html", is_course=True)


def show_page(
    request: PageRequest,
    file_id: UUID,
    template: str,
    *,
    is_course: bool = False,
    status: int = 200,
) -> HttpResponse:
    known, ways = beside(request, file_id)
    beside_it = []
    if is_course and ways.reads:
        beside_it = places.beside_course(file_id, actor=request.actor)
    sheets = queries.current(file_id, actor=request.actor) if ways.reads else {}
    rows = [*(known.rows if known else []), *sheets.values()]
    opened = [*rows, *(row for one in beside_it for row in one.rows)]
    vault.open(opened, by=request.actor, basis=PROTECTS)
    person = named(known, file_id)
    if not ways.reads:
        return render(request, "safety_net/closed.html", {"person": person})
    again = None
    if ways.writes and not is_course:
        again = queries.again(file_id, actor=request.actor)
    return render(
        request,
        template,
        {
            "person": person,
            "may_write": bool(policy.can_write_here(request.actor, writes=ways.writes)),
            "again": says.because(again.why, getattr(person, "name", "")) if again else "",
            "look": LookForm(),
            "reasons": [each for each in Look.Why.choices if each[0] != Look.Why.FITS],
            "blocks": [block for one in beside_it if (block := one.block())],
            "unmet": places.unmet_of(file_id, actor=request.actor) if is_course else [],
            **{part.lower(): says.told(part, sheets.get(part)) for part in Part},
        },
        status=status,
    )


@require_POST
def look(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Say why to look again, or that it was looked at and fits."""
    may_write_or_raise(request, file_id)
    form = LookForm(request.POST)
    if not form.is_valid():
        return show_page(request, file_id, "safety_net/page.html", status=422)
    why = form.cleaned_data["why"]
    actions.look_again(file_id, form.record_id, why, by=request.actor, at=clock.now())
    return redirect("safety_net:page", file_id)


# Writing.


def may_write_or_raise(request: PageRequest, file_id: UUID) -> None:
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    ways = queries.ways(file_id, actor=request.actor)
    policy.can_write_here(request.actor, writes=ways.writes).or_raise()


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """A sheet said anew, or the draft one comes back to."""
    may_write_or_raise(request, file_id)
    part = part_or_404(request.POST.get("part") or request.GET.get("part", Part.NET))
    if request.method != "POST":
        return show_form(request, file_id, *draft_or_blank(request, file_id, part))
    form = SheetForm(request.POST, part=part)
    if is_ready(request, file_id, form):
        try:
            actions.sign(file_id, form.written(), by=request.actor, at=clock.now())
        except actions.Overtaken:
            return show_both(request, file_id, form)
        return redirect(f"safety_net:{place_of(part)}", file_id)
    return show_form(request, file_id, form)


def place_of(part: str) -> str:
    return "course" if part == Part.COURSE else "page"


def is_ready(request: PageRequest, file_id: UUID, form: SheetForm) -> bool:
    """Valid, looked at again if need be; and its sign is not her code word."""
    if not form.is_valid():
        return False
    sign = form.cleaned_data.get("sign", "")
    if sign and queries.is_code_word(file_id, sign, actor=request.actor):
        form.refuse_code_word()
        return False
    return not form.findings()


def draft_or_blank(
    request: PageRequest, file_id: UUID, part: str
) -> tuple[SheetForm, Sheet | None]:
    """The draft named in the address, opened for its author; else the sheet as it stands."""
    draft = drafts.begun(request, file_id)
    if draft is not None:
        part = part_or_404(str(draft.typed.get("part") or Part.NET))
        return SheetForm(initial=draft.typed, record_id=draft.id, part=part), None
    stands = queries.current(file_id, actor=request.actor).get(part)
    if stands:
        vault.open([stands], by=request.actor)
    return forms.blank(part, stands.number if stands else 0, stands), stands


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: SheetForm,
    stands: Sheet | None = None,
    *,
    corrects: Sheet | None = None,
    is_overtaken: bool = False,
) -> HttpResponse:
    """The writing page; what was typed is always still there."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(
        request,
        "safety_net/form.html",
        {
            "person": person,
            "form": form,
            "title": form.of_part.label,
            "stands": stands,
            "corrects": corrects,
            "back": place_of(form.of_part),
            "touches": followup_tools.touches(queries.TOOLS[form.of_part]),
            "now": says.told(form.of_part, stands) if is_overtaken else None,
        },
        status=409 if is_overtaken else 422 if form.is_bound else 200,
    )


def show_both(
    request: PageRequest, file_id: UUID, form: SheetForm, corrects: Sheet | None = None
) -> HttpResponse:
    """What was typed, under a number of its own, and the sheet as the other left it."""
    stands = queries.current(file_id, actor=request.actor).get(form.of_part)
    if stands:
        vault.open([stands], by=request.actor)
    on = stands.number if stands else 0
    typed = SheetForm(
        initial={**form.typed(), "on": on}, record_id=form.record_id, part=form.of_part
    )
    return show_form(request, file_id, typed, stands, corrects=corrects, is_overtaken=True)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    may_write_or_raise(request, file_id)
    form = SheetForm(request.POST, part=part_or_404(request.POST.get("part") or Part.NET))
    return drafts.keep_draft(request, file_id, "safety_net", form)


# Versions.


@require_GET
def detail(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """One version, whole, and what may be done with it."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None:
        raise Http404
    known = participants.known(file_id, actor=request.actor)
    vault.open([record, *(known.rows if known else [])], by=request.actor)
    stands = queries.number_of(file_id, record.part, actor=request.actor) == record.number
    return render(
        request,
        "safety_net/detail.html",
        {
            "record": record,
            "person": named(known, file_id),
            "told": says.told(record.part, record),
            "stands": stands,
            "back": place_of(record.part),
            "may": policy.buttons(request.actor, record, record.standing.status),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """Write the version that corrects another; both stay readable."""
    record = queries.of_file(file_id, actor=request.actor).filter(pk=record_id).first()
    if record is None:
        raise Http404
    may_write_or_raise(request, file_id)
    policy.can_correct(request.actor, record, record.standing.status).or_raise()
    if request.method != "POST":
        vault.open([record], by=request.actor)
        on = queries.number_of(file_id, record.part, actor=request.actor)
        return show_form(request, file_id, forms.to_correct(record, on), corrects=record)
    form = SheetForm(request.POST, part=record.part)
    if is_ready(request, file_id, form):
        try:
            actions.correct(file_id, record_id, form.written(), by=request.actor, at=clock.now())
        except actions.Overtaken:
            return show_both(request, file_id, form, record)
        return redirect(f"safety_net:{place_of(record.part)}", file_id)
    return show_form(request, file_id, form, corrects=record)


@require_GET
def versions(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every version of one sheet, who wrote it and when."""
    of = part_or_404(request.GET.get("part", Part.NET))
    known, _ways = beside(request, file_id)
    vault.open(known.rows if known else [], by=request.actor)
    person = named(known, file_id)
    found = queries.versions(file_id, of, actor=request.actor)
    return render(
        request,
        "safety_net/versions.html",
        {"person": person, "title": of.label, "versions": found, "back": place_of(of)},
    )


# Paper: printed here and handed over, never sent.


@require_GET
def card(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The net and her signs, on a card to cut out and fold: blank outside, no name on it."""
    sheets = opened_for_paper(request, file_id, (Part.NET, Part.CRISIS))
    said = documents.Card.of(
        queries.answers(sheets.get(Part.NET)), queries.answers(sheets.get(Part.CRISIS))
    )
    return as_pdf(documents.card(said, language_of(request)))


@require_GET
def paper(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One sheet on paper; or blank, to be filled in by hand."""
    of = part_or_404(request.GET.get("part", Part.NET))
    if request.GET.get("blank") == "yes":
        beside(request, file_id)
        with translation.override(language_of(request)):
            touches = followup_tools.touches(queries.TOOLS[of])
        return as_pdf(documents.sheet(of, {}, language_of(request), touches))
    sheets = opened_for_paper(request, file_id, (of,))
    return as_pdf(documents.sheet(of, queries.answers(sheets.get(of)), language_of(request)))


def opened_for_paper(
    request: PageRequest, file_id: UUID, parts: tuple[Part, ...]
) -> dict[str, Sheet]:
    """The sheets that stand, opened under a word of their own in her journal; else nothing here."""
    found = queries.current(file_id, actor=request.actor)
    sheets = {part: sheet for part, sheet in found.items() if part in parts}
    if not sheets:
        raise Http404
    vault.open(list(sheets.values()), by=request.actor, action="safety.on_paper")
    return sheets


def language_of(request: PageRequest) -> str:
    """The language asked for; else that of the page."""
    asked = request.GET.get("in", "")
    return asked if asked in ("fr", "en") else (request.LANGUAGE_CODE or "fr")[:2]


def as_pdf(made: bytes) -> HttpResponse:
    """Shown to be printed, under a name that says nothing."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="page.pdf"'
    return answer
