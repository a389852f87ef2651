"""Was every reading across organisations grounded at that moment? Looked at each night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import SHARED, Actor, service
from spheres.followup.disclosures.tests import factories as disclosing
from spheres.followup.openings import actions, queries
from spheres.followup.openings.models import Look, Unusual
from spheres.participants.models import Identity
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Cover, Form
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import signed_in

LOOKOUT = service("lookout")
NIGHT = MONDAY + timedelta(days=1)


def agreed(cast: Cast, *sections: str, hours: int = 24, **other: Any) -> UUID:
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
        **other,
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


def found(actor: Actor, at: datetime = NIGHT) -> list[tuple[Any, ...]]:
    with acting(actor, at):
        rows = Unusual.objects.order_by("kind", "user_id")
        return list(rows.values_list("kind", "user_id", "files", "times", "sections"))


def page(actor: Actor, at: datetime = NIGHT, language: str = "fr") -> str:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get("/openings/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


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
    with acting(cast.ines, MONDAY + timedelta(minutes=80)):
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


def test_agreed_for_one_absence_it_is_a_ground_as_long_as_that_absence_lasts(cast: Cast) -> None:
    away, until = uuid_of("Inès is away"), MONDAY + timedelta(minutes=80)
    with acting(cast.ines):
        sharing.cover(
            away, kind=Cover.Kind.STAND_IN, for_user_id=cast.ines.user_id,
            user_id=cast.samir.user_id, elsewhere_id=cast.elsewhere.pk, starts_at=MONDAY,
            ends_at=MONDAY + timedelta(hours=5), by=cast.ines, at=MONDAY,
        )  # fmt: skip
    agreed(cast, "summary", cover_id=away, user_id=cast.samir.user_id)
    for minutes in (79, 81):
        reads(cast, {"identity", "summary"}, at=MONDAY + timedelta(minutes=minutes))
    with acting(cast.ines, until):
        sharing.end_cover(Cover.objects.get(pk=away), by=cast.ines, at=until)

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


def test_what_is_told_for_a_meeting_is_a_ground(cast: Cast) -> None:
    one = disclosing.told(cast)
    path = f"/received/{one.pk}/"
    with clock.at(disclosing.SOON):
        assert signed_in(cast.roy, at=disclosing.SOON).get(path).status_code == 200

    assert looks() == 0

    with acting(cast.nadia, NIGHT):
        assert Look.objects.get(what=Look.What.GROUNDS).seen == 1


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
