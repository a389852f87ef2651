"""Who says that somebody answers for whom, asks each person, and ends it: every role, each case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import translation

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.covering import policy
from spheres.sharing.models import Cover
from tests.cast import uuid_of

HERE, AWAY, ANSWERS, OTHER = (uuid_of(name) for name in ("here", "away", "answers", "other"))
ACCOMPANY = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
ROLES = pytest.mark.parametrize("role", [None, *Role])

ACCOMPANIES_NOBODY = no("Your role does not include accompanying young people.")
LEADS_NO_TEAM = no("Whoever leads the team says who is on call.")
NOBODY_TO_ASK = no("A colleague answers: nobody has to be asked.")
NOT_THEIRS_TO_END = no("Whoever is away, or the team lead, can end this.")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def somebody(role: Role | None, user_id: UUID = OTHER) -> Actor:
    return Actor(user_id, HERE, frozenset({role} if role else ()))


def cover(*, elsewhere: UUID | None = None) -> Cover:
    return Cover(for_user_id=AWAY, user_id=ANSWERS, elsewhere_id=elsewhere)


def said(decision: Decision) -> Decision:
    return Decision(decision.allowed, str(decision.reason))


@ROLES
def test_whoever_accompanies_says_who_answers_meanwhile_and_nobody_else_does(
    role: Role | None,
) -> None:
    expected = yes() if role in ACCOMPANY else ACCOMPANIES_NOBODY

    assert said(policy.can_be_away(somebody(role))) == expected


@ROLES
def test_a_team_lead_alone_says_who_is_on_call(role: Role | None) -> None:
    expected = yes() if role == Role.TEAM_LEAD else LEADS_NO_TEAM

    assert said(policy.can_keep_rota(somebody(role))) == expected


@ROLES
def test_those_who_accompany_and_those_who_lead_them_read_who_answers(role: Role | None) -> None:
    expected = yes() if role in (*ACCOMPANY, Role.TEAM_LEAD) else ACCOMPANIES_NOBODY

    assert said(policy.can_look(somebody(role))) == expected


@ROLES
@pytest.mark.parametrize("elsewhere", [None, uuid_of("elsewhere")])
def test_a_person_is_asked_by_those_who_accompany_and_only_when_a_partner_answers(
    role: Role | None, elsewhere: UUID | None
) -> None:
    by_role = yes() if elsewhere else NOBODY_TO_ASK
    expected = by_role if role in ACCOMPANY else ACCOMPANIES_NOBODY

    assert said(policy.can_ask(somebody(role), cover(elsewhere=elsewhere))) == expected


@ROLES
@pytest.mark.parametrize("who", [AWAY, ANSWERS, OTHER], ids=["away", "answers", "other"])
def test_whoever_is_away_ends_it_and_a_team_lead_but_never_whoever_answers(
    role: Role | None, who: UUID
) -> None:
    leads = role == Role.TEAM_LEAD and who != ANSWERS
    expected = yes() if who == AWAY or leads else NOT_THEIRS_TO_END

    assert said(policy.can_end(somebody(role, who), cover())) == expected


def test_longer_than_four_months_or_than_a_week_on_call_is_no_absence() -> None:
    assert {
        Cover.Kind.STAND_IN: timedelta(days=120),
        Cover.Kind.ON_CALL: timedelta(days=7),
    } == policy.LONGEST
