"""What Maya agrees to share, as Inès writes it down with her."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import SHARED, Actor
from spheres.followup.consents import actions
from spheres.followup.consents.actions import Given
from spheres.participants import queries as participants
from spheres.sharing.models import Consent
from tests.cast import MONDAY, Cast, acting, uuid_of

HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR
UNTIL = date(2026, 9, 1)
By = Consent.Giver


def given(cast: Cast, which: str = "a consent", **other: Any) -> Given:
    """Maya shares her page and her safety with those who accompany people elsewhere."""
    said = Given(
        id=uuid_of(which),
        organisation_id=cast.elsewhere.pk,
        sections=("summary", "safety"),
        purpose="coordination",
        given_by=By.HERSELF,
        form="ORAL",
        language="fr",
        text_version="2026-11",
        ends_on=UNTIL,
        witness="Karim",
    )
    return replace(said, **other)


def share(cast: Cast, which: str = "a consent", *, at: datetime = MONDAY, **other: Any) -> UUID:
    said = given(cast, which, **other)
    with acting(cast.ines, at):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
        actions.give(cast.maya.file_id, said, person=person, by=cast.ines, at=at)
    return said.id


def take_back(cast: Cast, *which: UUID, at: datetime = LATER) -> list[UUID]:
    with acting(cast.ines, at):
        return actions.take_back(
            cast.maya.file_id,
            which,
            said_by=Consent.Withdrawer.HERSELF,
            form="ORAL",
            by=cast.ines,
            at=at,
        )


def partner(actor: Actor) -> Actor:
    """The same person, on the pages of what is shared."""
    return replace(actor, purpose=SHARED)


@contextmanager
def reading(actor: Actor, at: datetime = LATER) -> Iterator[Actor]:
    """At a partner's, on a page of what is shared."""
    with acting(partner(actor), at) as who:
        yield who
