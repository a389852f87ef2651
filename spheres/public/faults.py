"""What is shown when a public page breaks, or the database is gone, and where does the text go?

A young person may have typed for three minutes on a phone she does not own: what she typed comes
back in the answer, with a button that sends the very same form again, and numbers that need no
database. Nothing here reads one.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from spheres.public import queries
from spheres.public.forms import (
    AddForm,
    AdviceForm,
    AskForm,
    AskMoreForm,
    PublicForm,
    ReferralForm,
    RelativeForm,
    SelfForm,
)
from spheres.ui import errors
from spheres.ui import views as exits

LEAVING: Final = "/e"
# Her notebook: a page of its faults is put away like any page of it, after a minute away.
HERS: Final = "/n/"
PUT_AWAY: Final = "data-spheres-one-entry data-spheres-signed-in"
FORMS: dict[str, type[PublicForm]] = {
    "/for-me/": SelfForm,
    "/referral/": ReferralForm,
    "/relative/": RelativeForm,
    "/advice/": AdviceForm,
    "/ask/": AskForm,
    "/answer/": AddForm,
    "/advice/answer/": AskMoreForm,
}


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side: told to the log, and her text comes back.

    Whoever leaves, leaves: then she sees nothing of it.
    """
    status = errors.note_fault(request)
    return exits.gone(request) if request.path == LEAVING else answer(request, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Unreadable: nothing could be taken in, so nothing can be given back."""
    return answer(request, status=400)


def too_heavy(request: HttpRequest) -> HttpResponse:
    """Refused before it was read: nothing was taken in, so nothing can be given back."""
    return answer(request, status=413, is_heavy=True)


def answer(request: HttpRequest, *, status: int, **more: Any) -> HttpResponse:
    """One page for every fault: what was typed, sending again, whom to call."""
    sent = [] if more.get("is_heavy") else errors.all_that_was_sent(request)
    labels = labels_of(request.path)
    typed = [
        (labels[name], value)
        for name, values in sent
        for value in values
        if name in labels and value.strip()
    ]
    if errors.holds_a_secret(sent):
        sent = []  # what was typed is there to copy; no button opens the door again
    words = {
        "sent": [(name, value) for name, values in sent for value in values],
        "typed": typed,
        "marks": PUT_AWAY if request.path.startswith(HERS) else "",
        "lines": queries.help_lines_without_database(youth=True),
        "csrf_token": "",
    }
    return render(request, "public/fault.html", words | more, status=status)


def labels_of(path: str) -> dict[str, Any]:
    """The words of each question that is answered in words."""
    form = FORMS.get(path)
    fields = form.base_fields.items() if form else ()
    return {n: f.label for n, f in fields if getattr(f, "kind", "") in {"text", "longtext"}}
