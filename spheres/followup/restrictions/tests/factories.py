"""Whom does Maya bar, in the tests of this folder; and what does somebody then see?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.restrictions import actions
from spheres.followup.restrictions.models import ALL, SaidBy
from spheres.followup.restrictions.policy import Barred, faces_of
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in


def said(barred: Barred, by: Actor, *parts: str, of: str = "she bars", **more: Any) -> actions.Said:
    return actions.Said(
        **{
            "id": uuid_of(of),
            "barred": barred,
            "faces": tuple(faces_of(parts) if parts else ALL),
            "explained_by": uuid_of("karim"),
            "explained_on": clock.day_of(TUESDAY),
            "decider": SaidBy.HERSELF,
            "her_words": "C’est entre nous.",
        }
        | more
    )


def bar(
    cast: Cast, barred: Barred, *parts: str, by: Actor | None = None, at: datetime = TUESDAY,
    **more: Any,
) -> UUID:  # fmt: skip
    """Maya bars somebody, from all of her file when no part is named."""
    who = by or cast.ines
    with acting(who, at):
        words = said(barred, who, *parts, **more)
        return actions.restrict(cast.maya.file_id, words, decides_alone=True, by=who, at=at)


def walk_beside(cast: Cast, who: Actor) -> None:
    with acting(cast.ines):
        beside = Assignment(
            id=uuid4(), file_id=cast.maya.file_id, user_id=who.user_id, starts_at=MONDAY
        )
        Assignment.objects.bulk_create([beside])


def sees(cast: Cast, who: Actor, at: datetime = TUESDAY) -> bool:
    with acting(who, at):
        return participants.is_visible(cast.maya.file_id, actor=who)


def at_the_desk(who: Actor, language: str = "en") -> Client:
    with clock.at(TUESDAY):
        return signed_in(who, at=TUESDAY, language=language)


def get(client: Client, where: str) -> Any:
    with clock.at(TUESDAY):
        return client.get(where)


def send(client: Client, where: str, **sent: Any) -> Any:
    """She opens the page, fills it in, and sends it."""
    with clock.at(TUESDAY):
        number = Page(client.get(where).content.decode()).fields.get("form_id", "")
        return client.post(where, {"form_id": number, **sent})


def explained(cast: Cast, **other: str) -> dict[str, str]:
    return {"explained_by": str(cast.karim.user_id), "explained_on": "2026-03-03"} | other
