"""Is every line hers to keep or to take off, and is nothing lost when two write at once?"""

from __future__ import annotations

from uuid import UUID

import pytest

from spheres.audit.models import Event
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.followup.summary import actions, queries
from spheres.followup.summary.actions import Overtaken, Said
from spheres.followup.summary.models import MOST_LINES, Line, Version
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of

CALM = "Quand je me tais, attends. Je reviens."


def said(which: str, text: str = CALM, *, on: int = 0, heading: str = "talk") -> Said:
    return Said(uuid_of(which), on, text, Line.Whose.HERS, heading)


def add(cast: Cast, which: str, text: str = CALM, *, on: int = 0) -> UUID:
    with acting(cast.ines):
        return actions.add(cast.maya.file_id, said(which, text, on=on), by=cast.ines, at=MONDAY)


def page(cast: Cast) -> tuple[int, list[str]]:
    """The number of the page of today, and its lines."""
    with acting(cast.ines):
        now = queries.current(cast.maya.file_id, actor=cast.ines)
        vault.open(now.lines, by=cast.ines)
        return now.number, [line.opened.text for line in now.lines]


def test_a_line_is_written_kept_and_said_in_the_journal(cast: Cast) -> None:
    line = add(cast, "first")

    with acting(cast.ines):
        [event] = Event.objects.filter(action="summary.line_added")
    assert page(cast) == (1, [CALM])
    assert (event.chain_id, event.sections, event.record_ids, len(event.digest)) == (
        cast.maya.file_id,
        ["summary"],
        [line],
        32,
    )


def test_sent_twice_it_is_one_line(cast: Cast) -> None:
    add(cast, "first")
    add(cast, "first")

    assert page(cast) == (1, [CALM])


def test_a_line_said_otherwise_stays_in_its_place_and_in_the_page_before(cast: Cast) -> None:
    first = add(cast, "first")
    add(cast, "second", "Ma tante Rose.", on=1)

    with acting(cast.ines, TUESDAY):
        otherwise = said("otherwise", "Laisse-moi du temps.", on=2)
        actions.change(cast.maya.file_id, first, otherwise, by=cast.ines, at=TUESDAY)

    with acting(cast.ines):
        [_, before, _] = queries.versions(cast.maya.file_id, actor=cast.ines)
        was = queries.as_it_was(before, actor=cast.ines)
        vault.open(was.lines, by=cast.ines)
        texts = [line.opened.text for line in was.lines]
    assert page(cast) == (3, ["Laisse-moi du temps.", "Ma tante Rose."])
    assert texts == [CALM, "Ma tante Rose."]


def test_a_line_taken_off_is_gone_whatever_was_written_meanwhile(cast: Cast) -> None:
    first = add(cast, "first")
    add(cast, "second", "Ma tante Rose.", on=1)

    with acting(cast.ines):
        for _ in range(2):
            actions.remove(
                cast.maya.file_id, first, gesture=uuid_of("off"), by=cast.ines, at=MONDAY
            )
        told = [
            (each.version.change, each.author)
            for each in queries.told(cast.maya.file_id, actor=cast.ines)
        ]

    assert page(cast) == (3, ["Ma tante Rose."])
    assert told == [("removed", "Inès"), ("added", "Inès"), ("added", "Inès")]


def test_whoever_comes_second_is_told_and_writes_nothing(cast: Cast) -> None:
    add(cast, "first")

    with acting(cast.ines), pytest.raises(Overtaken):
        actions.add(cast.maya.file_id, said("late", "Autre chose.", on=0), by=cast.ines, at=MONDAY)

    assert page(cast) == (1, [CALM])


def test_two_at_the_same_instant_make_one_version_and_one_who_is_told(cast: Cast) -> None:
    add(cast, "first")
    with acting(cast.ines):
        # What another worker's transaction has written since the page was read in this one.
        taken = Version(
            id=uuid_of("same instant"),
            file_id=cast.maya.file_id,
            number=2,
            lines=[],
            change=Version.Change.REMOVED,
            written_by=cast.ines.user_id,
            written_at=MONDAY,
        )
        read_before = queries.current(cast.maya.file_id, actor=cast.ines)
        create_once(taken)

        with pytest.raises(Overtaken):
            actions._next(
                cast.maya.file_id,
                read_before,
                uuid_of("second"),
                [],
                Version.Change.REMOVED,
                by=cast.ines,
                at=MONDAY,
            )

    assert page(cast) == (2, [])


def test_a_line_changed_by_two_is_not_overwritten(cast: Cast) -> None:
    first = add(cast, "first")
    with acting(cast.ines):
        actions.change(
            cast.maya.file_id, first, said("hers", "Doucement.", on=1), by=cast.ines, at=MONDAY
        )
        with pytest.raises(Overtaken):
            actions.change(
                cast.maya.file_id, first, said("other", "Vite.", on=1), by=cast.ines, at=MONDAY
            )

    assert page(cast) == (2, ["Doucement."])


def test_twelve_lines_are_a_page(cast: Cast) -> None:
    for number in range(MOST_LINES):
        add(cast, f"line {number}", on=number)

    with pytest.raises(NotAllowed, match=r"douze|twelve"):
        add(cast, "one too many", on=MOST_LINES)


def test_the_therapist_and_the_lead_do_not_write(cast: Cast) -> None:
    for who in (cast.amrani, cast.karim, cast.louise):
        with acting(who), pytest.raises(NotAllowed):
            actions.add(cast.maya.file_id, said("theirs"), by=who, at=MONDAY)


def test_a_stranger_finds_an_empty_page_and_no_version(cast: Cast) -> None:
    add(cast, "first")

    with acting(cast.samir):
        now = queries.current(cast.maya.file_id, actor=cast.samir)
        found = list(queries.versions(cast.maya.file_id, actor=cast.samir))
        lines = list(queries.lines(cast.maya.file_id, actor=cast.samir))
    assert (now.number, now.lines, found, lines) == (0, [], [], [])
