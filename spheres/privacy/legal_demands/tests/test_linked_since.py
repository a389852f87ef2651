"""Until when may a demand be linked to somebody, and what becomes of one that was ended before?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from spheres.core.errors import WrongState
from spheres.privacy.legal_demands import actions, queries
from spheres.privacy.legal_demands.models import Shown
from spheres.privacy.legal_demands.queries import Arrived
from spheres.privacy.legal_demands.tests.factories import LATER, receive
from spheres.privacy.legal_demands.views.arriving import matter_of
from spheres.records.between import places
from spheres.vault import actions as vault
from tests.cast import Cast, acting

pytestmark = pytest.mark.django_db


def shown(cast: Cast) -> tuple[UUID, Arrived]:
    """Karim received it; Nadia shows it to Inès."""
    demand = receive(cast.karim)
    with acting(cast.nadia, LATER):
        arrived = queries.demand(demand.id, actor=cast.nadia)
        assert arrived is not None
        vault.open([arrived.row], by=cast.nadia)
        actions.show(arrived, [cast.ines.user_id], by=cast.nadia, at=LATER)
    return demand.id, arrived


def link(cast: Cast, at: datetime) -> None:
    with acting(cast.ines, at):
        [one] = queries.shown_to_me(actor=cast.ines, at=at)
        vault.open([one], by=cast.ines)
        said, file_id = actions.shown_as_received(one), cast.maya.file_id
        matter_id = matter_of(said.id, file_id)
        actions.link(file_id, matter_id, said, cast.nadia.user_id, by=cast.ines, at=at)


def test_a_demand_is_shown_for_a_week_where_it_was_shown_and_no_longer(cast: Cast) -> None:
    shown(cast)
    elsewhere = replace(cast.ines, organisation_id=cast.institute.id)
    for who, days, seen in (
        (cast.ines, 6, 1), (elsewhere, 6, 0), (cast.ines, 7, 0), (cast.ines, 400, 0),
    ):  # fmt: skip
        at = LATER + timedelta(days=days)
        with acting(who, at):
            assert (Shown.objects.count(), days) == (seen, days)
            assert len(queries.shown_to_me(actor=who, at=at)) == seen


def test_a_demand_linked_after_it_was_ended_is_open_and_counted_again(cast: Cast) -> None:
    _demand_id, arrived = shown(cast)
    with acting(cast.nadia, LATER):
        actions.end_demand(arrived, "NOBODY", None, by=cast.nadia, at=LATER)
        [one] = queries.arrived(actor=cast.nadia)
        assert one.is_open is False
        assert places.rows_of_day(queries.HERE, actor=cast.nadia, at=LATER) == []

    after = LATER + timedelta(days=3)
    link(cast, after)

    with acting(cast.nadia, after):
        [one] = queries.arrived(actor=cast.nadia)
        assert (one.is_open, one.waits) == (True, False)
        assert len(places.rows_of_day(queries.HERE, actor=cast.nadia, at=after)) == 1


def test_what_was_linked_since_the_page_was_shown_is_not_ended_as_nobodys(cast: Cast) -> None:
    _demand_id, arrived = shown(cast)
    link(cast, LATER)

    with acting(cast.nadia, LATER), pytest.raises(WrongState):
        actions.end_demand(arrived, "NOBODY", None, by=cast.nadia, at=LATER)
