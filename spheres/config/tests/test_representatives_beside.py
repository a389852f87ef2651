"""Rights that are suspended: where nobody else can look again, and in two files of one person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.models import SaidBy
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import said as notice
from spheres.participants import queries as participants
from spheres.participants.models import SuspensionReason
from spheres.sharing.models import Joined
from tests.alike import assign
from tests.cast import LOADER, MONDAY, Cast, Participant, acting, add_person, follow, uuid_of
from tests.pages import signed_in

from .test_representatives import (
    LATER,
    SOON,
    THEN,
    WHY,
    answers,
    is_twelve,
    looks,
    suspend,
    suspended,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def she_is_twelve(cast: Cast) -> None:
    is_twelve(cast)


def without_an_officer(cast: Cast) -> None:
    """Nadia left La Maison: nobody there is in charge of privacy."""
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.nadia.user_id).update(ends_at=MONDAY)


def test_where_nobody_is_in_charge_of_privacy_the_coordination_looks_and_reads_no_name(
    cast: Cast,
) -> None:
    without_an_officer(cast)
    one = suspend(cast)
    louise = signed_in(cast.louise, at=LATER)
    page = answers(louise, reverse("representatives:reviews"))[1]

    looks(cast, one, "ENDED", by=cast.louise)

    words = ("Inès", "La Maison", WHY, "Maya", str(cast.maya.file_id))
    assert [word in page for word in words] == [True, True, True, False, False]
    assert suspended(cast) == frozenset()
    after = answers(louise, reverse("representatives:reviews"))[1]
    assert (WHY in after, "Rien n’attend d’être revu" in after) == (False, True)


def test_where_the_one_in_charge_of_privacy_wrote_it_the_coordination_looks(cast: Cast) -> None:
    without_an_officer(cast)
    with acting(LOADER):
        hers = Membership.objects.get(user_id=cast.ines.user_id)
        hers.pk, hers.role = uuid_of("Inès, privacy"), Role.PRIVACY_OFFICER
        Membership.objects.bulk_create([hers])
    one = suspend(cast)
    both = Actor(
        cast.ines.user_id, cast.ines.organisation_id, cast.ines.roles | {Role.PRIVACY_OFFICER}
    )
    with pytest.raises(WrongState):
        looks(cast, one, "KEPT", by=both)
    looks(cast, one, "KEPT", by=cast.louise)

    assert suspended(cast) == {"PARENT"}


def test_nobody_but_the_desk_s_coordination_looks_for_a_partner(cast: Cast) -> None:
    without_an_officer(cast)
    one = suspend(cast)
    with acting(LOADER):
        there = add_person("Cora", cast.elsewhere, Role.COORDINATOR)
        here = add_person("Chantal", cast.la_maison, Role.COORDINATOR)
    for who in (there, here, cast.karim, cast.samir, cast.roy):
        with acting(who, LATER):
            assert list(SuspensionReason.objects.all()) == []
        with pytest.raises((WrongState, NotAllowed)):
            looks(cast, one, "ENDED", by=who)


# Two files of one person.


@pytest.fixture
def other_file(cast: Cast) -> Participant:
    """A second file of La Maison: Inès walks with her by both, Yanick by this one alone."""
    other = follow("Mia", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    assign(other.file_id, cast.yanick, by=cast.ines, at=MONDAY)
    return other


def link(cast: Cast, kept: UUID, joined: UUID, *, at: datetime = SOON) -> UUID:
    row = Joined(
        id=uuid_of("one person"), kept_id=kept, joined_id=joined, said_to=cast.ines.user_id,
        starts_at=at, ends_at=None,
    )  # fmt: skip
    with acting(cast.ines, at):
        Joined.objects.bulk_create([row])
    return row.pk


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_suspension_holds_in_the_other_file_of_the_same_person(
    cast: Cast, other_file: Participant, is_kept: bool
) -> None:
    """Whoever walks with her by one file alone reads which representative, and nothing else."""
    pair = (cast.maya.file_id, other_file.file_id)
    link(cast, *(pair if is_kept else reversed(pair)))
    suspend(cast, at=THEN)

    with acting(cast.yanick, LATER):
        person = participants.header(other_file.file_id, actor=cast.yanick)
        assert person is not None
        assert person.suspended == {"PARENT"}
    page = answers(
        signed_in(cast.yanick, at=LATER),
        reverse("representatives:page", args=[other_file.file_id]),
    )[1]
    assert "Suspendus dans l’autre dossier" in page


def test_once_the_two_are_parted_it_holds_in_its_own_file_alone(
    cast: Cast, other_file: Participant
) -> None:
    pair = link(cast, other_file.file_id, cast.maya.file_id)
    suspend(cast, at=THEN)
    with acting(cast.ines, LATER):
        Joined.objects.filter(pk=pair).update(ends_at=LATER)

    with acting(cast.yanick, LATER):
        person = participants.header(other_file.file_id, actor=cast.yanick)
        assert person is not None
        assert person.suspended == frozenset()
    assert suspended(cast) == {"PARENT"}


def test_nobody_asks_of_the_other_file_who_does_not_read_the_legal_part_of_this_one(
    cast: Cast, other_file: Participant
) -> None:
    link(cast, other_file.file_id, cast.maya.file_id)
    suspend(cast, at=THEN)

    for who in (cast.samir, cast.louise, cast.karim, cast.nadia, cast.roy):
        with acting(who, LATER), connection.cursor() as cursor:
            cursor.execute("select access.suspended_beside(%s)", [other_file.file_id])
            assert cursor.fetchone() == ([],)


def test_a_restriction_that_they_signed_is_marked_to_be_looked_at_again(cast: Cast) -> None:
    signed = notice(
        Barred(user_id=cast.samir.user_id), cast.ines, decider=SaidBy.PARENT, signer="Son père",
        contact="514 555-0100",
    )  # fmt: skip
    with acting(cast.ines, SOON):
        restrictions.restrict(cast.maya.file_id, signed, decides_alone=False, by=cast.ines, at=SOON)
    address = reverse("restrictions:page", args=[cast.maya.file_id])
    before = answers(signed_in(cast.ines, at=SOON), address, SOON)[1]

    suspend(cast, at=THEN)

    after = answers(signed_in(cast.ines, at=LATER), address)[1]
    assert ["cela protège-t-il encore la personne" in page for page in (before, after)] == [
        False, True,
    ]  # fmt: skip
