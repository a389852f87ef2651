"""What do the coordination and the worker see on the way from a referral to a follow-up?"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.admission import actions, policy, queries
from spheres.followup.admission.forms import (
    AdmissionForm,
    AnswerForm,
    CloseForm,
    DeclineForm,
    OfferForm,
    OwnAgreementForm,
    QuestionForm,
    TypedInForm,
)
from spheres.followup.admission.models import Language
from spheres.participants import queries as participants
from spheres.records.between import places, readiness
from spheres.regions import queries as regions


@require_GET
def desk(request: PageRequest) -> HttpResponse:
    """The coordination's queue, read as sentences, and how what was taken on stands."""
    policy.can_hold_the_desk(request.actor).or_raise()
    language = request.GET.get("language", "")
    chosen = language if language in Language.values else ""
    desk = queries.desk(actor=request.actor, at=clock.now(), language=chosen)
    asked = places.asked_of_desk(request.actor)
    words = {
        "desk": desk,
        "chosen": chosen,
        "told": places.told_to_leads(request.actor),
        "first": [line for line in asked if line.before_all],
        "asked": [line for line in asked if not line.before_all],
        "marks": places.marks_at_desk(request.actor),
    }
    return render(request, "admission/desk.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: PageRequest) -> HttpResponse:
    """What came by phone, at the door or by mail; its number, to read aloud, answers it.

    Sent again, by Back or by a second tap, it gives the same number and makes nothing new.
    """
    policy.can_type_in(request.actor, regions.desk()).or_raise()
    policy.can_receive(readiness.refusal(request.actor)).or_raise()
    if request.method != "POST":
        return _ask(request, TypedInForm())
    form = TypedInForm(request.POST)
    if form.is_not_yet:
        return _ask(request, form.again(), status=422, not_yet=True)
    if form.states_an_obligation:
        # Said, explained, and kept nowhere: the box comes back empty.
        return _ask(request, form.again(without=("obligation",)), status=422, obligation=True)
    if not form.is_valid():
        return _ask(request, form, status=422)
    actions.type_in(
        form.sent(),
        desk=regions.desk(),
        by=request.actor,
        at=clock.now(),
        came_at=form.came_at(),
    )
    return render(request, "admission/typed_in.html", {"form": form})


def _ask(
    request: PageRequest, form: TypedInForm, *, status: int = 200, **more: bool
) -> HttpResponse:
    return render(request, "admission/type_in.html", {"form": form, **more}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One referral at the desk: what was said, and to whom it is offered."""
    return _referral(request, file_id)


@require_POST
def tell_more(request: PageRequest, file_id: UUID, offer_id: UUID) -> HttpResponse:
    """The desk answers the question of whoever was offered a referral."""
    policy.can_hold_the_desk(request.actor).or_raise()
    if not queries.offers(file_id, actor=request.actor).filter(pk=offer_id).exists():
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _referral(request, file_id, answering=form, asked=offer_id)
    answer = form.cleaned_data["answer"]
    actions.tell_more(offer_id, answer=answer, by=request.actor, at=clock.now())
    return redirect("admission:referral", file_id)


def _referral(
    request: PageRequest,
    file_id: UUID,
    *,
    answering: AnswerForm | None = None,
    asked: UUID | None = None,
) -> HttpResponse:
    policy.can_hold_the_desk(request.actor).or_raise()
    matter = queries.matter(file_id, actor=request.actor)
    if matter is None:
        raise Http404
    made = queries.offers_made(file_id, actor=request.actor)
    offering = request.method == "POST" and answering is None
    named = _named(request)
    candidates, has_more = queries.to_ask(
        made,
        actor=request.actor,
        at=clock.now(),
        language=matter.referral.language,
        named=named,
        everyone=offering or "everyone" in request.GET,
    )
    form = OfferForm(
        request.POST if offering else None,
        candidates=candidates,
        language=matter.referral.language,
        initial={"workers": [str(one) for one in named]},
    )
    if offering and form.is_valid():
        actions.offer_to(file_id, form.asked(), by=request.actor, at=clock.now())
        return redirect("admission:referral", file_id)
    says = {
        "matter": matter,
        "standing": matter.standing,
        "offers": made,
        "form": form,
        "has_more": has_more,
        "blocks": places.blocks_at_desk(file_id, actor=request.actor),
        "close_form": CloseForm(),
        "may_offer": policy.can_offer(request.actor, matter.standing),
        "answers": [
            (one, answering if one.id == asked else AnswerForm(auto_id=f"{one.id}_%s"))
            for one in made
            if one.asks
        ],
    }
    return render(
        request, "admission/referral.html", says, status=422 if request.method == "POST" else 200
    )


def _named(request: PageRequest) -> list[UUID]:
    """The workers a link speaks of; nobody when it was written by hand and says nothing."""
    with suppress(ValueError):
        return [UUID(one) for one in request.GET.getlist("worker")]
    return []


@require_POST
def close_at_desk(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Orient elsewhere, or note a withdrawal, while nobody has taken it on."""
    policy.can_hold_the_desk(request.actor).or_raise()
    if not queries.is_at_the_desk(file_id, actor=request.actor):
        raise Http404
    return _close(request, file_id, back="admission:desk", page=None)


@require_POST
def take_back(request: PageRequest, file_id: UUID, offer_id: UUID) -> HttpResponse:
    """Take an offer back, so that the referral may be offered to someone else."""
    policy.can_hold_the_desk(request.actor).or_raise()
    if not queries.offers(file_id, actor=request.actor).filter(pk=offer_id).exists():
        raise Http404
    actions.take_back(offer_id, by=request.actor, at=clock.now())
    return redirect("admission:referral", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """An offer as the worker sees it; declining is said here, without blame."""
    offered = queries.offered(offer_id, actor=request.actor)
    if offered is None:
        return _gone(request, offer_id)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.decline(
            offer_id,
            reason=reason,
            knows_her=reason == queries.KNOWN,
            by=request.actor,
            at=clock.now(),
        )
        return redirect("dossier:my_day")
    return _offer(request, offered, declining=form, asking=QuestionForm())


@require_POST
def ask_more(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """One question to the desk, of the region's list; nothing more opens."""
    offered = queries.offered(offer_id, actor=request.actor)
    if offered is None:
        return _gone(request, offer_id)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _offer(request, offered, declining=DeclineForm(), asking=form)
    question = form.cleaned_data["question"]
    actions.ask_more(offer_id, question=question, by=request.actor, at=clock.now())
    return redirect("admission:offer", offer_id)


def _offer(
    request: PageRequest,
    offered: queries.Offered,
    *,
    declining: DeclineForm,
    asking: QuestionForm,
) -> HttpResponse:
    says = {
        "offered": offered,
        "form": declining,
        "asking": asking,
        "may_ask": policy.can_ask_more(request.actor, offered.offer),
    }
    is_bound = declining.is_bound or asking.is_bound
    return render(request, "admission/offer.html", says, status=422 if is_bound else 200)


def _gone(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """Somebody else said yes: told to whoever was asked, for a week, and nothing more."""
    if not queries.somebody_said_yes(offer_id, actor=request.actor):
        raise Http404
    return render(request, "admission/someone_said_yes.html", {"said": policy.SOMEONE_SAID_YES})


@require_POST
def accept(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """Take the referral on; the file opens."""
    if queries.offered(offer_id, actor=request.actor) is None:
        return _gone(request, offer_id)
    file = actions.accept(offer_id, desk=regions.desk(), by=request.actor, at=clock.now())
    return redirect("dossier:file", file.pk)


@require_POST
def meet(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The first contact took place; whoever only has an offer does not know her yet."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    actions.meet(file_id, by=request.actor, at=clock.now())
    return redirect("dossier:file", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The admission conversation, beside her."""
    person = participants.header(file_id, actor=request.actor)
    standing = queries.standing(file_id, actor=request.actor).first()
    if person is None or standing is None:
        raise Http404
    policy.can_admit(request.actor, standing).or_raise()
    form = AdmissionForm(request.POST or None, age_band=person.age_band, suspended=person.suspended)
    if request.method == "POST" and form.is_valid():
        actions.admit(file_id, form.conversation(), by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    return render(
        request,
        "admission/admit.html",
        {"person": person, "form": form, "under_14": person.age_band == "12-13"},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agree_anew(request: PageRequest, file_id: UUID) -> HttpResponse:
    """At 14, beside her: whether she wants to go on is asked of her alone."""
    person = participants.header(file_id, actor=request.actor)
    found = person and queries.agreed_for_her(file_id, actor=request.actor)
    if person is None or not found:
        raise Http404
    alone = person.decides_alone(on=clock.today(), since_age=regions.region().self_from)
    policy.can_agree_anew(request.actor, decides_alone=alone).or_raise()
    admission, said = found
    if said is not None:  # sent twice, or answered meanwhile
        return redirect("dossier:file", file_id)
    form = OwnAgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = form.cleaned_data["form"]
        actions.agree_anew(file_id, form=how, decides_alone=alone, by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    words = {"person": person, "form": form, "admission": admission}
    status = 422 if form.is_bound else 200
    return render(request, "admission/agree_anew.html", words, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Not now, elsewhere, or she withdrew: said together, the door open."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return _close(request, file_id, back="dossier:my_day", page=person)


def _close(
    request: PageRequest, file_id: UUID, *, back: str, page: participants.Header | None
) -> HttpResponse:
    if not queries.standing(file_id, actor=request.actor).exists():
        raise Http404
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to, reason = form.decided()
        actions.close(file_id, to=to, reason=reason, by=request.actor, at=clock.now())
        return redirect(back)
    return render(
        request,
        "admission/close.html",
        {"person": page, "form": form, "file_id": file_id},
        status=422 if form.is_bound else 200,
    )
