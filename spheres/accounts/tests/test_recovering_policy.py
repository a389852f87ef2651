"""Who asks for whom, who is second, who vouches, hands over and stops? As tables."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from spheres.accounts import policy
from spheres.accounts.models import Recovery, RecoveryStatus, Role
from spheres.core.actor import Actor
from tests.cast import TUESDAY

HOUR = timedelta(hours=1)
MANAGER = frozenset({Role.ORGANISATION_MANAGER})
COORDINATION = frozenset({Role.COORDINATOR})
TECHNICAL = frozenset({Role.TECHNICAL_ADMINISTRATOR})
WORKER = frozenset({Role.YOUTH_WORKER})
HERE = policy.Standing(roles_here=WORKER)
ELSEWHERE = policy.Standing(is_elsewhere=True)
NOWHERE = policy.Standing()
ME, SHE, OTHER, STRANGER = (uuid4() for _ in range(4))


def me(roles: frozenset[str], user_id: UUID = ME) -> Actor:
    return Actor(user_id, uuid4(), roles)


@pytest.mark.parametrize(
    ("roles", "here", "elsewhere", "nowhere"),
    [
        (MANAGER, True, False, False),
        (COORDINATION, True, True, False),
        *(
            (frozenset({role}), False, False, False)
            for role in Role
            if role not in (Role.ORGANISATION_MANAGER, Role.COORDINATOR)
        ),
    ],
)
def test_who_asks_for_whom(
    roles: frozenset[str], here: bool, elsewhere: bool, nowhere: bool
) -> None:
    found = [
        bool(policy.can_ask_recovery(me(roles), SHE, one)) for one in (HERE, ELSEWHERE, NOWHERE)
    ]

    assert found == [here, elsewhere, nowhere]
    assert not policy.can_ask_recovery(me(roles), ME, HERE)


@pytest.mark.parametrize(
    ("second", "first_roles", "wider", "allowed"),
    [
        (policy.Second(OTHER, WORKER, True), MANAGER, False, True),
        (policy.Second(OTHER, WORKER, False), MANAGER, False, False),
        (policy.Second(OTHER, COORDINATION, False), MANAGER, False, True),
        (policy.Second(OTHER), MANAGER, False, False),
        (policy.Second(ME, COORDINATION, True), MANAGER, False, False),
        (policy.Second(SHE, COORDINATION, True), MANAGER, False, False),
        (policy.Second(OTHER, WORKER, True), MANAGER, True, False),
        (policy.Second(OTHER, TECHNICAL, True), MANAGER, True, True),
        (policy.Second(OTHER, COORDINATION, False), MANAGER, True, True),
        (policy.Second(OTHER, WORKER, True), COORDINATION, True, True),
    ],
)
def test_who_is_second(
    second: policy.Second, first_roles: frozenset[str], wider: bool, allowed: bool
) -> None:
    standing = policy.Standing(roles_here=WORKER, has_wider_keys=wider)

    assert bool(policy.can_be_second(ME, first_roles, SHE, standing, second)) == allowed


@pytest.mark.parametrize(
    ("who", "colleague", "roles", "vouches"),
    [
        (OTHER, True, WORKER, True),
        (OTHER, False, WORKER, False),
        (OTHER, False, COORDINATION, True),
        (ME, True, MANAGER, False),
        (SHE, True, WORKER, False),
        (STRANGER, True, COORDINATION, False),
    ],
)
def test_who_vouches(who: UUID, colleague: bool, roles: frozenset[str], vouches: bool) -> None:
    recovery = Recovery(user_id=SHE, asked_by=ME, second_id=OTHER)
    second = policy.Second(who, roles, colleague)

    assert bool(policy.can_vouch(me(roles, who), recovery, second)) == vouches


@pytest.mark.parametrize(
    ("who", "hands_over", "stops"),
    [(ME, True, True), (OTHER, True, True), (SHE, False, True), (STRANGER, False, False)],
)
@pytest.mark.parametrize("hours", [None, 0, 23.9, 24, 30])
def test_who_hands_over_and_who_stops(
    who: UUID, hands_over: bool, stops: bool, hours: float | None
) -> None:
    recovery = Recovery(user_id=SHE, asked_by=ME, second_id=OTHER)
    standing = RecoveryStatus(recovery=recovery)
    if hours is not None:
        standing.vouched_by, standing.vouched_at = OTHER, TUESDAY - hours * HOUR
    a_day_has_passed = hours is not None and hours >= 24

    actor = me(COORDINATION, who)
    assert bool(policy.can_hand_over(actor, recovery, standing, TUESDAY)) == (
        hands_over and a_day_has_passed
    )
    assert bool(policy.can_stop(actor, recovery)) == stops
