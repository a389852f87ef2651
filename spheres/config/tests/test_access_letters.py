"""A letter arrives where nobody reads files: who reads it, who takes it on, what is confirmed?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from spheres.config.tests.test_access_requests import THEN
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.privacy.access_requests import actions, queries, standing
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


def test_a_letter_that_waits_is_said_on_the_page_of_privacy_until_it_is_answered(
    cast: Cast,
) -> None:
    letter_id = keep(cast)
    late = THEN + timedelta(days=40)

    assert lines_of(cast.nadia, THEN) == [
        "1 lettre arrivée ici attend une réponse d’ici le 1er avril 2026"
    ]
    assert lines_of(cast.nadia, late) == [
        "1 lettre arrivée ici attend, et le délai de la loi était le 1er avril 2026 : "
        "voyez-y d’abord"
    ]
    assert lines_of(cast.louise, THEN) == []
    with acting(cast.nadia, THEN):
        actions.answer_letter(letter_of(letter_id, cast.nadia), by=cast.nadia, at=THEN)
    assert lines_of(cast.nadia, THEN) == []


def lines_of(actor: Actor, at: datetime) -> list[str]:
    with acting(actor, at), translation.override("fr"):
        return [line.sentence.replace("\u00a0", " ") for line in standing.of_here(actor=actor)]
