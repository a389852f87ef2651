"""Which of the two sites is asked for? Staff and youth share no page and no cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port


class Faces:
    """Chooses the addresses by the host's name; an unknown host was refused before.

    Only the staff site's own name, whatever its capitals and its last dot, gives the staff site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name, _port = split_domain_port(request.get_host())
        if name != settings.STAFF_HOST:
            request.urlconf = settings.YOUTH_URLCONF
        return self.get_response(request)
