"""Two organisations go out together: who sees whom, for how long, and by whose word?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Membership, Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.activities import actions, policy, queries
from spheres.followup.activities.models import Attendance, Card
from spheres.followup.activities.tests.test_lists import (
    CLIMBING,
    EXPIRY,
    NIGHT,
    come,
    listed,
    page,
    put,
)
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.models import Along, Restriction
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    add_person,
    follow,
    uuid_of,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

NEEDS = "Une allergie aux noix; s’asseoir près de la porte."
MIDNIGHT = datetime(2026, 3, 3, 5, 0, tzinfo=MONDAY.tzinfo)  # Tuesday begins in Montréal
INSTANT = timedelta(microseconds=1)
AGREED = uuid_of("Maya lets Samir know")


def out_together(cast: Cast, *, kim: bool = True) -> None:
    """Inès plans for Tuesday with Ailleurs; Samir comes along, with Kim."""
    with acting(cast.ines):
        said = actions.Planned(CLIMBING, "sport_climbing", clock.day_of(TUESDAY))
        actions.plan(said, by=cast.ines, at=MONDAY)
        actions.invite(
            CLIMBING, uuid_of("with Ailleurs"), cast.elsewhere.pk, by=cast.ines, at=MONDAY
        )
    come(cast, cast.samir)
    put(cast, cast.ines, cast.maya, food="halal")
    if kim:
        theirs = follow("Kim", desk=cast.institute.pk, louise=cast.louise, worker=cast.samir)
        put(cast, cast.samir, theirs)


def lets_know(
    cast: Cast,
    *,
    to: Actor | None = None,
    at: datetime = MONDAY,
    by: Actor | None = None,
    **said: str,
) -> None:
    by = by or cast.ines
    words = {"name": "May", "given_by": "HERSELF", "form": "ON_SCREEN", "needs": NEEDS} | said
    agreed = actions.Agreed(AGREED, (to or cast.samir).user_id, **words)
    with acting(by, at):
        person = participants.header(cast.maya.file_id, actor=by)
        assert person is not None
        actions.agree(CLIMBING, uuid_of("Maya comes"), agreed, person=person, by=by, at=at)


def read_by(actor: Actor, at: datetime) -> list[str]:
    """What the database itself gives, whatever a page would ask; then opened."""
    with acting(replace(actor, purpose=SHARED), at):
        return [str(card.pk) for card in Card.objects.all()]


def told(actor: Actor, at: datetime) -> list[tuple[str, str, str]]:
    with acting(actor, at):
        cards = queries.day_list(CLIMBING, actor=actor).cards
        return [(one.opened.name, one.opened.needs, one.opened.contact) for one in cards]


MAY = [("May", NEEDS, "")]


def test_each_sees_their_own_by_name_and_counts_the_others(cast: Cast) -> None:
    out_together(cast)

    assert listed(cast.ines) == (["Maya"], 1)
    assert listed(cast.samir) == (["Kim"], 1)


def test_with_her_agreement_the_other_worker_reads_her_card_on_that_day_alone(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)

    assert read_by(cast.samir, MONDAY) == []
    assert read_by(cast.samir, MIDNIGHT - INSTANT) == []
    assert told(cast.samir, MIDNIGHT) == MAY
    assert told(cast.samir, TUESDAY) == MAY
    day = timedelta(days=1)
    assert told(cast.samir, MIDNIGHT + day - INSTANT) == MAY
    assert read_by(cast.samir, MIDNIGHT + day) == []


def test_nobody_else_reads_her_card_whatever_their_role(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(LOADER):
        zoe = add_person("Zoé", cast.elsewhere, Role.YOUTH_WORKER)
    come(cast, zoe)

    others = (zoe, cast.roy, cast.louise, cast.karim, cast.nadia, cast.amrani, cast.yanick)
    assert [read_by(one, TUESDAY) for one in others] == [[]] * len(others)
    assert told(zoe, TUESDAY) == []


def test_it_opens_nothing_of_her_file(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)

    with acting(cast.samir, TUESDAY):
        assert participants.header(cast.maya.file_id, actor=cast.samir) is None
        assert not Attendance.objects.filter(file_id=cast.maya.file_id).exists()
        assert not Along.objects.exists()


def test_without_it_she_comes_all_the_same_and_is_a_number(cast: Cast) -> None:
    out_together(cast)

    with acting(cast.samir, TUESDAY):
        found = queries.day_list(CLIMBING, actor=cast.samir)
    assert (found.others, found.cards) == (1, [])


def test_taken_back_on_the_very_morning_it_is_over_at_the_next_statement(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    assert told(cast.samir, TUESDAY) == MAY

    with acting(cast.ines, TUESDAY):
        for _press in range(2):
            actions.take_back(cast.maya.file_id, AGREED, by=cast.ines, at=TUESDAY)

    assert read_by(cast.samir, TUESDAY) == []
    assert listed(cast.samir, TUESDAY) == (["Kim"], 1)
    with acting(cast.ines, TUESDAY):
        assert Card.objects.count() == 0
        done = Event.objects.filter(action="outing.taken_back")
        assert done.count() == 1


def test_a_colleague_who_walks_with_her_too_takes_it_back_for_her(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(cast.ines):
        participants_assign(cast)

    with acting(cast.yanick, TUESDAY):
        actions.take_back(cast.maya.file_id, AGREED, by=cast.yanick, at=TUESDAY)

    assert read_by(cast.samir, TUESDAY) == []


def participants_assign(cast: Cast) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                id=uuid_of("Yanick too"), file_id=cast.maya.file_id, user_id=cast.yanick.user_id,
                part="OTHER", starts_at=MONDAY,
            )
        ]
    )  # fmt: skip


def test_whoever_does_not_walk_with_her_agrees_to_nothing_for_her(cast: Cast) -> None:
    out_together(cast)
    row = Along(
        id=uuid_of("forged"), file_id=cast.maya.file_id, organisation_id=cast.elsewhere.pk,
        user_id=cast.samir.user_id, giver="HERSELF", form="ON_SCREEN",
        taken_by=cast.samir.user_id, taken_at=MONDAY, starts_at=MIDNIGHT,
        ends_at=MIDNIGHT + timedelta(days=1),
    )  # fmt: skip
    for who in (cast.samir, cast.yanick, cast.louise):
        row.taken_by = who.user_id
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            Along.objects.bulk_create([row])


@pytest.mark.parametrize(
    ("whom", "where"), [("roy", "police"), ("samir", "police"), ("yanick", "la_maison")]
)
def test_the_database_lets_only_a_worker_of_another_partner_be_named(
    cast: Cast, whom: str, where: str
) -> None:
    out_together(cast)
    row = Along(
        id=uuid_of("forged"), file_id=cast.maya.file_id,
        organisation_id=getattr(cast, where).pk, user_id=getattr(cast, whom).user_id,
        giver="HERSELF", form="ON_SCREEN", taken_by=cast.ines.user_id, taken_at=MONDAY,
        starts_at=MIDNIGHT, ends_at=MIDNIGHT + timedelta(days=1),
    )  # fmt: skip
    with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
        Along.objects.bulk_create([row])


def test_a_personal_conflict_beats_it(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(cast.samir):
        sharing.declare_conflict(cast.maya.file_id, by=cast.samir, at=MONDAY)

    assert read_by(cast.samir, TUESDAY) == []


@pytest.mark.parametrize("face", ["identity", "steps", "relation"])
def test_a_restriction_beats_it(cast: Cast, face: str) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(cast.ines):
        Restriction.objects.bulk_create(
            [
                Restriction(
                    id=uuid_of("not Samir"), file_id=cast.maya.file_id, faces=[face],
                    user_id=cast.samir.user_id, taken_by=cast.ines.user_id, taken_at=MONDAY,
                    starts_at=MONDAY,
                )
            ]
        )  # fmt: skip

    assert read_by(cast.samir, TUESDAY) == []


@pytest.mark.parametrize("which", ["elsewhere", "la_maison"])
def test_when_an_organisation_has_left_nothing_is_read(cast: Cast, which: str) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(LOADER):
        Organisation.objects.filter(pk=getattr(cast, which).pk).update(is_partner=False)

    assert read_by(cast.samir, TUESDAY) == []


def test_a_worker_who_no_longer_works_there_reads_nothing_and_is_offered_no_more(
    cast: Cast,
) -> None:
    out_together(cast)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=TUESDAY - INSTANT)

    with acting(cast.ines, TUESDAY):
        assert queries.others_along(CLIMBING, actor=cast.ines) == []
    with pytest.raises(WrongState):
        lets_know(cast, at=TUESDAY)


def test_after_its_day_nobody_agrees_to_anything_and_no_list_is_shown(cast: Cast) -> None:
    out_together(cast)
    with pytest.raises(NotAllowed, match=r"jour|day"):
        lets_know(cast, at=NIGHT)
    with clock.at(NIGHT):
        assert signed_in(cast.samir, at=NIGHT).get(page("list")).status_code == 403


def test_the_next_night_the_cards_go_with_the_list_and_she_keeps_what_she_agreed_to(
    cast: Cast,
) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(EXPIRY, NIGHT):
        actions.forget_lists(at=NIGHT)

    with acting(cast.ines, NIGHT):
        assert (Card.objects.count(), Attendance.objects.count()) == (0, 0)
        kept = queries.agreed_outings(cast.maya.file_id, actor=cast.ines, at=NIGHT)
        assert [(one.name, one.is_over) for one in kept] == [("Samir", True)]


def test_when_something_happened_the_cards_are_kept_with_the_list(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(cast.nadia, TUESDAY):
        actions.keep(CLIMBING, uuid_of("hold"), "injury", by=cast.nadia, at=TUESDAY)
    with acting(EXPIRY, NIGHT):
        actions.forget_lists(at=NIGHT)

    with acting(cast.ines, NIGHT):
        assert (Card.objects.count(), Attendance.objects.count()) == (1, 1)
    with acting(cast.samir, NIGHT):
        assert Attendance.objects.count() == 1
    assert read_by(cast.samir, NIGHT) == []


def test_taken_off_the_list_nothing_of_it_is_read_any_more(cast: Cast) -> None:
    out_together(cast)
    lets_know(cast)
    with acting(cast.ines):
        actions.take_off(CLIMBING, uuid_of("Maya comes"), by=cast.ines, at=MONDAY)

    assert read_by(cast.samir, TUESDAY) == []
    with acting(cast.ines):
        assert Along.objects.get().withdrawn_at == MONDAY


def test_that_it_was_read_stands_in_her_journal_and_what_she_agreed_to_in_her_register(
    cast: Cast,
) -> None:
    out_together(cast)
    lets_know(cast)
    told(cast.samir, TUESDAY)

    with acting(cast.ines, TUESDAY):
        read = Event.objects.filter(chain_id=cast.maya.file_id, actor_id=cast.samir.user_id)
        assert [(e.action, e.purpose, e.sections, e.record_ids) for e in read] == [
            ("open", SHARED, ["steps"], [AGREED])
        ]
        agreed = queries.agreed_outings(cast.maya.file_id, actor=cast.ines, at=TUESDAY)
        assert [(one.name, one.organisation) for one in agreed] == [("Samir", cast.elsewhere.name)]


@pytest.mark.parametrize(
    ("given_by", "alone", "allowed"),
    [
        ("HERSELF", True, True),
        ("PARENT", True, False),
        ("HERSELF", False, False),
        ("PARENT", False, True),
        ("TUTOR", False, True),
        ("EXCEPTION", False, False),
    ],
)
def test_who_says_yes_depends_on_the_age_of_that_day(
    given_by: str, alone: bool, allowed: bool
) -> None:
    assert bool(policy.gives(given_by, decides_alone=alone, suspended=())) is allowed


def test_a_suspended_representative_says_yes_to_nothing() -> None:
    assert not policy.gives("PARENT", decides_alone=False, suspended={"PARENT"})
