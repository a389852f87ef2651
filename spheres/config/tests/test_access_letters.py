"""A letter arrives where nobody reads files: who reads it, who takes it on, what is confirmed?"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from spheres.config.tests.test_access_requests import THEN
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.privacy.access_requests import actions, queries
from spheres.privacy.access_requests.models import Asker, Letter, Passed
from spheres.privacy.access_requests.tests.factories import LATER, SOON, receive
from spheres.vault import actions as vault
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def keep(cast: Cast, which: str = "a letter", about: str = "Maya") -> UUID:
    arrived = actions.Arrived(
        uuid_of(which), Asker.PARENT, "COPY", date(2026, 3, 2), about, "Son père", "12, rue X"
    )
    with acting(cast.nadia, SOON):
        actions.keep_letter(arrived, days=30, by=cast.nadia, at=SOON)
    return arrived.id


def letter_of(letter_id: UUID, actor: Actor) -> queries.Received:
    received = queries.letter(letter_id, actor=actor)
    assert received is not None
    return received


def show(cast: Cast, letter_id: UUID, *colleagues: Actor) -> None:
    with acting(cast.nadia, LATER):
        received = letter_of(letter_id, cast.nadia)
        vault.open([received.row], by=cast.nadia)
        ids = [one.user_id for one in colleagues]
        actions.show_letter(received, ids, by=cast.nadia, at=LATER)


def test_a_letter_is_read_by_its_desk_and_by_whom_it_is_shown_to_alone(cast: Cast) -> None:
    letter_id = keep(cast)
    show(cast, letter_id, cast.ines)

    people = (cast.ines, cast.yanick, cast.karim, cast.louise, cast.samir, cast.roy, cast.amrani)
    for actor in people:
        with acting(actor, THEN):
            assert list(Letter.objects.all()) == []
            assert Passed.objects.count() == (1 if actor == cast.ines else 0)


def test_a_letter_taken_on_is_a_request_and_its_desk_hears_nothing_of_the_others(
    cast: Cast,
) -> None:
    letter_id = keep(cast)
    show(cast, letter_id, cast.ines, cast.yanick)
    receive(cast, asker=Asker.PARENT, letter_id=letter_id, at=THEN)

    with acting(cast.nadia, THEN):
        assert letter_of(letter_id, cast.nadia).is_taken
        with pytest.raises(WrongState):
            actions.answer_letter(letter_of(letter_id, cast.nadia), by=cast.nadia, at=THEN)


def test_a_letter_that_nobody_takes_is_answered_once(cast: Cast) -> None:
    letter_id = keep(cast, about="Une personne inconnue")

    with acting(cast.nadia, THEN):
        answered = [
            actions.answer_letter(letter_of(letter_id, cast.nadia), by=cast.nadia, at=THEN)
            for _twice in range(2)
        ]
    assert answered == [True, False]
