"""Does whom she shares with read it until she takes it back, and whom she bars nothing at all?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from spheres.audit.models import Event
from spheres.core.actor import SHARED, Actor
from spheres.participants.models import Identity, SafeContact
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form, Restriction
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of

NOON = MONDAY + timedelta(hours=2)


def consent_of(cast: Cast, **said: object) -> Consent:
    """Maya lets those who accompany people at Ailleurs read her name and how to reach her."""
    told = {
        "id": uuid_of("what Maya shares"),
        "file_id": cast.maya.file_id,
        "organisation_id": cast.elsewhere.id,
        "purpose": "coordination",
        "sections": ["contact", "identity"],
        "giver": Consent.Giver.HERSELF,
        "form": Form.ORAL,
        "language": "fr",
        "text_version": "1",
        "taken_by": cast.ines.user_id,
        "taken_at": MONDAY,
        "starts_at": MONDAY,
        "ends_at": MONDAY + timedelta(days=180),
    }
    return Consent(**(told | said))


def agree(cast: Cast, by: Actor | None = None, at: datetime = MONDAY, **said: object) -> bool:
    by = by or cast.ines
    with acting(by, at), transaction.atomic():
        return sharing.agree(consent_of(cast, **({"taken_by": by.user_id} | said)), by=by)


def withdraw(cast: Cast, *which: UUID, at: datetime = NOON, by: Actor | None = None) -> list[UUID]:
    by = by or cast.ines
    with acting(by, at):
        return sharing.withdraw(
            cast.maya.file_id, *which, said_by=Consent.Withdrawer.HERSELF, form=Form.ORAL,
            by=by, at=at,
        )  # fmt: skip


def bar(cast: Cast, by: Actor | None = None, at: datetime = MONDAY, **whom: object) -> bool:
    by = by or cast.ines
    told = {
        "id": uuid_of("whom Maya bars"),
        "file_id": cast.maya.file_id,
        "faces": ["identity", "journal", "notes", "relation"],
        "taken_by": by.user_id,
        "taken_at": at,
        "starts_at": at,
    }
    with acting(by, at), transaction.atomic():
        return sharing.restrict(Restriction(**(told | whom)), by=by)


def seen(actor: Actor, *, at: datetime = NOON, purpose: str = SHARED) -> dict[str, int]:
    """How many rows of Maya's this person reads, on a page with this purpose."""
    with acting(replace(actor, purpose=purpose), at), connection.cursor() as cursor:
        counted = {
            "name": Identity.objects.count(),
            "contact": SafeContact.objects.count(),
        }
        for table in ("summary_line", "notes_note", "participants_file"):
            cursor.execute(f"select count(*) from {table}")
            counted[table] = cursor.fetchone()[0]
    return {what: number for what, number in counted.items() if number}


def test_whom_she_shares_with_reads_what_she_said_on_the_pages_made_for_it_alone(
    cast: Cast,
) -> None:
    before = seen(cast.samir)
    agree(cast)

    assert before == {}
    assert seen(cast.samir) == {"name": 1, "contact": 1}
    assert seen(cast.samir, purpose="ordinary") == {}
    assert seen(cast.ines) == {}


def test_taken_back_it_is_over_at_the_next_statement(cast: Cast) -> None:
    agree(cast)
    with acting(replace(cast.samir, purpose=SHARED), NOON):
        before = Identity.objects.count()
        with acting(cast.ines, NOON):
            sharing.withdraw(
                cast.maya.file_id, said_by=Consent.Withdrawer.HERSELF, form=Form.ORAL,
                by=cast.ines, at=NOON,
            )  # fmt: skip

        assert (before, Identity.objects.count()) == (1, 0)


def test_it_ends_by_itself_on_its_day(cast: Cast) -> None:
    agree(cast, ends_at=TUESDAY)

    assert seen(cast.samir, at=TUESDAY - timedelta(seconds=1)) == {"name": 1, "contact": 1}
    assert seen(cast.samir, at=TUESDAY) == {}


def test_shared_with_one_person_it_is_not_for_another_there(cast: Cast) -> None:
    agree(cast, user_id=uuid_of("somebody else there"))

    assert seen(cast.samir) == {}


def test_said_twice_it_stands_once_and_taken_back_twice_it_ends_once(cast: Cast) -> None:
    assert (agree(cast), agree(cast)) == (True, False)
    assert withdraw(cast) == [uuid_of("what Maya shares")]
    assert withdraw(cast) == []

    with acting(cast.ines, NOON):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="consent.")
        assert sorted(told.values_list("action", "sections")) == [
            ("consent.given", ["contact", "identity"]),
            ("consent.withdrawn", []),
        ]


def test_one_of_two_is_taken_back_and_the_other_stays(cast: Cast) -> None:
    other = uuid_of("what else Maya shares")
    agree(cast)
    agree(cast, id=other, sections=["identity", "summary"], organisation_id=cast.foundation.id)

    assert withdraw(cast, other) == [other]
    assert seen(cast.samir) == {"name": 1, "contact": 1}
    assert seen(cast.amrani) == {}


