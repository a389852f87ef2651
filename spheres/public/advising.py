"""What does a professional who holds the code of a receipt find: answers, and a word to add?

Everything is answered at one address, to a form that was sent: the code never stands in an address,
a title or the browser's history. A code that is unknown, mistyped or over gives one answer, by the
same steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse

from spheres.accounts.requests import PageRequest
from spheres.core import clock, context
from spheres.core.actor import Actor, asker
from spheres.public import guard
from spheres.public.forms import AdviceCodeForm, AskMoreForm, HowItWasForm
from spheres.public.views import not_looked_for, show
from spheres.regions import queries as regions
from spheres.worker_support.intervention_support import actions, policy, queries
from spheres.worker_support.intervention_support.queries import Thread


@guard.for_everyone
def answer(request: PageRequest) -> HttpResponse:
    """With a code: what was asked and answered, and what the professional wants to do now."""
    if request.method != "POST":
        return show(request, "advice_back", AdviceCodeForm())
    form = AdviceCodeForm(request.POST)
    if refused := not_looked_for(request, "advice_back", form, what="advice_code"):
        return refused
    matter = queries.matter_of(form.cleaned_data["advice_code"], actor=request.actor)
    with context.acting_as(asker(matter)) as them:
        thread = queries.thread(matter, actor=them)
        if thread is None:
            return show(request, "advice_under_code", form, thread=None)
        answered = DOES.get(request.POST.get("do", ""), see)(request, form, thread, them)
    guard.give_back_try(request, "advice_code")
    return answered


def see(
    request: PageRequest,
    form: AdviceCodeForm,
    thread: Thread,
    them: Actor,
    *,
    adding: AskMoreForm | None = None,
    saying: HowItWasForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """What was said; then a word to add, two questions, and that it is done."""
    return show(
        request,
        "advice_under_code",
        form,
        status=status,
        thread=thread,
        adding=adding or AskMoreForm(),
        saying=saying or HowItWasForm(),
        may_say=thread.is_answered and policy.can_say_how_it_was(them, thread.standing),
        may_be_done=policy.can_be_done(them, thread.standing),
        **more,
    )


def add(request: PageRequest, form: AdviceCodeForm, thread: Thread, them: Actor) -> HttpResponse:
    """One more word. Sent again, by Back or by a second tap, it is said once."""
    adding = AskMoreForm(request.POST)
    if not adding.is_valid():
        return see(request, form, thread, them, adding=adding, status=422)
    if adding.must_look_again:
        findings = adding.findings()
        return see(request, form, thread, them, adding=adding, findings=findings, status=422)
    matter, at = thread.row.pk, clock.now()
    if not guard.may_add(matter, at):
        return see(request, form, thread, them, adding=adding, too_many=True, status=429)
    words = adding.cleaned_data["words"]
    actions.ask_more(matter, adding.record_id, words=words, by=them, at=at)
    return see(request, form, queries.thread(matter, actor=them) or thread, them, is_added=True)


def say(request: PageRequest, form: AdviceCodeForm, thread: Thread, them: Actor) -> HttpResponse:
    """Two answers that nothing ties to the request; once."""
    saying = HowItWasForm(request.POST)
    if not thread.is_answered or not saying.is_valid():
        return see(request, form, thread, them, saying=saying, status=422)
    said, matter = saying.cleaned_data, thread.row.pk
    actions.say_how_it_was(
        matter,
        clearer=said["clearer"],
        equipped=said["equipped"],
        desk=regions.desk(),
        by=them,
        at=clock.now(),
    )
    return see(request, form, queries.thread(matter, actor=them) or thread, them, is_said=True)


def done(request: PageRequest, form: AdviceCodeForm, thread: Thread, them: Actor) -> HttpResponse:
    """«It is done»: the code still opens this page, and a word opens the request again."""
    matter = thread.row.pk
    actions.be_done(matter, by=them, at=clock.now())
    return see(request, form, queries.thread(matter, actor=them) or thread, them)


DOES: Final[dict[str, Callable[..., HttpResponse]]] = {"add": add, "say": say, "done": done}
