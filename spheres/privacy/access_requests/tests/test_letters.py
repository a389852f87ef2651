"""What does a letter that arrived at the desk tell, to whom, and for how long?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from spheres.privacy.access_requests import actions, documents, queries
from spheres.privacy.access_requests.actions import Arrived
from spheres.privacy.access_requests.models import Asker, Ground, Outcome, Passed, Wish
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    answer,
    found,
    ready_for_parent,
    seat,
)
from spheres.vault import actions as vault
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db


def shown(cast: Cast, *, is_neutral: bool = True) -> UUID:
    """A father writes to the house; Nadia shows his letter to Inès."""
    arrived = Arrived(
        uuid_of("a letter"), Asker.PARENT, Wish.COPY, date(2026, 3, 2), "Maya T.", "Son père",
        "Ici", is_neutral=is_neutral,
    )  # fmt: skip
    with acting(cast.nadia, LATER):
        actions.keep_letter(arrived, days=20, by=cast.nadia, at=LATER)
        received = queries.letter(arrived.id, actor=cast.nadia)
        assert received is not None
        vault.open([received.row], by=cast.nadia)
        actions.show_letter(received, [cast.ines.user_id], by=cast.nadia, at=LATER)
    return arrived.id


def taken(cast: Cast) -> UUID:
    """Inès says that it speaks of Maya; the organisation has changed its days since."""
    with acting(cast.ines, LATER):
        [passed] = queries.passed_to_me(actor=cast.ines, at=LATER)
        vault.open([passed], by=cast.ines)
        wanted = actions.asked_by_letter(passed, uuid_of("taken"), 14)
        actions.receive(cast.maya.file_id, wanted, days=30, by=cast.ines, at=LATER)
    return wanted.id


@pytest.mark.parametrize("is_neutral", [True, False])
def test_both_papers_are_the_same_for_somebody_followed_and_for_somebody_unknown(
    cast: Cast, is_neutral: bool
) -> None:
    letter_id = shown(cast, is_neutral=is_neutral)
    request_id = taken(cast)
    ready_for_parent(cast, request_id, opinion="NO", harm="HARMFUL")
    officer = seat(cast, request_id)
    answer(request_id, Outcome.REFUSED, by=officer, ground=Ground.UNSAID)

    with acting(cast.ines, LATER), translation.override("fr"):
        asked = found(request_id, cast.ines)
        here = queries.organisation(cast.la_maison.pk, actor=cast.ines)
        vault.open(asked.rows, by=cast.ines)
        head = documents.of_request(asked, here)
        assert asked.decision is not None
        answered = documents.answer_words(asked.decision.written_at, actor=cast.ines)
        followed = (
            documents.acknowledgement(head, documents.received_words(head, actor=cast.ines)),
            documents.decision(head, asked.decision, answered),
        )
    with acting(cast.nadia, LATER), translation.override("fr"):
        received = queries.letter(letter_id, actor=cast.nadia)
        assert received is not None
        head = documents.of_letter(received, here)
        answered = documents.answer_words(LATER, actor=cast.nadia)
        unknown = (
            documents.acknowledgement(head, documents.received_words(head, actor=cast.nadia)),
            documents.confirming_nothing(head, answered),
        )
    assert followed == unknown


def test_a_letter_is_shown_for_a_week_where_it_was_shown_and_no_longer(cast: Cast) -> None:
    shown(cast)
    elsewhere = replace(cast.ines, organisation_id=cast.institute.id)
    for who, days, seen in (
        (cast.ines, 6, 1), (elsewhere, 6, 0), (cast.ines, 7, 0), (cast.ines, 400, 0),
    ):  # fmt: skip
        at = LATER + timedelta(days=days)
        with acting(who, at):
            assert (Passed.objects.count(), days) == (seen, days)
            assert len(queries.passed_to_me(actor=who, at=at)) == seen
