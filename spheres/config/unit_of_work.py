"""What surrounds each page: one transaction, one signed context, one answer to who is at the door.

The last middleware: it calls the view *and renders its answer* inside the transaction, so nothing
is read late, without context, to show as nothing (design §4). Refusals become pages here, once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import translation

from spheres.accounts import limits
from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest
from spheres.accounts.sessions import hash_of
from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.errors import NotAllowed, WrongState
from spheres.ui import errors

View = Callable[..., HttpResponse]

# What a reading page may write: its own trace, and the end of the session of whoever leaves.
MAY_WRITE = (
    'DELETE FROM "accounts_session"',
    'INSERT INTO "audit_event"',
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "ROLLBACK TO",
)


class WritesOnReading(RuntimeError):
    """A page that only reads tries to change something."""


def only_reading(execute: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any) -> Any:
    """Execute wrapper of a page that only reads: SELECT, and the journal's insert."""
    if not sql.lstrip().upper().startswith("SELECT") and not sql.startswith(MAY_WRITE):
        raise WritesOnReading(sql.split(" SET ")[0][:80])
    return execute(sql, params, many, ctx)


class UnitOfWork:
    """One request, one unit of work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: PageRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse:
        request.visit = accounts.NOBODY
        try:
            with transaction.atomic(durable=True):
                return self._answer(request, view, args, kwargs)
        except Http404:
            return self._refuse(request, 404)
        except NotAllowed as refusal:
            return self._refuse(request, 403, refusal.reason)
        except WrongState as refusal:
            return self._refuse(request, 409, refusal.reason)

    def _answer(self, request: PageRequest, view: View, args: Any, kwargs: Any) -> HttpResponse:
        at = clock.now()
        visit = who_is_it(request, at)
        request.visit, request.actor = visit, visit.actor
        if visit.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(visit.language)
        if not visit.actor.is_staff and getattr(view, "login_required", True):
            return redirect_to_sign_in(request, locked=visit.locked)
        # Whoever comes through the door has been told to the database there.
        entered = context.until_the_end(visit.actor, at=at, is_told=visit.actor.is_staff)
        # One request is one moment: what it gives is seen by what it does next.
        with clock.at(at), entered, audit.coming_from(whereabouts(request)):
            if request.method in {"GET", "HEAD"} or getattr(view, "only_reads", False):
                with connection.execute_wrapper(only_reading):
                    return rendered(view(request, *args, **kwargs))
            return rendered(view(request, *args, **kwargs))

    def _refuse(self, request: PageRequest, status: int, reason: object = "") -> HttpResponse:
        """Write the refusal after the rollback, then show it: alike for unknown and forbidden."""
        actor = request.visit.actor
        if actor.is_staff:
            with context.unit_of_work(actor), audit.coming_from(whereabouts(request)):
                audit.record("refused", by=actor, basis=str(status))
        return errors.page(request, status, reason=reason)


def who_is_it(request: HttpRequest, at: datetime) -> accounts.Visit:
    """The person behind the session's cookie; the database answers, and enters her context."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return accounts.enter(hash_of(key), at=at) if key else accounts.NOBODY


def whereabouts(request: HttpRequest) -> audit.Whereabouts:
    """A short hash of the session and the network's prefix: enough to investigate, no more.

    Of whoever is on the youth site, nothing: the journal is for ever, and says who opened a file,
    not from where a young person, or whoever referred her, wrote to us.
    """
    if getattr(request, "urlconf", None) == settings.YOUTH_URLCONF:
        return audit.NOWHERE
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    network = limits.network_of(request.META.get("REMOTE_ADDR", ""))
    mark = ":" if ":" in network else "."
    return audit.Whereabouts(hash_of(key)[:16] if key else "", mark.join(network.split(mark)[:3]))


def redirect_to_sign_in(request: HttpRequest, *, locked: bool) -> HttpResponse:
    """Back to the same page after sign-in, or after the lock is opened."""
    door = reverse("accounts:unlock" if locked else "accounts:sign_in")
    to = f"{door}?{urlencode({'next': page_of(request)})}"
    if request.headers.get("HX-Request") == "true":
        # A fragment has no room for a whole page: the page itself is told to leave.
        return HttpResponse(status=401, headers={"HX-Redirect": to})
    return redirect(to)


def page_of(request: HttpRequest) -> str:
    """The page she is on: the one asked for, or the one whose form or fragment was sent."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def rendered(response: HttpResponse) -> HttpResponse:
    """Render now what is rendered late; refuse what would be read after the transaction."""
    if isinstance(response, StreamingHttpResponse):
        raise TypeError(
            "Nothing is streamed: long output is made by a job, into an encrypted file."
        )
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response
