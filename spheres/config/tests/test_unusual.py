"""What stands out of a week of openings, and who says what came of it?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from spheres.accounts.models import Organisation, Role, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.followup.openings import actions
from spheres.followup.openings.forms import OutcomeForm
from spheres.followup.openings.models import Look, Unusual
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from tests.cast import (
    LOADER,
    MONDAY,
    Cast,
    acting,
    add_person,
    follow,
    uuid_of,
    yanick_answers_for_ines,
)
from tests.pages import signed_in

LOOKOUT = service("lookout")
NIGHT = MONDAY + timedelta(days=1)
NEXT_WEEK = MONDAY + timedelta(days=7)
ASKED, ORDINARY = Unusual.Outcome.ASKED, Unusual.Outcome.ORDINARY


def looks_at_weeks(at: datetime = NEXT_WEEK) -> int:
    with acting(LOOKOUT, at):
        return actions.look_at_weeks(by=LOOKOUT, at=at)


def page(actor: Actor, at: datetime = NIGHT, language: str = "fr") -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get("/openings/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def opens(actor: Actor, file_id: UUID, at: datetime) -> int:
    client = signed_in(actor, at=at)
    with clock.at(at):
        return client.get(f"/files/{file_id}/").status_code


def lines(actor: Actor, at: datetime = NEXT_WEEK) -> list[tuple[str, str, int, int]]:
    with acting(actor, at):
        rows = Unusual.objects.order_by("kind")
        names = dict(User.objects.values_list("pk", "name"))
        return [(row.kind, names[row.user_id], row.files, row.times) for row in rows]


@pytest.mark.parametrize(
    ("at", "stands_out"),
    [
        (datetime(2026, 3, 3, 3, 59, tzinfo=UTC), False),  # 22 h 59
        (datetime(2026, 3, 3, 4, 0, tzinfo=UTC), True),  # 23 h
        (datetime(2026, 3, 3, 10, 59, tzinfo=UTC), True),  # 5 h 59
        (datetime(2026, 3, 3, 11, 0, tzinfo=UTC), False),  # 6 h
        (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), True),  # 3 h 30, when 2 h 30 does not exist
        (datetime(2026, 3, 8, 9, 59, tzinfo=UTC), True),  # 5 h 59, summer time
        (datetime(2026, 3, 8, 10, 0, tzinfo=UTC), False),  # 6 h, summer time
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), True),  # the last minute of the week
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), False),  # the next week, summer time
    ],
)
def test_what_is_opened_at_night_stands_out_where_the_programme_works(
    cast: Cast, at: datetime, stands_out: bool
) -> None:
    assert opens(cast.ines, cast.maya.file_id, at) == 200

    looks_at_weeks()

    assert lines(cast.nadia) == ([("NIGHT", "Inès", 1, 1)] if stands_out else [])


def test_the_two_hours_that_are_lived_twice_in_autumn_are_night_both_times(cast: Cast) -> None:
    for hour in (5, 6):  # 1 h in summer time, then 1 h again
        opens(cast.ines, cast.maya.file_id, datetime(2026, 11, 1, hour, 0, tzinfo=UTC))

    looks_at_weeks(datetime(2026, 11, 2, 14, 0, tzinfo=UTC))

    at = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    assert lines(cast.nadia, at) == [("NIGHT", "Inès", 1, 2)]


def test_what_protects_and_what_is_opened_on_call_does_not_stand_out(cast: Cast) -> None:
    late = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
    yanick_answers_for_ines(cast)
    client = signed_in(cast.ines, at=late)
    with clock.at(late):
        assert client.get(f"/files/{cast.maya.file_id}/reaching/").status_code == 200
    assert opens(cast.yanick, cast.maya.file_id, late) == 200

    looks_at_weeks()

    assert lines(cast.nadia) == []


def test_whoever_stands_in_and_never_walked_with_somebody_is_asked_about(cast: Cast) -> None:
    yanick_answers_for_ines(cast, "STAND_IN")
    with acting(cast.ines):
        line = summary.Said(uuid_of("a line"), 0, "Ne ferme pas la porte.", Line.Whose.HERS)
        summary.add(cast.maya.file_id, line, by=cast.ines, at=MONDAY)
    for who in (cast.yanick, cast.ines):
        assert opens(who, cast.maya.file_id, MONDAY + timedelta(hours=1)) == 200

    looks_at_weeks()

    assert lines(cast.nadia) == [("NEVER", "Yanick", 1, 1)]


def test_the_same_last_name_is_noticed_when_both_are_open_and_kept_nowhere(cast: Cast) -> None:
    with acting(LOADER):
        odile = add_person("Odile Bélanger-Roy", cast.la_maison, Role.YOUTH_WORKER)
    hers, other = (
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=odile)
        for name in ("Lou Belanger", "Odile Tremblay")
    )
    for person in (hers, other):
        assert opens(odile, person.file_id, MONDAY + timedelta(hours=1)) == 200

    looks_at_weeks()

    assert lines(cast.nadia) == [("ALIKE", "Odile Bélanger-Roy", 1, 1)]
    said = page(cast.nadia, NEXT_WEEK)
    assert "Lou" not in said
    with acting(odile):
        (told,) = Event.objects.filter(action="name.alike").values_list("record_ids", "sections")
    assert told == ([hers.file_id], [])


def test_many_files_in_one_day_stand_out(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.la_maison.pk).update(reads_alert=2, reads_stop=9)
    for file_id in (cast.maya.file_id, lou.file_id, lou.file_id):
        opens(cast.ines, file_id, MONDAY + timedelta(hours=1))
    opens(cast.ines, lou.file_id, MONDAY + timedelta(days=1))

    looks_at_weeks()

    assert lines(cast.nadia) == [("MANY", "Inès", 2, 3)]


def says(actor: Actor, outcome: str, *, which: int = 0) -> tuple[int, str]:
    client = signed_in(actor, at=NEXT_WEEK)
    with clock.at(NEXT_WEEK):
        with acting(LOOKOUT, NEXT_WEEK):
            unusual = Unusual.objects.order_by("kind").values_list("pk", flat=True)[which]
        said = {
            "form_id": OutcomeForm.signer().sign(uuid_of("what came of it").hex),
            "outcome": outcome,
        }
        answer = client.post(f"/openings/{unusual}/", said)
    return answer.status_code, answer.content.decode()


def test_what_came_of_it_is_said_once(cast: Cast) -> None:
    opens(cast.ines, cast.maya.file_id, datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    looks_at_weeks()

    assert says(cast.nadia, "GUILTY")[0] == 422
    assert says(cast.nadia, ASKED)[0] == 302
    assert says(cast.nadia, ORDINARY)[0] == 409

    said = page(cast.nadia, NEXT_WEEK)
    assert "J’en parle avec" in said
    with acting(cast.nadia, NEXT_WEEK):
        (one,) = Unusual.objects.all()
    assert (one.outcome, one.outcome_by) == (ASKED, cast.nadia.user_id)
    for who in (cast.ines, cast.karim, cast.louise):
        assert says(who, ORDINARY)[0] == 403


def test_the_privacy_officer_neither_reads_nor_answers_what_is_about_themselves(
    cast: Cast,
) -> None:
    with acting(LOADER):
        odile = add_person("Odile", cast.la_maison, Role.PRIVACY_OFFICER, Role.YOUTH_WORKER)
    hers = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=odile)
    opens(odile, hers.file_id, datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    looks_at_weeks()

    assert [lines(odile), lines(cast.nadia)] == [[], [("NIGHT", "Odile", 1, 1)]]
    assert says(odile, ORDINARY)[0] == 404


def test_a_worker_of_two_organisations_stands_out_where_the_files_are(cast: Cast) -> None:
    late = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
    opens(cast.ines, cast.maya.file_id, late)
    with acting(LOADER):
        odile = add_person("Odile", cast.elsewhere, Role.PRIVACY_OFFICER)
    looks_at_weeks()

    assert [lines(odile), len(lines(cast.nadia))] == [[], 1]


def test_weeks_that_were_missed_are_looked_at_later_and_none_twice(cast: Cast) -> None:
    opens(cast.ines, cast.maya.file_id, datetime(2026, 3, 3, 5, 0, tzinfo=UTC))
    assert looks_at_weeks(NEXT_WEEK) == 1
    opens(cast.ines, cast.maya.file_id, datetime(2026, 3, 10, 5, 0, tzinfo=UTC))

    assert looks_at_weeks(NEXT_WEEK + timedelta(days=2)) == 0
    assert looks_at_weeks(NEXT_WEEK + timedelta(days=15)) == 1

    with acting(cast.nadia, NEXT_WEEK):
        spans = list(Look.objects.order_by("until_at").values_list("from_at", flat=True))
    assert [clock.day_of(at).isoformat() for at in spans] == [
        "2026-03-02", "2026-03-09", "2026-03-16",
    ]  # fmt: skip
