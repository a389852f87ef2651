"""Is an end said now, once: of what she shares, of whom she keeps out, of who walks with her?

Whoever could end a consent as of another day would make what was read under it look taken without
her say, or the reverse; whoever could begin one before it was said would cover what was read until
then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction
from django.db.models import QuerySet

from spheres.participants.models import Assignment
from spheres.sharing import compile as compiled
from spheres.sharing.models import Consent, Restriction
from spheres.sharing.tests.test_said_by_her import agree, bar, consent_of
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
THURSDAY = FRIDAY - timedelta(days=1)
INSTANT = timedelta(microseconds=1)
OTHER_MOMENTS = {
    "an earlier day": TUESDAY,
    "an instant before": THURSDAY - INSTANT,
    "an instant after": THURSDAY + INSTANT,
    "no more": None,
}


def take_back(cast: Cast, at: datetime | None) -> int:
    nobody = {"withdrawn_by": None, "withdrawer": ""}
    somebody = {"withdrawn_by": cast.ines.user_id, "withdrawer": Consent.Withdrawer.HERSELF}
    return Consent.objects.update(withdrawn_at=at, **(somebody if at else nobody))


def let_in(_cast: Cast, at: datetime | None) -> int:
    return Restriction.objects.update(ends_at=at)


def of_yanick(cast: Cast) -> QuerySet[Assignment]:
    return Assignment.objects.filter(file_id=cast.maya.file_id, user_id=cast.yanick.user_id)


def leave(cast: Cast, at: datetime | None) -> int:
    return of_yanick(cast).update(ends_at=at)


ENDS = pytest.mark.parametrize("end", [take_back, let_in, leave])


@pytest.fixture(autouse=True)
def standing(cast: Cast) -> None:
    """She shares, keeps somebody out, and Yanick walks with her beside Inès."""
    agree(cast)
    bar(cast, organisation_id=cast.foundation.id)
    with acting(cast.ines):
        Assignment.objects.create(
            id=uuid_of("beside"), file_id=cast.maya.file_id, user_id=cast.yanick.user_id,
            starts_at=MONDAY,
        )  # fmt: skip


@ENDS
@pytest.mark.parametrize("moment", OTHER_MOMENTS)
def test_nobody_ends_what_she_said_as_of_another_moment_than_now(
    cast: Cast, end: Callable[[Cast, datetime | None], int], moment: str
) -> None:
    with acting(cast.ines, THURSDAY), pytest.raises(Error), transaction.atomic():
        end(cast, OTHER_MOMENTS[moment])

    with acting(cast.ines, THURSDAY):
        assert list(Consent.objects.values_list("withdrawn_at", flat=True)) == [None]
        assert list(Restriction.objects.values_list("ends_at", flat=True)) == [None]
        assert list(of_yanick(cast).values_list("ends_at", flat=True)) == [None]
        assert end(cast, THURSDAY) == 1


@ENDS
def test_what_is_ended_is_not_ended_again_another_day(
    cast: Cast, end: Callable[[Cast, datetime | None], int]
) -> None:
    with acting(cast.ines, TUESDAY):
        assert end(cast, TUESDAY) == 1

    for moment in (THURSDAY, None):
        with acting(cast.ines, THURSDAY), pytest.raises(Error), transaction.atomic():
            end(cast, moment)


def test_nobody_begins_what_she_said_before_it_was_said(cast: Cast) -> None:
    consent = consent_of(cast, id=uuid_of("early"), taken_at=TUESDAY, starts_at=MONDAY)
    said = {"taken_by": cast.ines.user_id, "taken_at": TUESDAY, "faces": ["notes"]}
    kept_out = {"file_id": cast.maya.file_id, "organisation_id": cast.foundation.id, **said}
    before = Restriction(id=uuid_of("before"), starts_at=MONDAY, **kept_out)
    over = Restriction(id=uuid_of("over"), starts_at=TUESDAY, ends_at=TUESDAY, **kept_out)

    for row in (consent, before, over):
        with acting(cast.ines, TUESDAY), pytest.raises(Error), transaction.atomic():
            type(row).objects.bulk_create([row])


def test_no_policy_lets_an_end_be_of_another_moment(cast: Cast) -> None:
    """Of each table of a file: what a change may write as an end is the moment of the change."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, with_check from pg_policies "
            "where cmd = 'UPDATE' and 'app' = any(roles)"
        )
        policies = cursor.fetchall()
    of_a_file = {
        model._meta.db_table
        for model in compiled.our_models()
        if any(field.column == "file_id" for field in model._meta.local_concrete_fields)
    }

    free = sorted(
        table
        for table, check in policies
        if table in of_a_file
        for end in ("ends_at", "ended_at", "withdrawn_at")
        if f"{end} <=" in check
    )

    assert free == []
