"""What do requests put beside a file, on the day of a worker, before whoever answers them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.working_days import last_working
from spheres.participants import queries as participants
from spheres.privacy.access_requests import policy, queries
from spheres.privacy.access_requests.models import RequestStatus
from spheres.privacy.access_requests.policy import GIVING
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses, moments

LATER = RequestStatus.Status.LATER


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who walk with her: nothing is asked, nothing is counted."""
    if not policy.can_receive(actor):
        return None
    return Block("access_requests/block.html", {"file_id": file_id}, beside=True)


def of_mine(*, actor: Actor) -> list[Handed]:
    """On my day: about whom of mine a request waits, until which day; and letters shown to me."""
    if not policy.can_receive(actor):
        return []
    now = clock.now()
    rows = places.rows_of_day(queries.MINE, actor=actor, at=now)
    rows = [row for row in rows if row["status"] != LATER or _is_back(row)]
    rows.sort(key=lambda row: (_day(row), row["id"]))
    names = dict(participants.names([UUID(row["file_id"]) for row in rows], actor=actor))
    lines = [_letters()] if places.rows_of_day(queries.PASSED, actor=actor, at=now) else []
    return lines + [
        _line(row["file_id"], row["id"], _day(row), row["status"], names[UUID(row["file_id"])])
        for row in rows
        if UUID(row["file_id"]) in names
    ]


def _day(row: dict[str, Any]) -> date:
    """Until when it is answered; refused for a time, the day it is looked at again."""
    return date.fromisoformat(row["again_on" if row["status"] == LATER else "due_on"])


def _is_back(row: dict[str, Any]) -> bool:
    """What was refused for a time comes back by itself, on a day when somebody works."""
    return clock.today() >= last_working(_day(row))


def _line(file_id: str, request_id: str, day: date, status: str, name: str) -> Handed:
    if status in GIVING:
        says = _("%(name)s: what was granted is to be handed over.")
    elif status == LATER:
        says = _("%(name)s: what was refused for a time is to be looked at again on %(day)s")
    else:
        says = _("%(name)s: an access request is to be answered by %(day)s")
    return Handed(
        sentence=says % {"name": name, "day": moments.day(day)},
        url=addresses.to("access_requests:one", UUID(file_id), UUID(request_id)),
        verb=gettext_lazy("See what is left to do"),
        icon="book",
    )


def _letters() -> Handed:
    return Handed(
        sentence=_("A letter was shown to you: does it speak of somebody you walk with?"),
        url=addresses.to("access_requests:passed"),
        verb=gettext_lazy("Read it"),
        icon="message",
    )


def of_here(*, actor: Actor) -> list[Handed]:
    """To whoever is in charge of privacy: how many requests and letters wait, and the nearest day;
    nothing of whom."""
    if not policy.can_sit(actor):
        return []
    now = clock.now()
    asked = places.rows_of_day(queries.HERE, actor=actor, at=now)
    requests = [_day(row) for row in asked if row["status"] != LATER]
    again = [_day(row) for row in asked if row["status"] == LATER and _is_back(row)]
    arrived = places.rows_of_day(queries.ARRIVED, actor=actor, at=now)
    letters = [date.fromisoformat(row["due_on"]) for row in arrived]
    return [
        *_at_desk(requests, _requests, "book"),
        *_at_desk(again, _again, "book"),
        *_at_desk(letters, _letters_here, "message"),
    ]


def _at_desk(days: list[date], says: Callable[[int, bool], str], icon: str) -> list[Handed]:
    if not days:
        return []
    first = min(days)
    sentence = says(len(days), first < clock.today())
    return [
        Handed(
            sentence=sentence % {"number": len(days), "day": moments.day(first)},
            url=addresses.to("access_requests:desk"),
            verb=gettext_lazy("See them"),
            icon=icon,
        )
    ]


def _requests(number: int, is_late: bool) -> str:
    if is_late:
        return ngettext(
            "%(number)s access request waits, and the law’s day was %(day)s: see to it first",
            "%(number)s access requests wait, and the law’s day of the first was %(day)s: "
            "see to it first",
            number,
        )
    return ngettext(
        "%(number)s access request waits, to be answered by %(day)s",
        "%(number)s access requests wait, the first to be answered by %(day)s",
        number,
    )


def _again(number: int, is_late: bool) -> str:
    if is_late:
        return ngettext(
            "%(number)s request refused for a time was to be looked at again on %(day)s: "
            "see to it first",
            "%(number)s requests refused for a time were to be looked at again, the first on "
            "%(day)s: see to it first",
            number,
        )
    return ngettext(
        "%(number)s request refused for a time is to be looked at again on %(day)s",
        "%(number)s requests refused for a time are to be looked at again, the first on %(day)s",
        number,
    )


def _letters_here(number: int, is_late: bool) -> str:
    if is_late:
        return ngettext(
            "%(number)s letter that arrived here waits, and the law’s day was %(day)s: "
            "see to it first",
            "%(number)s letters that arrived here wait, and the law’s day of the first was "
            "%(day)s: see to it first",
            number,
        )
    return ngettext(
        "%(number)s letter that arrived here waits, to be answered by %(day)s",
        "%(number)s letters that arrived here wait, the first to be answered by %(day)s",
        number,
    )
