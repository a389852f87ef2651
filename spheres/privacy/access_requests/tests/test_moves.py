"""How does a request move from one state to the next, in whose name, when? (Forwards, now.)"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, transaction

from spheres.privacy.access_requests.models import Asker, Decision, Outcome, RequestStatus
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    answer,
    ready_for_parent,
    receive,
    seat,
)
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def test_nobody_moves_a_status_in_anothers_name_nor_on_another_day(cast: Cast) -> None:
    request_id = receive(cast)
    with acting(cast.ines, LATER):
        row = Decision(
            id=uuid_of("withdrawn"), file_id=cast.maya.file_id, request_id=request_id,
            outcome="WITHDRAWN", age=14, written_by=cast.ines.user_id, written_at=LATER,
        )  # fmt: skip
        Decision.objects.bulk_create([row])
    for said in (
        {"status_by": cast.karim.user_id, "status_at": LATER},
        {"status_by": cast.ines.user_id, "status_at": LATER - timedelta(days=1)},
    ):
        with acting(cast.ines, LATER):
            moved = RequestStatus.objects.filter(pk=request_id)
            with pytest.raises(Error, match="row-level"), transaction.atomic():
                moved.update(status="WITHDRAWN", **said)


def test_a_request_that_was_refused_does_not_come_back(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.PARENT)
    ready_for_parent(cast, request_id, opinion="NO", harm="HARMFUL")
    answer(request_id, Outcome.REFUSED, by=seat(cast, request_id), ground="HARM", reasons="Non.")

    said = {"status_by": cast.ines.user_id, "status_at": LATER}
    with acting(cast.ines, LATER), pytest.raises(Error, match="it moves"), transaction.atomic():
        RequestStatus.objects.filter(pk=request_id).update(status="IDENTIFIED", **said)
