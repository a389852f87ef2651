"""What does a worker see of the requests about one person, and of letters shown to them?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.participants import queries as participants
from spheres.privacy.access_requests import actions, policy, queries
from spheres.privacy.access_requests.forms import TakeForm, WantedForm
from spheres.privacy.access_requests.models import Age, Asker, Passed
from spheres.privacy.access_requests.views.reached import age_of
from spheres.records.between.begun import begun
from spheres.records.seated import READ_AND_WRITE
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@require_http_methods(READ_AND_WRITE)
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The requests about one person, those that wait first, and the way to write one down."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    policy.can_receive(request.actor).or_raise()
    found = queries.of_file(file_id, actor=request.actor)
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    texts = queries.texts(file_id, actor=request.actor)
    age, disputed = age_of(person, clock.today()), request.GET.get("text", "")
    sent = "" if request.method == "POST" else request.GET.get("ask", "")
    asked = begun(file_id, sent, actor=request.actor)
    form = WantedForm(request.POST or None, age=age, texts=texts, disputed=disputed, asked=asked)
    if form.intact and any(one.row.pk == form.record_id for one in found):
        return redirect("access_requests:one", file_id, form.record_id)  # sent twice
    if form.is_bound and form.is_valid() and _is_received(request, file_id, form):
        return redirect("access_requests:one", file_id, form.record_id)
    words = {
        "person": person, "found": found, "form": form, "is_child": age < Age.FROM_14,
        "is_begun": form.is_bound or form.is_about(disputed) or asked is not None,
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "access_requests/page.html", words, status=422 if form.is_bound else 200)


def _is_received(request: PageRequest, file_id: UUID, form: WantedForm) -> bool:
    """Write it down; the very same one, which waits already, is said beside the question."""
    days = queries.organisation(request.actor.organisation_id, actor=request.actor).answer_days
    try:
        actions.receive(file_id, form.wanted(), days=days, by=request.actor, at=clock.now())
    except WrongState:
        form.add_error("wish", policy.ALREADY)
        return False
    return True


@require_http_methods(READ_AND_WRITE)
def passed(request: PageRequest) -> HttpResponse:
    """The letters that a person in charge of privacy showed me: do they speak of somebody of mine?
    Left alone, nothing is said of it to anybody."""
    policy.can_receive(request.actor).or_raise()
    found = list(queries.passed_to_me(actor=request.actor, at=clock.now()))
    vault.open(found, by=request.actor)
    mine = participants.all_mine(actor=request.actor)
    files = [one.identity.file_id for one in mine]
    named = participants.names(files, actor=request.actor) if found else []
    people = sorted(((str(pk), name) for pk, name in named), key=lambda one: one[1].casefold())
    sent = request.POST.get("letter", "")
    lines = [
        (one, TakeForm(request.POST if sent == str(one.pk) else None, people=people,
                       auto_id=f"{one.pk}_%s"))
        for one in found
    ]  # fmt: skip
    for one, form in lines:
        if form.is_bound and form.is_valid():
            return _take(request, one, form)
    status = 422 if any(form.is_bound for _one, form in lines) else 200
    return render(request, "access_requests/passed.html", {"lines": lines}, status=status)


def _take(request: PageRequest, letter: Passed, form: TakeForm) -> HttpResponse:
    """It speaks of somebody of mine: it is a request about them from now on."""
    file_id = UUID(form.cleaned_data["person"])
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    age = age_of(person, clock.today(), letter.asker)
    # A child is not answered by letter: she is, by whoever walks with her.
    if letter.asker == Asker.SELF and age < Age.FROM_14:
        return redirect("access_requests:page", file_id)
    wanted = actions.asked_by_letter(letter, form.record_id, age)
    days = queries.organisation(request.actor.organisation_id, actor=request.actor).answer_days
    actions.receive(file_id, wanted, days=days, by=request.actor, at=clock.now())
    return redirect("access_requests:one", file_id, wanted.id)
