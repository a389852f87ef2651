"""What surrounds each page: one transaction, one signed context, one answer to who is at the door.

The last middleware: it calls the view *and renders its answer* inside the transaction, so nothing
is read late, without context, to show as nothing (design §4). Refusals become pages here, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from spheres.accounts import limits
from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest
from spheres.accounts.sessions import hash_of
from spheres.audit import actions as audit
from spheres.core import clock, context, log
from spheres.core.actor import NOTEBOOK, ORDINARY
from spheres.core.errors import (
    NotAllowed,
    WrongState,
    is_key_refused,
    is_not_cleared,
    is_reading_stopped,
    is_row_refused,
)
from spheres.core.words import FileSection, Handlers, OfOrganisation, Own, Word
from spheres.sharing import actions as sharing
from spheres.sharing import compile as rules
from spheres.sharing import inside as notebook
from spheres.ui import errors
from spheres.vault.models import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

View = Callable[..., HttpResponse]

# What a reading page may write: its own trace, and the end of the session of whoever leaves.
MAY_WRITE = (
    'DELETE FROM "accounts_session"',
    'DELETE FROM "sharing_notebooksession"',
    'INSERT INTO "audit_event"',
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "ROLLBACK TO",
)

WRITES: Final = re.compile(r'(?:INSERT INTO|UPDATE) "(\w+)"')
FIRST_KEY: Final = "select access.mint_key("
NOT_CLEARED: Final = _(
    "Nothing was changed. Before files are given, this organisation asks for a signed undertaking "
    "and an up-to-date training, and one of them is missing. Whoever is concerned sees which on "
    "“My undertaking”, beside their account."
)
IN_FILE: Final = _("You can no longer write in this file. Nothing of what you sent was kept there.")
HERE: Final = _("You can no longer write this here. Nothing of what you sent was kept.")
# What opens whatever was read that day: of one person, what keeps them safe.
PROTECTING: Final = (
    ("danger:call_for", _("Danger: call first, write after")),
    ("reaching:detail", _("How to reach them safely")),
    ("safety_net:page", _("What keeps them safe")),
    ("exceptional:ask", _("If a life may be in danger")),
)


class WritesOnReading(RuntimeError):
    """A page that only reads tries to change something."""


def only_reading(execute: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any) -> Any:
    """Execute wrapper of a page that only reads: SELECT, and the journal's insert."""
    if not sql.lstrip().upper().startswith("SELECT") and not sql.startswith(MAY_WRITE):
        raise WritesOnReading(sql.split(" SET ")[0][:80])
    return execute(sql, params, many, ctx)


class WritingRefused(ProgrammingError):
    """The rules refuse to a person a row that a page still offered her to write."""

    def __init__(self, reason: _StrPromise) -> None:
        super().__init__("row security refused a row to a person")
        self.reason = reason


def only_rows_she_may_write(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any
) -> Any:
    """Execute wrapper of a page that writes: tells the rules' refusal from every other fault.

    Whoever finds the error where it was raised meets it as before; only the page's end asks which.
    """
    try:
        return execute(sql, params, many, ctx)
    except ProgrammingError as error:
        if (reason := why_refused(error, sql, params)) and context.acting().is_staff:
            raise WritingRefused(reason).with_traceback(error.__traceback__) from error.__cause__
        raise


def why_refused(error: ProgrammingError, sql: str, params: Any) -> _StrPromise | None:
    """A sentence, when her reach ended between the page and its sending; None: it is a bug.

    A row of the journal, of one's own, of the region, is refused by a mistake of ours alone. The
    first text of a file asks for a key first, and is refused there.
    """
    if sql.startswith(FIRST_KEY):
        return IN_FILE if is_key_refused(error) and Kind.ACCOUNT not in params else None
    writes = WRITES.match(sql)
    if writes is None or not is_row_refused(error):
        return None
    match words().get(writes[1]):
        case FileSection() | Own(scope=str()):
            return IN_FILE
        case Handlers() | OfOrganisation():
            return HERE
    return None


