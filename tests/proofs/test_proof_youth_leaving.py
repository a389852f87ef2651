"""If the site lied about leaving, would a telephone say so? Each small lie is told, and caught.

The same visit is made each time: in, one page, out; in again, and closed by herself; in again, and
closed by her worker. Whatever a lie leaves behind, the visit must meet.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock
from spheres.portal.notebook import actions, guard
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from spheres.portal.notebook.views import door, hers
from spheres.public import guard as public
from spheres.sharing.models import NotebookSession
from spheres.ui import views as ui
from tests.cast import MONDAY, Cast, acting
from tests.daily import DAILY, part_told, told_today
from tests.proofs import youth_report
from tests.proofs.figures import tell

pytestmark = [pytest.mark.django_db, DAILY]

SECOND = timedelta(seconds=1)
FORGET = 'response.headers["Clear-Site-Data"] = \'"cache", "cookies", "storage"\''
ENDS = "NotebookSession.objects.filter(file_id=file_id).delete()"
# Whose words, a piece of them, and what stands in its place.
LIES: dict[str, tuple[Any, str, str]] = {
    "leaving ends nothing on the server": (door.leave, "actions.leave(key)", "pass"),
    "leaving keeps her cookie": (
        door.leave, "guard.let_out(ui.leave(request))", "ui.leave(request)",
    ),
    "leaving keeps the cookie of the house": (
        ui.gone, "response.delete_cookie", "(lambda *_a, **_k: None)",
    ),
    "leaving asks the browser to forget nothing": (ui._giving_its_place_to, FORGET, "pass"),
    "leaving asks to forget the pages, not the cookies": (
        ui._giving_its_place_to, '"cookies", ', "",
    ),
    "leaving stops at the first page": (ui.gone, 'addresses.to("ui:away")', '"/"'),
    "leaving stays with us": (ui.away, 'getattr(settings, "EXIT_URL", NEUTRAL)', '"/how/"'),
    "the server ends another session": (actions.leave, "hash_of(key)", "key"),
    "closed by herself, she stays in": (hers.close, "actions.leave(guard.key_of(request))", "pass"),
    "closed by herself, her cookie stays": (
        hers.close, 'guard.let_out(redirect("ui:exit"))', 'redirect("ui:exit")',
    ),
    "closed by herself, she is led to the door": (hers.close, '"ui:exit"', '"notebook:door"'),
    "closed by herself, nothing is closed": (
        hers.close, "actions.close_alone(request.notebook)", "pass",
    ),
    "closed by her worker, she stays in": (actions._end, ENDS, "pass"),
    "closed by her worker, it stays open": (
        actions._end, "standing.update(ended_at=at, ended_by=by.user_id)", "pass",
    ),
    "a second telephone leaves the first in": (actions._begin, ENDS, "pass"),
    "her cookie is read by scripts": (guard.let_in, "httponly=True", "httponly=False"),
    "her cookie comes from other sites": (guard.let_in, 'samesite="Strict"', 'samesite="Lax"'),
    "her cookie stays when the browser is closed": (
        guard.let_in, 'samesite="Strict"', 'samesite="Strict", max_age=3600',
    ),
    "her pages are lines of the history": (
        guard.show, 'f"{ONE_ENTRY} {SIGNED_IN}=', 'f"{SIGNED_IN}=',
    ),
    "her pages are those of anybody": (guard.show, "if is_inside\n", "if not is_inside\n"),
    "without script, a page left on the screen stays there": (
        guard.show, "int(IDLE.total_seconds()) if is_inside else 0", "0",
    ),
    "brought back, a page shows itself": (public.is_brought_back, '== "navigate"', '== "never"'),
}  # fmt: skip


@contextmanager
def told(of: Any, piece: str, instead: str) -> Iterator[None]:
    """This function, whatever stands around it, does otherwise for a moment."""
    function = inspect.unwrap(of)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(piece) == 1, (function, piece)
    [defined] = ast.parse(source.replace(piece, instead)).body
    assert isinstance(defined, ast.FunctionDef)
    defined.decorator_list = []
    made: dict[str, Any] = {}
    exec(compile(ast.Module([defined], []), "a lie", "exec"), function.__globals__, made)
    true = function.__code__
    function.__code__ = made[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = true


def sessions() -> int:
    with acting(DOORKEEPER):
        return NotebookSession.objects.count()


def marks(answer: Any) -> tuple[bool, bool, bool, str]:
    """What a page says of itself to our scripts and to the browser."""
    said = answer.content.decode()
    found = ("data-spheres-one-entry", "data-spheres-signed-in=/n/2/", 'content="300; url=/e"')
    one_entry, inside, refreshed = (mark in said for mark in found)
    return one_entry, inside, refreshed, answer.headers["Cache-Control"]


def left(answer: Any, name: str) -> tuple[str, Any]:
    """What an answer says of a cookie: nothing, or that it goes."""
    cookie = answer.cookies.get(name)
    return ("", None) if cookie is None else (cookie.value, cookie["max-age"])


def visit(cast: Cast) -> list[Any]:
    """In, one page, out, and what is left; then closed, by herself and by her worker."""
    ours, theirs = settings.NOTEBOOK_COOKIE_NAME, settings.SESSION_COOKIE_NAME
    first, client, thief = telephone(), telephone(), telephone()
    met: list[Any] = []
    come_in(first)
    entered = come_in(client)
    cookie = entered.cookies[ours]
    met.append([cookie[name] for name in ("httponly", "samesite", "max-age")])
    with clock.at(MONDAY):
        met.append([client.get("/n/1/").status_code, first.get("/n/1/").status_code])
        met.append([marks(client.get("/n/1/")), marks(thief.get("/n/"))])
        brought = {"sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin"}
        met.append("answer_code" in thief.get("/answer/", headers=brought).content.decode())
        thief.cookies[ours] = client.cookies[ours].value
        out = client.get("/e")
        away = client.get("/e/")
        met.append([left(out, ours), left(out, theirs)])
        met.append(
            [[page.headers["Clear-Site-Data"], page.context["next_url"]] for page in (out, away)]
        )
        met.append([thief.get("/n/1/").status_code, sessions()])
    come_in(client, at=MONDAY + SECOND)
    met.append(closed_by_herself(client, ours))
    open_notebook(cast, at=MONDAY + 3 * SECOND)
    inside = telephone()
    come_in(inside, at=MONDAY + 4 * SECOND)
    with acting(cast.ines, MONDAY + 5 * SECOND):
        actions.close(cast.maya.file_id, by=cast.ines, at=MONDAY + 5 * SECOND)
    met.append([sessions(), come_in(telephone(), at=MONDAY + 6 * SECOND).status_code])
    return met


def closed_by_herself(client: Any, ours: str) -> list[Any]:
    with clock.at(MONDAY + 2 * SECOND):
        form_id = client.get("/n/2/").context["close_form"].signed_id
        answer = client.post("/n/3/", {"form_id": form_id})
    tried = come_in(telephone(), at=MONDAY + 2 * SECOND).status_code
    return [answer.headers["Location"], left(answer, ours), sessions(), tried]


def made(cast: Cast) -> list[Any] | str:
    """The visit, undone afterwards; what stops it is met too."""
    mark = transaction.savepoint()
    try:
        return visit(cast)
    except (AssertionError, LookupError, AttributeError, TypeError, DatabaseError) as stopped:
        return repr(stopped)
    finally:
        transaction.savepoint_rollback(mark)


def test_each_lie_about_leaving_is_met_by_a_visit(cast: Cast, whole: bool) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    true = made(cast)

    lies = told_today(LIES, whole=whole)
    believed = []
    for name in lies:
        with told(*LIES[name]):
            if made(cast) == true:
                believed.append(name)

    if whole:
        youth_report.keep(lies=len(LIES))
    tell(f"lies about leaving: {len(lies)}{part_told(whole=whole)}", "all met by a visit")
    assert isinstance(true, list)
    assert believed == []


def test_a_visit_as_it_is_leaves_nothing(cast: Cast, whole: bool) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    forget = '"cache", "cookies", "storage"'

    assert visit(cast) == [
        [True, "Strict", ""],
        [200, 302],
        [(True, True, True, "no-store"), (True, False, False, "no-store")],
        False,
        [("", 0), ("", 0)],
        [[forget, "/e/"], [forget, settings.EXIT_URL]],
        [302, 0],
        ["/e", ("", 0), 0, 422],
        [0, 422],
    ]
