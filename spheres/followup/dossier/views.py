"""What does a worker see of her day, of her people and of one file?"""

from __future__ import annotations

import re
from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts import policy as accounts
from spheres.accounts.requests import PageRequest, only_reads
from spheres.core import clock
from spheres.followup.dossier import history as histories
from spheres.followup.dossier import opened, policy, queries, seeing
from spheres.participants import queries as participants
from spheres.participants.queries import Known
from spheres.records import registry
from spheres.records.between import places
from spheres.records.views import asks_earlier
from spheres.sharing import queries as sharing
from spheres.sharing.rules import WORKERS

TOGETHER = "notes"  # what may be written of several who were there
GUIDE = re.compile("[a-z]{1,16}")  # with which questions it is written; its folder knows which


@require_GET
def my_day(request: PageRequest) -> HttpResponse:
    """What waits for me: what others handed me, drafts to finish, and a way to write at once."""
    if not policy.can_have_people(request.actor):
        home = places.home_of(request.actor)
        return redirect(home) if home else without_people(request)
    people = queries.my_people(actor=request.actor, size=8)
    places.read_day(actor=request.actor, at=clock.now())
    return render(
        request,
        "dossier/my_day.html",
        {
            "name": request.visit.name,
            "part_of_day": queries.part_of_day(clock.now()),
            "handed": places.handed_to(request.actor),
            "questions": places.asked_of(request.actor),
            "drafts": queries.drafts(actor=request.actor, at=clock.now()),
            "people": people,
            "first": places.first_for(request.actor),
            "blocks": places.blocks_of_day(request.actor),
            "kinds": registry.quick_ones(request.actor),
        },
    )


def without_people(request: PageRequest) -> HttpResponse:
    """The first page of whoever accompanies nobody: what is theirs here, and nothing of anyone."""
    words = {
        "name": request.visit.name,
        "part_of_day": queries.part_of_day(clock.now()),
        "may_manage": accounts.can_manage(request.actor),
        "first": places.first_for(request.actor),
        "handed": places.handed_to(request.actor),
    }
    return render(request, "dossier/without_people.html", words)


@only_reads
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: PageRequest) -> HttpResponse:
    """Everyone I accompany; a name is looked for here and nowhere else.

    The name is sent, not written in the address: it would stay in the history and in the logs.
    """
    policy.can_have_people(request.actor).or_raise()
    words = request.POST.get("q", "").strip()[:60]
    page = request.POST.get("page") or request.GET.get("page", "")
    found = queries.my_people(
        actor=request.actor, words=words, page=int(page) if page.isdecimal() and page != "0" else 1
    )
    ways = places.links_beside_people(request.actor)
    return render(request, "dossier/people.html", {"people": found, "words": words, "ways": ways})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: PageRequest) -> HttpResponse:
    """Quick contact: first, with whom? One, by her name; several, ticked.

    Those ticked are sent on as they were sent here, and looked up nowhere: no event, no address
    and no log says who was there together.
    """
    policy.can_have_people(request.actor).or_raise()
    if request.method == "POST":
        with suppress(ValueError, IndexError):
            first = UUID(request.POST.getlist("people")[0])
            return redirect("notes:write", first, preserve_request=True)
    kind = next(
        (each for each in registry.all_types() if each.slug == request.GET.get("what")),
        registry.get(TOGETHER),
    )
    guide = request.GET.get("guide", "")
    guide = guide if GUIDE.fullmatch(guide) else ""
    words = {
        "kind": kind,
        "guide": guide,
        "may_tick": kind.slug == TOGETHER and not guide,
        "near": queries.near(actor=request.actor),
        "drafts": queries.drafts(actor=request.actor, at=clock.now()),
        "nobody_ticked": request.method == "POST",
    }
    return render(
        request, "dossier/contact.html", words, status=422 if words["nobody_ticked"] else 200
    )


@require_GET
def file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One person's file: her words and strengths first; for a while, what it takes to answer."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    if known.is_for_a_while:
        return brief(request, known)
    earlier = asks_earlier(request.GET)
    dossier = queries.dossier(file_id, known, actor=request.actor, earlier=earlier)
    is_worker = request.actor.has(*WORKERS)
    return render(
        request,
        "dossier/file.html",
        {
            "dossier": dossier,
            "person": dossier.person,
            "facts": queries.facts_of(dossier.person, on=clock.today()),
            "blocks": places.blocks_of(file_id, actor=request.actor),
            "kinds": registry.quick_ones(request.actor),
            "walks": is_worker,
            "writes_who": is_worker or sharing.keeps(file_id, actor=request.actor),
        },
    )


def brief(request: PageRequest, known: Known) -> HttpResponse:
    """The file of somebody for whom one answers, or of whom something was handed over."""
    found = queries.brief(known, actor=request.actor, at=clock.now())
    blocks = places.blocks_of(found.person.file_id, actor=request.actor)
    return render(
        request,
        "dossier/brief.html",
        {
            "brief": found,
            "person": found.person,
            "facts": queries.facts_of(found.person, on=clock.today()),
            "blocks": [
                block if found.may_write else places.to_read(block)
                for block in blocks
                if block.for_a_while
            ],
            "kinds": registry.quick_ones(request.actor) if found.may_write else [],
        },
    )


@only_reads
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Everything that happened, for whoever walks with her.

    The kind is sent, not written in the address: it would say something of her in the history.
    """
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    found = histories.history(
        file_id,
        known,
        actor=request.actor,
        kind=request.POST.get("kind", ""),
        after=request.POST.get("after", ""),
        earlier=asks_earlier(request.GET),
    )
    return render(request, "dossier/history.html", {"history": found, "person": found.person})


@require_GET
def who(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Who can see this file, who opened it, and what was done in it."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    seers = seeing.seers(file_id, actor=request.actor, at=clock.now())
    return render(
        request,
        "dossier/who.html",
        {
            "person": person,
            "seers": seers,
            "has_partners": any(one.is_partner for one in seers),
            "opened": opened.opened(
                file_id, actor=request.actor, at=clock.now(), month=request.GET.get("month", "")
            ),
        },
    )
