"""A relative to whom the person refuses that anything be said is told nothing by her own yes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from spheres.core.errors import NotAllowed
from spheres.followup.disclosures import policy
from spheres.followup.disclosures.policy import Capacity, Ground
from spheres.followup.disclosures.tests.asked import YES, get, main, send
from spheres.followup.disclosures.tests.factories import SOON, prepare, to_shelter
from spheres.followup.restrictions import actions as restrictions
from spheres.privacy.access_requests import queries as access_requests
from spheres.privacy.access_requests.models import Asker
from spheres.privacy.access_requests.tests.factories import receive
from spheres.sharing.models import Disclosure
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
REFUSED = {"PARENTS": "their parents"}


@pytest.fixture
def ines(cast: Cast) -> Client:
    return signed_in(cast.ines, at=SOON, language="en")


def refuses(cast: Cast, *codes: str) -> None:
    with acting(cast.ines):
        restrictions.refuse(
            cast.maya.file_id, uuid_of("a refusal"), [("RELATIVES", code) for code in codes],
            decider="HERSELF", decides_alone=True, by=cast.ines, at=MONDAY,
        )  # fmt: skip


def told(cast: Cast) -> int:
    with acting(cast.ines, SOON):
        return Disclosure.objects.count()


def asked(client: Client, cast: Cast, **more: str) -> Any:
    typed = {
        "to": "outside", "recipient": "Sa mère", "capacity": "RELATIVE", "purpose": "SERVICE",
        "ends_on": "2026-03-20", "item_NEEDS": "Dormir au chaud.", **YES, **more,
    }  # fmt: skip
    return send(client, "prepare", cast.maya.file_id, query="?on=1", **typed)


@pytest.mark.parametrize(
    ("ground", "capacity", "kin", "refused", "may"),
    [
        (Ground.CONSENT, Capacity.RELATIVE, "", REFUSED, False),
        (Ground.CONSENT, Capacity.RELATIVE, "PARENTS", REFUSED, False),
        (Ground.CONSENT, Capacity.RELATIVE, "SIBLINGS", REFUSED, True),
        (Ground.CONSENT, Capacity.RELATIVE, "NONE", REFUSED, True),
        (Ground.CONSENT, Capacity.RELATIVE, "", {}, True),
        (Ground.CONSENT, Capacity.SCHOOL, "", REFUSED, True),
        (Ground.ORDER, Capacity.RELATIVE, "", REFUSED, True),
        (Ground.REQUIRED, Capacity.RELATIVE, "", REFUSED, True),
    ],
)
def test_whether_a_relative_may_be_told(
    ground: str, capacity: str, kin: str, refused: dict[str, str], may: bool
) -> None:
    assert bool(policy.may_hear_as_relative(ground, capacity, kin, refused)) is may


def test_the_page_says_it_and_loses_nothing(cast: Cast, ines: Client) -> None:
    refuses(cast, "PARENTS")

    unsaid, parent, brother = (
        asked(ines, cast), asked(ines, cast, kin="PARENTS"), asked(ines, cast, kin="SIBLINGS")
    )  # fmt: skip

    assert [one.status_code for one in (unsaid, parent, brother)] == [422, 422, 200]
    assert "Say which relative this is." in main(unsaid)
    assert "the refusal is taken back with them first" in main(parent)
    assert "Dormir au chaud." in main(parent)
    assert told(cast) == 0


def test_when_they_refuse_no_relative_nothing_more_is_asked(cast: Cast, ines: Client) -> None:
    assert 'name="kin"' not in main(get(ines, "prepare", cast.maya.file_id, query="?on=1"))
    assert asked(ines, cast).status_code == 200


def test_no_form_is_needed_for_it_to_hold(cast: Cast) -> None:
    refuses(cast, "PARENTS")

    for kin in ("", "PARENTS"):
        with pytest.raises(NotAllowed):
            prepare(cast, to_shelter(cast, capacity="RELATIVE", kin=kin), at=SOON)
    prepare(cast, to_shelter(cast, capacity="RELATIVE", kin="SIBLINGS"), at=SOON)

    assert told(cast) == 1


def test_taken_back_the_relative_may_be_told(cast: Cast) -> None:
    refuses(cast, "PARENTS")
    with acting(cast.ines):
        [one] = restrictions.queries.refusals(cast.maya.file_id, actor=cast.ines)
        restrictions.take_back(cast.maya.file_id, one.pk, by=cast.ines, at=MONDAY)

    prepare(cast, to_shelter(cast, capacity="RELATIVE"), at=SOON)

    assert told(cast) == 1


def test_a_tutor_is_refused_as_such_and_not_as_a_parent(cast: Cast, ines: Client) -> None:
    refuses(cast, "TUTOR")

    aunt, mother = asked(ines, cast, kin="TUTOR"), asked(ines, cast, kin="PARENTS")

    assert [one.status_code for one in (aunt, mother)] == [422, 200]


@pytest.mark.parametrize(
    ("refused", "asker", "warned"),
    [
        ("TUTOR", Asker.TUTOR, True), ("TUTOR", Asker.PARENT, False),
        ("PARENTS", Asker.PARENT, True), ("PARENTS", Asker.TUTOR, False),
    ],
)  # fmt: skip
def test_whoever_asks_for_the_file_is_held_to_what_was_refused_to_them(
    cast: Cast, refused: str, asker: str, warned: bool
) -> None:
    request_id = receive(cast, asker=asker, age=14)
    refuses(cast, refused)

    with acting(cast.ines, SOON):
        found = access_requests.one(request_id, actor=cast.ines)
    assert found is not None
    assert found.refuses_them is warned
