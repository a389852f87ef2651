"""After a meeting: what is carried to the next one, and what did an organisation take on?"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions, queries
from spheres.partners.committees.actions import Called
from spheres.sharing.models import CommitteeItem
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.committees import (
    DAY,
    HELD,
    IDENTIFIED,
    MEETING,
    QUESTION,
    VIGNETTE,
    WORDS,
    agenda_of,
    bring,
    bring_with_agreement,
    clinical,
    convene,
    knows,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
NIGHT = HELD - timedelta(hours=12)
NEXT = uuid_of("meeting of the 13th of April")


def call_next(cast: Cast) -> None:
    with acting(cast.louise):
        called = Called(NEXT, date(2026, 4, 13), time(9, 30), time(11, 30), "REMOTE")
        actions.call(clinical(), called, by=cast.louise, at=MONDAY)


def cancel(cast: Cast) -> None:
    with acting(cast.louise, NIGHT):
        actions.cancel_meeting(MEETING, by=cast.louise, at=NIGHT)


def carry(who: Actor, item_id: object = VIGNETTE) -> object:
    with acting(who, NIGHT):
        return actions.carry_item(item_id, by=who, at=NIGHT)  # type: ignore[arg-type]


def promise(cast: Cast, who: Actor, item_id: object = VIGNETTE) -> None:
    with acting(cast.louise, HELD):
        actions.promise(
            uuid_of(f"promise {item_id}"), item_id, "Proposer deux dates.",  # type: ignore[arg-type]
            owner_id=who.user_id, organisation_id=who.organisation_id,
            due_on=date(2026, 3, 20), by=cast.louise, at=HELD,
        )  # fmt: skip


def owed_to(who: Actor) -> list[str]:
    with acting(who, HELD):
        return [one.promise.opened.words for one in queries.promises(actor=who)]


def test_what_was_brought_to_a_meeting_that_is_not_held_goes_to_the_next_one_whole(
    cast: Cast,
) -> None:
    bring(cast, convene(cast))
    call_next(cast)
    cancel(cast)

    carried = carry(cast.ines)
    assert carry(cast.ines) == carried  # pressed twice

    with acting(cast.ines, NIGHT):
        rows = {row.pk: row for row in CommitteeItem.objects.order_by("pk")}
        assert {key: (row.meeting_id, row.status) for key, row in rows.items()} == {
            VIGNETTE: (MEETING, "TAKEN_BACK"), carried: (NEXT, "ASKED"),
        }  # fmt: skip
        assert queries.about(carried, actor=cast.ines) == cast.maya.file_id  # type: ignore[arg-type]
        [words] = [queries.brought(carried, actor=cast.ines)]  # type: ignore[arg-type]
    with acting(cast.louise, NIGHT):
        meeting = queries.meeting(NEXT, actor=cast.louise)
        assert meeting is not None
        actions.place(carried, position=1, minutes=20, by=cast.louise, at=NIGHT)  # type: ignore[arg-type]
    assert words is not None
    assert agenda_of(cast.samir, meeting, NIGHT) == [QUESTION]


def test_it_is_carried_by_whoever_brought_it_and_only_when_the_meeting_is_not_held(
    cast: Cast,
) -> None:
    bring(cast, convene(cast))
    call_next(cast)
    with pytest.raises(NotAllowed):
        carry(cast.ines)
    cancel(cast)

    for slug in ("louise", "samir", "roy"):
        with pytest.raises((NotAllowed, WrongState)):
            carry(getattr(cast, slug))


def test_without_another_meeting_nothing_is_carried_and_the_page_says_why(cast: Cast) -> None:
    bring(cast, convene(cast))
    cancel(cast)
    with pytest.raises(NotAllowed):
        carry(cast.ines)

    with clock.at(NIGHT):
        page = signed_in(cast.ines, at=NIGHT, language="en").get(f"/committees/items/{VIGNETTE}/")
    assert "No other meeting of this committee is called yet." in page.content.decode()


def test_the_page_carries_it_by_one_press(cast: Cast) -> None:
    bring(cast, convene(cast))
    call_next(cast)
    cancel(cast)
    with clock.at(NIGHT):
        browser = signed_in(cast.ines, at=NIGHT, language="en")
        page = browser.get(f"/committees/items/{VIGNETTE}/").content.decode()
        assert "The next one is on April 13, 2026." in page
        there = browser.post(f"/committees/items/{VIGNETTE}/carry/")
        assert WORDS in browser.get(there["Location"]).content.decode()


def test_of_somebody_who_agreed_the_agreement_was_for_the_other_day(cast: Cast) -> None:
    bring_with_agreement(cast, convene(cast))
    call_next(cast)
    cancel(cast)

    carried = carry(cast.ines, IDENTIFIED)

    with acting(cast.louise, NIGHT):
        meeting = queries.meeting(NEXT, actor=cast.louise)
        assert meeting is not None
        actions.place(carried, position=1, minutes=20, by=cast.louise, at=NIGHT)  # type: ignore[arg-type]
    assert agenda_of(cast.samir, meeting, NIGHT) == [""]
    assert meeting.held_on != DAY


def test_what_somebody_took_on_stands_in_the_list_of_those_who_lead_their_organisation(
    cast: Cast,
) -> None:
    """Karim leads where Inès works; Samir works elsewhere, and so does whoever manages there."""
    bring(cast, convene(cast))
    with acting(LOADER):
        elsewhere = add_person("Odile", cast.elsewhere, Role.ORGANISATION_MANAGER)
        colleague = add_person("Paul", cast.la_maison, Role.YOUTH_WORKER)

    promise(cast, cast.ines)

    assert owed_to(cast.karim) == owed_to(cast.ines) == ["Proposer deux dates."]
    assert owed_to(elsewhere) == owed_to(colleague) == []
    with clock.at(HELD):
        page = signed_in(cast.karim, at=HELD, language="en").get("/committees/").content.decode()
    assert "Proposer deux dates." in page
    assert "It is done" not in page  # whoever took it on says so
    with acting(cast.karim, HELD), pytest.raises((NotAllowed, WrongState)):
        actions.answer_promise(
            uuid_of(f"promise {VIGNETTE}"), carried_to=None, by=cast.karim, at=HELD
        )


def test_of_somebody_named_or_whom_they_know_those_who_lead_read_nothing(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    bring_with_agreement(cast, meeting)
    promise(cast, cast.ines, IDENTIFIED)
    assert owed_to(cast.karim) == []
    promise(cast, cast.ines)
    assert owed_to(cast.karim) == ["Proposer deux dates."]

    knows(cast.karim, cast.maya.file_id)

    assert owed_to(cast.karim) == []
