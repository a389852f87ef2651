"""What may not be told: is it refused with a sentence, and by the table whatever a form says?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from spheres.core.errors import NotAllowed
from spheres.followup.disclosures import actions, policy
from spheres.followup.disclosures.tests.factories import (
    LATER,
    MEETING,
    SAID,
    prepare,
    reads,
    to_roy,
    to_shelter,
    told,
)
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, Restriction
from tests.cast import MONDAY, Cast, acting, uuid_of


@pytest.mark.parametrize(
    ("which", "wrong"),
    [
        ("an expiry before today", {"ends_on": date(2026, 3, 1)}),
        ("over twelve months", {"ends_on": date(2027, 3, 3)}),
        ("therapy", {"items": {"THERAPY": "Ce qui est dit."}}),
        ("contact, to a committee", {"items": {"CONTACT": "Par texto."}}),
        ("where they are, to a committee", {"items": {"WHEREABOUTS": "Au refuge."}}),
        ("aloud without a witness", {"about": {**SAID, "witness": ""}}),
        ("by a tutor at 16", {"about": {**SAID, "given_by": "TUTOR", "giver": "Sa tante"}}),
        ("attendance", {"purpose": "ATTENDANCE"}),
        ("another purpose of another ground", {"purpose": "PROTECTION"}),
        ("a complaint, to the account", {"purpose": "COMPLAINT", "meeting_on": None}),
        ("danger, to the account", {"ground": "DANGER", "purpose": "SAFETY", "meeting_on": None}),
    ],
)
def test_what_may_not_be_told_is_refused_with_a_sentence(
    cast: Cast, which: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowed) as refused:
        prepare(cast, to_roy(cast, which, **wrong))

    assert str(refused.value.reason)
    with acting(cast.ines, LATER):
        assert not Disclosure.objects.exists()


def test_an_attestation_of_attendance_is_refused_by_the_system(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        prepare(cast, to_shelter(cast, purpose="ATTENDANCE"))
    assert refused.value.reason == policy.NEVER

    # Nor by the table, whatever a form says.
    with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
        sharing.prepare(replace_row(to_shelter(cast), cast, purpose="ATTENDANCE"), by=cast.ines)


def replace_row(prepared: actions.Prepared, cast: Cast, **other: Any) -> Disclosure:
    said: dict[str, Any] = {
        "id": prepared.id, "file_id": cast.maya.file_id, "organisation_id": cast.la_maison.pk,
        "ground": prepared.ground, "purpose": prepared.purpose, "capacity": prepared.capacity,
        "items": ["NAME"], "sections": ["identity"], "giver": "HERSELF", "form": "ORAL",
        "ends_at": LATER, "prepared_by": cast.ines.user_id, "prepared_at": MONDAY,
    }  # fmt: skip
    return Disclosure(**said | other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sections": ["therapy"]},
        {"sections": ["private"]},
        {"sections": ["notes"]},
        {"ends_at": MONDAY},
        {"ends_at": MONDAY + timedelta(days=367)},
        {"giver": ""},
        {"made_at": MONDAY},
        {"items": []},
        {"meeting_on": MEETING},
        {"organisation_id": uuid_of("ailleurs")},
        {"prepared_by": uuid_of("yanick")},
    ],
    ids=str,
)
def test_the_table_refuses_whatever_a_form_says(cast: Cast, wrong: dict[str, Any]) -> None:
    with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
        sharing.prepare(replace_row(to_shelter(cast), cast, **wrong), by=cast.ines)


def test_what_she_keeps_from_him_is_not_told_to_him(cast: Cast) -> None:
    with acting(cast.ines):
        restrict(cast, faces=["summary"], user_id=cast.roy.user_id)

    with pytest.raises(NotAllowed, match="refuse que ce destinataire"):
        prepare(cast, to_roy(cast), at=LATER)
    prepare(cast, to_roy(cast, items={"NAME": "Maya"}), at=LATER)


def test_kept_from_him_afterwards_it_closes_at_once(cast: Cast) -> None:
    told(cast)
    with acting(cast.ines, LATER):
        restrict(cast, faces=["summary"], at=LATER, organisation_id=cast.police.pk)

    assert reads(cast.roy) == []


def restrict(cast: Cast, *, faces: list[str], at: datetime = MONDAY, **whom: Any) -> None:
    sharing.restrict(
        Restriction(
            id=uuid_of("barred"), file_id=cast.maya.file_id, faces=faces,
            taken_by=cast.ines.user_id, taken_at=at, starts_at=at, **whom,
        ),
        by=cast.ines,
    )  # fmt: skip
