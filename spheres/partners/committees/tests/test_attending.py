"""Who came, was there a quorum, how long did it take, what was decided, who takes what on?"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.partners.committees import actions, queries, rhythm
from spheres.partners.committees.models import PromiseStatus, Roll
from spheres.partners.committees.queries import Given, Quorum
from spheres.sharing.models import CommitteeMeeting
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.committees import (
    DAY,
    HELD,
    LATER,
    MEETING,
    VIGNETTE,
    bring,
    clinical,
    convene,
)
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def quorum_of(cast: Cast, who: str = "louise") -> Quorum:
    with acting(getattr(cast, who), LATER):
        meeting = CommitteeMeeting.objects.get(pk=MEETING)
        return queries.attended(meeting, clinical(), actor=getattr(cast, who)).quorum


def note(cast: Cast, *slugs: str, minutes: int = 110, roll: str = "roll") -> None:
    with acting(cast.louise, LATER):
        actions.note_roll(
            uuid_of(roll), CommitteeMeeting.objects.get(pk=MEETING), minutes=minutes,
            seats=[uuid_of(f"{slug} sits") for slug in slugs], by=cast.louise, at=LATER,
        )  # fmt: skip


def test_a_quorum_counts_organisations_and_not_people(cast: Cast) -> None:
    convene(cast)
    before = quorum_of(cast)
    note(cast, "louise", "ines")

    assert before == Quorum(3, 5, None)
    assert quorum_of(cast) == Quorum(3, 5, 2)
    assert not quorum_of(cast).is_reached

    note(cast, "louise", "ines", "samir", roll="said again")
    assert quorum_of(cast) == Quorum(3, 5, 3)
    assert quorum_of(cast, "roy").is_reached


def test_two_parts_of_one_partner_are_one_voice(cast: Cast) -> None:
    convene(cast)
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.institute.pk).update(
            is_partner=False, parent=cast.la_maison
        )
    note(cast, "louise", "ines", "samir")

    assert quorum_of(cast) == Quorum(3, 4, 2)


def test_without_a_quorum_everything_goes_on_all_the_same(cast: Cast) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    note(cast, "louise")
    with acting(cast.louise, LATER):
        actions.write_decision(
            uuid_of("decided"), VIGNETTE, "On écrit le soir.", by=cast.louise, at=LATER
        )
        kept = queries.decided(meeting.committee_id, actor=cast.louise, at=LATER)

    assert [one.opened.words for one in kept] == ["On écrit le soir."]


def test_whoever_went_to_work_elsewhere_is_expected_where_they_are_named_anew(cast: Cast) -> None:
    """Mid-year: from the day on which they leave, their old seat is no seat any more."""
    convene(cast)
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
    assert quorum_of(cast).sitting == 4
    with pytest.raises(WrongState):
        note(cast, "samir")

    with acting(cast.louise, FRIDAY):
        actions.end_member(uuid_of("samir sits"), by=cast.louise, at=FRIDAY)
        actions.name_member(
            uuid_of("samir sits again"), clinical(), user_id=cast.samir.user_id,
            organisation_id=cast.la_maison.pk, is_chair=False, by=cast.louise, at=FRIDAY,
        )  # fmt: skip
    with acting(cast.louise, LATER):
        seats = queries.seats_at(CommitteeMeeting.objects.get(pk=MEETING), actor=cast.louise)
    places = [one.row.organisation_id for one in seats if one.row.user_id == cast.samir.user_id]
    assert places == [cast.la_maison.pk]
    assert quorum_of(cast).sitting == 4  # La Maison sat already


def test_only_whoever_chairs_says_who_came_and_not_before_it_begins(cast: Cast) -> None:
    meeting = convene(cast)
    for who, at in ((cast.ines, LATER), (cast.louise, MONDAY)):
        with acting(who, at), pytest.raises(NotAllowed):
            actions.note_roll(uuid_of("early"), meeting, seats=[], minutes=60, by=who, at=at)
    note(cast, "louise")
    note(cast, "louise")

    with acting(cast.roy, LATER):
        assert Roll.objects.count() == 1
    with acting(cast.yanick, LATER):  # may bring something, and does not sit
        assert Roll.objects.count() == 0


def test_the_time_given_is_that_of_the_newest_line_of_each_meeting(cast: Cast) -> None:
    convene(cast)
    note(cast, "louise", "ines", minutes=60)
    with acting(cast.louise, LATER + A_WEEK):
        actions.note_roll(
            uuid_of("mended"), CommitteeMeeting.objects.get(pk=MEETING), minutes=90,
            seats=[uuid_of(f"{slug} sits") for slug in ("louise", "ines", "samir")],
            by=cast.louise, at=LATER + A_WEEK,
        )  # fmt: skip
        given = queries.time_given(clinical().pk, actor=cast.louise, at=LATER + A_WEEK)
        old = queries.time_given(clinical().pk, actor=cast.louise, at=LATER + 54 * A_WEEK)

    assert given == Given(1, 90, 270)
    assert old == Given()


def promise(cast: Cast, words: str, owner: Actor) -> UUID:
    with acting(cast.louise, HELD):
        actions.promise(
            uuid_of(words), VIGNETTE, words, owner_id=owner.user_id,
            organisation_id=owner.organisation_id, due_on=DAY + A_WEEK, by=cast.louise, at=HELD,
        )  # fmt: skip
    return uuid_of(words)


def register(cast: Cast, who: Actor, at=LATER) -> list[tuple[str, str, date]]:  # type: ignore[no-untyped-def]
    with acting(who, at):
        found = queries.register(clinical().pk, actor=who, at=at)
        return [(one.promise.opened.words, one.status.status, one.status.due_on) for one in found]


def test_the_register_says_what_is_to_do_what_was_carried_over_and_what_is_done(
    cast: Cast,
) -> None:
    bring(cast, convene(cast))
    done = promise(cast, "Dire l’heure.", cast.samir)
    promise(cast, "Écrire une page.", cast.roy)
    carried = promise(cast, "Trouver un lit.", cast.ines)
    with acting(cast.samir, LATER):
        actions.answer_promise(done, carried_to=None, by=cast.samir, at=LATER)
    with acting(cast.ines, LATER):
        actions.answer_promise(carried, carried_to=DAY + 3 * A_WEEK, by=cast.ines, at=LATER)

    status = PromiseStatus.Status
    every = [
        ("Écrire une page.", status.PROMISED, DAY + A_WEEK),
        ("Trouver un lit.", status.CARRIED, DAY + 3 * A_WEEK),
        ("Dire l’heure.", status.KEPT, DAY + A_WEEK),
    ]
    assert register(cast, cast.louise) == register(cast, cast.roy) == every
    assert register(cast, cast.yanick) == []
    assert register(cast, cast.louise, LATER + 54 * A_WEEK) == []


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        (date(2026, 3, 12), 1, ["2026-03-12", "2026-04-09", "2026-05-14"]),  # the second Thursday
        (date(2026, 10, 29), 1, ["2026-10-29", "2026-11-26", "2026-12-31"]),  # a fifth: the last
        (date(2026, 11, 2), 2, ["2026-11-02", "2027-01-04", "2027-03-01"]),  # over the year’s end
        (date(2026, 3, 5), 6, ["2026-03-05", "2026-09-03", "2027-03-04"]),
        (date(2026, 3, 5), 0, ["2026-03-05"]),  # as needed: one
    ],
)
def test_meetings_called_at_once_fall_on_the_same_weekday_of_their_month(
    first: date, months: int, expected: list[str]
) -> None:
    found = rhythm.days(first, months=months, times=3)

    assert [one.isoformat() for one in found] == expected


def test_a_year_is_called_at_once_and_twice_is_once(cast: Cast) -> None:
    convene(cast)
    called = actions.Called(uuid_of("year"), DAY + A_WEEK, time(9), time(10), "BOTH", times=12)
    for _press in range(2):
        with acting(cast.louise):
            actions.call(clinical(), called, by=cast.louise, at=MONDAY)
    with acting(cast.louise):
        held = CommitteeMeeting.objects.filter(series_id=called.id).order_by("held_on")
        days = [one.held_on for one in held]

    assert days == rhythm.days(DAY + A_WEEK, months=1, times=12)


def test_more_than_a_year_at_once_is_refused_beside_its_field(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        here = f"/committees/{clinical().pk}/meetings/new/"
    with clock.at(HELD):
        client = signed_in(cast.louise, at=HELD)
        sent = {
            **Page(client.get(here).content.decode()).fields, "held_on_day": "12",
            "held_on_month": "3", "held_on_year": "2026", "starts": "09:30", "ends": "11:00",
            "place": "REMOTE",
        }  # fmt: skip
        assert client.post(here, {**sent, "times": "13"}).status_code == 422
        assert client.post(here, {**sent, "times": "12"}).status_code == 302


def form_id(answer: HttpResponse, way: str) -> str:
    """The number that the form sent this way carries."""
    found = re.search(
        rf'action="[^"]*{way}".*?name="form_id" value="([^"]+)"', answer.content.decode(), re.S
    )
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_quorum_the_decision_and_the_register_are_said_in_words(
    cast: Cast, language: str
) -> None:
    bring(cast, convene(cast))
    promise(cast, "Écrire une page.", cast.roy)
    with acting(cast.louise):
        of = f"/committees/{clinical().pk}/"
    here = f"/committees/meetings/{MEETING}/"
    with clock.at(LATER), untranslated() as missing:
        client = signed_in(cast.louise, at=LATER, language=language)
        sent = {"form_id": form_id(client.get(here), "roll/")}
        came = [str(uuid_of("louise sits")), str(uuid_of("ines sits"))]
        assert client.post(f"{here}roll/", {**sent, "came": [], "minutes": "9"}).status_code == 422
        answer = client.post(f"{here}roll/", {**sent, "came": came, "minutes": "95"})
        assert answer.status_code == 302
        page = client.get(here).content.decode()
        item = f"/committees/items/{VIGNETTE}/"
        form = {"form_id": form_id(client.get(item), "decisions/")}
        named = client.post(f"{item}decisions/", {**form, "words": "On appelle Bouchard."})
        kept = client.post(f"{item}decisions/", {**form, "words": "On écrit le soir."})
        register_ = client.get(f"{of}register/").content.decode()
        whole = client.get(of).content.decode()

    words = {"fr": "2 organismes étaient là, pour un quorum de 3.", "en": "2 organisations were"}
    assert words[language] in page
    assert (named.status_code, kept.status_code) == (422, 302)
    assert "On écrit le soir." in register_
    assert "Écrire une page." in register_
    assert "1 h 35 min" in whole.replace("\u00a0", " ")
    assert missing == set()


def test_the_register_is_for_those_who_sit_there(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        here = f"/committees/{clinical().pk}/register/"
    with clock.at(HELD):
        answers = [signed_in(who, at=HELD).get(here).status_code for who in (cast.roy, cast.yanick)]

    assert answers == [200, 404]
