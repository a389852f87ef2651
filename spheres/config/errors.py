"""What is shown when a page fails before, or in spite of, everything else?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without this site's own mark: an old page, or another site."""
    return render(request, "ui/errors/400.html", status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """No database, no actor, no trace: a sentence, and what to do."""
    return render(request, "ui/errors/500.html", status=500)
