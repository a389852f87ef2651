"""Of somebody who came back, does whoever answers for her worker open what stays folded for him?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.core import clock
from spheres.followup.covering import actions as covering
from spheres.followup.passages import actions as passages
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.participants.models import FollowUpStatus
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

BEFORE = "Quand je me tais, attends."


@pytest.mark.django_db
def test_her_page_of_before_stays_closed_until_she_asks_for_it(cast: Cast) -> None:
    file_id = cast.maya.file_id
    with acting(cast.ines):
        said = summary.Said(uuid_of("a line"), 0, BEFORE, Line.Whose.HERS)
        summary.add(file_id, said, by=cast.ines, at=MONDAY)
        away = covering.Away(uuid_of("away"), cast.yanick.user_id, TUESDAY, FRIDAY)
        covering.be_away(away, by=cast.ines, at=MONDAY)
    address, shown = f"/files/{file_id}/", {}

    for moment, step in ((0, None), (1, "leave"), (2, "return")):
        at = TUESDAY + timedelta(hours=moment)
        with acting(cast.ines, at):
            if step == "leave":
                passages.pass_to(file_id, FollowUpStatus.Status.LEFT, by=cast.ines, at=at)
            elif step == "return":
                passages.come_back(file_id, by=cast.ines, at=at)
        client = signed_in(cast.yanick, at=at)
        with clock.at(at):
            shown[step] = BEFORE in client.get(address).content.decode()

    assert shown == {None: True, "leave": True, "return": False}
