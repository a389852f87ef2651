"""Is every reading across organisations grounded, and what stands out of a week of openings?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.accounts.models import Organisation, Role, User
from spheres.audit import actions as audit
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import SHARED, Actor, service
from spheres.followup.openings import actions, queries
from spheres.followup.openings.forms import OutcomeForm
from spheres.followup.openings.models import Look, Unusual
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.participants.models import Identity
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Cover, Form
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import signed_in

LOOKOUT = service("lookout")
NIGHT = MONDAY + timedelta(days=1)
NEXT_WEEK = MONDAY + timedelta(days=7)
ASKED, ORDINARY = Unusual.Outcome.ASKED, Unusual.Outcome.ORDINARY


def agreed(cast: Cast, *sections: str, hours: int = 24) -> UUID:
    """Maya shares with the organisation of Samir, from Monday."""
    row = Consent(
        id=uuid_of("Maya shares"),
        file_id=cast.maya.file_id,
        organisation_id=cast.elsewhere.pk,
        purpose="follow_up",
        sections=sorted({"identity", *sections}),
        giver=Consent.Giver.HERSELF,
        form=Form.ORAL,
        language="fr",
        text_version="1",
        taken_by=cast.ines.user_id,
        taken_at=MONDAY,
        starts_at=MONDAY,
        ends_at=MONDAY + timedelta(hours=hours),
    )
    with acting(cast.ines):
        sharing.agree(row, by=cast.ines)
    return row.pk


def reads(cast: Cast, sections: set[str], *, at: datetime) -> None:
    """An event of a reading by Samir, as the vault writes it, whatever he may read."""
    samir = replace(cast.samir, purpose=SHARED)
    with acting(samir, at):
        audit.record("shared.opened", by=samir, file_id=cast.maya.file_id, sections=sections)


def looks(at: datetime = NIGHT) -> int:
    with acting(LOOKOUT, at):
        return actions.look_at_grounds(by=LOOKOUT, at=at)


def looks_at_weeks(at: datetime = NEXT_WEEK) -> int:
    with acting(LOOKOUT, at):
        return actions.look_at_weeks(by=LOOKOUT, at=at)


def found(actor: Actor, at: datetime = NIGHT) -> list[tuple[Any, ...]]:
    with acting(actor, at):
        rows = Unusual.objects.order_by("kind", "user_id")
        return list(rows.values_list("kind", "user_id", "files", "times", "sections"))


def page(actor: Actor, at: datetime = NIGHT, language: str = "fr") -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get("/openings/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def opens(actor: Actor, file_id: UUID, at: datetime) -> int:
    client = signed_in(actor, at=at)
    with clock.at(at):
        return client.get(f"/files/{file_id}/").status_code


# Readings across organisations.


def test_what_she_agreed_to_is_a_ground_and_the_page_says_nought(cast: Cast) -> None:
    agreed(cast, "summary")
    reads(cast, {"identity", "summary"}, at=MONDAY + timedelta(hours=1))

    assert looks() == 0

    assert found(cast.nadia) == []
    said = page(cast.nadia)
    assert "0 lecture sans accord" in said
    assert "mardi 3 mars" in said
    assert "1 lecture" in said
    assert "0 readings without an agreement" in page(cast.nadia, language="en")


def test_a_section_she_did_not_share_is_found_and_told_by_its_line_alone(cast: Cast) -> None:
    agreed(cast, "summary")
    reads(cast, {"identity", "notes"}, at=MONDAY + timedelta(hours=1))

    assert looks() == 1

    assert found(cast.nadia) == [
        ("NO_GROUND", cast.samir.user_id, 1, 1, ["identity", "notes"]),
    ]
    said = page(cast.nadia)
    assert "1 lecture sans accord" in said
    assert "Samir" in said
    assert "Ailleurs" in said
    assert [words in said for words in ("Maya", str(cast.maya.file_id))] == [False, False]


def test_what_was_read_after_she_took_it_back_is_found(cast: Cast) -> None:
    consent = agreed(cast, "summary")
    for minutes in (79, 81):
        reads(cast, {"identity", "summary"}, at=MONDAY + timedelta(minutes=minutes))
    with acting(cast.ines, MONDAY + timedelta(minutes=90)):
        sharing.withdraw(
            cast.maya.file_id,
            consent,
            said_by=Consent.Withdrawer.HERSELF,
            form=Form.ORAL,
            by=cast.ines,
            at=MONDAY + timedelta(minutes=80),
        )

    assert looks() == 1

    with acting(cast.nadia, NIGHT):
        (one,) = Unusual.objects.all()
    assert one.first_at == MONDAY + timedelta(minutes=81)


def test_a_name_seen_in_a_list_of_another_organisation_is_a_reading_too(cast: Cast) -> None:
    with acting(cast.ines):
        (row, *_others) = Identity.objects.filter(file_id=cast.maya.file_id)
    with acting(cast.samir):
        audit.record("list", by=cast.samir, sections={"identity"}, records=[row.pk])
    with acting(cast.ines):
        audit.record("list", by=cast.ines, sections={"identity"}, records=[row.pk])

    assert looks() == 1
    assert found(cast.nadia) == [("NO_GROUND", cast.samir.user_id, 1, 1, ["identity"])]


def test_a_person_named_in_a_consent_is_a_ground_for_that_person_alone(cast: Cast) -> None:
    with acting(LOADER):
        other = add_person("Odile", cast.elsewhere, Role.YOUTH_WORKER)
    agreed(cast, "summary")
    for who in (cast.samir, other):
        by = replace(who, purpose=SHARED)
        with acting(by, MONDAY + timedelta(hours=1)):
            audit.record("shared.opened", by=by, file_id=cast.maya.file_id, sections={"summary"})

    assert looks() == 0


def test_what_the_desk_and_those_it_asks_read_before_there_is_a_file_is_grounded(
    cast: Cast,
) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.samir)

    assert looks() == 0
    with acting(cast.nadia, NIGHT):
        assert Look.objects.get(what=Look.What.GROUNDS).found == 0


def test_looked_at_twice_nothing_is_told_twice_and_the_next_begins_where_it_ended(
    cast: Cast,
) -> None:
    agreed(cast, "summary")
    reads(cast, {"notes"}, at=MONDAY + timedelta(hours=1))

    assert [looks(), looks(), looks(NIGHT - timedelta(hours=3))] == [1, 0, 0]
    assert looks(NIGHT + timedelta(days=1)) == 0

    assert len(found(cast.nadia)) == 1
    with acting(cast.nadia, NIGHT):
        spans = list(Look.objects.order_by("until_at").values_list("from_at", "until_at"))
    assert spans == [
        (queries.EARLIEST, NIGHT - actions.SETTLED),
        (NIGHT - actions.SETTLED, NIGHT + timedelta(days=1) - actions.SETTLED),
    ]


def fails_at(words: str) -> Callable[..., Any]:
    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any) -> Any:
        if words in sql:
            raise DatabaseError("the server is gone")
        return run(sql, params, many, ctx)

    return execute


def test_a_look_that_fails_midway_keeps_nothing_and_the_next_one_finds_it(cast: Cast) -> None:
    agreed(cast, "summary")
    reads(cast, {"notes"}, at=MONDAY + timedelta(hours=1))

    with (
        connection.execute_wrapper(fails_at('INSERT INTO "openings_look"')),
        pytest.raises(DatabaseError, match="gone"),
        transaction.atomic(),
    ):
        looks()

    assert found(cast.nadia) == []
    assert "Aucune vérification n’a encore été faite" in page(cast.nadia)
    assert looks(NIGHT + timedelta(days=1)) == 1


def test_a_night_without_a_look_shows(cast: Cast) -> None:
    looks()
    late = "La vérification de la nuit dernière n’a pas été faite"

    assert late not in page(cast.nadia, NIGHT + timedelta(hours=25))
    assert late in page(cast.nadia, NIGHT + timedelta(hours=31))


def test_nobody_but_the_service_asks_the_database_what_was_read(cast: Cast) -> None:
    for who in (cast.nadia, cast.ines, cast.louise):
        for question in ("read_across('1970-01-01', now())", "unusual(now(), now(), 'UTC')"):
            with acting(who), pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(f"select * from access.{question}")
        with acting(who), pytest.raises(DatabaseError), transaction.atomic():
            actions.look_at_grounds(by=who, at=NIGHT)


def test_each_organisation_reads_its_own_looks(cast: Cast) -> None:
    agreed(cast, "summary")
    reads(cast, {"notes"}, at=MONDAY + timedelta(hours=1))
    with acting(LOADER):
        odile = add_person("Odile", cast.elsewhere, Role.PRIVACY_OFFICER)
    looks()

    assert [len(found(who)) for who in (cast.nadia, odile, cast.ines)] == [1, 0, 0]
    assert "0 lecture sans accord" in page(odile)


# Unusual openings of a week.


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
    with acting(cast.ines):
        sharing.cover(
            uuid_of("on call"),
            kind=Cover.Kind.ON_CALL,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=MONDAY + timedelta(days=5),
            by=cast.ines,
            at=MONDAY,
        )
    client = signed_in(cast.ines, at=late)
    with clock.at(late):
        assert client.get(f"/files/{cast.maya.file_id}/reaching/").status_code == 200
    assert opens(cast.yanick, cast.maya.file_id, late) == 200

    looks_at_weeks()

    assert lines(cast.nadia) == []


def test_whoever_stands_in_and_never_walked_with_somebody_is_asked_about(cast: Cast) -> None:
    with acting(cast.ines):
        sharing.cover(
            uuid_of("stand in"),
            kind=Cover.Kind.STAND_IN,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=MONDAY + timedelta(days=5),
            by=cast.ines,
            at=MONDAY,
        )
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