@cache
def words() -> dict[str, Word]:
    """The access word of each table."""
    return {model._meta.db_table: rules.word_of(model) for model in rules.our_models()}


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
            if getattr(view, "needs_no_database", False):
                return self._answer_anybody(request, view, args, kwargs)
            with transaction.atomic(durable=True):
                return self._answer(request, view, args, kwargs)
        except Http404:
            return self._refuse(request, 404)
        except NotAllowed as refusal:
            return self._refuse(request, 403, refusal.reason)
        except WrongState as refusal:
            return self._refuse(request, 409, refusal.reason)
        except WritingRefused as refusal:
            # A polite page hides a fault well: the log says which page offered what.
            log.tell("writing.refused", **log.anatomy(refusal), **errors.identifiers(request))
            answer = self._refuse(request, 403, refusal.reason)
            answer.headers["X-Spheres-Closed"] = "1"  # a draft that saves itself stops trying
            return answer
        except DatabaseError as error:
            if is_not_cleared(error):
                return self._refuse(request, 403, NOT_CLEARED)
            if not is_reading_stopped(error):
                raise
            return self._stop(request)

    def _answer_anybody(
        self, request: PageRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse:
        """A page that is the same for everybody knows nobody, and opens no transaction.

        Without a context the database refuses whatever it would ask by mistake.
        """
        request.actor = request.visit.actor
        with clock.at(clock.now()):
            return rendered(view(request, *args, **kwargs))

    def _answer(self, request: PageRequest, view: View, args: Any, kwargs: Any) -> HttpResponse:
        at = clock.now()
        visit = who_is_it(request, at, getattr(view, "purpose", ORDINARY))
        request.visit, request.actor = visit, visit.actor
        if visit.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(visit.language)
        is_in = visit.actor.is_staff or visit.actor.is_participant
        if not is_in and getattr(view, "login_required", True):
            return redirect_to_sign_in(request, locked=visit.locked)
        # Whoever comes through the door has been told to the database there.
        entered = context.until_the_end(visit.actor, at=at, is_told=is_in)
        # One request is one moment: what it gives is seen by what it does next.
        with clock.at(at), entered, audit.coming_from(whereabouts(request)):
            context.memory("me")["name"] = visit.name
            if request.method in {"GET", "HEAD"} or getattr(view, "only_reads", False):
                with connection.execute_wrapper(only_reading):
                    return rendered(view(request, *args, **kwargs))
            with connection.execute_wrapper(only_rows_she_may_write):
                return rendered(view(request, *args, **kwargs))

    def _refuse(self, request: PageRequest, status: int, reason: object = "") -> HttpResponse:
        """Write the refusal after the rollback, then show it: alike for unknown and forbidden.

        What staff were sending comes back with it: a refusal loses nobody's words.
        """
        actor = request.visit.actor
        if actor.is_staff:
            with context.unit_of_work(actor), audit.coming_from(whereabouts(request)):
                audit.record("refused", by=actor, basis=str(status))
        typed = errors.given_back(request)["typed"] if actor.is_staff else []
        return errors.page(request, status, reason=reason, typed=typed)

    def _stop(self, request: PageRequest) -> HttpResponse:
        """So many files were opened today that no other one opens: what protects still does.

        Told after the rollback, in the chain of whoever was stopped; what was typed comes back.
        """
        actor = request.visit.actor
        with context.unit_of_work(actor), audit.coming_from(whereabouts(request)):
            says = {"who": sharing.tell_stopped(by=actor)}
        match = request.resolver_match
        file_id = match.kwargs.get("file_id") if match else None
        ways = [(label, reverse(name, args=[file_id])) for name, label in PROTECTING if file_id]
        typed = errors.given_back(request)["typed"]
        return errors.page(request, 429, stopped=True, ways=ways, typed=typed, **says)


def who_is_it(request: HttpRequest, at: datetime, purpose: str = ORDINARY) -> accounts.Visit:
    """The person behind the session's cookie; the database answers, and enters her context.

    A page of her notebook looks at its own cookie, and at no other; no other page looks at it.
    """
    if purpose == NOTEBOOK:
        return who_is_she(request, at)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return accounts.enter(hash_of(key), at=at, purpose=purpose) if key else accounts.NOBODY


def who_is_she(request: HttpRequest, at: datetime) -> accounts.Visit:
    """She who is in her notebook, when she still is; what it opens now goes with the page."""
    key = request.COOKIES.get(settings.NOTEBOOK_COOKIE_NAME)
    inside = notebook.enter(key, at=at) if key else None
    request.notebook = inside  # type: ignore[attr-defined]
    return accounts.Visit(inside.actor) if inside else accounts.NOBODY


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
    """Back to the same page after sign-in, or after the lock is opened; to her notebook's door."""
    if getattr(request, "urlconf", None) == settings.YOUTH_URLCONF:
        return redirect("notebook:door")
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
