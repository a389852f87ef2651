"""What Inès tells of Maya: to Roy, of the police, for one meeting; to somebody outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.disclosures import actions, queries
from spheres.followup.disclosures.actions import Prepared
from spheres.participants import queries as participants
from spheres.sharing.models import Disclosure
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, uuid_of

HOUR = timedelta(hours=1)
LATER = MONDAY + HOUR
SOON = LATER + HOUR
MEETING = date(2026, 3, 9)
SAID = {"given_by": "HERSELF", "form": "ORAL", "witness": "Karim", "language": "fr"}
WORDS = {"NAME": "Maya", "NEEDS": "Dormir au chaud."}


def to_roy(cast: Cast, which: str = "for the meeting", **other: Any) -> Prepared:
    """Maya names Roy for the meeting of the 9th, and says yes to two things."""
    told = Prepared(
        id=uuid_of(which),
        ground="CONSENT",
        purpose="MEETING",
        capacity="MEMBER",
        items=WORDS,
        ends_on=MEETING,
        to_organisation_id=cast.police.pk,
        to_user_id=cast.roy.user_id,
        meeting_on=MEETING,
        about=SAID,
    )
    return replace(told, **other)


def to_shelter(cast: Cast, which: str = "for the shelter", **other: Any) -> Prepared:
    """Maya lets a shelter know what it takes to receive her."""
    told = Prepared(
        id=uuid_of(which),
        ground="CONSENT",
        purpose="SERVICE",
        capacity="HOUSING",
        items={"NAME": "Maya", "CONTACT": "Par texto, après 15 h 30."},
        ends_on=date(2026, 4, 1),
        recipient="Rosa Lim, intervenante au refuge",
        about=SAID,
    )
    return replace(told, **other)


def of_order(cast: Cast, which: str = "an order", **other: Any) -> Prepared:
    """What a court required, written down for the register."""
    return to_shelter(
        cast, which, ground="ORDER", purpose="ORDER", capacity="COURT",
        about={"reference": "500-01", "verified": "Vu", "told_her": "before"}, **other,
    )  # fmt: skip


def prepare(
    cast: Cast, told: Prepared, *, by: Actor | None = None, at: datetime = MONDAY
) -> Disclosure:
    who = by or cast.ines
    with acting(who, at):
        person = participants.header(cast.maya.file_id, actor=who)
        assert person is not None
        actions.prepare(cast.maya.file_id, told, person=person, by=who, at=at)
        return Disclosure.objects.get(pk=told.id)


def decide(
    one: Disclosure,
    by: Actor,
    *,
    is_approved: bool = True,
    words: str = "",
    which: str = "decision",
    at: datetime = LATER,
) -> None:
    with acting(by, at):
        actions.decide(
            one, step_id=uuid_of(f"{which} of {one.pk}"), is_approved=is_approved, words=words,
            by=by, at=at,
        )  # fmt: skip


def told(cast: Cast, prepared: Prepared | None = None) -> Disclosure:
    """Prepared by Inès, approved by Karim."""
    one = prepare(cast, prepared or to_roy(cast))
    decide(one, cast.karim)
    return one


def take_back(cast: Cast, one: Disclosure, *, at: datetime = LATER + HOUR) -> None:
    with acting(cast.ines, at):
        actions.take_back(one, step_id=uuid_of(f"back {one.pk} {at}"), by=cast.ines, at=at)


def stands(actor: Actor, *ways: str, at: datetime = LATER + HOUR) -> set[UUID]:
    """To which disclosures this person stands in one of these ways."""
    with acting(actor, at):
        return queries.standing_as(*ways, actor=actor)


def reads(actor: Actor, at: datetime = SOON) -> list[list[tuple[str, str]]]:
    """What this person is told, item by item."""
    with acting(actor, at):
        found, _ended = queries.received(actor=actor, at=at)
        rows = [line.told for line in found.lines if line.told]
        vault.open(rows, by=actor, action=queries.OPENED)
        return [[words for _label, words in line.items] for line in found.lines]  # type: ignore[misc]
