"""A notebook opened with somebody of the cast, by the actions themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from spheres.core import clock
from spheres.core.actor import NOTEBOOK, PARTICIPANT, Actor
from spheres.followup.reaching import actions as reaching
from spheres.participants import queries as participants
from spheres.participants.models import File
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.actions import Asked
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting
from tests.pages import visitor

CODE, PIN = "4183829917204417", "730194"
EVERYTHING = frozenset({"words", "plan", "safety"})


def confirm_contact(cast: Cast, *, at: datetime = MONDAY, file_id: UUID | None = None) -> None:
    """How to reach Maya safely was talked over, and she confirms it."""
    with acting(cast.ines, at):
        reaching.confirm(
            file_id or cast.maya.file_id, uuid4(), on=clock.day_of(at), by=cast.ines, at=at
        )


def note_unsafe(cast: Cast, *, at: datetime = MONDAY) -> None:
    with acting(cast.ines, at):
        reaching.note_unsafe(cast.maya.file_id, uuid4(), on=clock.day_of(at), by=cast.ines, at=at)


def note_safe(cast: Cast, *, at: datetime = MONDAY) -> None:
    with acting(cast.ines, at):
        reaching.note_safe(cast.maya.file_id, uuid4(), by=cast.ines, at=at)


def open_notebook(
    cast: Cast,
    level: str = "WRITE",
    kinds: frozenset[str] = EVERYTHING,
    *,
    at: datetime = MONDAY,
    by: Actor | None = None,
) -> UUID:
    """As her worker does, beside her, with how things stand now."""
    by, file_id, asked = by or cast.ines, cast.maya.file_id, Asked(uuid4(), level, kinds)
    with acting(by, at):
        known = participants.known(file_id, actor=by)
        assert known is not None
        vault.open(known.rows, by=by)
        ready = queries.ready(participants.header_of(known), known, at=at)
        actions.open_together(file_id, asked, ready=ready, by=by, at=at)
    return asked.id


def give_code(cast: Cast, code: str = CODE, pin: str = PIN, *, at: datetime = MONDAY) -> None:
    with acting(cast.ines, at):
        assert actions.give_code(
            cast.maya.file_id, code, pin, given_id=uuid4(), by=cast.ines, at=at
        )


def herself(cast: Cast) -> Actor:
    """Maya in her notebook, as the database knows her."""
    with acting(cast.ines):
        person = File.objects.get(pk=cast.maya.file_id).participant_id
    return Actor(person, cast.la_maison.id, frozenset({PARTICIPANT}), NOTEBOOK)


def telephone(language: str = "fr") -> Client:
    """A telephone on the youth site, which knows nobody."""
    client = visitor(settings.YOUTH_HOST)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def come_in(client: Client, code: str = CODE, pin: str = PIN, *, at: datetime = MONDAY):  # type: ignore[no-untyped-def]
    with clock.at(at):
        shown = client.get("/n/")
        form_id = shown.context["form"].signed_id
        return client.post("/n/", {"form_id": form_id, "code": code, "pin": pin})
