"""Which requests are told to the log, and by which number can one be found again?

A page that is served leaves no line: who opened what is the journal's, behind its rules. A refusal
and a fault leave one, with identifiers only; no address is written, for an address may be typed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from spheres.core import log
from spheres.ui import errors

FORM_SHOWN_AGAIN = 422  # somebody forgot an answer: that is nobody's business


class RequestLog:
    """The outermost middleware: a number for each request, a line for each refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = log.new_number()
        request.number = number  # type: ignore[attr-defined]
        with log.about(number=number):
            response = self.get_response(request)
            # Faults were told where they were caught, while their places were known.
            if 400 <= response.status_code < 500 and response.status_code != FORM_SHOWN_AGAIN:
                log.tell("page.refused", status=response.status_code, **errors.identifiers(request))
        return response
