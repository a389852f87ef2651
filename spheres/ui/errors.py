"""What is said when a page cannot be given?

The pages are the same for everyone: no name, no trace, nothing that differs between what does
not exist and what may not be seen. They need neither the database nor a person signed in.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

STATUSES = {400, 403, 404, 409, 413, 429, 500, 503}


def page(request, status, *, reason="", number=""):
    """The error page for this status.

    `reason` is a whole sentence, `number` what to quote when reporting.
    """
    if status not in STATUSES:
        raise ValueError(f"status is one of {sorted(STATUSES)}, not {status}")
    return render(
        request, f"ui/errors/{status}.html", {"reason": reason, "number": number}, status=status
    )


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
    return page(request, 500)


@login_not_required
def forged(request, reason=""):
    """For CSRF_FAILURE_VIEW: the technical reason stays in the log."""
    return page(request, 403)
