"""How is the code of a receipt drawn, what is kept of it, and what does it open?

A code is twelve letters and figures that cannot be mistaken for one another. It is drawn from the
form that was sent, so that a form sent twice bears one code; of the code itself only a digest is
kept, which nobody makes without the key file.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from django.db import connection

from spheres.core import context
from spheres.core.actor import NOBODY, Actor
from spheres.sharing.counting import Answering
from spheres.vault import actions as vault

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def code_of(use: str, form_id: UUID) -> str:
    """The code of what this form leaves, for one use; kept nowhere."""
    drawn = int.from_bytes(vault.keyed_digest(use, str(form_id)))
    letters = []
    for _place in range(12):
        drawn, place = divmod(drawn, len(LETTERS))
        letters.append(LETTERS[place])
    return "-".join("".join(letters[n : n + 4]) for n in (0, 4, 8))


def digest_of(use: str, code: str) -> bytes:
    """All that is kept of a code: its keyed digest, however it was typed."""
    return vault.keyed_digest(use, "".join(one for one in code.upper() if one in LETTERS))


def opened(asked: Answering, held: bytes, *, actor: Actor) -> UUID:
    """The matter that a code of this digest opens. One that opens nothing gives a matter that is
    nobody's, so that all that follows is asked alike."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{asked.name}(%s)", [held])
        (found,) = cursor.fetchone()
    return UUID(found) if found else uuid5(NOBODY, held.hex())
