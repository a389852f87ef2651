"""Was this form sent from our own page, by a person, and not too often?

No cookie stands on these pages, and none may: a cookie on a watched phone says «somebody came
here». Django's token against forged requests needs one, so the forms do without and are guarded
otherwise. A forged request rides on somebody's session; here there is none to ride on. What is
left to refuse is another site sending our form through a visitor's browser: the browser itself
says so (`Sec-Fetch-Site`, or `Origin` in older ones), and no script can write those headers. The
identifier in the page is signed, ages, and makes one record only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from spheres.accounts import limits

A_DAY = timedelta(days=1)
# Lines of ours in the house's table: a day from one network, and one form seen before.
limits.add(
    referral_day=limits.Limit(20, within=timedelta(days=1)),
    public_form=limits.Limit(1, within=timedelta(days=2)),
    # Every look with a number and a code, right or wrong.
    receipt=limits.Limit(10),
    receipt_day=limits.Limit(30, within=timedelta(days=1)),
    # Questions asked under a code: from one network, and all together, so that two hundred sent by
    # a machine never become two thousand to read.
    question=limits.Limit(5),
    question_day=limits.Limit(15, within=timedelta(days=1)),
    question_everywhere=limits.Limit(300, within=timedelta(days=1)),
    # Requests for training, apart: a school that asks for one never keeps its pupils from writing.
    request=limits.Limit(5),
    request_day=limits.Limit(15, within=timedelta(days=1)),
    request_everywhere=limits.Limit(100, within=timedelta(days=1)),
    # Codes of their receipts that open nothing; a right one is given back.
    request_code=limits.Limit(10),
    request_code_day=limits.Limit(30, within=timedelta(days=1)),
    # Requests for advice: a whole hospital may share one network.
    advice=limits.Limit(5),
    advice_day=limits.Limit(15, within=timedelta(days=1)),
    advice_everywhere=limits.Limit(100, within=timedelta(days=1)),
    # Codes of their receipts that open nothing, apart too: somebody in that hospital is followed.
    advice_code=limits.Limit(10),
    advice_code_day=limits.Limit(30, within=timedelta(days=1)),
    # Words added under one code.
    question_word=limits.Limit(20, within=timedelta(days=1)),
    # Every verification number that is looked at, valid or not.
    attestation=limits.Limit(30),
    attestation_day=limits.Limit(100, within=timedelta(days=1)),
    # Codes that open nothing; a right one is given back.
    answer=limits.Limit(10),
    answer_day=limits.Limit(30, within=timedelta(days=1)),
    # What a whole room sends from one network.
    room_sent=limits.Limit(400, within=timedelta(days=1)),
)
EVERYWHERE = "everywhere"

View = Callable[..., HttpResponse]


def for_everyone(view: View) -> View:
    """A public page: no account, no cookie, read or sent."""
    page: View = require_http_methods(["GET", "HEAD", "POST"])(view)
    return csrf_exempt(login_not_required(page))


def for_reading(view: View) -> View:
    """A page that is the same for everybody: it asks the database nothing, and leaves compressed.

    Nothing secret stands in it, so its length tells nobody anything.
    """
    page: View = without_database(gzip_page(require_safe(view)))
    return login_not_required(page)


def shown_by_a_press(view: View) -> View:
    """A page for young people: brought back by the Back button, it shows nothing until a press.

    Without script nothing covers what was left. Every link, form and script of ours is somebody's
    press, and the browser says so (`Sec-Fetch-User`); what Back asks again from inside our site is
    not. What a browser shows from its memory it does not ask: the page of limits says so.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_brought_back(request):
            return render(request, "ui/blank.html", {"back": request.get_full_path()})
        return view(request, *args, **kwargs)

    return page


def is_brought_back(request: HttpRequest) -> bool:
    """True when the browser says that it goes to this page from one of ours without any press."""
    said = request.headers
    return (
        request.method in {"GET", "HEAD"}
        and said.get("Sec-Fetch-Mode") == "navigate"
        and said.get("Sec-Fetch-Site") == "same-origin"
        and "Sec-Fetch-User" not in said
    )


def without_database(view: View) -> View:
    """Answered outside any transaction: the database may be away (config/unit_of_work.py)."""
    view.needs_no_database = True  # type: ignore[attr-defined]
    return view


def comes_from_here(request: HttpRequest) -> bool:
    """True when the browser says the form was on our page, or is too old to say anything."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def within_limits(
    request: HttpRequest, form_id: UUID, at: datetime, counted: tuple[str, ...]
) -> bool:
    """Few forms an hour and a day from one network; the same form sent again never counts twice.

    `counted` are the counters of this form, one after the other: what a network refuses is not
    counted against everybody.

    A form counted once may come back as often as it likes: it makes nothing new, and whoever
    doubts that the first tap worked must find her receipt again.
    """
    if not limits.allow("public_form", str(form_id), at):
        return True
    network = limits.network_of(request.META.get("REMOTE_ADDR", ""))
    if all(
        limits.allow(kind, EVERYWHERE if kind.endswith(EVERYWHERE) else network, at)
        for kind in counted
    ):
        return True
    limits.forget("public_form", str(form_id))
    return False


def may_look(request: HttpRequest, at: datetime, what: str) -> bool:
    """Few looks an hour and a day from one network: no number and code are found by trying. Where a
    right code gives its try back (`give_back_try`), only wrong ones are few."""
    network = limits.network_of(request.META.get("REMOTE_ADDR", ""))
    return limits.allow(what, network, at) and limits.allow(f"{what}_day", network, at)


def may_send_from_room(request: HttpRequest, at: datetime) -> bool:
    """As many answers a day as the rooms of one building give, before and after."""
    return limits.allow("room_sent", limits.network_of(request.META.get("REMOTE_ADDR", "")), at)


def may_add(matter: UUID, at: datetime) -> bool:
    """So many words under one code in a day: nobody writes more by hand."""
    return limits.allow("question_word", str(matter), at)


def give_back_try(request: HttpRequest, what: str) -> None:
    """The code was a right one: a whole shelter, or a school, may share one network."""
    network = limits.network_of(request.META.get("REMOTE_ADDR", ""))
    for kind in (what, f"{what}_day"):
        limits.give_back(kind, network)
