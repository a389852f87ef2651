"""How is a production prepared, read by a second person, put on paper; or objected to?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.privacy.legal_demands import actions, documents, policy, queries
from spheres.privacy.legal_demands.forms import PrepareForm, PressForm, VerdictForm
from spheres.privacy.legal_demands.models import Production, Verdict
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.views.reached import Reached, seated
from spheres.records.between import together
from spheres.records.between.copying import Goes
from spheres.records.documents import reference
from spheres.vault import actions as vault

RELEASED: Final = Verdict.Outcome.RELEASED
LANGUAGES: Final = ("fr", "en")


@seated
def prepare(request: PageRequest, reached: Reached) -> HttpResponse:
    """Text by text, the least that is enough; frozen, for a second person to release."""
    answered = reached.answered
    texts = queries.texts(reached.file_id, actor=request.actor)
    form = PrepareForm(request.POST or None, texts=texts)
    if form.intact and any(one.pk == form.record_id for one in answered.productions):
        return redirect(reached.url("production", str(form.record_id)))  # sent twice
    policy.can_produce(request.actor, answered.facts).or_raise()
    if form.is_bound and form.is_valid():
        if _freeze(request, reached, form):
            return redirect(reached.url("production", str(form.record_id)))
        form.add_error("texts", _("Nothing of these texts may be read here: choose others."))
    words = {
        "reached": reached, "person": reached.person, "form": form, "texts": texts,
        "scope": answered.newest(Do.SCOPE), "asked": answered.asked, "back": reached.url("one"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/prepare.html", words, status=status)


def _freeze(request: PageRequest, reached: Reached, form: PrepareForm) -> bool:
    """Open the chosen texts in one event, mask what concerns others, and freeze the whole."""
    chosen = form.chosen()
    to_copy = together.to_copy(
        reached.file_id, actor=request.actor, of_age=True, only=chosen, goes=Goes.LAW
    )
    if not to_copy.rows:
        return False
    vault.open(to_copy.rows, by=request.actor, basis="legal demand")
    texts = to_copy.make()
    content, digest = documents.frozen(texts, reached.answered.row.pk)
    records = [one.id for one in texts]
    actions.prepare(
        reached.answered, form.record_id, content, digest, records,
        by=request.actor, at=clock.now(),
    )  # fmt: skip
    return True


def _opened(request: PageRequest, reached: Reached, production_id: UUID) -> Production:
    found = [one for one in reached.answered.productions if one.pk == production_id]
    if not found:
        raise Http404
    vault.open(found, by=request.actor)
    return found[0]


@seated
def production(request: PageRequest, reached: Reached, production_id: UUID) -> HttpResponse:
    """What is prepared, read as it would go; a second person releases it, or sends it back."""
    one, answered = _opened(request, reached, production_id), reached.answered
    form = VerdictForm(request.POST or None)
    if not policy.can_release(request.actor, answered.facts):
        form.choose_from("outcome", [one for one in Verdict.Outcome.choices if one[0] != RELEASED])
    if form.intact and any(each.pk == form.record_id for each in answered.verdicts):
        return redirect(reached.url("one"))  # sent twice
    may = policy.can_decide(request.actor, answered.facts)
    is_last = answered.production is not None and answered.production.pk == production_id
    if form.is_bound and form.is_valid():
        if not is_last:
            raise Http404
        said, by, at = form.cleaned_data, request.actor, clock.now()
        actions.decide(answered, form.record_id, said["outcome"], said["words"], by=by, at=at)
        return redirect(reached.url("one"))
    words = {
        "reached": reached, "person": reached.person, "production": one,
        "parts": documents.parts_of(one), "form": form, "may": may if is_last else None,
        "verdict": answered.verdict_of(one), "back": reached.url("one"),
        "prepared_by": answered.names.get(one.written_by, ""), "press": PressForm(auto_id=False),
        "digest": documents.spelt(one.digest), "is_whole": documents.is_whole(one),
        "languages": LANGUAGES,
        "is_released": _is_released(answered.verdict_of(one)) and not _missing(reached),
        "scope": answered.newest(Do.SCOPE), "missing": _missing(reached),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/production.html", words, status=status)


def _missing(reached: Reached) -> list[Any]:
    """What the law asks and is no longer written, as long as it has not left."""
    facts = reached.answered.facts
    return policy.missing(facts) if facts.status in policy.NOT_GONE else []


def _is_released(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome == Verdict.Outcome.RELEASED


@seated
def paper(
    request: PageRequest, reached: Reached, production_id: UUID, language: str
) -> HttpResponse:
    """What was released, on paper: each page numbered and stamped. Before that, there is none."""
    one, answered = _opened(request, reached, production_id), reached.answered
    asked = answered.asked
    is_released = _is_released(answered.verdict_of(one))
    if request.method != "POST" or language not in LANGUAGES or asked is None or not is_released:
        raise Http404
    if not policy.is_officer(request.actor) or not documents.is_whole(one) or _missing(reached):
        raise Http404
    ours = queries.organisation(answered.row.organisation_id, actor=request.actor)
    with translation.override(language):
        content = documents.production(answered, one, ours, asked)
    actions.copied(answered, one, by=request.actor)
    return as_file(content, answered.row.pk)


@seated
def letter(request: PageRequest, reached: Reached, language: str) -> HttpResponse:
    """The letter of objection, in one of both languages."""
    answered = reached.answered
    said = answered.newest(Do.OBJECTED)
    if language not in LANGUAGES or said is None:
        raise Http404
    ours = queries.organisation(answered.row.organisation_id, actor=request.actor)
    with translation.override(language):
        words = documents.answer_words(said.written_at, actor=request.actor)
        made = documents.objection(answered, said, ours, words)
        return as_file(made, answered.row.demand_id)


def as_file(content: bytes, of: UUID) -> HttpResponse:
    """A PDF whose name says nothing but its reference."""
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"pages-{reference(of).replace(' ', '').lower()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
