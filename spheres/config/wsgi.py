"""What does the server call for each request?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spheres.config.settings")
_pages = get_wsgi_application()

from spheres.config import bodies, health  # noqa: E402 -- the settings must stand first
from spheres.core import log  # noqa: E402 -- the same

LAST_WORDS = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title>
<main><p>Cette page ne peut pas être donnée maintenant. Réessayez dans quelques minutes.
En danger immédiat : 911.</p>
<p lang="en">This page cannot be given now. Try again in a few minutes.
In immediate danger: 911.</p></main></html>""".encode()


def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A page; and if even the page of faults cannot be drawn, a few words and no trace.

    What is raised from here, the server would print with its message.
    """
    try:
        environ["wsgi.input"] = bodies.Patient(environ["wsgi.input"])
        return _pages(environ, start_response)
    except Exception as error:
        log.fault("server.broke", error)
        start_response(
            "500 Internal Server Error",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Length", str(len(LAST_WORDS))),
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", "default-src 'none'"),
            ],
        )
        return [LAST_WORDS]


def behind(proxies: Sequence[str], serve: Callable[..., Any]) -> Callable[..., Any]:
    """Believe these proxies, and no one else, when they say for whom they ask and by which scheme.

    Without proxies nothing a request says of itself is believed.
    """
    if not proxies:
        return serve
    wrapped: Callable[..., Any] = wrap_wsgi_with_proxy_headers(serve, list(proxies))
    return wrapped


application = health.answering(behind(settings.TRUSTED_PROXIES, guarded))
