"""Who signs, extends, names a stand-in and withholds: each role, in each state."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from spheres.accounts import policy as accounts
from spheres.accounts.models import Role
from spheres.accounts.queries import Clearance
from spheres.core.actor import VISITOR, Actor
from spheres.privacy.undertakings import policy
from tests.cast import MONDAY, uuid_of

HERE, ME, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
STANDS = Clearance(OTHER, "Farah", MONDAY, MONDAY, True, MONDAY, MONDAY.date())
LAPSED = replace(STANDS, is_cleared=False, walks=True)
COVERED = replace(LAPSED, cover_id=uuid_of("a cover"), for_all=True)
NEWCOMER = Clearance(OTHER, "Noémie", None, None, False, None, None)


def acts(role: str) -> Actor:
    return Actor(ME, HERE, frozenset({role}))


def allowed(decide, *values) -> set[str]:  # type: ignore[no-untyped-def]
    """The roles that may."""
    return {role.value for role in Role if decide(acts(role), *values)}


def test_everybody_who_works_somewhere_signs_and_nobody_else() -> None:
    assert allowed(policy.can_sign) == {role.value for role in Role}
    assert not policy.can_sign(VISITOR)


def test_those_who_lead_or_manage_follow_it_and_all_but_the_lead_say_trainings() -> None:
    followers = {"team_lead", "coordinator", "privacy_officer", "organisation_manager"}
    assert allowed(policy.can_follow) == followers
    assert allowed(accounts.can_say_trained, OTHER, True) == followers - {"team_lead"}
    assert allowed(accounts.can_say_trained, ME, True) == set()
    assert allowed(accounts.can_say_trained, OTHER, False) == set()


def test_only_the_privacy_officer_of_the_whole_says_what_is_asked() -> None:
    assert allowed(policy.can_say_what_is_asked, True) == {"privacy_officer"}
    assert allowed(policy.can_say_what_is_asked, False) == set()


@pytest.mark.parametrize(
    ("one", "may"),
    [
        (STANDS, {"privacy_officer"}),
        (LAPSED, {"privacy_officer"}),
        (NEWCOMER, set()),
        (replace(STANDS, stands_until=None, lapses_at=None), set()),
        (replace(LAPSED, user_id=ME), set()),
    ],
)
def test_what_once_stood_is_extended_by_the_privacy_officer(one: Clearance, may: set[str]) -> None:
    assert allowed(policy.can_extend, one) == may


@pytest.mark.parametrize(
    ("one", "may"),
    [
        (STANDS, set()),  # beyond the sixty days in which it is prepared
        (replace(STANDS, walks=True), {"team_lead"}),
        (LAPSED, {"team_lead"}),
        (COVERED, set()),
        (replace(LAPSED, walks=False), set()),
    ],
)
def test_a_team_lead_names_a_stand_in_once_it_lapsed_or_soon_will(
    one: Clearance, may: set[str]
) -> None:
    assert allowed(policy.can_name_stand_in, one) == may


def test_files_are_withheld_only_once_a_stand_in_answers_for_everybody() -> None:
    table = {
        (cleared, walks, for_all, withheld): allowed(
            policy.can_withhold,
            replace(
                COVERED, is_cleared=cleared, walks=walks, for_all=for_all, is_withheld=withheld
            ),
        )
        for cleared, walks, for_all, withheld in product((False, True), repeat=4)
    }

    assert {state for state, may in table.items() if may} == {(False, True, True, False)}
    assert table[False, True, True, False] == {"privacy_officer", "team_lead"}
    assert allowed(policy.can_withhold, replace(COVERED, user_id=ME)) == set()
