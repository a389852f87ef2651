"""Who may do what with a worrying situation, by role and by where it stands: every cell?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.worrying import policy
from spheres.followup.worrying.models import Telling

AUTHOR = uuid4()
TODAY = date(2026, 3, 2)
WORKERS = {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
SUPERVISORS = {Role.TEAM_LEAD, Role.COORDINATOR}
MANAGERS = {Role.ORGANISATION_MANAGER, Role.TECHNICAL_ADMINISTRATOR}
WAYS = ("", *Telling.Way.values)


def who(role: str, *, is_author: bool = False) -> Actor:
    return Actor(AUTHOR if is_author else uuid4(), uuid4(), frozenset({role}))


@pytest.mark.parametrize(("role", "way", "is_author"), [*product(Role.values, WAYS, (True, False))])
def test_who_does_what_wherever_it_stands(role: str, way: str, is_author: bool) -> None:
    actor = who(role, is_author=is_author)

    may = {
        "weigh": bool(policy.can_be_beside(actor)),
        "write": bool(policy.can_write(actor)),
        "write of an adult": bool(policy.can_write(actor, is_adult=True)),
        "add": bool(policy.can_add(actor, AUTHOR)),
        "tell": bool(policy.can_tell(actor, AUTHOR, way)),
        "review": bool(policy.can_review(actor, AUTHOR)),
        "review again": bool(policy.can_review(actor, AUTHOR, is_reviewed=True)),
        "say of oneself": bool(policy.can_say(actor, actor.user_id)),
        "say of others": bool(policy.can_say(actor, uuid4())),
        "say of somebody elsewhere": bool(policy.can_say(actor, uuid4(), works_here=False)),
    }

    assert may == {
        "weigh": role in WORKERS,
        "write": role in WORKERS,
        "write of an adult": False,
        "add": is_author,
        "tell": is_author and way in {"", "NOT_NOW"},
        "review": role in SUPERVISORS and not is_author,
        "review again": False,
        "say of oneself": role in WORKERS,
        "say of others": role in MANAGERS,
        "say of somebody elsewhere": False,
    }


@pytest.mark.parametrize(
    ("days", "allowed"), [(-1, False), (0, False), (1, True), (90, True), (91, False)]
)
def test_what_is_not_told_for_now_is_looked_at_again_within_three_months(
    days: int, allowed: bool
) -> None:
    assert bool(policy.can_wait_until(TODAY + timedelta(days=days), TODAY)) is allowed


def test_a_call_still_to_come_is_not_written() -> None:
    now = datetime(2026, 3, 2, 12)

    assert [bool(policy.can_be_then(now + timedelta(minutes=m), now)) for m in (-1, 0, 1)] == [
        True, True, False,
    ]  # fmt: skip
