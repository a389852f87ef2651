"""For an hour, what may protect her: by whom, how often, and reviewed by somebody else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core.actor import EXCEPTIONAL, Actor
from spheres.participants.models import Identity, SafeContact
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess, Restriction
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of, yanick_answers_for_ines

NIGHT = MONDAY + timedelta(hours=9)
LIFE, UNREACHABLE = ExceptionalAccess.Ground.LIFE, ExceptionalAccess.Ground.UNREACHABLE


@pytest.fixture(autouse=True)
def on_call(cast: Cast) -> None:
    """Yanick answers tonight for those whom Inès accompanies."""
    yanick_answers_for_ines(cast)


def opened(
    cast: Cast,
    by: Actor,
    which: str = "tonight",
    *,
    ground: str = LIFE,
    at: datetime = NIGHT,
    second: UUID | None = None,
) -> str:
    with acting(by, at):
        return sharing.open_exceptionally(
            uuid_of(which), cast.maya.file_id, ground=ground, second=second, by=by
        )


def seen(actor: Actor, *, at: datetime = NIGHT, purpose: str = EXCEPTIONAL) -> tuple[int, int]:
    """How many names and ways to reach somebody this person reads."""
    with acting(replace(actor, purpose=purpose), at):
        return Identity.objects.count(), SafeContact.objects.count()


def known(actor: Actor, *, at: datetime = NIGHT) -> list[tuple[object, ...]]:
    with acting(actor, at):
        return list(ExceptionalAccess.objects.values_list("user_id", "ground", "outcome"))


def test_whoever_is_on_call_opens_for_an_hour_what_may_protect_her(cast: Cast) -> None:
    before = seen(cast.yanick)

    assert opened(cast, cast.yanick) == "OPENED"
    assert before == (0, 0)
    assert seen(cast.yanick) == (1, 1)
    assert seen(cast.yanick, at=NIGHT + timedelta(hours=1)) == (0, 0)
    assert seen(cast.ines) == (0, 0)


def test_asked_twice_it_is_opened_once_and_her_journal_says_so_once(cast: Cast) -> None:
    assert [opened(cast, cast.yanick) for _twice in range(2)] == ["OPENED", "OPENED"]

    with acting(cast.ines, NIGHT):
        told = Event.objects.filter(
            chain_id=cast.maya.file_id, action__startswith="exceptional."
        ).values_list("actor_id", "action", "basis")
        assert list(told) == [(cast.yanick.user_id, "exceptional.opened", "LIFE")]


def test_whoever_cannot_name_her_opens_nothing_and_learns_nothing(cast: Cast) -> None:
    for who in (cast.samir, cast.louise, cast.karim, cast.roy, cast.amrani, cast.nadia):
        assert opened(cast, who) == "UNKNOWN"
    with acting(cast.yanick, NIGHT):
        unknown = sharing.open_exceptionally(
            uuid_of("tonight"), uuid_of("no file"), ground=LIFE, by=cast.yanick
        )

    assert unknown == "UNKNOWN"


def test_a_personal_conflict_is_never_overridden(cast: Cast) -> None:
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    assert opened(cast, cast.yanick) == "UNKNOWN"


def bar_yanick(cast: Cast, at: datetime = MONDAY) -> None:
    with acting(cast.ines, at):
        sharing.restrict(
            Restriction(
                id=uuid_of("barred"),
                file_id=cast.maya.file_id,
                user_id=cast.yanick.user_id,
                faces=["identity", "contact", "safety", "relation"],
                taken_by=cast.ines.user_id,
                taken_at=at,
                starts_at=at,
            ),
            by=cast.ines,
        )


def test_that_nobody_answers_is_no_ground_to_go_round_a_restriction(cast: Cast) -> None:
    """Only a danger to life is (design §10.2): before it is opened, and within the hour."""
    opened(cast, cast.yanick, ground=UNREACHABLE)
    before = seen(cast.yanick)

    bar_yanick(cast, NIGHT)
    after = seen(cast.yanick)
    again = opened(cast, cast.yanick, "again", ground=UNREACHABLE)
    in_danger = opened(cast, cast.yanick, "a life", ground=LIFE)

    assert (before, after) == ((1, 1), (0, 0))
    assert (again, in_danger) == ("UNKNOWN", "OPENED")
    assert seen(cast.yanick) == (1, 1)


def test_a_restriction_yields_to_it_and_to_nothing_else(cast: Cast) -> None:
    bar_yanick(cast)
    barred = seen(cast.yanick, purpose="ordinary")

    assert opened(cast, cast.yanick) == "OPENED"
    assert barred == (0, 0)
    assert seen(cast.yanick) == (1, 1)
    assert seen(cast.yanick, purpose="ordinary") == (0, 0)


def test_three_a_day_and_a_danger_to_life_is_never_counted(cast: Cast) -> None:
    answers = [
        opened(cast, cast.yanick, f"number {n}", ground=UNREACHABLE, at=NIGHT + timedelta(hours=n))
        for n in range(4)
    ]

    assert answers == ["OPENED", "OPENED", "OPENED", "ENOUGH"]
    assert opened(cast, cast.yanick, "danger", at=NIGHT + timedelta(hours=4)) == "OPENED"


def test_what_nobody_reviewed_in_three_days_asks_for_two_the_next_time(cast: Cast) -> None:
    later = NIGHT + timedelta(hours=72)
    opened(cast, cast.yanick, ground=UNREACHABLE)

    assert opened(cast, cast.yanick, "next", ground=UNREACHABLE, at=later) == "TWO_NEEDED"
    for nobody in (cast.yanick.user_id, cast.samir.user_id, uuid_of("nobody")):
        said = opened(cast, cast.yanick, "next", ground=UNREACHABLE, at=later, second=nobody)
        assert said == "TWO_NEEDED"
    assert opened(cast, cast.yanick, "in danger", at=later) == "OPENED"
    assert (
        opened(cast, cast.yanick, "next", ground=UNREACHABLE, at=later, second=cast.ines.user_id)
        == "OPENED"
    )


def test_it_is_closed_sooner_by_whoever_opened_it_alone(cast: Cast) -> None:
    opened(cast, cast.yanick)

    def close(who: Actor) -> bool:
        with acting(who, NIGHT + timedelta(minutes=5)):
            return sharing.close_exceptionally(uuid_of("tonight"), by=who)

    assert [close(cast.ines), close(cast.nadia), close(cast.yanick), close(cast.yanick)] == [
        False, False, True, False,
    ]  # fmt: skip
    assert seen(cast.yanick, at=NIGHT + timedelta(minutes=6)) == (0, 0)


def test_somebody_else_of_the_organisation_reviews_it_once(cast: Cast) -> None:
    opened(cast, cast.yanick)

    def review(who: Actor, outcome: str = "JUSTIFIED") -> bool:
        with acting(who, NIGHT):
            return sharing.review_exceptionally(uuid_of("tonight"), outcome=outcome, by=who)

    refused = [cast.yanick, cast.ines, cast.samir, cast.louise, cast.roy]
    assert [review(who) for who in refused] == [False] * 5
    assert review(cast.nadia, "WHATEVER") is False
    assert [review(cast.nadia), review(cast.karim)] == [True, False]
    assert known(cast.karim) == [(cast.yanick.user_id, "LIFE", "JUSTIFIED")]


def test_nobody_reviews_what_she_opened_herself_whatever_hat_she_wears(cast: Cast) -> None:
    with acting(LOADER):
        both = add_person("Odile", cast.la_maison, Role.YOUTH_WORKER, Role.PRIVACY_OFFICER)
    with acting(cast.ines):
        sharing.hand_over(
            uuid_of("to Odile"), file_id=cast.maya.file_id, user_id=both.user_id, faces=[],
            by=cast.ines, at=MONDAY,
        )  # fmt: skip

    assert opened(cast, both) == "OPENED"
    with acting(both, NIGHT):
        assert not sharing.review_exceptionally(uuid_of("tonight"), outcome="JUSTIFIED", by=both)


def test_whoever_said_it_with_her_does_not_review_it(cast: Cast) -> None:
    opened(cast, cast.yanick, second=cast.karim.user_id)

    for who, may in ((cast.karim, False), (cast.nadia, True)):
        with acting(who, NIGHT):
            done = sharing.review_exceptionally(uuid_of("tonight"), outcome="JUSTIFIED", by=who)
        assert done == may


def test_it_is_known_to_whoever_opened_it_to_her_team_and_to_those_who_review(cast: Cast) -> None:
    opened(cast, cast.yanick)
    told = [(cast.yanick.user_id, "LIFE", "")]

    for who in (cast.yanick, cast.ines, cast.karim, cast.nadia):
        assert known(who) == told
    for who in (cast.samir, cast.louise, cast.amrani, cast.roy):
        assert known(who) == []


def test_where_nobody_else_can_look_again_it_comes_to_the_programme(cast: Cast) -> None:
    opened(cast, cast.yanick, second=cast.karim.user_id)
    told = [(cast.yanick.user_id, "LIFE", "")]
    assert (known(cast.louise), known(cast.nadia)) == ([], told)

    # Nadia leaves: Karim said it with him, and nobody else at La Maison reviews.
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.nadia.user_id).update(ends_at=NIGHT)

    assert [known(who) for who in (cast.louise, cast.samir, cast.roy)] == [told, [], []]
    with acting(cast.louise, NIGHT):
        done = [
            sharing.review_exceptionally(uuid_of("tonight"), outcome="LEARNED", by=cast.louise)
            for _twice in range(2)
        ]
        # Of whom it was, she cannot open.
        assert Identity.objects.filter(file_id=cast.maya.file_id).count() == 0
    assert done == [True, False]
    assert seen(cast.louise) == (0, 0)


def test_nobody_writes_or_changes_one_by_hand(cast: Cast) -> None:
    opened(cast, cast.yanick)
    for who in (cast.yanick, cast.ines, cast.nadia):
        with acting(who, NIGHT), pytest.raises(DatabaseError), transaction.atomic():
            ExceptionalAccess.objects.update(ends_at=NIGHT + timedelta(days=1))


def extended(by: Actor, which: str = "tonight", *, at: datetime = NIGHT) -> bool:
    with acting(by, at):
        return sharing.extend_exceptionally(uuid_of(which), by=by)


def test_a_second_person_lets_it_go_on_once_and_before_its_end(cast: Cast) -> None:
    opened(cast, cast.yanick)
    before, after = NIGHT + timedelta(minutes=50), NIGHT + timedelta(minutes=110)

    assert seen(cast.yanick, at=after) == (0, 0)
    assert extended(cast.nadia, at=before)
    assert extended(cast.nadia, at=before)  # pressed twice, it is once
    assert seen(cast.yanick, at=after) == (1, 1)
    assert seen(cast.yanick, at=NIGHT + timedelta(hours=2)) == (0, 0)
    assert not extended(cast.karim, at=after)
    with acting(cast.ines, after):
        told = Event.objects.filter(action="exceptional.extended")
        assert list(told.values_list("actor_id", flat=True)) == [cast.nadia.user_id]


def test_nobody_else_extends_it_nor_once_it_is_over_closed_or_looked_at(cast: Cast) -> None:
    opened(cast, cast.yanick, second=cast.karim.user_id)
    opened(cast, cast.yanick, "closed", at=NIGHT + timedelta(minutes=1))
    opened(cast, cast.yanick, "reviewed", at=NIGHT + timedelta(minutes=1))
    soon = NIGHT + timedelta(minutes=5)
    with acting(cast.yanick, soon):
        sharing.close_exceptionally(uuid_of("closed"), by=cast.yanick)
    with acting(cast.nadia, soon):
        sharing.review_exceptionally(uuid_of("reviewed"), outcome="LEARNED", by=cast.nadia)

    # Whoever opened it, who said it with them, her worker, those of elsewhere, the police.
    for who in (cast.yanick, cast.karim, cast.ines, cast.samir, cast.louise, cast.roy, cast.amrani):
        assert not extended(who, at=soon), who
    assert not extended(cast.nadia, "closed", at=soon)
    assert not extended(cast.nadia, "reviewed", at=soon)
    assert not extended(cast.nadia, at=NIGHT + timedelta(hours=1))


def test_whatever_hat_she_wears_nobody_extends_what_she_opened(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.create(
            id=uuid_of("lead too"), user_id=cast.yanick.user_id,
            organisation_id=cast.la_maison.pk, role=Role.TEAM_LEAD, starts_at=MONDAY,
        )  # fmt: skip
    opened(cast, cast.yanick)

    both = replace(cast.yanick, roles=frozenset({*cast.yanick.roles, Role.TEAM_LEAD}))
    assert not extended(both)


def test_whoever_extended_it_does_not_look_at_it_again(cast: Cast) -> None:
    opened(cast, cast.yanick)
    extended(cast.nadia)

    def reviewed(by: Actor) -> bool:
        with acting(by, NIGHT):
            return sharing.review_exceptionally(uuid_of("tonight"), outcome="LEARNED", by=by)

    assert [reviewed(cast.nadia), reviewed(cast.karim)] == [False, True]


def test_of_a_small_partner_the_coordination_of_the_programme_lets_it_go_on(cast: Cast) -> None:
    opened(cast, cast.yanick)
    with acting(LOADER):
        leaving = (cast.nadia.user_id, cast.karim.user_id)
        Membership.objects.filter(user_id__in=leaving).update(ends_at=NIGHT)

    assert extended(cast.louise, at=NIGHT + timedelta(minutes=30))
    assert seen(cast.yanick, at=NIGHT + timedelta(minutes=90)) == (1, 1)


def test_no_hand_stretches_it_and_no_row_lasts_more_than_two_hours(cast: Cast) -> None:
    opened(cast, cast.yanick)

    for by in (cast.yanick, cast.nadia):
        with acting(by, NIGHT), pytest.raises(DatabaseError), transaction.atomic():
            ExceptionalAccess.objects.update(ends_at=NIGHT + timedelta(hours=2))
