"""Do those who walk with her read it in time, and nobody else?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from spheres.core import clock
from spheres.followup.ages import policy
from spheres.participants.models import FollowUpStatus, Identity
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

HALF_A_YEAR = MONDAY + timedelta(days=180)


def born(cast: Cast, on: date) -> str:
    """Her day of birth is known from this morning on; the address of her file."""
    identity = Identity(
        id=uuid_of("her day of birth"),
        file_id=cast.maya.file_id,
        age_band="18-24",
        language="fr",
        written_by=cast.ines.user_id,
        written_at=MONDAY + timedelta(hours=1),
    )
    with acting(cast.ines):
        vault.lock(
            identity,
            chosen_name="Océane",
            pronouns="",
            birth_date=on.isoformat(),
            interpreter="",
        )
        Identity.objects.bulk_create([identity])
    return f"/files/{cast.maya.file_id}/"


def day_of(cast: Cast, who: str, at: datetime) -> str:
    client = signed_in(getattr(cast, who), at=at)
    with clock.at(at):
        return client.get("/").content.decode()


def test_before_25_it_is_told_half_a_year_ahead_on_my_day_and_in_the_file(cast: Cast) -> None:
    day = clock.day_of(MONDAY) + timedelta(days=100)
    address = born(cast, day.replace(year=day.year - 25))
    client = signed_in(cast.ines)

    with clock.at(MONDAY):
        my_day = client.get("/").content.decode()
        file = client.get(address).content.decode()

    said = "Océane aura 25 ans le"
    assert [said in page for page in (my_day, file)] == [True, True]
    assert f'href="{address}"' in my_day


def test_after_25_the_file_opens_as_before_and_says_until_when_a_step_may_be_finished(
    cast: Cast,
) -> None:
    day = clock.day_of(MONDAY) + timedelta(days=10)
    address = born(cast, day.replace(year=day.year - 25))
    at = MONDAY + timedelta(days=20)
    client = signed_in(cast.ines, at=at)

    with clock.at(at):
        file = client.get(address)
        note = client.get(f"{address}notes/new/")

    assert (file.status_code, note.status_code) == (200, 200)
    assert "Rien ne se ferme tout seul." in file.content.decode()


@pytest.mark.parametrize("who", ["samir", "louise", "karim", "roy"])
def test_nobody_else_is_told(cast: Cast, who: str) -> None:
    day = clock.day_of(MONDAY) + timedelta(days=100)
    born(cast, day.replace(year=day.year - 25))

    assert "Océane" not in day_of(cast, who, MONDAY)


def test_without_a_day_of_birth_nothing_is_told(cast: Cast) -> None:
    assert "aura 25 ans" not in day_of(cast, "ines", HALF_A_YEAR)


@pytest.mark.parametrize("to", ["LEFT", "ENDED", "DIED"])
def test_nobody_is_told_the_birthday_of_somebody_who_left_closed_or_died(
    cast: Cast, to: str
) -> None:
    day = clock.day_of(MONDAY) + timedelta(days=100)
    address = born(cast, day.replace(year=day.year - 25))
    with acting(cast.ines, MONDAY + timedelta(hours=2)):
        FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(status=to)
    client = signed_in(cast.ines)

    with clock.at(MONDAY + timedelta(hours=2)):
        pages = [client.get("/").content.decode(), client.get(address).content.decode()]

    assert ["aura 25 ans" in page for page in pages] == [False, False]


def test_an_age_that_is_not_known_is_asked_gently_and_may_stay_unknown(cast: Cast) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(91)]
    asked = [at for at in days if policy.is_asked_today(cast.maya.file_id, on=clock.day_of(at))]
    said = "Maya : la personne veut-elle dire son âge? Seulement si elle le souhaite."

    pages = [day_of(cast, "ines", at).replace("\xa0", " ") for at in (asked[0], asked[-1])]
    other = next(at for at in days if at not in asked)

    assert [said in page for page in pages] == [True, True]
    assert said not in day_of(cast, "ines", other).replace("\xa0", " ")
    assert f"/files/{cast.maya.file_id}/identity/" in pages[0]
