"""What do the tests of planned meetings plan, and how do they look at it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.meetings import actions
from spheres.followup.meetings.models import MeetingStatus
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

MEETING = uuid_of("tea on Monday")
LINE = "Un thé, au petit café de la gare."


def plan(
    cast: Cast,
    starts_at: datetime = MONDAY + timedelta(hours=2),
    *,
    number: UUID = MEETING,
    at: datetime = MONDAY,
    by: Actor | None = None,
    file_id: UUID | None = None,
    kind: str = "meeting",
    length: str = "",
    line: str = LINE,
) -> UUID:
    """Inès plans to meet Maya, unless somebody else plans to meet another."""
    who = by or cast.ines
    with acting(who, at):
        planned = actions.Planned(number, kind, starts_at, length, line)
        return actions.plan(file_id or cast.maya.file_id, planned, by=who, at=at)


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"meetings:{place}", args=[cast.maya.file_id, *args])


def seen(actor: Actor, address: str, at: datetime = MONDAY, language: str = "en") -> str:
    """The main part of a page, as this person sees it at a moment."""
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def stands(cast: Cast, number: UUID = MEETING) -> str:
    with acting(cast.ines):
        return MeetingStatus.objects.get(pk=number).status


def passes(cast: Cast, step: str, at: datetime) -> None:
    """Inès notes how the follow-up goes: leave, death, go-on, return."""
    with clock.at(at):
        address = reverse(f"passages:{step}", args=[cast.maya.file_id])
        assert signed_in(cast.ines, at=at).post(address).status_code == 302


def pressed(cast: Cast, answer: str, at: datetime = MONDAY, times: int = 1) -> list[Any]:
    """Inès presses one answer, once or more."""
    with clock.at(at):
        ines = signed_in(cast.ines, at=at)
        return [ines.post(page(cast, answer, MEETING)) for _ in range(times)]
