"""What is said when a page cannot be given?

The pages are the same for everyone: no name, no trace, nothing that differs between what does
not exist and what may not be seen. They need neither the database nor a person signed in. A fault
gives back the text that was being sent, with a button that sends the very same form again; a
refusal gives it back to be copied.
"""

import re
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render

from spheres.core import log
from spheres.core.errors import is_away

STATUSES = {400, 403, 404, 409, 413, 429, 500, 503}
# A form that holds one of these opens a door: it is never written into a page.
SECRETS = {"answer", "code", "password", "pin", "recovery", "secret", "state"}
# On the youth site: her two numbers, the code of a receipt, and that a PIN was typed a moment ago.
HER_SECRETS = {"again", "answer_code", "new", "proof", "receipt_code"}
CARRIED = {"csrfmiddlewaretoken", "form_id"}
HER_WORD = {"code_word", "word"}  # the one by which she makes herself known stands on no page
CODED = re.compile(r"[a-z0-9_.:-]*")  # a choice, a day, an hour: not what one would miss
PLAIN, WITH_EXIT = "ui/base_plain.html", "ui/base_youth.html"


def page(request, status, *, reason="", number="", **more):
    """The error page for this status.

    `reason` is a whole sentence, `number` what to quote when reporting.
    """
    if status not in STATUSES:
        raise ValueError(f"status is one of {sorted(STATUSES)}, not {status}")
    # On her phone, the way out is on every page, and first of all on the one she did not expect.
    is_youth = getattr(request, "urlconf", None) == getattr(settings, "YOUTH_URLCONF", "")
    frame = WITH_EXIT if is_youth else PLAIN
    # Where those who work may ask why: the same on every page that answers nothing.
    says = {"frame": frame, "is_staff_site": not is_youth, "reason": reason, "number": number}
    says |= more
    named = "stopped" if more.get("stopped") else status
    return render(request, f"ui/errors/{named}.html", says, status=status)


@login_not_required
def bad_request(request, exception=None):
    return page(request, 400)


@login_not_required
def forbidden(request, exception=None):
    return page(request, 403)


@login_not_required
def not_found(request, exception=None):
    return page(request, 404)


@login_not_required
def server_error(request):
    """Told to the log, under the number that the page shows; her text comes back with it."""
    status = note_fault(request)
    number = getattr(request, "number", "")
    return page(request, status, number=number, **given_back(request))


def given_back(request):
    """What was being sent: all of it, to send again; what was typed, to read and copy."""
    sent = all_that_was_sent(request)
    if holds_a_secret(sent):
        sent = []
    typed = [
        value
        for name, values in sent
        for value in values
        if name not in CARRIED | HER_WORD and value.strip() and not CODED.fullmatch(value)
    ]
    return {"sent": [(name, value) for name, values in sent for value in values], "typed": typed}


@login_not_required
def forged(request, reason=""):
    """For CSRF_FAILURE_VIEW: the technical reason stays in the log."""
    return page(request, 403)


def note_fault(request):
    """Write one line of what broke; 503 when the database is gone or full, 500 otherwise."""
    error = sys.exc_info()[1]
    away = is_away(error)
    if error is not None:
        log.fault("database.away" if away else "page.broke", error, **identifiers(request))
    return 503 if away else 500


def identifiers(request):
    """What may be told of a request: its method, its page, who is signed in. Never its address."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    said = {"method": request.method, "view": match.view_name if match else ""}
    return said | ({"user": actor.user_id} if actor is not None and actor.is_staff else {})


def holds_a_secret(sent):
    """True when whoever finds the page could open a door with what was sent."""
    return bool((SECRETS | HER_SECRETS) & {name for name, _ in sent})


def all_that_was_sent(request):
    """Every field of the form that was being sent, as far as it could be read."""
    try:
        return list(request.POST.lists())
    except (SuspiciousOperation, OSError):
        return []
