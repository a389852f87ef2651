"""What do requests put beside a file, on the day of a worker, before whoever answers them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
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
    rows = [
        row
        for row in places.rows_of_day(queries.MINE, actor=actor, at=now)
        if row["status"] != LATER
    ]
    rows.sort(key=lambda row: (row["due_on"], row["id"]))
    names = dict(participants.names([UUID(row["file_id"]) for row in rows], actor=actor))
    lines = [_letters()] if places.rows_of_day(queries.PASSED, actor=actor, at=now) else []
    return lines + [
        _line(row["file_id"], row["id"], row["due_on"], row["status"], names[UUID(row["file_id"])])
        for row in rows
        if UUID(row["file_id"]) in names
    ]


def _line(file_id: str, request_id: str, due_on: str, status: str, name: str) -> Handed:
    says = (
        _("%(name)s: what was granted is to be handed over.")
        if status in GIVING
        else _("%(name)s: an access request is to be answered by %(day)s")
    )
    return Handed(
        sentence=says % {"name": name, "day": moments.day(date.fromisoformat(due_on))},
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
    requests = [row["due_on"] for row in asked if row["status"] != LATER]
    letters = [row["due_on"] for row in places.rows_of_day(queries.ARRIVED, actor=actor, at=now)]
    return _at_desk(requests, _requests, "book") + _at_desk(letters, _letters_here, "message")


def _at_desk(days: list[str], says: Callable[[int, bool], str], icon: str) -> list[Handed]:
    if not days:
        return []
    first = date.fromisoformat(min(days))
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
