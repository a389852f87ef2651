"""Does a list offer only those to whom the database gives something, in one question for all?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import ClearanceRule, Role, TrainingDay
from spheres.followup.activities import queries as activities
from spheres.followup.activities.tests.test_together import CLIMBING, out_together
from spheres.followup.admission.queries import to_whom
from spheres.followup.consents import queries as consents
from spheres.privacy.access_requests import queries as requests
from spheres.privacy.legal_demands import queries as demands
from spheres.sharing import queries as sharing
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_organisation, add_person

pytestmark = pytest.mark.django_db


def asks(organisation: Any) -> None:
    """A partner asks for a training, from today on."""
    with acting(LOADER):
        officer = add_person("Garde", organisation, Role.PRIVACY_OFFICER)
    rule = ClearanceRule(
        id=uuid4(), organisation_id=organisation.pk, asks_undertaking=False, asks_training=True,
        starts_at=MONDAY, said_by=officer.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(officer):
        ClearanceRule.objects.bulk_create([rule])


def is_trained(who: Any, *, by: Any, organisation: Any) -> None:
    row = TrainingDay(
        id=uuid4(), organisation_id=organisation.pk, user_id=who.user_id,
        trained_on=MONDAY.date(), source="HERE", said_by=by.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(by):
        TrainingDay.objects.bulk_create([row])


def offered(cast: Cast) -> tuple[list[str], list[str]]:
    """Who is offered at partners: to answer during an absence, and to share with."""
    with acting(cast.ines):
        answering = sharing.workers_elsewhere(actor=cast.ines, at=MONDAY)
        reading = consents.recipients(actor=cast.ines)
    return [one.name for one in answering], [
        one.person or one.organisation for one in reading if one.organisation == "Ailleurs"
    ]


def test_a_worker_of_a_partner_who_waits_for_a_training_is_offered_to_nobody(cast: Cast) -> None:
    before = offered(cast)
    asks(cast.elsewhere)

    assert (before, offered(cast)) == (
        (["Samir"], ["Ailleurs", "Samir"]),
        ([], ["Ailleurs"]),  # with the organisation, she may still share
    )


def test_a_companion_who_waits_for_a_training_is_left_out_and_the_page_stands(cast: Cast) -> None:
    out_together(cast)
    with acting(cast.ines, TUESDAY):
        before = activities.others_along(CLIMBING, actor=cast.ines)
    asks(cast.elsewhere)

    with acting(cast.ines, TUESDAY):
        assert (
            [one.name for one in before],
            activities.others_along(CLIMBING, actor=cast.ines),
        ) == (
            ["Samir"],
            [],
        )


def test_a_seat_is_offered_to_an_officer_to_whom_files_may_be_given(cast: Cast) -> None:
    with acting(LOADER):
        add_person("Garde", cast.la_maison, Role.PRIVACY_OFFICER)
        other = add_person("Olive", cast.la_maison, Role.PRIVACY_OFFICER)
    rule = ClearanceRule(
        id=uuid4(), organisation_id=cast.la_maison.pk, asks_undertaking=False, asks_training=True,
        starts_at=MONDAY, said_by=other.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(other):
        ClearanceRule.objects.bulk_create([rule])
    seats = (requests.officers, demands.officers, demands.sitters)
    with acting(cast.ines):
        before = [queries(actor=cast.ines) for queries in seats]
    is_trained(other, by=cast.nadia, organisation=cast.la_maison)

    with acting(cast.ines):
        since = [queries(actor=cast.ines) for queries in seats]

    olive = [(str(other.user_id), "Olive")]
    assert (before, since) == ([[], [], []], [olive, olive, olive])


def test_the_desk_asks_once_for_all_whatever_the_number_of_workers(cast: Cast) -> None:
    costs, offered = [], []
    with acting(LOADER):
        house = add_organisation("maison-des-rives", "community")
    for number in (1, 2, 27):
        with acting(LOADER):
            for each in range(number):
                add_person(f"Intervenante {number} {each}", house, Role.YOUTH_WORKER)
        with acting(cast.louise), CaptureQueriesContext(connection) as asked:
            found, _others = to_whom.to_ask([], actor=cast.louise, at=MONDAY)
        costs.append(len(asked))
        offered.append(len(found))

    assert [one - offered[0] for one in offered] == [0, 2, 29]
    assert len(set(costs)) == 1


def test_no_question_of_the_desk_is_asked_of_one_worker_at_a_time(cast: Cast) -> None:
    """Neither what is asked before files are given nor whom each accompanies: both by the list."""
    with acting(cast.louise), CaptureQueriesContext(connection) as asked:
        to_whom.to_ask([], actor=cast.louise, at=MONDAY)

    of_workers = [one["sql"] for one in asked if "access." in one["sql"]]
    assert [
        ("access.who_is_clear(null)" in sql, "from access.accompanied(" in sql)
        for sql in of_workers
    ] == [(True, False), (False, True)]
