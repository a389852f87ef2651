"""Is what the directory puts in the pages a sentence in good time, for whom it is meant?"""

from __future__ import annotations

from datetime import date

import pytest

from spheres.core import clock
from spheres.directory import actions
from spheres.directory.models import Resource
from spheres.directory.tests.factories import BEDS, resource_id
from spheres.records import standing
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.regions.models import HelpLine
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

TODAY = date(2026, 3, 2)


def told(cast: Cast) -> None:
    with acting(cast.ines):
        remark_id = uuid_of("the number no longer answers")
        actions.tell(resource_id(BEDS), "PHONE", remark_id=remark_id, by=cast.ines, at=MONDAY)


def test_the_desk_says_in_a_sentence_what_is_to_be_seen_to(cast: Cast) -> None:
    told(cast)

    with clock.at(MONDAY):
        page = signed_in(cast.louise, language="en").get("/desk/").content.decode()

    assert "When the moment is right" in page
    assert "Colleagues say that 1 thing of the directory is no longer right." in page
    assert "4 help lines are to be verified: they were not for ninety days, or ever." in page
    assert "2 resources are to be verified: they were not for ninety days, or ever." in page


@pytest.mark.parametrize("who", ["ines", "karim", "samir", "roy", "amrani", "nadia"])
def test_only_the_coordination_is_told(cast: Cast, who: str) -> None:
    told(cast)
    actor = getattr(cast, who)

    with acting(actor):
        assert standing.directory_to_keep(actor=actor) == []
    with clock.at(MONDAY):
        assert signed_in(actor).get("/directory/upkeep/").status_code == 403


def test_nothing_is_said_when_nothing_waits(cast: Cast) -> None:
    with acting(LOADER):
        Resource.objects.update(verification="verified", verified_on=TODAY)
        HelpLine.objects.update(verification="verified", verified_on=TODAY)
    regions.forget()

    with acting(cast.louise):
        assert places.asked_of_desk(cast.louise) == []


def test_the_way_beside_my_people_leads_to_the_directory(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get("/people/").content.decode()

    assert page.count('href="/directory/"') == 2  # and among the things at hand everywhere
