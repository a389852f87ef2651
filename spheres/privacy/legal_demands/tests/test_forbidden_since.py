"""What happens of a production once it is written that the law forbids it? (It goes nowhere.)"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import Error, transaction

from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.privacy.legal_demands.models import MatterStatus, Production, Step, Verdict
from spheres.privacy.legal_demands.policy import Code, Do
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    counsel,
    decide,
    give_seat,
    inform,
    link,
    prepare,
    released,
    seated,
    weigh,
)
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
SINCE, THEN = LATER + timedelta(minutes=5), LATER + timedelta(minutes=6)
CORRECTED = [
    (Do.SECRECY, Code.APPLIES), (Do.LAW, Code.ASKS), (Do.IDENTITY, Code.UNSURE),
    (Do.ACCUSED, Code.UNDECIDED),
]  # fmt: skip


def prepared(cast: Cast) -> tuple[UUID, Actor, Actor]:
    """Of an accused, once a judge has decided: Nadia prepares, counsel sits."""
    matter_id = link(cast, kind="ORDER", asker="DEFENCE")
    nadia = seated(cast.nadia)
    for kind, code in (
        (Do.IDENTITY, "SEEN"), (Do.LAW, "COMPELS"), (Do.ACCUSED, "DECIDED"),
        (Do.SCOPE, "MINIMUM"), (Do.SECRECY, "NONE"),
    ):  # fmt: skip
        weigh(matter_id, kind, code, by=nadia)
    inform(matter_id, by=cast.ines)
    prepare(matter_id, by=nadia)
    return matter_id, nadia, give_seat(matter_id, counsel(cast), by=nadia)


@pytest.mark.parametrize(("kind", "code"), CORRECTED)
def test_nothing_is_released_once_the_law_forbids_it(cast: Cast, kind: str, code: str) -> None:
    matter_id, nadia, lawyer = prepared(cast)
    weigh(matter_id, kind, code, by=nadia, at=SINCE, which="since")

    with pytest.raises(NotAllowed):
        decide(matter_id, by=lawyer, at=THEN)
    with acting(lawyer, THEN):
        production_id = Production.objects.get().pk
    verdict = Verdict(
        id=uuid_of("forced"), file_id=cast.maya.file_id, matter_id=matter_id,
        production_id=production_id, outcome="RELEASED", written_by=lawyer.user_id,
        written_at=THEN,
    )  # fmt: skip
    with acting(lawyer, THEN), pytest.raises(Error, match="row-level"), transaction.atomic():
        Verdict.objects.bulk_create([verdict])
    assert decide(matter_id, by=lawyer, outcome=Verdict.Outcome.SENT_BACK, at=THEN)


@pytest.mark.parametrize(("kind", "code"), CORRECTED)
def test_nothing_that_was_released_is_handed_over_once_the_law_forbids_it(
    cast: Cast, kind: str, code: str
) -> None:
    matter_id, nadia, lawyer = prepared(cast)
    decide(matter_id, by=lawyer)
    weigh(matter_id, kind, code, by=nadia, at=SINCE, which="since")

    with pytest.raises(NotAllowed):
        weigh(matter_id, Do.DELIVERED, "HAND", by=nadia, at=THEN)
    with acting(nadia, THEN):
        step = Step(
            id=uuid_of("forced"), file_id=cast.maya.file_id, matter_id=matter_id,
            kind="DELIVERED", code="HAND", written_by=nadia.user_id, written_at=THEN,
        )  # fmt: skip
        Step.objects.bulk_create([step])
        with pytest.raises(Error, match="row-level"), transaction.atomic():
            MatterStatus.objects.update(status="DELIVERED", status_by=nadia.user_id)
    weigh(matter_id, Do.OBJECTED, Code.SECRET, by=nadia, at=THEN)
    with acting(nadia, THEN):
        assert MatterStatus.objects.get().status == "OBJECTED"


def test_a_demand_that_was_taken_back_is_not_delivered(cast: Cast) -> None:
    matter_id = link(cast)
    nadia = released(cast, matter_id)
    weigh(matter_id, Do.LAPSED, "", by=nadia)

    said = {"status_by": nadia.user_id, "status_at": LATER}
    with acting(nadia, LATER), pytest.raises(Error, match="it moves"), transaction.atomic():
        MatterStatus.objects.filter(pk=matter_id).update(status="RELEASED", **said)
