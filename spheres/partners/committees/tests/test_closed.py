"""Who reads what is brought, who steps out, and what does whoever it is closed to learn of it?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions, queries
from spheres.sharing.models import CommitteeMeeting, Disclosure, ItemAbout, Presentation
from tests.cast import FRIDAY, MONDAY, Cast, acting, uuid_of
from tests.committees import (
    HELD,
    IDENTIFIED,
    LATER,
    MEETING,
    QUESTION,
    SITTING,
    VIGNETTE,
    agenda_of,
    bring,
    bring_with_agreement,
    convene,
    disclosed,
    knows,
    leaving,
    move,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
CLOSED = ""
WITH_HER = "Avec l’accord de la personne"


def test_a_vignette_is_read_by_all_who_sit_there_police_included(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)

    assert {slug: agenda_of(getattr(cast, slug), meeting) for slug in SITTING} == {
        slug: [QUESTION] for slug in SITTING
    }


def test_whoever_does_not_sit_there_reads_no_agenda(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)

    assert [agenda_of(who, meeting) for who in (cast.yanick, cast.karim, cast.nadia)] == [[]] * 3


def tell_all_who_sit(cast: Cast, organisation_id: UUID, **other: object) -> None:
    """Maya lets all who sit for one organisation be there, and names nobody."""
    told = disclosed.to_roy(
        cast, "told a circle", to_organisation_id=organisation_id, to_user_id=None, **other
    )
    disclosed.told(cast, told)


def test_told_to_a_whole_organisation_it_opens_to_those_who_sit_for_it_and_to_no_other(
    cast: Cast,
) -> None:
    meeting = convene(cast)
    tell_all_who_sit(cast, cast.elsewhere.pk)
    bring(cast, meeting, IDENTIFIED, mode="CONSENT", words="")

    assert {slug: agenda_of(getattr(cast, slug), meeting) for slug in SITTING} == {
        "louise": [WITH_HER], "ines": [QUESTION], "samir": [QUESTION], "amrani": [CLOSED],
        "roy": [CLOSED],
    }  # fmt: skip
    with acting(cast.louise, FRIDAY):
        actions.end_member(uuid_of("samir sits"), by=cast.louise, at=FRIDAY)
    assert received(cast.samir, FRIDAY) == 0
    assert leaving(cast.louise, meeting, IDENTIFIED) == ["Dr Amrani (Fondation)", "Roy (Police)"]


def received(who: Actor, at: datetime = HELD) -> int:
    """How much is handed over to this person."""
    with acting(who, at), connection.cursor() as cursor:
        cursor.execute("select cardinality(access.disclosed('{RECEIVING}'))")
        return int(cursor.fetchone()[0])


def test_what_a_whole_organisation_is_told_is_for_those_who_sit_on_that_day(cast: Cast) -> None:
    convene(cast)
    tell_all_who_sit(cast, cast.elsewhere.pk)
    before = received(cast.samir)
    move(cast, FRIDAY.date())

    assert (before, received(cast.samir)) == (1, 0)


def test_of_the_police_she_names_who_it_is(cast: Cast) -> None:
    convene(cast)
    with pytest.raises(NotAllowed, match="De la police"):
        tell_all_who_sit(cast, cast.police.pk)


def test_a_whole_organisation_is_told_for_a_meeting_alone(cast: Cast) -> None:
    convene(cast)
    with pytest.raises(NotAllowed, match="que pour sa rencontre"):
        tell_all_who_sit(cast, cast.elsewhere.pk, purpose="SERVICE", meeting_on=None)


def test_with_her_agreement_only_those_named_for_that_day_read_it(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)

    assert {slug: agenda_of(getattr(cast, slug), meeting) for slug in SITTING} == {
        "louise": [WITH_HER],  # chairs, and does not know of whom it is
        "ines": [QUESTION],
        "samir": [QUESTION],
        "amrani": [QUESTION],
        "roy": [CLOSED],
    }
    assert leaving(cast.louise, meeting, IDENTIFIED) == ["Roy (Police)"]


def test_a_member_of_the_police_whom_she_names_reads_it_that_day_only(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    disclosed.told(cast, disclosed.to_roy(cast))

    assert agenda_of(cast.roy, meeting) == [QUESTION]
    assert agenda_of(cast.roy, meeting, HELD + timedelta(days=1)) == [CLOSED]


@pytest.mark.parametrize("how", ["vignette", "agreement"])
@pytest.mark.parametrize("slug", ["samir", "amrani"])
def test_whoever_knows_her_steps_out_of_either(cast: Cast, how: str, slug: str) -> None:
    meeting = convene(cast)
    who: Actor = getattr(cast, slug)
    item = bring(cast, meeting) if how == "vignette" else bring_with_agreement(cast, meeting)
    knows(who, cast.maya.file_id)

    assert agenda_of(who, meeting) == [CLOSED]
    name = {"samir": "Samir (Ailleurs)", "amrani": "Dr Amrani (Fondation)"}[slug]
    assert name in leaving(cast.louise, meeting, item)
    with acting(who, HELD):
        assert queries.item(item, actor=who) is None
        assert queries.brought(item, actor=who) is None
        assert queries.whole_item(item, actor=who) is None


def test_a_chair_who_knows_her_sees_the_same_line_as_everybody(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    knows(cast.louise, cast.maya.file_id)

    assert agenda_of(cast.louise, meeting) == [CLOSED]
    assert leaving(cast.louise, meeting, VIGNETTE) == []


def test_what_is_closed_reads_as_the_same_bytes_to_all_to_whom_it_is(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    knows(cast.samir, cast.maya.file_id)

    pages = {}
    for slug in ("samir", "roy"):
        with clock.at(HELD):
            answer = signed_in(getattr(cast, slug), at=HELD).get(f"/committees/meetings/{MEETING}/")
        assert answer.status_code == 200
        body = answer.content.decode()
        pages[slug] = body[body.index("<ol") : body.index("</ol>", body.index('<ol class="stack'))]
    line = pages["roy"][pages["roy"].index('<ol class="stack') :]
    assert line == pages["samir"][pages["samir"].index('<ol class="stack') :]
    assert "Point fermé à votre organisme" in line
    assert str(IDENTIFIED) not in line


def test_the_mark_of_whom_it_is_is_read_by_whoever_made_it_and_by_nobody_else(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)

    def marks(who: Actor) -> list[UUID]:
        with acting(who, HELD):
            return list(ItemAbout.objects.order_by("pk").values_list("file_id", flat=True))

    assert {slug: marks(getattr(cast, slug)) for slug in (*SITTING, "karim", "yanick")} == {
        "louise": [], "ines": [cast.maya.file_id], "samir": [], "amrani": [], "roy": [],
        "karim": [], "yanick": [],
    }  # fmt: skip


def test_nobody_marks_a_file_that_is_not_theirs_to_open(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting, about=None)

    with acting(cast.samir, MONDAY), pytest.raises(Exception, match="row-level security"):
        ItemAbout.objects.bulk_create(
            [
                ItemAbout(
                    id=VIGNETTE, file_id=cast.maya.file_id, marked_by=cast.samir.user_id,
                    marked_at=MONDAY,
                )
            ]
        )  # fmt: skip


def test_taken_back_the_night_before_it_closes_at_once_and_the_chair_sees_it(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    night = HELD - timedelta(hours=12)
    with acting(cast.ines, night):
        told = list(Disclosure.objects.order_by("pk"))
    for one in told:
        disclosed.take_back(cast, one, at=night)

    assert agenda_of(cast.samir, meeting) == [CLOSED]
    assert agenda_of(cast.amrani, meeting) == [CLOSED]
    with acting(cast.louise, HELD):
        whole = queries.whole_meeting(MEETING, actor=cast.louise)
        assert whole is not None
        assert [line.agreement for line in whole.agenda.lines] == ["WITHDRAWN"]
        with pytest.raises(WrongState):
            hold(cast, meeting, IDENTIFIED, "louise")


def hold(cast: Cast, meeting: CommitteeMeeting, item_id: UUID, *slugs: str) -> None:
    there = {(getattr(cast, slug).user_id, getattr(cast, slug).organisation_id) for slug in slugs}
    actions.hold(item_id, meeting, present=there, by=cast.louise, at=HELD)


def test_one_presentation_is_one_line_of_her_register_without_a_word_of_it(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    with acting(cast.louise, HELD):
        hold(cast, meeting, IDENTIFIED, "louise", "ines", "samir")
        hold(cast, meeting, IDENTIFIED, "louise", "ines", "samir")

    with acting(cast.ines, LATER):
        [line] = Presentation.objects.order_by("pk")
        assert (line.file_id, line.held_on) == (cast.maya.file_id, meeting.held_on)
        assert set(line.organisations) == {cast.institute.pk, cast.la_maison.pk, cast.elsewhere.pk}
        assert set(line.disclosures) == {
            one.pk for one in Disclosure.objects.filter(purpose="MEETING").order_by("pk")
        }
    for who in (cast.louise, cast.samir, cast.roy):
        with acting(who, LATER):
            assert not Presentation.objects.exists()


def test_a_vignette_makes_no_line_of_her_register(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    with acting(cast.louise, HELD):
        hold(cast, meeting, VIGNETTE, "louise", "roy")

    with acting(cast.ines, LATER):
        assert not Presentation.objects.exists()


def test_whoever_steps_out_cannot_be_noted_as_being_there(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)

    with acting(cast.louise, HELD), pytest.raises(WrongState):
        hold(cast, meeting, IDENTIFIED, "louise", "roy")


def test_a_meeting_moved_to_another_day_closes_what_was_agreed_for_the_first(cast: Cast) -> None:
    meeting = convene(cast)
    bring_with_agreement(cast, meeting)
    with acting(cast.louise, FRIDAY):
        other = actions.Called(
            MEETING, meeting.held_on + timedelta(days=1), time(9, 30), time(11, 30), "REMOTE"
        )
        actions.move_meeting(MEETING, other, by=cast.louise, at=FRIDAY)

    assert agenda_of(cast.samir, meeting) == [CLOSED]


def test_the_database_says_nothing_of_another_committee_by_its_functions(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)

    with acting(cast.nadia, HELD), connection.cursor() as cursor:
        for asked in ("agenda", "at_the_table", "agreements"):
            cursor.execute(f"select * from access.{asked}(%s)", [meeting.pk])
            assert cursor.fetchall() == [], asked
        cursor.execute("select access.present_item(%s, '{}')", [VIGNETTE])
        assert cursor.fetchone() == (False,)
