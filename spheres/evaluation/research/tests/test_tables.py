"""When is a table made, who holds it, and when is a line, or all of it, taken out again?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.evaluation.research import actions, queries
from spheres.evaluation.research.models import Drop, Extract, Table
from spheres.evaluation.research.tests.factories import (
    APRIL,
    LATER,
    SERVICE,
    STUDY,
    Team,
    asked,
    decided,
    file_of,
    lines_of,
    made,
    of_age,
    said,
    the,
    the_one,
    waiting,
)
from spheres.evaluation.research.tests.test_documents import opened
from spheres.followup.notes import actions as notes
from tests.cast import TUESDAY, acting, uuid_of

pytestmark = pytest.mark.django_db


def test_a_table_is_made_once_another_person_said_yes(here: Team, six: dict[str, str]) -> None:
    protocol, officer, louise = the(here), here.officer, here.cast.louise
    with acting(officer, APRIL):
        actions.ask(uuid_of("mine"), protocol, by=officer, at=APRIL)
    with acting(SERVICE, APRIL):
        assert actions.make(by=SERVICE, at=APRIL) == []

    for who in (officer, here.researcher, here.cast.nadia):
        with acting(who, APRIL), pytest.raises((NotAllowed, WrongState)):
            decided(protocol, "mine", who)
    with acting(louise, APRIL):
        decided(protocol, "mine", louise)
    with acting(SERVICE, APRIL):
        assert [one.people for one in actions.make(by=SERVICE, at=APRIL)] == [6]
        assert actions.make(by=SERVICE, at=APRIL) == []


def test_the_database_itself_refuses_an_answer_of_whoever_asked(
    here: Team, six: dict[str, str]
) -> None:
    cast, both = here.cast, frozenset({Role.RESEARCH_OFFICER, Role.COORDINATOR})
    louise = Actor(cast.louise.user_id, cast.louise.organisation_id, both)
    with acting(louise, APRIL):
        actions.ask(uuid_of("mine"), the(here), by=louise, at=APRIL)
        changed = Extract.objects.filter(pk=uuid_of("mine")).update(
            answered_by=louise.user_id, answered_at=APRIL, is_approved=True
        )

    assert changed == 0


@pytest.mark.parametrize("who", ["officer", "privacy", "ines", "louise", "roy"])
def test_the_table_is_in_the_hands_of_the_named_researcher_alone(
    here: Team, six: dict[str, str], who: str
) -> None:
    extract = made(here, the(here))
    actor: Actor = getattr(here, who, None) or getattr(here.cast, who)

    with acting(actor, LATER):
        assert queries.lines(extract, actor=actor) is None
        with pytest.raises(NotAllowed):
            actions.take(extract, the_one(extract), uuid_of("t"), by=actor, at=LATER)
    assert len(lines_of(here, extract)) == 6


def test_a_no_is_carried_to_the_table_that_is_held_and_to_the_next_one(
    here: Team, six: dict[str, str]
) -> None:
    first = made(here, the(here))
    before = {line[0] for line in lines_of(here, first)}
    june = datetime.fromisoformat("2026-06-02T12:00:00+00:00")
    said(six["Béa"], False, by=here.officer, at=june)
    with acting(SERVICE, june):
        actions.look(by=SERVICE, at=june)
        actions.look(by=SERVICE, at=june)

    with acting(here.researcher, june):
        [drop] = Drop.objects.all()
        assert (drop.line in before, drop.done_at) == (True, None)
        assert [one.sentence for one in waiting(here.researcher)] == [
            "Des lignes d’un tableau sont à retirer\xa0: quelqu’un n’y est plus."
        ]
        actions.drop(the(here), first.pk, by=here.researcher, at=june)
    second = made(here, the(here), "the next", june + timedelta(minutes=1))
    with acting(here.researcher, june + timedelta(minutes=2)):
        assert waiting(here.researcher) == []
        after = queries.lines(second, actor=here.researcher) or []

    assert {line[0] for line in after} == before - {drop.line}


def test_a_table_ends_on_its_day_and_is_destroyed(here: Team, six: dict[str, str]) -> None:
    extract = made(here, the(here))
    last = datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    after = last + timedelta(days=1)

    assert len(lines_of(here, extract, last)) == 6
    assert lines_of(here, extract, after) == []
    with acting(here.researcher, after), pytest.raises(NotAllowed):
        actions.take(extract, the_one(extract), uuid_of("late"), by=here.researcher, at=after)
    with acting(SERVICE, after):
        actions.look(by=SERVICE, at=after)
        assert not Table.objects.exists()


def test_of_a_study_that_is_over_nothing_is_asked_nor_made(here: Team, six: dict[str, str]) -> None:
    protocol, louise = the(here), here.cast.louise
    asked(here, protocol)
    with acting(louise, APRIL):
        decided(protocol, "a table", louise)
        actions.end(protocol, by=louise, at=APRIL)
        actions.end(protocol, by=louise, at=APRIL)

    with acting(SERVICE, LATER):
        assert actions.make(by=SERVICE, at=LATER) == []
    with acting(here.cast.samir, LATER), pytest.raises(NotAllowed):
        actions.hand_card(uuid_of("x"), uuid_of("y"), the(here), by=here.cast.samir, at=LATER)


def test_a_no_is_taken_after_the_study_too_and_a_yes_is_not(
    here: Team, six: dict[str, str]
) -> None:
    extract, louise = made(here, the(here)), here.cast.louise
    with acting(louise, LATER):
        actions.end(the(here), by=louise, at=LATER)

    with acting(here.officer, LATER):
        card = queries.carded(six["Alix"], actor=here.officer)
    assert card is not None
    assert not card.is_live
    said(six["Alix"], False, by=here.officer, at=LATER)
    with acting(SERVICE, LATER):
        actions.look(by=SERVICE, at=LATER)
    with acting(here.researcher, LATER):
        assert [drop.extract_id for drop in Drop.objects.all()] == [extract.pk]


def test_what_is_taken_away_after_a_no_is_without_that_line_and_alike_again(
    here: Team, six: dict[str, str]
) -> None:
    extract = made(here, the(here))
    whole = {line[0] for line in lines_of(here, extract)}
    said(six["Alix"], False, by=here.officer, at=LATER)
    with acting(SERVICE, LATER):
        actions.look(by=SERVICE, at=LATER)

    with acting(here.researcher, LATER):
        [drop] = Drop.objects.all()
        body = actions.take(extract, the_one(extract), uuid_of("t"), by=here.researcher, at=LATER)
    described, rows, _words = opened(body)

    assert {row["line"] for row in rows} == whole - {drop.line}
    assert (described["people"], described["fewestAlike"]) == (5, 5)


def test_a_coordinator_elsewhere_is_offered_no_answer(here: Team, six: dict[str, str]) -> None:
    protocol = the(here)
    extract = asked(here, protocol)
    elsewhere = Actor(here.cast.nadia.user_id, here.cast.la_maison.pk, here.privacy.roles)

    with acting(elsewhere, APRIL), pytest.raises(NotAllowed):
        decided(protocol, "a table", elsewhere)
    assert extract == uuid_of("a table")


def test_an_expired_protocol_makes_no_table(here: Team, six: dict[str, str]) -> None:
    late = datetime.fromisoformat("2027-03-01T12:00:00+00:00")

    with acting(here.researcher, late), pytest.raises(NotAllowed):
        actions.ask(uuid_of("late"), the(here), by=here.researcher, at=late)
    with acting(here.researcher, late), pytest.raises(ProgrammingError), transaction.atomic():
        Extract.objects.bulk_create(
            [Extract(id=uuid_of("late"), protocol_id=STUDY, asked_by=here.researcher.user_id,
                     asked_at=late)]
        )  # fmt: skip


def test_fewer_than_a_group_leave_no_line(here: Team, six: dict[str, str]) -> None:
    for name in ("Alix", "Béa"):
        said(six[name], False, by=here.officer, at=TUESDAY)

    extract = made(here, the(here))

    assert (extract.people, extract.left_out) == (0, 4)


def test_one_unlike_the_others_is_hidden_or_left_out(here: Team, six: dict[str, str]) -> None:
    of_age(file_of(here, six["Alix"]), "18-24", by=here.cast.samir, at=TUESDAY)

    extract = made(here, the(here))

    # Hidden in every mark she would still be alone of her kind: she is left out.
    assert (extract.people, extract.left_out, extract.smallest) == (5, 1, 5)


def test_two_tables_of_one_quarter_count_the_same_whatever_was_done_between(
    here: Team, six: dict[str, str]
) -> None:
    first = lines_of(here, made(here, the(here)))
    may = APRIL + timedelta(days=40)
    alix = file_of(here, six["Alix"])
    with acting(here.cast.samir, may):
        for number in range(6):
            written = notes.Written(
                id=uuid_of(f"note {number}"), kind="meeting", occurred_at=may, length="hour"
            )
            notes.sign(alix, written, by=here.cast.samir, at=may)
    second = made(here, the(here), "again", may + timedelta(minutes=1))

    assert lines_of(here, second, may + timedelta(minutes=2)) == first
