"""A hold that a legal demand placed: may it be ended while the demand is open?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    give_seat,
    inform,
    link,
    other_officer,
    prepare,
    ready,
    seated,
    weigh,
)
from spheres.privacy.legal_demands.tests.factories import decide as release
from spheres.privacy.retention import actions, policy
from spheres.sharing import holding
from spheres.sharing.models import Hold
from tests.cast import Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at() -> Any:
    with clock.at(LATER):
        yield


def asked(hold_id: UUID, by: Actor) -> bool:
    with acting(by, LATER):
        return holding.ask_to_end(hold_id, by=by)


def ended(hold_id: UUID, by: Actor) -> str:
    with acting(by, LATER):
        return holding.end(hold_id, by=by)


def stands(hold_id: UUID, by: Actor) -> bool:
    with acting(by, LATER):
        return Hold.objects.get(pk=hold_id).ended_at is None


def to_each_state(cast: Cast, matter_id: UUID, farah: Actor) -> Any:
    """From its first day to the last but one, each state in its turn."""
    nadia = seated(cast.nadia)
    yield "FROZEN"
    ready(cast, matter_id)
    prepare(matter_id, by=nadia)
    yield "PREPARED"
    release(matter_id, by=give_seat(matter_id, farah, by=nadia))
    yield "RELEASED"
    weigh(matter_id, Do.DELIVERED, "HAND", by=nadia)
    yield "DELIVERED"


def test_in_no_state_before_the_end_can_it_be_asked_and_then_by_two(cast: Cast) -> None:
    matter_id, farah = link(cast), other_officer(cast)

    for state in to_each_state(cast, matter_id, farah):
        assert not asked(matter_id, cast.nadia), state
        with acting(cast.nadia, LATER), pytest.raises(NotAllowed) as refused:
            actions.end_hold(Hold.objects.get(pk=matter_id), by=cast.nadia)
        assert refused.value.reason == policy.STILL_OPEN
    weigh(matter_id, Do.CLOSED, "GOES_ON", by=seated(cast.nadia))

    # It goes on, for a reason; the day it may end, one asks and another ends.
    assert stands(matter_id, cast.nadia)
    assert asked(matter_id, cast.nadia)
    assert ended(matter_id, cast.nadia) == holding.SAME
    assert ended(matter_id, farah) == holding.DONE


def test_an_objection_does_not_end_it_and_the_end_of_another_matter_neither(cast: Cast) -> None:
    first, second = link(cast), link(cast, "another demand")
    nadia = seated(cast.nadia)
    inform(first, by=cast.ines)
    weigh(first, Do.OBJECTED, "NO_RIGHT", by=nadia)
    weigh(second, Do.LAPSED, "", by=nadia)
    weigh(second, Do.CLOSED, "ENDS", by=nadia)

    assert not asked(first, cast.nadia)
    assert ended(second, other_officer(cast)) == holding.DONE
    assert stands(first, cast.nadia)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The legal demand that placed this hold is still open"),
        ("fr", "La demande légale qui a placé ce gel est encore ouverte"),
    ],
)
def test_the_page_of_holds_says_why(cast: Cast, language: str, said: str) -> None:
    matter_id = link(cast)
    nadia = signed_in(cast.nadia, at=LATER, language=language)

    answer = nadia.post(f"/keeping/holds/{matter_id}/end/")

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
