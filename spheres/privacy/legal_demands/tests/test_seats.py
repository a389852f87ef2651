"""Who sits at a demand, given by whom, to read what, until when?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import Error, transaction

from spheres.accounts.models import ClearanceRule, Membership, Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.participants.models import Identity
from spheres.privacy.legal_demands import actions, queries
from spheres.privacy.legal_demands.models import Step
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    counsel,
    found,
    give_seat,
    link,
    other_officer,
    seated,
    weigh,
)
from spheres.sharing.models import Seat
from spheres.sharing.rules import NOTES, SEATED
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
LEAST = ["identity", "legal", "relation"]


def gives(
    cast: Cast, matter_id: UUID, to: Actor, *, by: Actor, at: datetime = LATER, **other: object
) -> bool:
    """Whether the database takes this seat."""
    said: dict[str, object] = {
        "id": uuid_of(f"seat of {to.user_id}"), "file_id": cast.maya.file_id,
        "user_id": to.user_id, "matter_id": matter_id, "kind": "DEMAND", "faces": LEAST,
        "given_by": by.user_id, "given_at": at, "starts_at": at,
        "ends_at": at + timedelta(days=1),
    }  # fmt: skip
    try:
        with acting(by, at), transaction.atomic():
            Seat.objects.bulk_create([Seat(**{**said, **other})])
    except Error as refusal:
        return "row-level security" not in str(refusal)
    return True


def reads(actor: Actor, model: type, at: datetime) -> int:
    with acting(actor, at):
        return model.objects.count()  # type: ignore[attr-defined,no-any-return]


def notes_read(actor: Actor, file_id: UUID, at: datetime) -> int:
    with acting(actor, at):
        listed = queries.texts(file_id, actor=actor)
        return sum(kind.section == NOTES for kind, _pk, _at in listed)


def test_whoever_sits_gives_no_more_than_they_read_of_that_file_and_for_no_longer(
    cast: Cast,
) -> None:
    matter_id = link(cast)
    farah = give_seat(matter_id, other_officer(cast), by=seated(cast.nadia))
    lawyer = counsel(cast)
    over = LATER + timedelta(days=60)

    assert not gives(cast, matter_id, lawyer, by=farah, faces=list(SEATED))
    assert not gives(cast, matter_id, lawyer, by=farah, file_id=uuid_of("another file"))
    assert not gives(cast, matter_id, lawyer, by=farah, ends_at=over)
    assert not gives(cast, uuid_of("another"), lawyer, by=farah)
    assert gives(cast, matter_id, lawyer, by=farah)


def test_two_officers_never_keep_each_others_seat_without_her_worker(cast: Cast) -> None:
    matter_id = link(cast)
    last = LATER + timedelta(days=59)
    over = LATER + timedelta(days=61)
    farah = give_seat(
        matter_id, other_officer(cast), by=seated(cast.nadia), faces=("notes",), at=last
    )

    assert reads(farah, Step, last) == 1
    for officer in (farah, seated(cast.nadia)):
        assert reads(officer, Step, over) == 0
    assert not gives(cast, matter_id, cast.nadia, by=farah, at=over)
    with acting(cast.ines, over):
        answered = found(matter_id, cast.ines)
        again, officer_id = uuid_of("again"), cast.nadia.user_id
        assert actions.call_officer(answered, again, officer_id, by=cast.ines, at=over)
    assert reads(seated(cast.nadia), Step, over) == 1


@pytest.mark.parametrize(("end", "code"), [("LAPSED", ""), ("OBJECTED", "NO_RIGHT")])
def test_once_it_is_answered_its_seats_read_no_note(cast: Cast, end: str, code: str) -> None:
    matter_id, file_id = link(cast), cast.maya.file_id
    nadia = seated(cast.nadia)
    farah = give_seat(matter_id, other_officer(cast), by=nadia, faces=("notes",))
    assert [notes_read(one, file_id, LATER) for one in (nadia, farah)] == [1, 1]
    weigh(matter_id, end, code, by=nadia)

    after = LATER + timedelta(days=30)
    assert [notes_read(one, file_id, after) for one in (nadia, farah)] == [0, 0]
    assert [reads(one, Identity, after) for one in (nadia, farah)] == [1, 1]
    assert [reads(one, Step, after) for one in (nadia, farah)] == [2, 2]
    assert not gives(cast, matter_id, counsel(cast), by=nadia, at=after)


def asks_for_undertakings(cast: Cast) -> None:
    rule = ClearanceRule(
        id=uuid_of("rule"), organisation_id=cast.la_maison.pk, asks_undertaking=True,
        asks_training=True, starts_at=MONDAY, said_by=cast.nadia.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(cast.nadia, MONDAY):
        ClearanceRule.objects.bulk_create([rule])


def test_a_seat_is_given_to_nobody_who_has_not_undertaken_discretion(cast: Cast) -> None:
    asks_for_undertakings(cast)

    with pytest.raises((Error, NotAllowed), match="cleared"), transaction.atomic():
        link(cast)


def test_a_seat_does_not_wait_for_whoever_left_and_came_back(cast: Cast) -> None:
    link(cast)
    nadia, back = seated(cast.nadia), LATER + timedelta(days=20)
    with acting(LOADER):
        held = Membership.objects.filter(user_id=nadia.user_id)
        held.update(ends_at=LATER + timedelta(hours=1))
        again = Membership(
            id=uuid_of("again"), user_id=nadia.user_id, organisation_id=cast.la_maison.pk,
            role=Role.PRIVACY_OFFICER, job_title_fr="T", job_title_en="T", starts_at=back,
        )  # fmt: skip
        Membership.objects.bulk_create([again])

    assert [reads(nadia, Step, at) for at in (LATER, back)] == [1, 0]


def test_whoever_works_for_the_police_sits_nowhere_whatever_their_hat(cast: Cast) -> None:
    matter_id = link(cast, kind="WARRANT", asker="POLICE")
    nadia = seated(cast.nadia)
    with acting(LOADER):
        hat = Membership(
            id=uuid_of("roy"), user_id=cast.roy.user_id, organisation_id=cast.la_maison.pk,
            role=Role.COUNSEL, job_title_fr="T", job_title_en="T",
            starts_at=MONDAY - timedelta(days=1),
        )  # fmt: skip
        Membership.objects.bulk_create([hat])
    roy = Actor(cast.roy.user_id, cast.la_maison.pk, frozenset({Role.COUNSEL}))

    with acting(nadia, LATER):
        assert str(roy.user_id) not in dict(queries.sitters(actor=nadia))
    assert not gives(cast, matter_id, roy, by=nadia)
    # Whoever joins the police once seated reads nothing more.
    lawyer = give_seat(matter_id, counsel(cast), by=nadia)
    assert reads(lawyer, Identity, LATER) == 1
    with acting(LOADER):
        of_police = joins_the_police(cast, lawyer)
        Membership.objects.bulk_create([of_police])
    assert (reads(lawyer, Identity, LATER), reads(lawyer, Step, LATER)) == (0, 0)


def joins_the_police(cast: Cast, lawyer: Actor) -> Membership:
    return Membership(
        id=uuid_of("joined"), user_id=lawyer.user_id, organisation_id=cast.roy.organisation_id,
        role=Role.POLICE_MEMBER, job_title_fr="T", job_title_en="T", starts_at=LATER,
    )  # fmt: skip
