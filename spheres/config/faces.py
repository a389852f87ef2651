"""Which of the two sites is asked for? Staff and youth share no page and no cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class Faces:
    """Chooses the addresses by the host's name; an unknown host was refused before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.get_host().split(":")[0] == settings.YOUTH_HOST:
            request.urlconf = settings.YOUTH_URLCONF
        return self.get_response(request)
