"""Does whoever wears several hats keep every page, in a house where most wear two?"""

from __future__ import annotations

import pytest

from spheres.accounts.models import Role
from spheres.core import clock
from tests.cast import LOADER, MONDAY, Cast, acting, add_person
from tests.pages import signed_in

EVERY = tuple(role for role in Role if role != Role.POLICE_MEMBER)


@pytest.mark.parametrize("hats", [(Role.TEAM_LEAD, Role.YOUTH_WORKER), EVERY], ids=["two", "all"])
def test_whoever_wears_several_hats_finds_each_way_in_the_rail_or_beside_her_account(
    cast: Cast, hats: tuple[Role, ...]
) -> None:
    with acting(LOADER):
        odile = add_person("Odile", cast.la_maison, *hats)
    client = signed_in(odile)

    with clock.at(MONDAY):
        answer = client.get("/account/")
        office = client.get(
            "/privacy/"
        ).content.decode()  # where some stand, for who guards privacy

    page = answer.content.decode() + (
        office if 'href="/privacy/"' in answer.content.decode() else ""
    )
    assert answer.status_code == 200
    for way in ("/", "/people/", "/team/", "/exceptional/", "/figures/"):
        assert f'href="{way}"' in page, way
