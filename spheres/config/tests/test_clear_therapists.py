"""Is a psychotherapist to whom no file may be given now in no list that gives one?"""

from __future__ import annotations

import pytest

from spheres.accounts.models import ClearanceRule
from spheres.followup.custody import queries as custody
from spheres.followup.therapy_notes import queries as therapy
from spheres.followup.therapy_notes.tests.office import Office, open_office
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def offered(office: Office) -> tuple[list[str], list[str]]:
    """To hold the notes of a colleague, and to be brought in beside Jade."""
    norbert, elise = office.people["Norbert"], office.people["Élise"]
    with acting(norbert, TUESDAY):
        holding = [name for _id, name in custody.here(actor=norbert, at=TUESDAY)]
    with acting(elise, TUESDAY):
        found = therapy.therapists(office.jade.file_id, actor=elise, at=TUESDAY)
        return holding, [one.name for one in found]


def test_whoever_is_not_cleared_is_in_no_list_of_psychotherapists(cast: Cast) -> None:
    office = open_office(cast)
    norbert = office.people["Norbert"]
    holding, beside = offered(office)
    assert (len(holding), beside) == (3, ["Colin"])

    with acting(norbert):
        ClearanceRule.objects.bulk_create(
            [
                ClearanceRule(
                    id=uuid_of("asked"), organisation_id=cast.foundation.pk, asks_undertaking=True,
                    asks_training=True, starts_at=MONDAY, said_by=norbert.user_id, said_at=MONDAY,
                )
            ]
        )  # fmt: skip

    assert offered(office) == ([], [])
