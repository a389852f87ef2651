"""What partners do for Maya, as Inès writes it down with her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from spheres.followup.parts import actions
from spheres.followup.parts.actions import Said
from tests.cast import MONDAY, Cast, acting, uuid_of

WHAT = "Elle dort là trois nuits par semaine."
NEXT = "Choisir une quatrième nuit."


def said(cast: Cast, which: str = "a part", **other: Any) -> Said:
    """Elsewhere gives her a bed; somebody there is in charge of it."""
    one = Said(
        id=uuid_of(which),
        organisation_id=cast.elsewhere.pk,
        what=WHAT,
        person="Samir, hébergement",
        next_step=NEXT,
        since_on=date(2026, 1, 12),
        next_on=date(2026, 3, 9),
    )
    return replace(one, **other)


def say(
    cast: Cast,
    which: str = "a part",
    *,
    of: UUID | None = None,
    at: datetime = MONDAY,
    **other: Any,
) -> UUID:
    with acting(cast.ines, at):
        one = said(cast, which, **other)
        return actions.say(cast.maya.file_id, one, of=of, by=cast.ines, at=at)
