"""Whoever opens it for an hour, and however: are three told, and does a review wait (T9)?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.accounts.models import Role
from spheres.config.tests.test_exceptional_access import (
    MORNING,
    NIGHT,
    WHY,
    get,
    opens,
    tonight,  # noqa: F401 -- how each story begins
)
from spheres.core.actor import Actor
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

WAYS = ("walks with her", "on call", "stands in")
REVIEWERS = {
    Role.TEAM_LEAD: "/team/",
    Role.PRIVACY_OFFICER: "/privacy/",
    Role.COORDINATOR: "/desk/",
}


def somebody_who_can_open(cast: Cast, way: str, role: Role) -> Actor:
    """A colleague of Inès who may name Maya in this way."""
    with acting(LOADER):
        odette = add_person("Odette", cast.la_maison, role)
    if way == "walks with her":
        with acting(cast.ines, MONDAY):
            link = Assignment(
                id=uuid_of("Odette walks"), file_id=cast.maya.file_id, user_id=odette.user_id,
                starts_at=MONDAY,
            )  # fmt: skip
            Assignment.objects.bulk_create([link])
        return odette
    with acting(cast.ines, NIGHT):  # one person answers at a time
        sharing.end_cover(Cover.objects.get(), by=cast.ines, at=NIGHT)
        sharing.cover(
            uuid_of("Odette answers"), kind="ON_CALL" if way == "on call" else "STAND_IN",
            for_user_id=cast.ines.user_id, user_id=odette.user_id, starts_at=NIGHT,
            ends_at=NIGHT + timedelta(days=3), by=cast.ines, at=NIGHT,
        )  # fmt: skip
    return odette


@pytest.mark.parametrize("ground", ["LIFE", "UNREACHABLE"])
@pytest.mark.parametrize("role", [Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT])
@pytest.mark.parametrize("way", WAYS)
def test_whoever_opens_it_and_however_three_are_told_and_it_waits_for_a_review(
    cast: Cast, way: str, role: Role, ground: str
) -> None:
    """T9, whole: who opened it, her worker, and each of those who may look at it again."""
    odette = somebody_who_can_open(cast, way, role)
    with acting(LOADER):
        lookers = {hat: add_person(f"Looks as {hat}", cast.la_maison, hat) for hat in REVIEWERS}

    status, _ = opens(cast, signed_in(odette, at=NIGHT), ground=ground)
    told = {
        "opened it": "est revu avec vous" in get(signed_in(odette, at=MORNING), "/", MORNING),
        "walks with her": "Odette a ouvert pour une heure"
        in get(signed_in(cast.ines, at=MORNING), "/", MORNING),
        **{
            hat: "Un accès exceptionnel attend d’être revu depuis"
            in get(signed_in(who, at=MORNING), REVIEWERS[hat], MORNING)
            for hat, who in lookers.items()
        },
    }
    tasks = {
        hat: WHY in get(signed_in(who, at=MORNING), "/exceptional/", MORNING)
        for hat, who in lookers.items()
    }

    assert status == 302
    assert told == dict.fromkeys(("opened it", "walks with her", *REVIEWERS), True)
    assert tasks == dict.fromkeys(REVIEWERS, True)
