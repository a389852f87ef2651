"""What does whoever holds a code find: her thread, a word to add, a way to meet, a way to erase?

Everything is answered at one address, to a form that was sent: the code never stands in an address,
a title or the browser's history. A code that is unknown, mistyped, erased or over gives one answer,
by the same steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse

from spheres.accounts.requests import PageRequest
from spheres.core import clock, context
from spheres.core.actor import Actor, asker
from spheres.core.errors import NotAllowed
from spheres.followup.questions import actions, queries
from spheres.followup.questions.queries import Thread
from spheres.public import guard
from spheres.public.forms import AddForm, BringForm, CodeForm, SelfForm
from spheres.public.forms.asking import NICKNAME, QUESTION
from spheres.public.queries import question_days
from spheres.public.views import not_looked_for, show


@guard.for_everyone
@guard.shown_by_a_press
def answer(request: PageRequest) -> HttpResponse:
    """With a code: what was written under it, and what she wants to do now."""
    if request.method != "POST":
        return show(request, "come_back", CodeForm(), youth=True)
    form = CodeForm(request.POST)
    if refused := not_looked_for(request, "come_back", form, what="answer", youth=True):
        return refused
    matter = queries.matter_of(form.cleaned_data["answer_code"], actor=request.actor)
    with context.acting_as(asker(matter)) as her:
        thread = queries.thread(matter, actor=her)
        if thread is None:
            return show(request, "under_code", form, youth=True, thread=None)
        answered = DOES.get(request.POST.get("do", ""), see)(request, form, thread, her)
    guard.give_back_try(request, "answer")
    return answered


def see(
    request: PageRequest,
    form: CodeForm,
    thread: Thread,
    _her: Actor,
    *,
    adding: AddForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The thread; then, folded, what may be done with it."""
    return show(
        request,
        "under_code",
        form,
        youth=True,
        status=status,
        thread=thread,
        adding=adding or AddForm(),
        bringing=BringForm(),
        days=question_days(),
        **more,
    )


def add(request: PageRequest, form: CodeForm, thread: Thread, her: Actor) -> HttpResponse:
    """One more word. Sent again, by Back or by a second tap, it is said once."""
    adding = AddForm(request.POST)
    if not adding.is_valid():
        return see(request, form, thread, her, adding=adding, status=422)
    if adding.must_look_again:
        findings = adding.findings()
        return see(request, form, thread, her, adding=adding, findings=findings, status=422)
    matter, at = thread.standing.file_id, clock.now()
    if not guard.may_add(matter, at):
        return see(request, form, thread, her, adding=adding, too_many=True, status=429)
    actions.add(matter, adding.record_id, words=adding.cleaned_data["words"], by=her, at=at)
    said = queries.thread(matter, actor=her) or thread
    return see(request, form, said, her, is_added=True)


def erase(request: PageRequest, form: CodeForm, thread: Thread, her: Actor) -> HttpResponse:
    """«Stop, erase it now»: gone before this page is shown."""
    try:
        actions.erase_now(thread.standing.file_id, by=her, at=clock.now())
    except NotAllowed as refusal:
        return see(request, form, thread, her, refused=refusal.reason)
    return show(request, "erased", youth=True)


def meet(request: PageRequest, _form: CodeForm, thread: Thread, _her: Actor) -> HttpResponse:
    """«I want help for me», with what she chose of her question already written; nothing is sent,
    and nothing ties one to the other."""
    chosen = request.POST.getlist("bring")
    initial = {
        "chosen_name": thread.nickname if NICKNAME in chosen else "",
        "wish": thread.first[:WISH] if QUESTION in chosen else "",
    }
    return show(request, "for_me", SelfForm(initial=initial), youth=True)


WISH: Final = 1_000  # letters that «I want help for me» holds of what would help
DOES: Final[dict[str, Callable[..., HttpResponse]]] = {"add": add, "erase": erase, "meet": meet}
