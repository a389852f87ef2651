"""Who may do what with a danger, by role and by where it stands: every cell?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.followup.danger import policy
from spheres.followup.danger.forms import DangerForm
from spheres.followup.danger.models import Telling

AUTHOR = uuid4()
TODAY = date(2026, 3, 2)
WORKERS = {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
SUPERVISORS = {Role.TEAM_LEAD, Role.COORDINATOR}
DIRECTORS = {Role.COORDINATOR, Role.ORGANISATION_MANAGER, Role.TECHNICAL_ADMINISTRATOR}
WAYS = ("", *Telling.Way.values)


def who(role: str, *, is_author: bool = False) -> Actor:
    return Actor(AUTHOR if is_author else uuid4(), uuid4(), frozenset({role}))


@pytest.mark.parametrize(("role", "way", "is_author"), [*product(Role.values, WAYS, (True, False))])
def test_who_does_what_wherever_it_stands(role: str, way: str, is_author: bool) -> None:
    actor = who(role, is_author=is_author)

    may = {
        "phone": bool(policy.can_be_beside(actor)),
        "write": bool(policy.can_write(actor)),
        "add": bool(policy.can_add(actor, AUTHOR)),
        "tell": bool(policy.can_tell(actor, way)),
        "review": bool(policy.can_review(actor, AUTHOR)),
        "review again": bool(policy.can_review(actor, AUTHOR, is_reviewed=True)),
        "direct": bool(policy.can_direct(actor)),
    }

    assert may == {
        "phone": role in WORKERS,
        "write": role in WORKERS,
        "add": is_author,
        "tell": role in WORKERS and way in {"", "NOT_NOW"},
        "review": role in SUPERVISORS and not is_author,
        "review again": False,
        "direct": role in DIRECTORS,
    }


@pytest.mark.parametrize(
    ("days", "allowed"), [(-1, False), (0, False), (1, True), (90, True), (91, False)]
)
def test_what_is_not_told_for_now_is_looked_at_again_within_three_months(
    days: int, allowed: bool
) -> None:
    assert bool(policy.can_wait_until(TODAY + timedelta(days=days), TODAY)) is allowed


def test_every_recipient_has_a_name_in_the_rule_table() -> None:
    from spheres.followup.danger.models import Danger

    assert set(policy.CAPACITIES) == set(Danger.Called)


def test_a_report_to_youth_protection_is_no_answer_of_this_form() -> None:
    """It would name its author to her, to the team, and on paper (P-34.1, s. 44)."""
    offered = [code for code, _label in DangerForm().fields["called"].choices]
    # Told on its own page, under 18, where nobody reads who called.
    assert offered == ["EMERGENCY", "CRISIS", "HEALTH", "EXPOSED", "ABLE_TO_HELP"]
