"""What may be of one person is shown to the desk, and never who wrote, nor to anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor, service
from spheres.followup.likeness import actions, queries
from spheres.followup.likeness.models import LeftApart, Trace
from spheres.sharing import actions as sharing
from spheres.sharing.models import Restriction
from spheres.sharing.rules import FACES
from tests.alike import PHONE, SHELTER, admit, expire, number, refer, take_on, type_in
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

WEDNESDAY = MONDAY + timedelta(days=2)
QUEUE = 10  # statements, whatever waits


def seen(cast: Cast, at=WEDNESDAY) -> list[tuple[object, ...]]:
    """Whose number each referral at the desk may be, why, and who accompanies her."""
    with acting(cast.louise, at):
        return [(a.file_id, a.reason, a.number, a.other_id, a.worker)
                for a in queries.at_desk(actor=cast.louise)]  # fmt: skip


def get(actor: Actor, path: str) -> str:
    """The page as this person sees it, on Wednesday."""
    client = signed_in(actor, at=WEDNESDAY)
    with clock.at(WEDNESDAY):
        return client.get(path).content.decode()


def post(actor: Actor, path: str) -> tuple[int, str]:
    client = signed_in(actor, at=WEDNESDAY)
    with clock.at(WEDNESDAY):
        answer = client.post(path)
    return answer.status_code, answer.headers.get("Location", "")


def test_kim_and_kimberly_meet_by_the_sound_of_their_name(cast: Cast) -> None:
    kim = refer(cast, "Kim")
    kimberly = refer(cast, "Kimberly", at=WEDNESDAY, **SHELTER)

    assert sorted(seen(cast)) == sorted(
        [
            (kim, "name", number("Kimberly"), kimberly, ""),
            (kimberly, "name", number("Kim"), kim, ""),
        ]
    )


def test_one_way_to_reach_her_is_enough_whatever_the_name_the_age_and_the_language(
    cast: Cast,
) -> None:
    refer(cast, "Zoé", f"{PHONE}, « Café »")
    jade = refer(cast, "Jade", "1 (514) 555.0142", age_band="18-24", language="fr")

    assert (jade, "contact") in {found[:2] for found in seen(cast)}


@pytest.mark.parametrize("other", [{"age_band": "18-24"}, {"language": "fr"}])
def test_a_name_at_another_age_or_in_another_language_says_nothing(cast: Cast, other) -> None:
    refer(cast, "Kim")
    refer(cast, "Kimberly", **other)

    assert seen(cast) == []


@pytest.mark.parametrize("unknown", ["age_band", "language"])
def test_what_is_not_known_is_every_age_and_every_language(cast: Cast, unknown: str) -> None:
    refer(cast, "Kim")
    refer(cast, "Kimberly", **{unknown: ""})

    assert len(seen(cast)) == 2


def test_the_referrers_own_number_says_nothing_of_her(cast: Cast) -> None:
    refer(cast, "Zoé", "by me: 514 555-0199")
    refer(cast, "Jade", "by me: 514 555-0199")

    assert seen(cast) == []


def test_a_number_that_many_share_is_a_places(cast: Cast) -> None:
    for name in ("Ada", "Bea", "Cloe", "Dina", "Eva", "Flo", "Gigi", "Hana", "Iris"):
        refer(cast, name, PHONE)
    assert len({found[0] for found in seen(cast)}) == 9

    refer(cast, "Ondine", PHONE)

    assert seen(cast) == []


def test_a_name_of_another_year_says_nothing(cast: Cast) -> None:
    refer(cast, "Kim", at=MONDAY - timedelta(days=366))
    refer(cast, "Kimberly")

    assert seen(cast) == []


def test_the_worker_of_the_other_is_named_also_after_admission_and_then_without_identifier(
    cast: Cast,
) -> None:
    kim = take_on(cast, refer(cast, "Kim"), cast.ines)
    kimberly = refer(cast, "Kimberly", at=WEDNESDAY)
    watched = seen(cast)
    admit(kim, cast.ines, at=WEDNESDAY)

    assert watched == [(kimberly, "name", number("Kim"), kim, "Inès")]
    assert seen(cast) == [(kimberly, "name", number("Kim"), None, "Inès")]


def test_whoever_no_longer_works_there_is_not_named(cast: Cast) -> None:
    kim = take_on(cast, refer(cast, "Kim"), cast.ines)
    kimberly = refer(cast, "Kimberly", at=WEDNESDAY)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=MONDAY)

    assert seen(cast) == [(kimberly, "name", number("Kim"), kim, "")]


def test_somebody_the_coordinator_knows_is_not_shown_to_her(cast: Cast) -> None:
    kim = refer(cast, "Kim")
    refer(cast, "Kimberly")
    with acting(cast.louise):
        sharing.declare_conflict(kim, by=cast.louise, at=MONDAY)

    assert seen(cast) == []


@pytest.mark.parametrize("by", ["name", "role", "organisation"])
def test_somebody_who_keeps_the_coordinator_from_her_file_is_not_shown_to_her(
    cast: Cast, by: str
) -> None:
    kim = take_on(cast, refer(cast, "Kim"), cast.ines)
    refer(cast, "Kimberly", at=WEDNESDAY)
    before = seen(cast)
    row = Restriction(
        id=uuid_of("bars"), file_id=kim, faces=list(FACES), starts_at=WEDNESDAY,
        taken_by=cast.ines.user_id, taken_at=WEDNESDAY,
        **{
            "name": {"user_id": cast.louise.user_id},
            "role": {"role": Role.COORDINATOR},
            "organisation": {"organisation_id": cast.institute.pk},
        }[by],
    )  # fmt: skip
    with acting(cast.ines, WEDNESDAY):
        sharing.restrict(row, by=cast.ines)

    assert len(before) == 1
    assert seen(cast) == []


def test_what_is_left_apart_at_the_desk_is_not_shown_again_to_either_side(cast: Cast) -> None:
    kim, kimberly = refer(cast, "Kim"), refer(cast, "Kimberly")
    with acting(cast.louise):
        for _twice in range(2):
            actions.leave_apart(kim, queries.pair_of(kim, kimberly), by=cast.louise, at=MONDAY)

    assert seen(cast) == []


def test_only_the_desk_compares_and_nobody_else_reads_or_adds_a_trace(cast: Cast) -> None:
    kim = refer(cast, "Kim", PHONE)
    nobody = service("expiry")
    for actor in (cast.ines, cast.karim, cast.roy, cast.samir, VISITOR, nobody):
        with acting(actor), pytest.raises(DatabaseError, match="not yours"), atomic():
            queries.at_desk(actor=actor)

    for actor in (cast.ines, cast.roy, VISITOR, nobody):
        with acting(actor):
            assert list(Trace.objects.values("id")) == []
            assert list(LeftApart.objects.values("id")) == []
    a_trace = Trace(id=uuid_of("t"), file_id=kim, kind="NAME", digest=b"x", key_file="",
                    left_at=WEDNESDAY)  # fmt: skip
    for actor in (cast.ines, cast.roy, VISITOR):
        with acting(actor, WEDNESDAY), pytest.raises(DatabaseError, match="row-level"), atomic():
            Trace.objects.bulk_create([a_trace])


def test_a_coordinator_of_another_organisation_holds_no_desk(cast: Cast) -> None:
    elsewhere = replace(cast.samir, roles=frozenset({Role.COORDINATOR}))
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(role=Role.COORDINATOR)

    assert "Personne n’attend" in get(elsewhere, "/desk/")
    with acting(elsewhere), pytest.raises(DatabaseError, match="not yours to compare"):
        queries.at_desk(actor=elsewhere)


def test_the_same_form_sent_twice_leaves_its_traces_once(cast: Cast) -> None:
    kim = refer(cast, "Kim", PHONE)
    refer(cast, "Kim", PHONE)

    with acting(cast.louise):
        kinds = sorted(Trace.objects.filter(file_id=kim).values_list("kind", flat=True))
    assert kinds == ["BEGINS", "CONTACT", "NAME"]
    assert seen(cast) == []


def test_what_the_desk_types_in_is_compared_too(cast: Cast) -> None:
    kim = refer(cast, "Kim")
    type_in(cast, "Kimberly", **SHELTER)

    assert len(seen(cast)) == 2
    assert kim in {found[0] for found in seen(cast)}


def test_the_traces_go_with_the_referral(cast: Cast) -> None:
    kim = refer(cast, "Kim", PHONE)
    kimberly = refer(cast, "Kimberly", PHONE, at=WEDNESDAY)
    with acting(cast.louise, WEDNESDAY):
        actions.leave_apart(kim, uuid_of("some pair"), by=cast.louise, at=WEDNESDAY)
    later = WEDNESDAY + timedelta(days=90)

    assert expire(kim, at=later)

    with acting(cast.louise, later):
        left = set(Trace.objects.values_list("file_id", flat=True))
        assert (kim in left, kimberly in left) == (False, True)
    assert seen(cast, later) == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_queue_costs_the_same_for_one_pair_and_three(cast: Cast, size: int) -> None:
    for name in ("Kim", "Tamara", "Zora")[:size]:
        refer(cast, name)
        refer(cast, f"{name} B", at=WEDNESDAY)
    louise = signed_in(cast.louise, at=WEDNESDAY)

    with clock.at(WEDNESDAY):
        louise.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            page = louise.get("/desk/").content.decode()

    assert page.count("Peut-être la même personne") == size * 2
    assert len(asked) == QUEUE


def test_the_desk_reads_the_others_number_and_worker_and_never_who_referred_the_other(
    cast: Cast,
) -> None:
    kim = take_on(cast, refer(cast, "Kim"), cast.ines)
    kimberly = refer(cast, "Kimberly", at=WEDNESDAY, **SHELTER)

    queue, page = get(cast.louise, "/desk/"), get(cast.louise, f"/desk/{kimberly}/")

    said = (
        f"Peut-être la même personne que la référence n°\u00a0{number('Kim')}, avec Inès\u00a0: "
        "à demander à la personne"
    )
    for shown in (queue, page):
        Page(shown).place_of(said)
        assert [word for word in ("Rita", "CLSC", str(kim)) if word in shown] == []
    assert f"/desk/{kimberly}/?worker={cast.ines.user_id}#offer" in page


def test_the_offer_is_ready_for_the_same_worker(cast: Cast) -> None:
    take_on(cast, refer(cast, "Kim"), cast.ines)
    kimberly = refer(cast, "Kimberly", at=WEDNESDAY)

    page = get(cast.louise, f"/desk/{kimberly}/?worker={cast.ines.user_id}")

    boxes = [box.split(">")[0] for box in page.split('name="workers"')[1:]]
    ticked = [box for box in boxes if " checked" in box]
    assert len(ticked) == 1
    assert str(cast.ines.user_id) in ticked[0]


def test_leaving_apart_is_one_press_of_the_desk(cast: Cast) -> None:
    kim, kimberly = refer(cast, "Kim"), refer(cast, "Kimberly")
    pair = queries.pair_of(kim, kimberly)
    press = f"/desk/{kim}/alike/{pair}/"

    assert post(cast.ines, press)[0] == 403
    assert post(cast.louise, press) == (302, f"/desk/{kim}/")
    assert post(cast.louise, press) == (302, f"/desk/{kim}/")
    assert seen(cast) == []
    assert post(cast.louise, f"/desk/{cast.maya.file_id}/alike/{pair}/")[0] == 404
