"""Who receives, weighs, produces, releases, objects to and ends a demand? Each role, each state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY, SEAT, VISITOR, Actor
from spheres.core.decision import Decision
from spheres.privacy.legal_demands import policy
from spheres.privacy.legal_demands.models import Asker, Kind, Step
from spheres.privacy.legal_demands.policy import Code, Facts, Status

WORKERS = {"youth_worker", "professional_support"}
OFFICER, COUNSEL = "privacy_officer", "counsel"
Who = tuple[str, str]
EVERYBODY: list[Who] = [(role.value, purpose) for role in Role for purpose in (ORDINARY, SEAT)]
# All that the law asks is written of a demand that an ordinary court made.
READY = Facts(
    Kind.SUBPOENA,
    Asker.DEFENCE,
    Status.FROZEN,
    (
        (Step.Kind.IDENTITY, Code.SEEN), (Step.Kind.LAW, Code.COMPELS),
        (Step.Kind.ACCUSED, Code.DECIDED), (Step.Kind.SCOPE, Code.MINIMUM),
        (Step.Kind.SECRECY, Code.NONE),
    ),
    is_informed=True,
)  # fmt: skip

OF_OFFICER = {(OFFICER, SEAT)}
OF_SEATED = {(OFFICER, SEAT), (COUNSEL, SEAT)}
OF_WORKERS = set(product(WORKERS, (ORDINARY, SEAT)))
WEIGHED = {Status.FROZEN, Status.OBJECTED}
# What each does, who alone may, and in which states alone.
ACTS: dict[str, tuple[Callable[[Actor, Facts], Decision], set[Who], set[Status]]] = {
    "produce": (policy.can_produce, OF_OFFICER, WEIGHED),
    "decide": (policy.can_decide, OF_SEATED, {Status.PREPARED}),
    "release": (policy.can_release, OF_SEATED, {Status.PREPARED}),
    "object": (
        policy.can_object, OF_OFFICER, {Status.FROZEN, Status.PREPARED, Status.RELEASED},
    ),
    "hand over": (policy.can_hand_over, OF_OFFICER, {Status.RELEASED}),
    "lapse": (
        policy.can_lapse, OF_OFFICER,
        {Status.FROZEN, Status.PREPARED, Status.RELEASED, Status.OBJECTED},
    ),
    "close": (
        policy.can_close, OF_OFFICER, {Status.DELIVERED, Status.OBJECTED, Status.LAPSED},
    ),
    "end as the same": (policy.can_end_as_same, OF_OFFICER, {Status.FROZEN}),
    "inform": (policy.can_inform, OF_OFFICER | OF_WORKERS, set(Status) - {Status.CLOSED}),
    "give a seat": (policy.can_give_seat, OF_OFFICER, set(Status) - {Status.CLOSED}),
    "call an officer": (policy.can_call_officer, OF_WORKERS, set(Status) - {Status.CLOSED}),
}  # fmt: skip


def actor(who: Who) -> Actor:
    role, purpose = who
    return Actor(uuid4(), uuid4(), frozenset({role}), purpose)


def those_who(decide: Callable[..., Decision], *said: object) -> set[Who]:
    return {who for who in EVERYBODY if decide(actor(who), *said)}


@pytest.mark.parametrize("act", ACTS)
def test_in_each_state_each_role_does_what_is_theirs_and_nothing_else(act: str) -> None:
    decide, whose, states = ACTS[act]

    may = {state: those_who(decide, replace(READY, status=state)) for state in Status}

    assert may == {state: whose if state in states else set() for state in Status}


@pytest.mark.parametrize("kind", Step.Kind)
def test_what_is_weighed_is_written_by_the_officer_and_what_counsel_thinks_by_counsel(
    kind: str,
) -> None:
    whose = {(COUNSEL, SEAT)} if kind == Step.Kind.OPINION else OF_OFFICER
    not_gone = WEIGHED | {Status.PREPARED, Status.RELEASED}

    may = {
        state: those_who(policy.can_write_step, replace(READY, status=state), kind)
        for state in Status
    }

    assert may == {state: whose if state in not_gone else set() for state in Status}


def test_those_who_receive_link_look_and_sit() -> None:
    of_any_purpose = {
        policy.can_receive: {role.value for role in Role} - {"police_member"},
        policy.can_link: WORKERS,
        policy.can_look: {OFFICER},
        policy.can_sit: {OFFICER, COUNSEL},
    }
    for decide, roles in of_any_purpose.items():
        assert those_who(decide) == set(product(roles, (ORDINARY, SEAT))), decide.__name__
    assert those_who(policy.can_keep_paper) == OF_OFFICER | OF_WORKERS
    assert not policy.can_receive(VISITOR)


def test_whoever_prepared_it_releases_nothing_in_any_state() -> None:
    for decide, state in product((policy.can_decide, policy.can_release), Status):
        assert those_who(decide, replace(READY, status=state, prepared_by_me=True)) == set()


@pytest.mark.parametrize("lacks", [kind for kind, _code in READY.codes])
def test_without_one_thing_that_the_law_asks_nothing_is_produced_released_or_handed_over(
    lacks: str,
) -> None:
    codes = tuple(one for one in READY.codes if one[0] != lacks)
    for decide, state in product(
        (policy.can_produce, policy.can_release, policy.can_hand_over), Status
    ):
        assert those_who(decide, replace(READY, status=state, codes=codes)) == set()
