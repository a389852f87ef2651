"""With whom does nobody walk? Language and dates for the lead; a name for whoever is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.handing_over.queries.day import day, names_of
from spheres.sharing.rules import NOTES

LANGUAGES = {"fr": _("French"), "en": _("English"), "other": _("Another language")}


@dataclass(frozen=True)
class Nobody:
    """A follow-up that no worker here opens: since when, in which language, and who is asked.

    Its token is found again by the database alone; a lead can do nothing else with it.
    """

    token: UUID
    language: Any
    since: datetime | None
    has_door_open: bool
    asked: str = ""  # a colleague who was named, and has not taken her on
    has_declined: bool = False  # she cannot


def nobody_beside(*, actor: Actor) -> list[Nobody]:
    """The follow-ups of this organisation that no worker opens, the longest first.

    The database tells them to a team lead alone, and not whose they are.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select of_token, of_language, of_since, is_open, of_asked, has_answered "
            "from access.nobody_beside()"
        )
        rows = cursor.fetchall()
    names = names_of({asked for *_row, asked, _answered in rows if asked})
    found = [
        Nobody(token, LANGUAGES.get(language, ""), since, is_open, names.get(asked, ""), answered)
        for token, language, since, is_open, asked, answered in rows
    ]
    return sorted(
        found,
        key=lambda one: (one.has_door_open, one.since.timestamp() if one.since else 0, one.token),
    )


def name_worker(token: UUID, user_id: UUID, named_id: UUID, *, actor: Actor) -> str:
    """What the database answers to a lead who names a worker (`sharing.naming`)."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.name_worker(%s, %s, %s)", [token, user_id, named_id])
        return str(cursor.fetchone()[0])


def asked_to_tell(*, actor: Actor, at: datetime) -> dict[UUID, str]:
    """The files of those with whom nobody walks, whom I am asked to tell; and who asked."""
    return {one.file_id: one.giver for one in day(actor=actor, at=at).received if one.is_named}


def opens_it(file_id: UUID, *, actor: Actor) -> bool:
    """Whether some other worker reads her notes now: then she is no longer alone."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from access.who_can(%s, %s) w "
            "where w.user_id <> %s and w.purpose = 'ordinary')",
            [file_id, NOTES, actor.user_id],
        )
        return bool(cursor.fetchone()[0])
