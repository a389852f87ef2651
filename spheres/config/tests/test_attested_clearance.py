"""Does what the programme attests open files, and never by anybody's own word?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import ClearanceRule, Role, TrainingDay
from spheres.core.actor import Actor
from spheres.training.attestations import actions, queries
from spheres.training.attestations.actions import SERVICE
from spheres.training.attestations.tests.factories import asks, attest, teach
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = date(2026, 2, 20), date(2026, 3, 1)
DAY = timedelta(days=1)


@pytest.fixture
def asking(cast: Cast) -> Any:
    """La Maison asks for a training; Zoé begins there, and Hélène manages it."""
    teach()
    asks()
    with acting(LOADER):
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)
        helene = add_person("Hélène", cast.la_maison, Role.ORGANISATION_MANAGER)
    rule = ClearanceRule(
        id=uuid_of("rule"), organisation_id=cast.la_maison.pk, asks_undertaking=False,
        asks_training=True, starts_at=MONDAY, said_by=cast.nadia.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(cast.nadia):
        ClearanceRule.objects.bulk_create([rule])
    return SimpleNamespace(cast=cast, zoe=zoe, helene=helene, louise=cast.louise)


def may_be_given(who: Actor, at: Any) -> bool:
    with acting(who, at), connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from access.who_is_clear(%s) c where c.of_user = %s)",
            [who.organisation_id, who.user_id],
        )
        return bool(cursor.fetchone()[0])


def said_of(who: Actor, asking: Any) -> list[tuple[date | None, str, bool]]:
    with acting(asking.helene, TUESDAY + 90 * DAY):
        rows = TrainingDay.objects.filter(user_id=who.user_id).order_by("said_at", "pk")
        return [(row.trained_on, row.source, row.said_by == SERVICE.user_id) for row in rows]


def test_a_new_worker_is_given_files_once_all_that_is_asked_was_learned(asking: Any) -> None:
    before = may_be_given(asking.zoe, MONDAY)
    attest("one", asking.zoe, "first", FEBRUARY, by=asking.louise)
    halfway = may_be_given(asking.zoe, MONDAY)
    attest("two", asking.zoe, "danger", MARCH, by=asking.louise)

    assert (before, halfway, may_be_given(asking.zoe, MONDAY)) == (False, False, True)
    assert said_of(asking.zoe, asking) == [(MARCH, "PROGRAMME", True)]
    assert not may_be_given(asking.zoe, MONDAY + 366 * DAY)


def test_a_refresher_counts_from_its_own_day_and_one_before_the_beginning_does_not(
    asking: Any,
) -> None:
    attest("early", asking.zoe, "yearly", FEBRUARY, by=asking.louise)
    attest("one", asking.zoe, "first", FEBRUARY, by=asking.louise)
    attest("two", asking.zoe, "danger", FEBRUARY + DAY, by=asking.louise)
    later = MONDAY + 80 * DAY
    attest("again", asking.zoe, "yearly", later.date(), by=asking.louise, at=later)

    assert said_of(asking.zoe, asking) == [
        (FEBRUARY + DAY, "PROGRAMME", True), (later.date(), "PROGRAMME", True),
    ]  # fmt: skip


def test_what_was_attested_by_mistake_opens_nothing_any_more(asking: Any) -> None:
    attest("one", asking.zoe, "first", FEBRUARY, by=asking.louise)
    attest("two", asking.zoe, "danger", MARCH, by=asking.louise)
    with acting(asking.louise, TUESDAY):
        held = queries.find(uuid_of("two"), actor=asking.louise)
        assert held is not None
        actions.take_back(uuid_of("b"), held, reason="WRONG_DAY", by=asking.louise, at=TUESDAY)

    assert said_of(asking.zoe, asking) == [(MARCH, "PROGRAMME", True), (None, "NONE", True)]
    assert not may_be_given(asking.zoe, TUESDAY)


def test_what_her_organisation_said_itself_stands_unless_a_later_day_is_attested(
    asking: Any,
) -> None:
    with acting(asking.helene):
        accounts.say_trained(
            uuid_of("here"), user_id=asking.zoe.user_id, trained_on=FEBRUARY + DAY, source="HERE",
            by=asking.helene, at=MONDAY,
        )  # fmt: skip
    attest("one", asking.zoe, "first", FEBRUARY, by=asking.louise, at=TUESDAY)
    attest("two", asking.zoe, "danger", FEBRUARY, by=asking.louise, at=TUESDAY)
    attest("more", asking.zoe, "danger", MARCH, by=asking.louise, at=TUESDAY + DAY)
    attest("year", asking.zoe, "yearly", MARCH, by=asking.louise, at=TUESDAY + 2 * DAY)

    assert said_of(asking.zoe, asking) == [
        (FEBRUARY + DAY, "HERE", False), (MARCH, "PROGRAMME", True),
    ]  # fmt: skip


def test_a_mistake_said_by_hand_is_not_undone_by_what_was_attested_before_it(asking: Any) -> None:
    attest("one", asking.zoe, "first", FEBRUARY, by=asking.louise)
    attest("two", asking.zoe, "danger", MARCH, by=asking.louise)
    with acting(asking.helene, TUESDAY):
        accounts.say_trained(
            uuid_of("no"), user_id=asking.zoe.user_id, trained_on=None, source="NONE",
            by=asking.helene, at=TUESDAY,
        )  # fmt: skip
    attest("other", asking.zoe, "for-good", MARCH, by=asking.louise, at=TUESDAY + DAY)
    attest("again", asking.zoe, "danger", MARCH, by=asking.louise, at=TUESDAY + 2 * DAY)

    assert said_of(asking.zoe, asking)[-1] == (None, "NONE", False)


def test_where_nothing_is_asked_nothing_is_said(cast: Cast) -> None:
    teach()
    attest("one", cast.ines, "first", FEBRUARY, by=cast.louise)
    attest("two", cast.ines, "danger", MARCH, by=cast.louise)

    with acting(cast.nadia):
        assert not TrainingDay.objects.filter(user_id=cast.ines.user_id).exists()


def test_the_service_says_it_of_those_at_work_there_and_of_nobody_else(asking: Any) -> None:
    cast = asking.cast
    service = replace(SERVICE, organisation_id=cast.la_maison.pk)
    row = {
        "id": uuid_of("row"), "organisation_id": cast.la_maison.pk, "trained_on": MARCH,
        "user_id": cast.samir.user_id, "source": "PROGRAMME", "said_by": service.user_id,
        "said_at": MONDAY,
    }  # fmt: skip
    for wrong in (
        {},
        {"user_id": asking.zoe.user_id, "organisation_id": cast.elsewhere.pk},
        {"user_id": asking.zoe.user_id, "said_by": asking.louise.user_id},
        {"user_id": asking.zoe.user_id, "trained_on": date(2026, 3, 3)},
    ):
        with acting(service), pytest.raises(ProgrammingError), transaction.atomic():
            TrainingDay.objects.bulk_create([TrainingDay(**row | wrong)])
    with acting(service):
        TrainingDay.objects.bulk_create([TrainingDay(**row | {"user_id": asking.zoe.user_id})])


def test_whoever_coordinates_does_not_open_files_to_herself(asking: Any) -> None:
    """She works at La Maison too: what she attests of others never says it of her."""
    louise = replace(asking.louise, roles=frozenset({Role.COORDINATOR}))
    for topic in ("first", "danger"):
        attest(topic, asking.zoe, topic, FEBRUARY, by=louise)

    with acting(asking.louise):
        assert not TrainingDay.objects.filter(user_id=asking.louise.user_id).exists()
    assert said_of(asking.zoe, asking) == [(FEBRUARY, "PROGRAMME", True)]
