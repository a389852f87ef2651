"""Do a psychotherapist's openings count as others' do, though they are in no file's journal?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from spheres.accounts.models import Membership, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.followup.custody import actions as custody
from spheres.followup.openings import actions
from spheres.followup.openings.models import Unusual
from spheres.followup.therapy_notes import actions as therapy
from spheres.followup.therapy_notes.tests import factories
from spheres.followup.therapy_notes.tests.office import Office, open_office
from spheres.sharing.models import Custody
from tests.cast import LOADER, MONDAY, Cast, Participant, acting, follow, uuid_of
from tests.pages import signed_in

from .test_read_caps import ask, lets_go_on, limit

pytestmark = pytest.mark.django_db
LOOKOUT = service("lookout")
SOON = MONDAY + timedelta(hours=1)
NEXT_WEEK = MONDAY + timedelta(days=7)
AT_NIGHT = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)  # 23 h 30
NAMES = ("Lou", "Zoé")


@pytest.fixture
def office(cast: Cast) -> Office:
    return open_office(cast)


@pytest.fixture
def people(office: Office) -> list[Participant]:
    """Three persons beside whom Dr Amrani is, with a note of each; two files a day may be opened
    there."""
    limit(office.cast.foundation, 2, 2)
    found, elise = [office.jade], office.people["Élise"]
    for name in NAMES:
        one = follow(name, desk=office.cast.institute.id, louise=office.cast.louise, worker=elise)
        with acting(elise):
            therapy.bring_in(
                one.file_id, office.amrani.user_id, uuid_of(f"beside {name}"), by=elise, at=MONDAY
            )
        found.append(one)
    with acting(office.amrani):
        for one in found:
            factories.write(one.file_id, uuid_of(f"of {one.file_id}"), by=office.amrani, at=MONDAY)
    return found


def opens(by: Actor, *people: Participant, at: datetime = MONDAY) -> list[int]:
    client = signed_in(by, at=at)
    pages = [
        reverse("therapy_notes:detail", args=[one.file_id, uuid_of(f"of {one.file_id}")])
        for one in people
    ]
    return [ask(client, page, at)[0] for page in pages]


def stands_out(officer: Actor) -> list[tuple[str, str, int]]:
    with acting(LOOKOUT, NEXT_WEEK):
        actions.look_at_weeks(by=LOOKOUT, at=NEXT_WEEK)
    with acting(officer, NEXT_WEEK):
        names = dict(User.objects.values_list("pk", "name"))
        rows = Unusual.objects.order_by("kind")
        return [(row.kind, names[row.user_id], row.files) for row in rows]


def test_the_file_after_the_last_is_stopped_and_a_colleague_lets_her_go_on(
    office: Office, people: list[Participant]
) -> None:
    before = opens(office.amrani, *people, people[0])
    officer = office.people["Norbert"]

    said, page = ask(signed_in(officer), "/openings/")
    lets_go_on(officer, office.amrani)

    assert before == [200, 200, 429, 200]
    assert (said, "Dr Amrani" in page, "2 dossiers différents" in page) == (200, True, True)
    assert [name in page for name in ("Jade", *NAMES)] == [False] * 3
    assert [str(one.file_id) in page for one in people] == [False] * 3
    assert opens(office.amrani, people[2]) == [200]


def test_what_is_opened_at_night_and_many_files_are_asked_about_without_a_name(
    office: Office, people: list[Participant]
) -> None:
    opens(office.amrani, *people[:2], at=AT_NIGHT)

    assert stands_out(office.people["Norbert"]) == [
        ("MANY", "Dr Amrani", 2),
        ("NIGHT", "Dr Amrani", 2),
    ]
    with clock.at(NEXT_WEEK):
        page = signed_in(office.people["Norbert"], at=NEXT_WEEK).get("/openings/").content.decode()
    assert [str(one.file_id) in page for one in people] == [False] * 3
    assert [name in page for name in ("Jade", *NAMES)] == [False] * 3


def test_an_ordinary_day_beside_her_own_people_asks_nothing(
    office: Office, people: list[Participant]
) -> None:
    opens(office.amrani, people[0])

    assert stands_out(office.people["Norbert"]) == []


def test_a_lost_device_says_how_many_of_hers_were_open(
    office: Office, people: list[Participant]
) -> None:
    opens(office.amrani, *people[:2])

    with acting(office.people["Norbert"], SOON), connection.cursor() as cursor:
        cursor.execute(
            "select access.opened_meanwhile(%s, %s, %s)", [office.amrani.user_id, MONDAY, SOON]
        )
        assert cursor.fetchone() == (2,)


def test_which_file_it_was_is_known_to_nobody_else(
    office: Office, people: list[Participant]
) -> None:
    """It stands in her own chain, beside the rows that were there already."""
    opens(office.amrani, people[0])
    ask(signed_in(office.amrani), f"/files/{people[0].file_id}/")

    about = Event.objects.filter(
        actor_id=office.amrani.user_id, record_ids__contains=[people[0].file_id]
    )
    with acting(office.amrani):
        assert {event.chain_id for event in about} == {office.amrani.user_id}
    for who in office.others.values():
        with acting(who):
            assert list(about.values_list("action", "sections")) == []


def test_whoever_holds_the_notes_of_a_colleague_walks_with_nobody_and_is_not_asked_why(
    office: Office, people: list[Participant]
) -> None:
    """That a custodian opens them has its own ground, written by whoever guards privacy."""
    colin, officer = office.people["Colin"], office.people["Norbert"]
    with acting(LOADER, SOON):
        Membership.objects.filter(user_id=office.amrani.user_id).update(ends_at=SOON)
    with acting(officer, SOON):
        custody.name(
            uuid_of("the notes of Dr Amrani"), author=office.amrani.user_id,
            custodian=colin.user_id, ground=Custody.Ground.LEFT, by=officer, at=SOON,
        )  # fmt: skip
    client = signed_in(colin, at=SOON)

    read = ask(client, f"/custody/held/{people[0].file_id}/", SOON)[0]

    assert (read, stands_out(office.people["Norbert"])) == (200, [])
