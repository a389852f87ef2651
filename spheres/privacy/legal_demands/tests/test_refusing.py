"""What does the answer to a demand tell of whom it names? (The same, known here or not.)"""

from __future__ import annotations

from uuid import UUID

import pytest
from django.utils import translation

from spheres.privacy.legal_demands import actions, documents, queries
from spheres.privacy.legal_demands.policy import CONFIRMING_NOTHING, Code, Do
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    found,
    link,
    receive,
    seated,
    weigh,
)
from spheres.vault import actions as vault
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
THE_SAME = UUID(int=7 << 120)


def of_a_followed_person(cast: Cast, ground: str) -> bytes:
    matter_id = link(cast, "about Maya", kind="ORDER", asker="POLICE")
    nadia = seated(cast.nadia)
    weigh(matter_id, Do.OBJECTED, ground, by=nadia)
    with acting(nadia, LATER), translation.override("fr"):
        answered = found(matter_id, nadia)
        vault.open(answered.rows, by=nadia)
        assert documents.of_matter(answered.row).id == uuid_of("about Maya")
        answered.row.demand_id = THE_SAME
        said = answered.newest(Do.OBJECTED)
        assert said is not None
        here = queries.organisation(cast.la_maison.pk, actor=nadia)
        words = documents.answer_words(said.written_at, actor=nadia)
        return documents.objection(answered, said, here, words)


def of_somebody_unknown(cast: Cast) -> bytes:
    demand = receive(cast.karim, "about nobody", kind="ORDER", asker="POLICE")
    with acting(cast.nadia, LATER), translation.override("fr"):
        arrived = queries.demand(demand.id, actor=cast.nadia)
        assert arrived is not None
        actions.end_demand(arrived, "NOBODY", None, by=cast.nadia, at=LATER)
        arrived.row.pk = THE_SAME
        here = queries.organisation(cast.la_maison.pk, actor=cast.nadia)
        words = documents.answer_words(LATER, actor=cast.nadia)
        return documents.confirming_nothing(documents.of_demand(arrived.row), here, words)


@pytest.mark.parametrize("ground", sorted(CONFIRMING_NOTHING))
def test_a_demand_that_obliges_to_nothing_is_answered_the_same_whoever_it_names(
    cast: Cast, ground: str
) -> None:
    assert of_a_followed_person(cast, ground) == of_somebody_unknown(cast)


def test_an_objection_that_a_judge_hears_gives_its_ground(cast: Cast) -> None:
    assert of_a_followed_person(cast, Code.JUDGE) != of_somebody_unknown(cast)
