"""Who sits and until when, when does it meet, what is noted and promised there?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions, queries, standing
from spheres.partners.committees.models import Brought, Minutes, PromiseStatus
from spheres.sharing.models import CommitteeItem, CommitteeMeeting, CommitteeMember
from spheres.vault import actions as vault
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.committees import (
    DAY,
    HELD,
    MEETING,
    QUESTION,
    VIGNETTE,
    WORDS,
    agenda_of,
    bring,
    clinical,
    convene,
    knows,
    move,
)

pytestmark = pytest.mark.django_db
Status = PromiseStatus.Status


def test_only_the_coordination_says_who_sits(cast: Cast) -> None:
    convene(cast)
    for who in (cast.ines, cast.karim, cast.roy):
        with acting(who), pytest.raises(NotAllowed):
            actions.name_member(
                uuid_of("another"), clinical(), user_id=cast.karim.user_id,
                organisation_id=cast.la_maison.pk, is_chair=False, by=who, at=MONDAY,
            )  # fmt: skip


def test_nobody_is_named_for_a_place_where_they_do_not_work(cast: Cast) -> None:
    with acting(cast.louise), pytest.raises(Exception, match="row-level security"):
        actions.name_member(
            uuid_of("elsewhere"), clinical(), user_id=cast.ines.user_id,
            organisation_id=cast.elsewhere.pk, is_chair=False, by=cast.louise, at=MONDAY,
        )  # fmt: skip


def test_somebody_named_twice_sits_once(cast: Cast) -> None:
    convene(cast)
    convene(cast)

    with acting(cast.louise):
        assert CommitteeMember.objects.filter(ended_at=None).count() == 5


def test_whoever_goes_to_work_elsewhere_sits_no_more_and_the_dates_stay(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=TUESDAY)
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of("Samir at La Maison"), user_id=cast.samir.user_id,
                    organisation=Organisation.objects.get(pk=cast.la_maison.pk),
                    role=Role.YOUTH_WORKER, job_title_fr="Titre", job_title_en="Title",
                    starts_at=TUESDAY,
                )
            ]
        )  # fmt: skip
    there = Actor(cast.samir.user_id, cast.la_maison.pk, cast.samir.roles)

    assert agenda_of(cast.samir, meeting) == agenda_of(there, meeting) == []

    with acting(cast.louise, FRIDAY):
        actions.end_member(uuid_of("samir sits"), by=cast.louise, at=FRIDAY)
        actions.name_member(
            uuid_of("samir sits again"), clinical(), user_id=cast.samir.user_id,
            organisation_id=cast.la_maison.pk, is_chair=False, by=cast.louise, at=FRIDAY,
        )  # fmt: skip
        rows = CommitteeMember.objects.filter(user_id=cast.samir.user_id).order_by("starts_at")
        assert [(one.organisation_id, one.starts_at, one.ended_at) for one in rows] == [
            (cast.elsewhere.pk, MONDAY, FRIDAY), (cast.la_maison.pk, FRIDAY, None),
        ]  # fmt: skip
    assert agenda_of(there, meeting) == [QUESTION]


def test_a_meeting_moved_across_the_change_of_hour_stays_at_the_hour_of_the_clock(
    cast: Cast,
) -> None:
    """On the 8th of March 2026 clocks go forward: half past nine is an hour earlier for the sun."""
    convene(cast)
    with acting(cast.louise):
        friday = actions.Called(MEETING, date(2026, 3, 6), time(9, 30), time(11, 30), "REMOTE")
        actions.move_meeting(MEETING, friday, by=cast.louise, at=MONDAY)
        moved = CommitteeMeeting.objects.get(pk=MEETING)
        before = moved.starts_at
        actions.move_meeting(
            MEETING, actions.Called(MEETING, DAY, time(9, 30), time(11, 30), "REMOTE"),
            by=cast.louise, at=MONDAY,
        )  # fmt: skip
        moved = CommitteeMeeting.objects.get(pk=MEETING)

    assert before == datetime(2026, 3, 6, 14, 30, tzinfo=UTC)
    assert (moved.held_on, moved.starts_at, moved.ends_at) == (
        DAY, datetime(2026, 3, 9, 13, 30, tzinfo=UTC), datetime(2026, 3, 9, 15, 30, tzinfo=UTC),
    )  # fmt: skip


def test_only_whoever_chairs_calls_and_moves(cast: Cast) -> None:
    convene(cast)
    called = actions.Called(uuid_of("another meeting"), DAY, time(9), time(10), "REMOTE")
    with acting(cast.ines):
        with pytest.raises(NotAllowed):
            actions.call(clinical(), called, by=cast.ines, at=MONDAY)
        with pytest.raises(WrongState):  # the row is not hers to hold
            actions.move_meeting(MEETING, called, by=cast.ines, at=MONDAY)


def test_what_is_brought_twice_is_brought_once_and_is_read_by_nobody_before_it_has_a_place(
    cast: Cast,
) -> None:
    meeting = convene(cast)
    said = actions.Said(VIGNETTE, "VIGNETTE", QUESTION, WORDS, about=cast.maya.file_id)
    for _press in range(2):
        with acting(cast.ines):
            actions.bring(meeting, clinical(), said, by=cast.ines, at=MONDAY)

    readers = {}
    for slug in ("louise", "ines", "samir", "roy"):
        with acting(getattr(cast, slug)):
            readers[slug] = [
                one.opened.question
                for one in vault.open(list(Brought.objects.order_by("pk")), by=getattr(cast, slug))
            ]
    assert readers == {"louise": [QUESTION], "ines": [QUESTION], "samir": [], "roy": []}


def test_somebody_is_brought_to_a_clinical_committee_only(cast: Cast) -> None:
    meeting = convene(cast)
    said = actions.Said(VIGNETTE, "VIGNETTE", QUESTION, WORDS)
    with acting(cast.louise), pytest.raises(WrongState):
        # Whoever accompanies nobody brings a subject, and nothing else.
        actions.bring(meeting, clinical(), said, by=cast.louise, at=MONDAY)


def test_nothing_is_brought_to_a_meeting_that_is_over(cast: Cast) -> None:
    meeting = convene(cast)
    said = actions.Said(VIGNETTE, "SUBJECT", QUESTION)
    with acting(cast.ines, HELD + timedelta(days=1)), pytest.raises(NotAllowed):
        actions.bring(meeting, clinical(), said, by=cast.ines, at=HELD + timedelta(days=1))


def test_what_is_taken_off_is_on_no_agenda(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    with acting(cast.ines):
        actions.take_off(VIGNETTE, by=cast.ines, at=MONDAY)

    assert agenda_of(cast.samir, meeting) == agenda_of(cast.louise, meeting) == []


def write(cast: Cast, slug: str, words: str, *after: str) -> None:
    who: Actor = getattr(cast, slug)
    with acting(who, HELD):
        actions.write_minutes(
            uuid_of(words), VIGNETTE, words, after=[uuid_of(one) for one in after], by=who, at=HELD
        )


def minutes_of(cast: Cast) -> set[str]:
    with acting(cast.roy, HELD):
        whole = queries.whole_item(VIGNETTE, actor=cast.roy)
        assert whole is not None
        return {row.opened.words for row in vault.open(whole.minutes, by=cast.roy)}


def test_two_who_write_the_minutes_at_once_lose_nothing(cast: Cast) -> None:
    bring(cast, convene(cast))
    write(cast, "louise", "Premier texte.")
    write(cast, "samir", "La suite de Samir.", "Premier texte.")
    write(cast, "amrani", "La suite de Dr Amrani.", "Premier texte.")
    both = {"La suite de Samir.", "La suite de Dr Amrani."}
    assert minutes_of(cast) == both

    write(cast, "louise", "Les deux ensemble.", *both)

    assert minutes_of(cast) == {"Les deux ensemble."}
    with acting(cast.louise, HELD):
        assert Minutes.objects.count() == 4


def test_whoever_is_out_of_the_room_neither_reads_nor_writes_the_minutes(cast: Cast) -> None:
    bring(cast, convene(cast))
    write(cast, "louise", "Ce qui a été dit.")
    knows(cast.samir, cast.maya.file_id)

    with acting(cast.samir, HELD):
        assert queries.whole_item(VIGNETTE, actor=cast.samir) is None
        assert not Minutes.objects.exists()
    with pytest.raises(WrongState):
        write(cast, "samir", "Un mot de trop.")


def promise(cast: Cast, who: Actor) -> None:
    with acting(cast.louise, HELD):
        actions.promise(
            uuid_of("promise"), VIGNETTE, "Proposer deux dates.", owner_id=who.user_id,
            organisation_id=who.organisation_id, due_on=date(2026, 3, 20), by=cast.louise, at=HELD,
        )  # fmt: skip


def owed_to(who: Actor, at: datetime = HELD) -> list[tuple[str, date, str]]:
    with acting(who, at):
        return [
            (one.promise.opened.words, one.status.due_on, one.status.status)
            for one in queries.promises(actor=who)
        ]


def test_what_somebody_took_on_is_kept_or_carried_over_by_them(cast: Cast) -> None:
    bring(cast, convene(cast))
    promise(cast, cast.samir)
    words = "Proposer deux dates."
    assert owed_to(cast.samir) == [(words, date(2026, 3, 20), Status.PROMISED)]

    with acting(cast.samir, HELD):
        later = date(2026, 4, 3)
        actions.answer_promise(uuid_of("promise"), carried_to=later, by=cast.samir, at=HELD)
    assert owed_to(cast.samir) == owed_to(cast.roy) == [(words, later, Status.CARRIED)]

    with acting(cast.roy, HELD), pytest.raises((NotAllowed, WrongState)):
        actions.answer_promise(uuid_of("promise"), carried_to=None, by=cast.roy, at=HELD)
    with acting(cast.samir, HELD):
        actions.answer_promise(uuid_of("promise"), carried_to=None, by=cast.samir, at=HELD)
    assert owed_to(cast.samir) == owed_to(cast.louise) == []


def test_what_somebody_took_on_is_on_their_day_in_its_last_week_and_on_nobody_else_s(
    cast: Cast,
) -> None:
    bring(cast, convene(cast))
    promise(cast, cast.samir)

    def told(who: Actor, on: date) -> list[str]:
        at = datetime(on.year, on.month, on.day, 9, tzinfo=MONDAY.tzinfo)
        with acting(who, at), clock.at(at):
            return [str(one.sentence) for one in standing.taken_on(actor=who)]

    assert told(cast.samir, date(2026, 3, 12)) == []
    with translation.override("en"):
        assert told(cast.samir, date(2026, 3, 13)) == [
            "Clinical committee: you took something on, for March 20, 2026."
        ]
    assert told(cast.louise, date(2026, 3, 13)) == []
    with acting(cast.samir, HELD):
        actions.answer_promise(uuid_of("promise"), carried_to=None, by=cast.samir, at=HELD)
    assert told(cast.samir, date(2026, 3, 19)) == []


def test_a_meeting_is_on_the_day_of_whoever_sits_for_a_week_and_says_when_it_changes(
    cast: Cast,
) -> None:
    convene(cast)

    def told(who: Actor, at: datetime) -> list[str]:
        with acting(who, at), clock.at(at), translation.override("en"):
            return [str(one.sentence) for one in standing.awaited(actor=who)]

    said = ["Clinical committee: you sit there on Monday, March 9, 9:30\xa0a.m."]
    assert told(cast.samir, FRIDAY) == told(cast.roy, FRIDAY) == said
    assert told(cast.karim, FRIDAY) == []
    assert told(cast.samir, HELD + timedelta(hours=3)) == []

    # Moved beyond the week: said for a week, then again in its own.
    move(cast, date(2026, 4, 13))
    moved = ["Clinical committee: the meeting was moved to Monday, April 13, 9:30\xa0a.m."]
    assert told(cast.samir, FRIDAY) == moved
    assert told(cast.samir, MONDAY + timedelta(days=8)) == []
    assert told(cast.samir, MONDAY + timedelta(days=40)) == moved
    with acting(cast.louise, FRIDAY):
        actions.cancel_meeting(MEETING, by=cast.louise, at=FRIDAY)
    assert told(cast.samir, FRIDAY + timedelta(hours=1)) == [
        "Clinical committee: no meeting on Monday, April 13, 9:30\xa0a.m."
    ]


def test_what_somebody_took_on_goes_from_their_list_once_they_are_to_step_out(cast: Cast) -> None:
    bring(cast, convene(cast))
    promise(cast, cast.samir)
    knows(cast.samir, cast.maya.file_id)

    assert owed_to(cast.samir) == []


def test_an_item_is_held_once_the_meeting_has_begun(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    there = {(cast.louise.user_id, cast.institute.pk)}
    with acting(cast.louise, FRIDAY), pytest.raises(NotAllowed):
        actions.hold(VIGNETTE, meeting, present=there, by=cast.louise, at=FRIDAY)

    with acting(cast.louise, HELD):
        actions.hold(VIGNETTE, meeting, present=there, by=cast.louise, at=HELD)
        whole = queries.whole_item(VIGNETTE, actor=cast.louise)
        assert whole is not None
        assert whole.there == ["Louise"]
        assert CommitteeItem.objects.get(pk=VIGNETTE).status == "HELD"
    with acting(cast.ines, HELD), pytest.raises(NotAllowed):
        actions.take_off(VIGNETTE, by=cast.ines, at=HELD)


def test_whoever_works_in_a_part_of_a_partner_sits_and_of_one_that_left_nobody(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.elsewhere.pk).update(
            is_partner=False, parent_id=cast.la_maison.pk
        )
    assert agenda_of(cast.samir, meeting) == [QUESTION]

    with acting(LOADER):
        Organisation.objects.filter(pk=cast.elsewhere.pk).update(parent_id=None)
    assert agenda_of(cast.samir, meeting) == []
