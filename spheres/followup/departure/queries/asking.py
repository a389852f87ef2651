"""What does the database answer to each step of a departure? It alone writes them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.models import Departure


def ask_to_leave(departure_id: UUID, last_on: date, *, actor: Actor) -> str:
    """One's organisation asks to leave the programme; one word says what became of it."""
    context.require(actor)
    return str(_ask("ask_to_leave", departure_id, last_on))


def move(step: str, departure_id: UUID, *, actor: Actor) -> bool:
    """Confirm it, receive what is one's own, call it off; False when it is not to be done now."""
    context.require(actor)
    return bool(_ask(f"{step}_departure", departure_id))


def end(departure: Departure, *, actor: Actor) -> str:
    """What is shared from its files ends, it is no longer a partner, and the files of the others
    are the same after as before; else the database undoes it all (`parting.MOVED`)."""
    context.require(actor)
    digest, _rows = _ask("digest_of_others", departure.organisation_id)
    return str(_ask("end_departure", departure.pk, digest))


def _ask(function: str, *said: UUID | str | date) -> Any:
    places = ", ".join(["%s"] * len(said))
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{function}({places})", said)
        return cursor.fetchone()[0]