@pytest.mark.parametrize(
    "said",
    [
        {"sections": ["identity", "notes"]},
        {"sections": ["identity", "therapy"]},
        {"sections": ["identity", "whereabouts"]},
        {"sections": ["contact"]},
        {"ends_at": MONDAY},
        {"ends_at": MONDAY + timedelta(days=367)},
    ],
)
def test_the_table_refuses_what_may_not_be_shared(cast: Cast, said: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        agree(cast, **said)


def test_nothing_is_shared_with_the_police_ones_own_place_or_one_that_left(cast: Cast) -> None:
    with acting(LOADER):
        cast.elsewhere.__class__.objects.filter(pk=cast.elsewhere.id).update(is_partner=False)

    for organisation in (cast.police, cast.la_maison, cast.elsewhere):
        with pytest.raises(ProgrammingError, match="row-level security"):
            agree(cast, organisation_id=organisation.id)


def test_an_organisation_that_leaves_reads_nothing_more(cast: Cast) -> None:
    agree(cast)
    with acting(LOADER):
        cast.elsewhere.__class__.objects.filter(pk=cast.elsewhere.id).update(is_partner=False)

    assert seen(cast.samir) == {}


def test_only_who_walks_with_her_writes_what_she_shares_or_takes_back(cast: Cast) -> None:
    for who in (cast.samir, cast.louise, cast.karim, cast.yanick, cast.nadia, cast.roy):
        with pytest.raises(ProgrammingError, match="row-level security"):
            agree(cast, by=who)
    agree(cast)
    for who in (cast.samir, cast.louise, cast.yanick):
        assert withdraw(cast, by=who) == []

    assert seen(cast.samir) == {"name": 1, "contact": 1}


def test_nobody_says_it_in_another_s_name(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        agree(cast, taken_by=cast.karim.user_id)


def test_whom_she_shares_with_knows_it_and_for_three_months_after(cast: Cast) -> None:
    agree(cast)
    withdraw(cast)

    def known(actor: Actor, at: datetime) -> int:
        with acting(actor, at):
            return Consent.objects.count()

    assert known(cast.samir, NOON) == 1
    assert known(cast.samir, NOON + timedelta(days=89)) == 1
    assert known(cast.samir, NOON + timedelta(days=90)) == 0
    for who in (cast.louise, cast.karim, cast.yanick, cast.amrani, cast.roy, cast.nadia):
        assert known(who, NOON) == 0


def test_who_can_see_names_those_she_shares_with(cast: Cast) -> None:
    agree(cast)

    with acting(cast.ines, NOON), connection.cursor() as cursor:
        cursor.execute(
            "select user_id, purpose from access.who_can(%s, 'contact')", [cast.maya.file_id]
        )
        found = sorted(cursor.fetchall(), key=str)

    assert found == sorted(
        [(cast.ines.user_id, "ordinary"), (cast.samir.user_id, "shared")], key=str
    )


@pytest.mark.parametrize("whom", ["person", "organisation", "role", "role there"])
def test_whom_she_bars_reads_nothing_whatever_is_granted(cast: Cast, whom: str) -> None:
    agree(cast)
    bar(
        cast,
        faces=["contact", "identity"],
        **{
            "person": {"user_id": cast.samir.user_id},
            "organisation": {"organisation_id": cast.elsewhere.id},
            "role": {"role": "youth_worker"},
            "role there": {"role": "youth_worker", "organisation_id": cast.elsewhere.id},
        }[whom],
    )

    assert seen(cast.samir) == {}


def test_barred_from_some_of_it_her_own_worker_reads_the_rest(cast: Cast) -> None:
    before = seen(cast.ines, purpose="ordinary")
    bar(cast, user_id=cast.ines.user_id, faces=["contact"])

    assert before["contact"] == 1
    assert seen(cast.ines, purpose="ordinary") == {
        what: number for what, number in before.items() if what != "contact"
    }


def test_her_own_worker_writes_down_that_she_is_kept_from_all_of_it(cast: Cast) -> None:
    every = ["identity", "contact", "notes", "relation", "journal", "summary"]

    assert bar(cast, user_id=cast.ines.user_id, faces=every)
    assert seen(cast.ines, purpose="ordinary") == {}


def test_lifted_it_is_over_and_lifted_twice_it_is_lifted_once(cast: Cast) -> None:
    agree(cast)
    bar(cast, user_id=cast.samir.user_id)
    with acting(cast.ines, NOON):
        lifted = [
            sharing.lift(cast.maya.file_id, uuid_of("whom Maya bars"), by=cast.ines, at=NOON)
            for _twice in range(2)
        ]

    assert lifted == [True, False]
    assert seen(cast.samir, at=FRIDAY) == {"name": 1, "contact": 1}


def test_whoever_is_kept_out_by_name_of_some_of_it_does_not_let_herself_in_again(
    cast: Cast,
) -> None:
    bar(cast, user_id=cast.ines.user_id, faces=["notes"])
    ours = Restriction.objects.filter(pk=uuid_of("whom Maya bars"))

    with acting(cast.ines, NOON):
        lifted = sharing.lift(cast.maya.file_id, uuid_of("whom Maya bars"), by=cast.ines, at=NOON)
        with pytest.raises(ProgrammingError), transaction.atomic():
            ours.update(ends_at=NOON)
        assert (lifted, ours.get().ends_at) == (False, None)


def test_only_who_walks_with_her_bars_somebody(cast: Cast) -> None:
    for who in (cast.samir, cast.louise, cast.karim, cast.yanick, cast.nadia, cast.roy):
        with pytest.raises(ProgrammingError, match="row-level security"):
            bar(cast, by=who, user_id=cast.ines.user_id)


@pytest.mark.parametrize("whom", [{}, {"user_id": uuid_of("x"), "role": "youth_worker"}])
def test_it_bars_somebody_from_something(cast: Cast, whom: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        bar(cast, **whom)
    with pytest.raises(IntegrityError):
        bar(cast, user_id=cast.samir.user_id, faces=[])
