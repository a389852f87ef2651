"""Once its author has left, who reads it with her; told or not, and where harm is written?"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.core.actor import Actor
from spheres.followup.worrying import policy
from spheres.followup.worrying.models import Telling
from spheres.followup.worrying.tests.factories import REPORT, SAID, report
from spheres.followup.worrying.tests.test_pages import seen
from spheres.followup.worrying.tests.test_policy import who as somebody
from tests.cast import LOADER, TUESDAY, Cast, acting
from tests.region import demo_words

pytestmark = pytest.mark.django_db
ALOUD = "youth protection was called"


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def leaves(who: Actor) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=who.user_id).update(ends_at=TUESDAY)


def page(who: Actor, name: str = "with_her", status: int = 200) -> str:
    return seen(who, reverse(f"worrying:{name}", args=[REPORT]), TUESDAY, status=status)


@pytest.mark.parametrize("told", ["BEFORE", ""])
def test_whoever_supervises_reads_it_with_her_once_its_author_has_left(
    cast: Cast, told: str
) -> None:
    report(cast, cast.ines, told_her=told, support="Rester près d’elle.")
    page(cast.karim, status=403)
    assert "What they read of it" not in page(cast.karim, "review")

    leaves(cast.ines)

    assert "What they read of it" in page(cast.karim, "review")
    aloud = page(cast.karim)
    main = aloud[aloud.index("<main") :]
    assert [said in main for said in (ALOUD, SAID, "Rester près d’elle.")] == [True] * 3
    assert [name for name in ("Inès", "Maya") if name in main] == []


def test_where_harm_is_written_it_is_read_with_nobody(cast: Cast) -> None:
    again = TUESDAY.date().replace(day=TUESDAY.day + 5)
    report(cast, cast.ines, told_her="NOT_NOW", ground="LIFE", look_again_on=again)
    leaves(cast.ines)

    page(cast.karim, status=403)
    assert "What they read of it" not in page(cast.karim, "review")


def test_nobody_else_reads_it_whoever_left(cast: Cast) -> None:
    report(cast, cast.ines, told_her="BEFORE")
    leaves(cast.ines)

    for who in (cast.yanick, cast.louise, cast.samir, cast.nadia, cast.roy):
        page(who, status=404)


@pytest.mark.parametrize("role", Role)
def test_each_role_in_each_state_reads_it_with_her_or_does_not(role: str) -> None:
    supervises = role in {Role.TEAM_LEAD, Role.COORDINATOR}
    for works_here, way in product((True, False), ("", *Telling.Way.values)):
        may = supervises and not works_here and way != "NOT_NOW"
        said = policy.can_read_with_her(somebody(role), author_works_here=works_here, way=way)
        assert bool(said) is may, (works_here, way)
