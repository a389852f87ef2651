"""Does a colleague answer for the days said, reading what it takes and nothing of the story?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.covering import actions
from spheres.participants.models import SafeContact
from spheres.records import registry
from spheres.sharing import actions as sharing
from spheres.sharing import queries
from spheres.sharing.models import Cover
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, follow, sign_note, uuid_of
from tests.pages import Page, signed_in

AWAY = uuid_of("Inès is away")
WEDNESDAY = TUESDAY + timedelta(days=1)


def be_away(cast: Cast, *, who: Actor | None = None, number: UUID = AWAY) -> None:
    """Inès is away from Tuesday to Friday; Yanick answers."""
    with acting(cast.ines):
        actions.be_away(
            actions.Away(number, (who or cast.yanick).user_id, TUESDAY, FRIDAY),
            by=cast.ines,
            at=MONDAY,
        )


def seen(actor: Actor, address: str, at: datetime = WEDNESDAY) -> str:
    client = signed_in(actor, at=at, language="en")
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00a0", " ")


def status(actor: Actor, address: str, at: datetime = WEDNESDAY) -> int:
    client = signed_in(actor, at=at)
    with clock.at(at):
        return client.get(address).status_code


def file_of(cast: Cast) -> str:
    return f"/files/{cast.maya.file_id}/"


@pytest.mark.django_db
def test_for_the_days_said_he_reads_how_to_reach_her_and_nothing_of_her_story(cast: Cast) -> None:
    be_away(cast)

    page = seen(cast.yanick, file_of(cast))

    assert "Maya" in page
    assert "Text only" in page or "text" in page
    assert "signer « Café »" in page
    assert "Until Friday, March 6, 9:00 a.m., you answer for Inès." in page
    for word in ("J’ai dormi.", "Elle rit", "Chercher ensemble"):
        assert word in seen(cast.ines, file_of(cast))
        assert word not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "found"),
    [
        (TUESDAY - timedelta(microseconds=1), 404),
        (TUESDAY, 200),
        (FRIDAY - timedelta(microseconds=1), 200),
        (FRIDAY, 404),
    ],
)
def test_neither_before_nor_after(cast: Cast, at: datetime, found: int) -> None:
    be_away(cast)

    assert status(cast.yanick, file_of(cast), at) == found


@pytest.mark.django_db
def test_whom_he_answers_for_is_not_among_his_people_but_on_a_page_of_their_own(cast: Cast) -> None:
    be_away(cast)

    assert "Maya" not in seen(cast.yanick, "/people/")
    day, people = seen(cast.yanick, "/"), seen(cast.yanick, "/absences/people/")

    assert "You answer for" in day
    assert "Inès, until Friday, March 6, 9:00 a.m." in day
    assert "Maya" not in day
    assert "Maya" in people
    assert "Maya" not in seen(cast.yanick, "/absences/people/", FRIDAY)


@pytest.mark.django_db
def test_what_he_writes_meanwhile_is_hers_to_read(cast: Cast) -> None:
    be_away(cast)
    with acting(cast.yanick, WEDNESDAY):
        sign_note(cast.maya.file_id, "a call in the night", by=cast.yanick, observation="Un appel.")
        assert not registry.get("notes").rows(cast.maya.file_id, actor=cast.yanick).exists()

    assert "Un appel." in seen(cast.ines, file_of(cast))
    assert status(cast.yanick, f"{file_of(cast)}notes/{uuid_of('a call in the night')}/") == 404


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["notes", "urgent_needs"])
def test_he_writes_from_the_page_and_comes_back_to_it(cast: Cast, what: str) -> None:
    be_away(cast)
    client = signed_in(cast.yanick, at=WEDNESDAY)
    address = reverse(f"{what}:write", args=[cast.maya.file_id])
    with clock.at(WEDNESDAY):
        blank = Page(client.get(address).content.decode()).fields
        answer = client.post(address, blank | {"kind": "call", "need": "shelter"}, follow=True)

    assert answer.redirect_chain == [(file_of(cast), 302)]
    assert answer.status_code == 200


@pytest.mark.django_db
def test_he_may_say_that_it_is_not_safe_to_reach_her(cast: Cast) -> None:
    be_away(cast)
    client = signed_in(cast.yanick, at=WEDNESDAY)
    with clock.at(WEDNESDAY):
        page = client.get(f"{file_of(cast)}reaching/").content.decode()
        form = Page(page.split('reaching/not-safe/"')[1]).fields
        client.post(f"{file_of(cast)}reaching/not-safe/", form)

    with acting(cast.ines, WEDNESDAY):
        newest = SafeContact.objects.filter(file_id=cast.maya.file_id).latest("written_at")
        assert newest.unsafe_on == clock.day_of(WEDNESDAY)


@pytest.mark.django_db
def test_each_opening_is_in_her_journal(cast: Cast) -> None:
    be_away(cast)
    seen(cast.yanick, file_of(cast))

    page = seen(cast.ines, f"{file_of(cast)}who/")

    assert page.count("Yanick") == 2  # who can see it these days, and that he opened it
    assert "Yanick" not in seen(cast.ines, f"{file_of(cast)}who/", MONDAY).split("Who opened")[0]


@pytest.mark.django_db
def test_who_knows_her_outside_work_answers_for_everyone_but_her(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)
    be_away(cast)

    people = seen(cast.yanick, "/absences/people/")

    assert "Lou" in people
    assert "Maya" not in people
    assert status(cast.yanick, file_of(cast)) == 404


@pytest.mark.django_db
def test_back_earlier_closes_the_door_at_the_next_statement(cast: Cast) -> None:
    be_away(cast)
    client = signed_in(cast.ines, at=WEDNESDAY)
    with clock.at(WEDNESDAY):
        answer = client.post(f"/absences/{AWAY}/end/")

    assert answer.status_code == 302
    assert status(cast.yanick, file_of(cast)) == 404
    assert "End it now" not in seen(cast.ines, "/absences/")


@pytest.mark.django_db
def test_one_person_answers_at_a_time(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid4(), user_id=cast.samir.user_id, organisation=cast.la_maison,
                    role=Role.YOUTH_WORKER, starts_at=MONDAY - timedelta(days=3),
                )
            ]
        )  # fmt: skip
    be_away(cast)
    be_away(cast)  # the same form, sent twice

    with acting(cast.ines), pytest.raises(sharing.Overlaps):
        actions.be_away(
            actions.Away(uuid4(), cast.samir.user_id, WEDNESDAY, FRIDAY), by=cast.ines, at=MONDAY
        )

    with acting(cast.ines):
        covers = queries.covers(actor=cast.ines).values_list("user_id", "for_user_id")
        assert list(covers) == [(cast.yanick.user_id, cast.ines.user_id)]


def named(cast: Cast, by: Actor, *, for_user: UUID, user: UUID) -> bool:
    """Whether the database lets this person say that somebody answers for somebody."""
    row = Cover(
        id=uuid4(), kind=Cover.Kind.ON_CALL, organisation_id=by.organisation_id,
        for_user_id=for_user, user_id=user, named_by=by.user_id, named_at=MONDAY,
        starts_at=TUESDAY, ends_at=FRIDAY,
    )  # fmt: skip
    try:
        with acting(by), transaction.atomic():
            Cover.objects.bulk_create([row])
            transaction.set_rollback(True)
    except ProgrammingError:
        return False
    return True


@pytest.mark.django_db
def test_nobody_gives_herself_what_is_a_colleagues(cast: Cast) -> None:
    ines, yanick, karim = cast.ines.user_id, cast.yanick.user_id, cast.karim.user_id
    with acting(LOADER):  # Karim also accompanies people
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid4(), user_id=karim, organisation=cast.la_maison,
                    role=Role.YOUTH_WORKER, starts_at=MONDAY - timedelta(days=3),
                )
            ]
        )  # fmt: skip

    assert named(cast, cast.ines, for_user=ines, user=yanick)
    assert named(cast, cast.karim, for_user=ines, user=yanick)
    assert not named(cast, cast.yanick, for_user=ines, user=yanick)
    assert not named(cast, cast.karim, for_user=ines, user=karim)
    assert not named(cast, cast.ines, for_user=ines, user=cast.samir.user_id)
    assert not named(cast, cast.nadia, for_user=ines, user=yanick)
    assert not named(cast, cast.roy, for_user=cast.roy.user_id, user=cast.roy.user_id)


@pytest.mark.django_db
def test_whoever_answers_cannot_make_it_last(cast: Cast) -> None:
    be_away(cast)

    with acting(cast.yanick):
        assert Cover.objects.update(ends_at=FRIDAY + timedelta(days=30)) == 0


@pytest.mark.django_db
def test_the_team_lead_puts_a_colleague_on_call_and_opens_nothing_herself(cast: Cast) -> None:
    client = signed_in(cast.karim, language="en")
    with clock.at(MONDAY):
        form_id = (
            client.get("/absences/on-call/")
            .content.decode()
            .split('name="form_id" value="')[1]
            .split('"')[0]
        )
        answer = client.post(
            "/absences/on-call/",
            {
                "form_id": form_id,
                "user": str(cast.yanick.user_id),
                "for_users": [str(cast.ines.user_id), str(cast.yanick.user_id)],
                "from_day": "2026-03-03", "from_hour": "17 h",
                "until_day": "2026-03-04", "until_hour": "8:00",
            },
        )  # fmt: skip

    assert answer.status_code == 302
    night = TUESDAY.replace(hour=4) + timedelta(days=1)  # 23:00 on Tuesday
    assert status(cast.yanick, file_of(cast), night) == 200
    assert status(cast.yanick, file_of(cast), night.replace(hour=14)) == 404
    assert status(cast.karim, file_of(cast), night) == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"until_day": "2026-03-02"}, "This ends before it begins. Check the two days."),
        ({"from_day": "2026-02-02", "until_day": "2026-02-03"}, "This moment has passed."),
        ({"until_day": "2026-12-01"}, "For longer than four months, hand each person over"),
        (
            {"from_day": "2026-03-08", "from_hour": "2:30", "until_day": "2026-03-09"},
            "That night the clock moves forward: 2:30 a.m. does not exist.",
        ),
        ({"user": ""}, "Choose an answer."),
        ({"until_day": "2026-04-09"}, "Yanick no longer works here after March 31, 2026."),
    ],
)
def test_a_slip_is_said_beside_it_and_what_was_typed_stays(
    cast: Cast, said: dict[str, str], sentence: str
) -> None:
    with acting(LOADER):
        leaves = datetime(2026, 3, 31, 21, tzinfo=MONDAY.tzinfo)
        Membership.objects.filter(user_id=cast.yanick.user_id).update(ends_at=leaves)
    client = signed_in(cast.ines, language="en")
    with clock.at(MONDAY):
        page = client.get("/absences/new/").content.decode()
        typed = {
            "form_id": page.split('name="form_id" value="')[1].split('"')[0],
            "user": str(cast.yanick.user_id),
            "from_day": "2026-03-03", "from_hour": "8:15",
            "until_day": "2026-03-06", "until_hour": "8:00",
        }  # fmt: skip
        answer = client.post("/absences/new/", typed | said)

    assert answer.status_code == 422
    page = answer.content.decode().replace("\u00a0", " ")
    assert sentence in page
    assert said.get("from_hour", "8:15") in page


@pytest.mark.django_db
def test_a_list_costs_the_same_for_one_and_three(cast: Cast) -> None:
    be_away(cast)
    costs = []
    for name in ("", "Lou", "Kim"):
        if name:
            follow(name, desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
        client = signed_in(cast.yanick, at=WEDNESDAY)
        with clock.at(WEDNESDAY), CaptureQueriesContext(connection) as asked:
            client.get("/absences/people/")
        costs.append(len(asked))

    assert len(set(costs)) == 1


@pytest.mark.django_db
def test_who_opened_it_is_not_shown_as_nobody(cast: Cast) -> None:
    be_away(cast)

    page = seen(cast.yanick, f"{file_of(cast)}who/")

    assert "Who can see this file today" in page
    assert "Those who walk with the person read who opened it." in page


@pytest.mark.django_db
def test_who_answers_writes_nothing_of_who_she_says_she_is(cast: Cast) -> None:
    be_away(cast)

    assert status(cast.yanick, f"{file_of(cast)}identity/") == 404
    assert status(cast.yanick, f"{file_of(cast)}identity/nations/") == 404
    assert status(cast.ines, f"{file_of(cast)}identity/") == 200
