"""Is an officer who knows her, or whom she keeps out, a stranger to what becomes of her file?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from spheres.core.errors import NotAllowed
from spheres.privacy.retention import actions, policy, queries
from spheres.sharing import holding
from spheres.sharing.models import Conflict, Ending, ErasureWords, Restriction
from spheres.sharing.rules import FACES
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, acting, uuid_of
from tests.deciding import House

pytestmark = pytest.mark.django_db


def knows_her(house: House) -> None:
    nadia = house.cast.nadia
    with acting(nadia, TUESDAY):
        Conflict.objects.bulk_create(
            [
                Conflict(
                    id=uuid_of("known outside work"),
                    user_id=nadia.user_id,
                    file_id=house.file_id,
                    declared_at=TUESDAY,
                )
            ]
        )


def is_kept_out(house: House) -> None:
    cast = house.cast
    with acting(cast.ines, MONDAY):
        Restriction.objects.bulk_create(
            [
                Restriction(
                    id=uuid_of("kept out"),
                    file_id=house.file_id,
                    user_id=cast.nadia.user_id,
                    faces=list(FACES),
                    taken_by=cast.ines.user_id,
                    taken_at=MONDAY,
                    starts_at=MONDAY,
                )
            ]
        )


WHY = pytest.mark.parametrize("why", [knows_her, is_kept_out])


@WHY
def test_the_words_of_her_request_are_not_theirs_to_read(
    house: House, why: Callable[[House], None]
) -> None:
    house.ask()
    read = []
    for before in (True, False):
        if not before:
            why(house)
        with acting(house.cast.nadia, TUESDAY):
            rows = list(ErasureWords.objects.all())
            vault.open(rows, by=house.cast.nadia)
            read.append([row.opened.her_words for row in rows])
    assert read == [["Je veux que tout parte."], []]


@WHY
def test_they_decide_nothing_of_her_file(house: House, why: Callable[[House], None]) -> None:
    house.close()
    house.ask()
    proposed = house.propose(by="odile")
    why(house)
    for act in (
        lambda: house.confirm(proposed, by="nadia", at=TUESDAY),
        lambda: house.propose("another", exit=Ending.Exit.KEPT, why="LAW", at=TUESDAY),
        lambda: house.propose("again", at=TUESDAY),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert str(refused.value) == str(policy.NOT_YOURS)


@WHY
def test_they_place_no_hold_and_end_none(house: House, why: Callable[[House], None]) -> None:
    nadia, norbert = house["nadia"], house["norbert"]
    with acting(norbert, MONDAY):
        actions.place_hold(
            uuid_of("hold"), house.file_id, ground="CLAIM", words="", by=norbert, at=MONDAY
        )
    why(house)
    with acting(nadia, TUESDAY):
        assert queries.matter_called(str(house.file_id)[:8], actor=nadia) is None
        assert not holding.ask_to_end(uuid_of("hold"), by=nadia)
        with pytest.raises(NotAllowed):
            actions.place_hold(
                uuid_of("another"), house.file_id, ground="CLAIM", words="", by=nadia, at=TUESDAY
            )
    with acting(norbert, TUESDAY):
        assert holding.ask_to_end(uuid_of("hold"), by=norbert)
    with acting(nadia, TUESDAY):
        assert holding.end(uuid_of("hold"), by=nadia) == holding.UNKNOWN


def test_they_neither_open_again_nor_let_be_opened_what_is_sealed(house: House) -> None:
    ending_id = house.decide(
        exit=Ending.Exit.SEALED, until_on=(MONDAY + timedelta(days=366)).date(), by="norbert"
    )
    knows_her(house)
    nadia, norbert = house["nadia"], house["norbert"]
    row = house.row(ending_id, at=TUESDAY)
    with acting(nadia, TUESDAY), pytest.raises(NotAllowed):
        actions.ask_to_lift(row, "CLAIM", by=nadia)
    with acting(norbert, TUESDAY):
        actions.ask_to_lift(row, "CLAIM", by=norbert)
    with acting(nadia, TUESDAY), pytest.raises(NotAllowed):
        actions.lift(row, by=nadia)
