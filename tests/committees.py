"""The clinical committee of the cast: Louise chairs; Inès, Samir, Dr Amrani and Roy sit.

It meets on the 9th of March; what Inès brings there is of Maya.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.disclosures.tests import factories as disclosed  # what she tells, for a day
from spheres.partners.committees import actions, queries
from spheres.partners.committees.actions import Called, Said
from spheres.regions.models import Committee
from spheres.sharing import actions as sharing
from spheres.sharing.models import CommitteeMeeting
from tests.cast import MONDAY, Cast, acting, uuid_of

DAY = date(2026, 3, 9)
HELD = datetime(2026, 3, 9, 14, 0, tzinfo=MONDAY.tzinfo)
MEETING = uuid_of("meeting of the 9th")
VIGNETTE, IDENTIFIED = uuid_of("a vignette"), uuid_of("with her agreement")
QUESTION = "Comment rester présente sans la brusquer?"
WORDS = "Une jeune de 15 à 17 ans revient d’une fugue. Les messages courts, le soir, aident."
SITTING = ("louise", "ines", "samir", "amrani", "roy")


def clinical() -> Committee:
    return Committee.objects.get(slug="clinique")


def convene(cast: Cast) -> CommitteeMeeting:
    """Louise names who sits, and calls the meeting of the 9th, from 9:30 to 11:30."""
    with acting(cast.louise):
        of = clinical()
        for slug in SITTING:
            who: Actor = getattr(cast, slug)
            actions.name_member(
                uuid_of(f"{slug} sits"), of, user_id=who.user_id,
                organisation_id=who.organisation_id, is_chair=slug == "louise", by=cast.louise,
                at=MONDAY,
            )  # fmt: skip
        called = Called(MEETING, DAY, time(9, 30), time(11, 30), "IN_PERSON")
        actions.call(of, called, by=cast.louise, at=MONDAY)
        return CommitteeMeeting.objects.get(pk=MEETING)


def move(cast: Cast, to: date) -> None:
    """The meeting is held on another day, at the same hours."""
    with acting(cast.louise):
        called = Called(MEETING, to, time(9, 30), time(11, 30), "IN_PERSON")
        actions.move_meeting(MEETING, called, by=cast.louise, at=MONDAY)


def bring(cast: Cast, meeting: CommitteeMeeting, item_id: UUID = VIGNETTE, **other: Any) -> UUID:
    """Inès brings a vignette, marked as being of Maya; Louise puts it on the agenda."""
    said = {"mode": "VIGNETTE", "question": QUESTION, "words": WORDS, "about": cast.maya.file_id}
    with acting(cast.ines):
        actions.bring(meeting, clinical(), Said(item_id, **said | other), by=cast.ines, at=MONDAY)
    with acting(cast.louise):
        actions.place(item_id, position=1, minutes=20, by=cast.louise, at=MONDAY)
    return item_id


def bring_with_agreement(cast: Cast, meeting: CommitteeMeeting) -> UUID:
    """The same with Maya’s agreement: Samir and Dr Amrani are told, for that day; Roy is not."""
    for slug in ("samir", "amrani"):
        who: Actor = getattr(cast, slug)
        told = disclosed.to_roy(
            cast, f"told {slug}", to_organisation_id=who.organisation_id, to_user_id=who.user_id
        )
        disclosed.told(cast, told)
    return bring(cast, meeting, IDENTIFIED, mode="CONSENT", words="")


def knows(who: Actor, file_id: UUID) -> None:
    """This person knows her, and says so."""
    with acting(who):
        sharing.declare_conflict(file_id, by=who, at=MONDAY)


def agenda_of(who: Actor, meeting: CommitteeMeeting, at: datetime = HELD) -> list[str]:
    """The agenda as this person reads it: titles, and empty lines for what is closed."""
    with acting(who, at):
        whole = queries.whole_meeting(meeting.pk, actor=who)
        return [line.title for line in whole.agenda.lines] if whole else []


def leaving(who: Actor, meeting: CommitteeMeeting, item_id: UUID) -> list[str]:
    with acting(who, HELD):
        whole = queries.whole_item(item_id, actor=who)
        return whole.leaving if whole else []


LATER = HELD + timedelta(minutes=30)
