"""Which names give the staff site? Its own, and no other way of writing the youth site's."""

from __future__ import annotations

import pytest

from spheres.core import clock
from tests.cast import MONDAY
from tests.pages import visitor


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("staff.localhost", 200),
        ("staff.localhost:8000", 200),
        ("STAFF.localhost", 200),
        ("staff.localhost.", 200),
        ("youth.localhost", 404),
        ("youth.localhost:8000", 404),
        ("YOUTH.localhost", 404),
        ("youth.localhost.", 404),
        ("youth.localhost.:8000", 404),
        ("testserver", 404),
    ],
)
def test_only_the_staff_site_has_a_door(cast, host, status):
    with clock.at(MONDAY):
        assert visitor(host).get("/sign-in/").status_code == status


@pytest.mark.parametrize("host", ["youth.localhost", "YOUTH.localhost", "youth.localhost."])
def test_the_youth_site_is_itself_however_its_name_is_written(cast, host):
    with clock.at(MONDAY):
        page = visitor(host).get("/")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "De l’aide, à ta façon" in page.content.decode()
