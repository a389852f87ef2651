"""Does whoever chairs read what they were told, and does the police chair nothing?"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.partners.committees import actions, queries
from spheres.partners.committees.forms import MemberForm
from spheres.sharing.models import CommitteeMember
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.committees import HELD, IDENTIFIED, bring_with_agreement, clinical, convene
from tests.pages import learn_french, signed_in

learn_french()
pytestmark = pytest.mark.django_db
MINUTES = "Elle dort chez une amie, rue Ontario."
HERE = f"/committees/items/{IDENTIFIED}/"


def minuted(cast: Cast) -> None:
    """Maya is talked about with her agreement, told to Samir; he notes it."""
    bring_with_agreement(cast, convene(cast))
    with acting(cast.samir, HELD):
        actions.write_minutes(
            uuid_of("minutes"), IDENTIFIED, MINUTES, after=[], by=cast.samir, at=HELD
        )


def named(cast: Cast, *, is_chair: bool) -> CommitteeMember:
    return CommitteeMember(
        id=uuid4(),
        committee_id=clinical().pk,
        user_id=cast.roy.user_id,
        organisation_id=cast.roy.organisation_id,
        is_chair=is_chair,
        starts_at=MONDAY,
        named_by=cast.louise.user_id,
        named_at=MONDAY,
    )


def test_a_member_of_the_police_is_never_named_to_chair(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        actions.end_member(uuid_of("roy sits"), by=cast.louise, at=MONDAY)
        with pytest.raises(NotAllowed, match="n’en préside aucun"):
            actions.name_member(
                uuid4(), clinical(), user_id=cast.roy.user_id,
                organisation_id=cast.roy.organisation_id, is_chair=True, by=cast.louise, at=MONDAY,
            )  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            named(cast, is_chair=True).save(force_insert=True)
        named(cast, is_chair=False).save(force_insert=True)


def test_naming_them_to_chair_is_said_beside_the_question_and_nothing_is_lost(cast: Cast) -> None:
    of = convene(cast).committee_id
    who = f"{cast.roy.organisation_id}/{cast.roy.user_id}"
    sent = {"form_id": MemberForm(people=[]).signed_id, "who": who, "is_chair": "on"}
    with clock.at(MONDAY):
        answer = signed_in(cast.louise).post(f"/committees/{of}/members/new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La police siège à des comités et n’en préside aucun" in page
    assert f'value="{who}" selected' in page


def test_a_chair_to_whom_nothing_was_told_of_her_reads_no_word_noted_of_her(cast: Cast) -> None:
    minuted(cast)

    with acting(cast.louise, HELD):
        whole = queries.whole_item(IDENTIFIED, actor=cast.louise)
        assert whole is not None
        assert whole.texts == []
    with clock.at(HELD):
        page = signed_in(cast.louise, at=HELD).get(HERE)
    assert (page.status_code, "rue Ontario" in page.content.decode()) == (200, False)


def test_whoever_it_was_told_to_reads_what_was_noted(cast: Cast) -> None:
    minuted(cast)

    with acting(cast.samir, HELD):
        whole = queries.whole_item(IDENTIFIED, actor=cast.samir)
        assert whole is not None
        vault.open(whole.texts, by=cast.samir)
        [one] = whole.minutes
        assert one.opened.words == MINUTES
