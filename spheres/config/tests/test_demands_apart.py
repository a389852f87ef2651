"""A demand that names what is sealed, or that comes while a consent is withdrawn: what goes?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.followup.therapy_notes.models import TherapyNote
from spheres.followup.therapy_notes.tests.office import open_office
from spheres.privacy.legal_demands import actions, queries
from spheres.privacy.legal_demands.models import Asker, Kind, MatterStatus
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    SOON,
    found,
    link,
    receive,
    released,
    seated,
    weigh,
)
from spheres.privacy.legal_demands.views.arriving import matter_of
from spheres.records.between import together
from spheres.sharing.tests.test_said_by_her import agree, withdraw
from tests.cast import MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def test_a_note_that_is_sealed_is_in_no_production_even_when_the_demand_names_it(
    cast: Cast,
) -> None:
    office = open_office(cast)
    office.write("sealed")
    elise, norbert = office.people["Élise"], office.people["Norbert"]
    demand = receive(elise, kind=Kind.ORDER, asker=Asker.PROSECUTION)
    matter_id = matter_of(demand.id, office.jade.file_id)
    with acting(elise, SOON):
        actions.link(office.jade.file_id, matter_id, demand, norbert.user_id, by=elise, at=SOON)
    officer = seated(norbert)

    with acting(officer, LATER):
        assert TherapyNote.objects.count() == 0
        offered = [pk for _kind, pk, _at in queries.texts(office.jade.file_id, actor=officer)]
        named = together.to_copy(
            office.jade.file_id, actor=officer, of_age=True, only=[uuid_of("sealed")]
        )
        assert (uuid_of("sealed") in offered, list(named.rows)) == (False, [])
    weigh(matter_id, Do.SCOPE, "MINIMUM", by=officer, apart=1)
    with acting(officer, LATER):
        [scope] = [one for one in found(matter_id, officer).steps if one.kind == Do.SCOPE]
        assert scope.apart == 1
    with acting(cast.amrani, MONDAY):
        assert TherapyNote.objects.count() == 1


@pytest.mark.parametrize("when", ["before", "while it is weighed"])
def test_a_consent_that_is_withdrawn_changes_nothing_of_a_production(cast: Cast, when: str) -> None:
    agree(cast)
    if when == "before":
        withdraw(cast, at=MONDAY + timedelta(minutes=1))
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    if when != "before":
        withdraw(cast, at=LATER)

    assert weigh(matter_id, Do.DELIVERED, "COURT", by=nadia)

    with acting(nadia, LATER):
        assert found(matter_id, nadia).facts.status == MatterStatus.Status.DELIVERED
