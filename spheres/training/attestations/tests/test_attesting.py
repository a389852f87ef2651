"""Who says that somebody was trained, until when does it hold, and how is it taken back?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.records.between import trained
from spheres.records.between.trained import TookPart
from spheres.training.attestations import actions, policy, queries, standing
from spheres.training.attestations.models import OUTSIDE, Attestation, TakenBack
from spheres.training.attestations.tests.factories import OUTSIDER, attest, attest_outside, teach
from spheres.training.catalogue.models import Topic
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 27)


@pytest.fixture
def taught(cast: Cast) -> Cast:
    teach()
    return cast


@pytest.fixture
def tess(taught: Cast) -> Actor:
    with acting(LOADER):
        return add_person("Tess", taught.institute, Role.TRAINER)


def took_part(*those: TookPart, by: Actor) -> None:
    with acting(by, TUESDAY):
        trained.took_part(those, by=by, at=TUESDAY)


def of(who: Actor, **said: object) -> TookPart:
    words = {"topic": "first", "name": "Inès", "language": "fr", "on": DAY, "user_id": who.user_id}
    return TookPart(uuid_of("session"), **words | said)  # type: ignore[arg-type]


FROM_OUTSIDE = TookPart(uuid_of("session"), "first", language="en", on=DAY, **OUTSIDER)


@pytest.mark.parametrize(
    ("months", "day", "ends_on"),
    [
        (0, date(2026, 2, 27), None),
        (12, date(2026, 2, 27), date(2027, 2, 27)),
        (12, date(2024, 2, 29), date(2025, 2, 28)),
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (36, date(2025, 12, 1), date(2028, 12, 1)),
    ],
)
def test_it_holds_for_as_many_months_as_its_topic_says(
    months: int, day: date, ends_on: date | None
) -> None:
    assert actions.until(Topic(valid_months=months), day) == ends_on


def test_whoever_took_part_is_attested_once_and_whoever_closes_the_list_is_left_out(
    taught: Cast, tess: Actor
) -> None:
    those = (of(taught.ines), FROM_OUTSIDE, of(tess))
    took_part(*those, by=tess)
    took_part(*those, by=tess)

    with acting(taught.louise):
        rows = Attestation.objects.order_by("name")
        assert [
            (row.user_id, row.name, row.organisation, row.environment, row.language, row.topic,
             row.taken_on, row.ends_on, row.source, row.said_by, row.said_at)
            for row in rows
        ] == [
            (taught.ines.user_id, "", "", "", "fr", "first", DAY, date(2029, 2, 27), "SESSION",
             tess.user_id, TUESDAY),
            (OUTSIDE, "Mireille Fortin", "École des Rives", "school", "en", "first", DAY,
             date(2029, 2, 27), "SESSION", tess.user_id, TUESDAY),
        ]  # fmt: skip


def test_whoever_teaches_along_closes_a_list_in_another_role_and_the_list_says_it(
    taught: Cast,
) -> None:
    took_part(of(taught.ines), of(taught.yanick), FROM_OUTSIDE, by=taught.ines)

    with acting(taught.louise):
        rows = Attestation.objects.order_by("name")
        assert [(row.user_id, row.source, row.said_by) for row in rows] == [
            (taught.yanick.user_id, "SESSION", actions.SERVICE.user_id),
            (OUTSIDE, "SESSION", actions.SERVICE.user_id),
        ]


def test_two_people_of_one_list_from_outside_are_two_and_capitals_make_no_third(
    taught: Cast, tess: Actor
) -> None:
    shouted = replace(FROM_OUTSIDE, name="MIREILLE FORTIN")
    took_part(FROM_OUTSIDE, shouted, replace(FROM_OUTSIDE, name="Colin Roy"), by=tess)

    with acting(taught.louise):
        names = Attestation.objects.order_by("name").values_list("name", flat=True)
        assert list(names) == ["Colin Roy", "Mireille Fortin"]


def test_nobody_says_it_of_themselves_and_a_worker_of_nobody(taught: Cast) -> None:
    for by, who in ((taught.louise, taught.louise), (taught.ines, taught.yanick)):
        with pytest.raises(NotAllowed):
            attest("one", who, "first", DAY, by=by)
        with acting(by), pytest.raises(ProgrammingError), transaction.atomic():
            Attestation.objects.bulk_create(
                [
                    Attestation(
                        id=uuid_of("by hand"), user_id=who.user_id, language="fr", topic="first",
                        taken_on=DAY, source="SHOWN", number="0" * 20, said_by=by.user_id,
                        said_at=MONDAY,
                    )
                ]
            )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"said_at": MONDAY - timedelta(days=1)},
        {"taken_on": date(2026, 3, 3)},
        {"said_by": uuid_of("samir")},
    ],
)
def test_nothing_is_dated_ahead_nor_of_before_nor_in_anothers_name(
    wrong: dict[str, object], taught: Cast
) -> None:
    said = {
        "id": uuid_of("by hand"), "user_id": taught.ines.user_id, "language": "fr",
        "topic": "first", "taken_on": DAY, "source": "SHOWN", "number": "0" * 20,
        "said_by": taught.louise.user_id, "said_at": MONDAY,
    }  # fmt: skip
    with acting(taught.louise), pytest.raises(ProgrammingError), transaction.atomic():
        Attestation.objects.bulk_create([Attestation(**said | wrong)])


def test_a_name_is_kept_only_of_somebody_from_outside(taught: Cast) -> None:
    shown = actions.Shown("first", DAY, "fr", taught.ines.user_id, name="Inès")
    with acting(taught.louise), pytest.raises(IntegrityError), transaction.atomic():
        actions.attest(uuid_of("one"), shown, by=taught.louise, at=MONDAY)


def test_each_reads_her_own_those_who_lead_their_people_and_the_coordination_all(
    taught: Cast,
) -> None:
    attest("of Inès", taught.ines, "first", DAY, by=taught.louise)
    attest("of Samir", taught.samir, "first", DAY, by=taught.louise)
    attest("of Roy", taught.roy, "first", DAY, by=taught.louise)
    attest_outside("of Mireille", "first", DAY, by=taught.louise)
    seen = {}
    for name in ("ines", "yanick", "karim", "nadia", "samir", "roy", "amrani", "louise"):
        who = getattr(taught, name)
        with acting(who):
            seen[name] = set(Attestation.objects.values_list("pk", flat=True))

    of_ines, of_samir, of_roy = (uuid_of(f"of {name}") for name in ("Inès", "Samir", "Roy"))
    assert seen == {
        "ines": {of_ines},
        "yanick": set(),
        "karim": {of_ines},
        "nadia": {of_ines},
        "samir": {of_samir},
        "roy": {of_roy},
        "amrani": set(),
        "louise": {of_ines, of_samir, of_roy, uuid_of("of Mireille")},
    }


def test_what_is_taken_back_stays_written_and_only_once(taught: Cast) -> None:
    attestation_id = attest("one", taught.ines, "first", DAY, by=taught.louise)
    with acting(taught.louise, TUESDAY):
        for _twice in range(2):
            held = queries.find(attestation_id, actor=taught.louise)
            assert held is not None
            if held.taken_back is None:
                actions.take_back(
                    uuid_of("back"), held, reason="TWICE", by=taught.louise, at=TUESDAY
                )
        found = queries.find(attestation_id, actor=taught.louise)
        assert found is not None
        assert found.taken_back is not None
        assert (found.taken_back.reason, found.taken_back.taken_at) == ("TWICE", TUESDAY)
        assert not policy.can_take_back(taught.louise, taught.ines.user_id, True)
        assert not queries.is_valid(found.row.number, actor=taught.louise)


def test_nobody_takes_back_what_is_of_themselves_nor_hides_anothers_under_their_name(
    taught: Cast, tess: Actor
) -> None:
    took_part(of(taught.louise), of(taught.ines), by=tess)
    with acting(taught.louise):
        rows = {row.user_id: row for row in Attestation.objects.order_by("pk")}
        held = queries.find(rows[taught.louise.user_id].pk, actor=taught.louise)
        assert held is not None
        with pytest.raises(NotAllowed):
            actions.take_back(uuid_of("x"), held, reason="TWICE", by=taught.louise, at=MONDAY)
        forged = TakenBack(
            id=uuid_of("forged"), attestation_id=rows[taught.louise.user_id].pk,
            user_id=taught.ines.user_id, reason="TWICE", taken_by=taught.louise.user_id,
            taken_at=MONDAY,
        )  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            TakenBack.objects.bulk_create([forged])


@pytest.mark.parametrize(
    ("who", "reads", "follows", "coordinates", "attests"),
    [
        ("louise", True, True, True, True),
        ("tess", True, False, False, True),
        ("karim", True, True, False, False),
        ("nadia", True, True, False, False),
        ("ines", True, False, False, False),
        ("roy", True, False, False, False),
    ],
)
def test_who_may_do_what(
    who: str, reads: bool, follows: bool, coordinates: bool, attests: bool,
    taught: Cast, tess: Actor,
) -> None:  # fmt: skip
    actor = tess if who == "tess" else getattr(taught, who)
    assert [
        bool(policy.can_read_own(actor)),
        bool(policy.can_follow(actor)),
        bool(policy.can_coordinate(actor)),
        bool(policy.can_attest(actor, taught.yanick.user_id)),
        bool(policy.can_take_back(actor, taught.yanick.user_id, False)),
    ] == [reads, follows, coordinates, attests, coordinates]
    assert not policy.can_attest(actor, actor.user_id)
    assert not policy.can_read_own(Actor(uuid_of("x"), uuid_of("y"), frozenset()))


def test_what_stands_is_told_without_a_name_for_the_figures_of_who_was_reached(
    taught: Cast,
) -> None:
    kept = attest("ines", taught.ines, "first", date(2026, 1, 5), by=taught.louise)
    outside = attest_outside("mireille", "first", date(2026, 1, 6), by=taught.louise)
    gone = attest("karim", taught.karim, "first", date(2026, 1, 7), by=taught.louise)
    with acting(taught.louise, TUESDAY):
        held = queries.find(gone, actor=taught.louise)
        assert held is not None
        actions.take_back(
            uuid_of("back"), held, reason=TakenBack.Reason.TWICE, by=taught.louise, at=TUESDAY
        )

    with acting(taught.louise, TUESDAY):
        told = {one.id: one for one in standing.attended(actor=taught.louise)}

    assert set(told) == {kept, outside}
    assert (told[kept].is_ours, told[kept].person) == (True, str(taught.ines.user_id))
    assert (told[outside].environment, told[outside].region) == ("school", "")
