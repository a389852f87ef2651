"""What happens to a follow-up when she pauses, leaves, comes back, or closes it with us?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from spheres.audit.models import Event
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.passages import actions, queries
from spheres.followup.passages.actions import Farewell
from spheres.followup.passages.models import Fit
from spheres.participants.models import FollowUpStatus
from spheres.sharing.models import Joined
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, follow, uuid_of

Status = FollowUpStatus.Status
HOUR = timedelta(hours=1)
LATER = MONDAY + timedelta(days=91)


def states(cast: Cast) -> list[str]:
    found = queries.standing(cast.maya.file_id, actor=cast.ines)
    return [row.status for row in found]


def told(cast: Cast) -> list[str]:
    events = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="follow_up.")
    return list(events.order_by("number").values_list("action", flat=True))


def test_she_pauses_and_goes_on_in_one_step_each_without_a_reason(cast: Cast) -> None:
    file_id = cast.maya.file_id
    with acting(cast.ines):
        actions.pass_to(file_id, Status.PAUSED, by=cast.ines, at=MONDAY)
        paused = states(cast)
        actions.pass_to(file_id, Status.ACTIVE, by=cast.ines, at=MONDAY + HOUR)

        assert (paused, states(cast)) == (["PAUSED"], ["ACTIVE"])
        assert told(cast) == ["follow_up.paused", "follow_up.goes_on"]


def test_a_step_asked_twice_is_taken_once(cast: Cast) -> None:
    with acting(cast.ines):
        for _press in range(2):
            actions.pass_to(cast.maya.file_id, Status.LEFT, by=cast.ines, at=MONDAY)

        assert (states(cast), told(cast)) == (["LEFT"], ["follow_up.left"])


def test_she_comes_back_without_intake_and_another_episode_begins(cast: Cast) -> None:
    file_id = cast.maya.file_id
    with acting(cast.ines):
        actions.pass_to(file_id, Status.LEFT, by=cast.ines, at=MONDAY)
        first = actions.come_back(file_id, by=cast.ines, at=MONDAY + HOUR)
        second = actions.come_back(file_id, by=cast.ines, at=MONDAY + HOUR)

        assert first is not None
        assert second is None
        assert states(cast) == ["RETURNED", "LEFT"]
        assert told(cast) == ["follow_up.left", "follow_up.returned"]


def test_nobody_comes_back_to_what_goes_on(cast: Cast) -> None:
    with acting(cast.ines), pytest.raises(NotAllowed, match="pas à y revenir"):
        actions.come_back(cast.maya.file_id, by=cast.ines, at=MONDAY)


def test_closing_keeps_one_letter_however_often_it_is_sent_and_the_door_stays_open(
    cast: Cast,
) -> None:
    file_id = cast.maya.file_id
    farewell = Farewell(uuid_of("letter"), "Chère Maya, tu as ri souvent.", "Merci pour le bus.")
    with acting(cast.ines):
        for _press in range(2):
            actions.close(file_id, farewell, by=cast.ines, at=MONDAY)
        (letter,) = queries.letters(file_id, actor=cast.ines)
        vault.open([letter], by=cast.ines)

        assert (letter.opened.letter, letter.opened.her_words) == (
            "Chère Maya, tu as ri souvent.",
            "Merci pour le bus.",
        )
        assert (states(cast), told(cast)) == (["ENDED"], ["follow_up.closed"])
        actions.come_back(file_id, by=cast.ines, at=MONDAY + HOUR)
        assert states(cast) == ["RETURNED", "ENDED"]


def test_what_is_closed_is_not_closed_again_by_another_letter(cast: Cast) -> None:
    with acting(cast.ines):
        first, second = (Farewell(uuid_of(name), "Un mot.") for name in ("one", "two"))
        actions.close(cast.maya.file_id, first, by=cast.ines, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.close(cast.maya.file_id, second, by=cast.ines, at=MONDAY)


def test_her_words_for_the_end_are_kept_and_the_newest_stands(cast: Cast) -> None:
    file_id = cast.maya.file_id
    with acting(cast.ines):
        for name, words, at in (("a", "Pas d’adieu.", MONDAY), ("b", "Un café.", MONDAY + HOUR)):
            actions.keep_words(file_id, uuid_of(name), words, by=cast.ines, at=at)
        found = list(queries.words_for_the_end(file_id, actor=cast.ines))
        vault.open(found, by=cast.ines)

        assert [row.opened.words for row in found] == ["Un café.", "Pas d’adieu."]


def test_whether_it_fits_is_asked_after_a_season_and_no_answer_ends_anything(cast: Cast) -> None:
    file_id = cast.maya.file_id
    with acting(cast.ines):
        soon, later = (queries.to_ask(at=at, actor=cast.ines) for at in (MONDAY + HOUR, LATER))
        actions.answer_fit(
            file_id, uuid_of("fit"), Fit.Answer.REVIEW, "Moins souvent.", by=cast.ines, at=LATER
        )
        asked = queries.to_ask(at=LATER, actor=cast.ines)

        assert (soon, later, asked) == ([], [(file_id, "ACTIVE")], [])
        assert states(cast) == ["ACTIVE"]


def test_of_two_files_that_are_both_hers_it_is_asked_once_and_of_both_when_parted(
    cast: Cast,
) -> None:
    other = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id
    link = Joined(
        id=uuid_of("one person"),
        kept_id=cast.maya.file_id,
        joined_id=other,
        said_to=cast.ines.user_id,
        starts_at=MONDAY,
    )
    with acting(cast.ines, LATER):
        Joined.objects.bulk_create([link])
        joined = {file_id for file_id, _ in queries.to_ask(at=LATER, actor=cast.ines)}
        Joined.objects.update(ends_at=LATER)
        parted = {file_id for file_id, _ in queries.to_ask(at=LATER, actor=cast.ines)}

    assert (joined, parted) == ({cast.maya.file_id}, {cast.maya.file_id, other})


@pytest.mark.parametrize("to", [Status.PAUSED, Status.LEFT, Status.ENDED])
def test_whoever_is_on_a_break_or_has_left_is_asked_nothing(cast: Cast, to: str) -> None:
    with acting(cast.ines):
        if to == Status.ENDED:
            farewell = Farewell(uuid_of("letter"), "À bientôt.")
            actions.close(cast.maya.file_id, farewell, by=cast.ines, at=MONDAY)
        else:
            actions.pass_to(cast.maya.file_id, to, by=cast.ines, at=MONDAY)

        assert queries.to_ask(at=LATER, actor=cast.ines) == []


@pytest.mark.parametrize("who", ["samir", "louise", "karim", "roy", "amrani"])
def test_nobody_but_her_workers_sees_or_moves_it(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    farewell = Farewell(uuid_of("letter"), "Un mot.")
    with acting(cast.ines):
        actions.close(cast.maya.file_id, farewell, by=cast.ines, at=MONDAY)
    with acting(actor):
        seen = (
            list(queries.letters(cast.maya.file_id, actor=actor)),
            queries.to_ask(at=LATER, actor=actor),
        )
        with pytest.raises(WrongState):
            actions.come_back(cast.maya.file_id, by=actor, at=MONDAY)

    assert seen == ([], [])


def test_a_letter_stands_in_no_table_in_clear(cast: Cast) -> None:
    with acting(cast.ines):
        farewell = Farewell(uuid_of("letter"), "Chère Maya, mésange.")
        actions.close(cast.maya.file_id, farewell, by=cast.ines, at=MONDAY)
        with connection.cursor() as cursor:
            cursor.execute("select l::text from passages_letter l")
            rows = cursor.fetchall()

    assert len(rows) == 1
    assert "sange" not in rows[0][0]


def test_a_death_is_told_to_her_team_for_a_month_and_nothing_more_is_asked(cast: Cast) -> None:
    file_id = cast.maya.file_id
    month, after = MONDAY + timedelta(days=29), MONDAY + timedelta(days=30)
    with acting(cast.ines):
        actions.pass_to(file_id, Status.DIED, by=cast.ines, at=MONDAY)
        told_then, told_later = (queries.to_ask(at=at, actor=cast.ines) for at in (month, after))

        assert (told_then, told_later) == ([(file_id, "DIED")], [])
        assert queries.to_ask(at=LATER, actor=cast.ines) == []
        with pytest.raises(NotAllowed):
            actions.come_back(file_id, by=cast.ines, at=after)


def test_a_death_noted_by_mistake_is_taken_back(cast: Cast) -> None:
    with acting(cast.ines):
        actions.pass_to(cast.maya.file_id, Status.DIED, by=cast.ines, at=MONDAY)
        actions.pass_to(cast.maya.file_id, Status.ACTIVE, by=cast.ines, at=MONDAY + HOUR)

        assert states(cast) == ["ACTIVE"]
        assert told(cast) == ["follow_up.death_noted", "follow_up.goes_on"]
