"""Whoever leads a team of the police has pages like any other, with nobody on them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.core import clock
from tests.cast import LOADER, MONDAY, Cast, acting, add_person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["workload:team", "handing_over:team"])
def test_a_lead_at_the_police_reads_that_there_is_nobody(cast: Cast, name: str) -> None:
    with acting(LOADER):
        lead = add_person("Chief", cast.police, Role.TEAM_LEAD)
    with clock.at(MONDAY):
        answer = signed_in(lead).get(reverse(name))
    assert answer.status_code == 200
    assert "Maya" not in answer.content.decode()
