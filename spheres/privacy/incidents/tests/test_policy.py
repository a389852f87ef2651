"""Who tells an incident, judges it, gives notice, ends it, tells whom it concerns? Each role, each
state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest

from spheres.accounts.models import Organisation, Role
from spheres.core.actor import VISITOR, Actor
from spheres.core.decision import Decision
from spheres.privacy.incidents import policy
from spheres.privacy.incidents.models import Addition, Assessment, Informed, Review, Step
from spheres.privacy.incidents.policy import Done
from tests.cast import MONDAY, TUESDAY

HERE, ME, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
OFFICER = {"privacy_officer"}
WORKERS = {"youth_worker", "professional_support"}
KEEPERS = {"privacy_officer", "records_officer", "organisation_manager"}
ALL = {role.value for role in Role}
TODAY = MONDAY.date()
SOON, BEFORE = TODAY + timedelta(days=10), TODAY - timedelta(days=1)
Conclusion, Kind = Assessment.Conclusion, Step.Kind
TOLD = (frozenset(), frozenset({Kind.PERSONS}), frozenset({Kind.PUBLIC}))


def allowed(decide: Callable[..., Decision], *said: object, **named: object) -> set[str]:
    """The roles that may."""
    return {
        role.value
        for role in Role
        if decide(Actor(ME, HERE, frozenset({role.value})), *said, **named)
    }


def test_each_role_tells_keeps_reviews_and_sees_to_colleagues_or_does_not() -> None:
    assert {
        "tell": allowed(policy.can_tell),
        "keep": allowed(policy.can_keep),
        "review": allowed(policy.can_review),
        "colleagues": allowed(policy.can_see_to_colleagues),
        "beside": allowed(policy.can_be_beside),
    } == {
        "tell": ALL,
        "keep": OFFICER,
        "review": KEEPERS,
        "colleagues": {"organisation_manager", "technical_administrator"} | OFFICER,
        "beside": WORKERS,
    }
    assert not policy.can_tell(VISITOR)


@pytest.mark.parametrize("item", Addition.Item)
def test_to_each_item_adds_the_officer_and_whoever_told_it_to_what_they_told(item: str) -> None:
    theirs = {"DESCRIPTION", "CIRCUMSTANCES", "WHEN", "PERSONS", "MEASURES"}

    assert allowed(policy.can_add, ME, item) == (ALL if item in theirs else OFFICER)
    assert allowed(policy.can_add, OTHER, item) == OFFICER


@pytest.mark.parametrize("conclusion", ["", *Conclusion])
@pytest.mark.parametrize("to", [(Kind.CAI,), (Kind.MINISTER, Kind.CAI)])
def test_in_each_state_it_is_ended_by_the_officer_once_nothing_is_left(
    conclusion: str, to: tuple[str, ...]
) -> None:
    is_judged = conclusion in {Conclusion.SERIOUS, Conclusion.NOT_SERIOUS}
    each = product(TOLD, (None, BEFORE, SOON), product((False, True), repeat=len(to)))
    for told, waits, notices in each:
        given = {kind for kind, is_given in zip(to, notices, strict=True) if is_given}
        done = Done(conclusion, MONDAY, frozenset(told | given), waits)

        left, is_waiting = policy.duties(done, to, TODAY), policy.is_waiting(done, TODAY)

        are_given = conclusion != Conclusion.SERIOUS or (all(notices) and bool(told))
        is_done = is_judged and are_given and (bool(told) or waits != SOON)
        assert allowed(policy.can_close, left, is_waiting=is_waiting) == (
            OFFICER if is_done else set()
        ), (told, waits, notices)


@pytest.mark.parametrize(("way", "waits"), list(product(("", *Informed.Way), (None, SOON))))
def test_whom_it_concerns_is_told_once_by_a_worker_and_not_while_it_waits(
    way: str, waits: object
) -> None:
    may = way != Informed.Way.TOLD and waits is None

    assert allowed(policy.can_inform, way, waits_until=waits) == (WORKERS if may else set())


def test_a_worker_who_told_it_says_whom_it_concerns() -> None:
    assert allowed(policy.can_concern, ME) == WORKERS
    assert allowed(policy.can_concern, OTHER) == set()


@pytest.mark.parametrize(("decision", "is_held"), list(product(Review.Decision, (False, True))))
def test_past_its_time_the_officer_proposes_and_another_person_says_yes(
    decision: str, is_held: bool
) -> None:
    goes = is_held and decision == Review.Decision.DELETE

    assert allowed(policy.can_propose, decision, is_held=is_held) == (set() if goes else OFFICER)
    assert allowed(policy.can_answer, OTHER, is_yes=True) == KEEPERS
    assert allowed(policy.can_answer, ME, is_yes=True) == set()
    assert allowed(policy.can_answer, ME, is_yes=False) == KEEPERS


@pytest.mark.parametrize("regime", Organisation.Regime)
def test_two_are_notified_under_the_health_regime_and_one_elsewhere(regime: str) -> None:
    assert policy.recipients(Organisation(regime=regime, incident_notice=[])) == (
        (Kind.MINISTER, Kind.CAI) if regime == Organisation.Regime.HEALTH else (Kind.CAI,)
    )


def test_what_is_said_done_is_open_again_once_judged_again() -> None:
    assert policy.is_over(Done(Conclusion.NOT_SERIOUS, MONDAY, closed_at=TUESDAY))
    assert not policy.is_over(Done(Conclusion.SERIOUS, TUESDAY, closed_at=MONDAY))
    assert not policy.is_over(Done(Conclusion.SERIOUS, TUESDAY))
