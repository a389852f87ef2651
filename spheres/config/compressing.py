"""Styles and scripts leave compressed: on a slow telephone, twenty kilobytes are half a second.

Only they do, here. A page of a person may hold what somebody would like to guess, and the length
of what is compressed tells of what is in it; pages that are the same for everybody say themselves
that they may (public/guard.py).
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedStatics(GZipMiddleware):
    """Around WhiteNoise, which serves them as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 200 or not request.path.startswith(settings.STATIC_URL):
            return response
        return super().process_response(request, response)
