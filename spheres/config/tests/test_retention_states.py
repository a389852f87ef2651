"""In every state of a decision, what may each person do?"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from spheres.accounts.models import Membership, Role
from spheres.core.errors import NotAllowed
from spheres.participants.models import Assignment
from spheres.privacy.retention import actions, policy, queries
from spheres.sharing import keeping
from spheres.sharing.models import Ending, Seal
from spheres.sharing.models.keeping import Sort
from tests.cast import LOADER, MONDAY, acting, uuid_of
from tests.deciding import (
    A_YEAR_ON,
    DESTROYED,
    EVERYBODY,
    KEEP,
    KEPT,
    SEALED,
    YEAR,
    House,
    refused,
)

pytestmark = pytest.mark.django_db


# Every state, every person, every act.

STATES = ("nothing", "proposed", "by records", "destroying", "sealed", "to open", "taken back")


def bring(house: House, state: str) -> Ending | None:
    """The world in this state; what is looked at, if there is something."""
    house.close()
    house.ask()
    if state == "nothing":
        return None
    exit = SEALED if state in {"sealed", "to open"} else DESTROYED
    until = A_YEAR_ON if exit == SEALED else None
    by = "lucie" if state == "by records" else "nadia"
    ending_id = house.propose(exit=exit, until_on=until, by=by)
    if state in {"destroying", "sealed", "to open"}:
        house.confirm(ending_id)
    if state == "to open":
        with acting(house["nadia"]):
            actions.ask_to_lift(house.row(ending_id), "DEMAND", by=house["nadia"])
    if state == "taken back":
        with acting(house["odile"]):
            actions.take_back(house.row(ending_id), by=house["odile"])
    return house.row(ending_id)


def tries(house: House, who: str, verb: str, row: Ending | None) -> bool:
    """Whether this person does it; what it did is undone."""
    actor = house[who]
    new = actions.Proposed(
        uuid_of("another"), (Sort.FOLLOW_UP,), DESTROYED, "REQUEST", None, uuid_of("asked")
    )
    acts = {
        "propose": lambda: actions.propose(house.file_id, new, by=actor),
        "confirm": lambda: actions.confirm(row, by=actor),
        "take back": lambda: actions.take_back(row, by=actor),
        "ask to open": lambda: actions.ask_to_lift(row, "CLAIM", by=actor),
        "open": lambda: actions.lift(row, by=actor),
    }
    try:
        with acting(actor), transaction.atomic():
            acts[verb]()
            transaction.set_rollback(True)
    except NotAllowed:
        return False
    return True


# Who may, in each state; nobody else, and nobody in another state. Whoever pressed already may
# press again: it is done once.
MAY = {
    ("nothing", "propose"): KEEP,
    ("taken back", "propose"): KEEP,
    ("proposed", "confirm"): KEEP - {"nadia"},
    ("by records", "confirm"): {"nadia", "norbert"},
    ("proposed", "take back"): KEEP,
    ("by records", "take back"): KEEP,
    ("taken back", "take back"): {"odile"},
    ("destroying", "confirm"): {"odile"},
    ("sealed", "confirm"): {"odile"},
    ("to open", "confirm"): {"odile"},
    ("sealed", "propose"): KEEP,
    ("to open", "propose"): KEEP,
    ("sealed", "ask to open"): KEEP,
    ("to open", "ask to open"): {"nadia"},
    ("to open", "open"): KEEP - {"nadia"},
}
VERBS = ("propose", "confirm", "take back", "ask to open", "open")


@pytest.mark.parametrize("state", STATES)
def test_every_person_in_every_state_does_what_is_theirs_and_nothing_else(
    house: House, state: str
) -> None:
    row = bring(house, state)

    did = {
        (verb, who)
        for verb, who in product(VERBS, EVERYBODY)
        if (row is not None or verb == "propose") and tries(house, who, verb, row)
    }

    assert did == {
        (verb, who) for (at, verb), people in MAY.items() if at == state for who in people
    }


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in KEEP])
def test_the_database_answers_nothing_to_whoever_does_not_keep_the_files(
    house: House, who: str
) -> None:
    """The same, past the policy of the code."""
    row = bring(house, "proposed")
    assert row is not None
    with acting(house[who]):
        asked = [
            queries.ask("sorts_of", house.file_id, actor=house[who]),
            queries.ask("confirm_ending", row.pk, actor=house[who]),
            queries.ask("take_back_ending", row.pk, actor=house[who]),
            queries.ask("ask_to_lift", row.pk, "DEMAND", actor=house[who]),
            queries.ask("lift_seal", row.pk, actor=house[who]),
            queries.ask(
                "propose_ending", uuid_of("x"), house.file_id, ["FOLLOW_UP"], "DESTROYED",
                "REQUEST", None, uuid_of("asked"), actor=house[who],
            ),
            queries.due(actor=house[who]),
        ]  # fmt: skip

    assert asked == [None, "UNKNOWN", False, "UNKNOWN", "UNKNOWN", "UNKNOWN", []]


def test_nobody_writes_a_decision_by_hand(house: House) -> None:
    row = bring(house, "proposed")
    assert row is not None
    for who in EVERYBODY:
        with pytest.raises(DatabaseError), transaction.atomic(), acting(house[who]):
            Ending.objects.filter(pk=row.pk).update(confirmed_by=house[who].user_id)
        with pytest.raises(DatabaseError), transaction.atomic(), acting(house[who]):
            Seal.objects.bulk_create(
                [Seal(id=uuid_of("s"), file_id=house.file_id, organisation_id=uuid_of("o"),
                      faces=["notes"], starts_at=MONDAY)]
            )  # fmt: skip


def test_two_who_both_walked_with_her_do_not_decide(house: House) -> None:
    """One who walked with her and another who did not are two: never whoever wrote, alone."""
    row = bring(house, "proposed")
    assert row is not None
    make_worker(house, "nadia", "odile")

    assert refused(lambda: house.confirm(row.pk)) == str(policy.REFUSED[keeping.WALKED])
    house.confirm(row.pk, by="norbert")


def make_worker(house: House, *who: str) -> None:
    """They walk with Maya too, in the same organisation."""
    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of(f"worker {name}"), user_id=house[name].user_id,
                    organisation=house.cast.la_maison, role=Role.YOUTH_WORKER, job_title_fr="T",
                    job_title_en="T", starts_at=MONDAY - timedelta(days=30),
                )
                for name in who
            ]
        )  # fmt: skip
    with acting(house.cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of(f"beside {name}"), file_id=house.file_id,
                    user_id=house[name].user_id, starts_at=MONDAY,
                )
                for name in who
            ]
        )  # fmt: skip


def test_nothing_of_somebody_who_is_accompanied_is_destroyed_or_sealed(house: House) -> None:
    house.ask()

    for exit, until in ((DESTROYED, None), (SEALED, A_YEAR_ON)):
        said = refused(partial(house.propose, exit=exit, until_on=until))
        assert said == str(policy.REFUSED[keeping.NOT_OVER])
    house.confirm(house.propose(exit=KEPT, why="LAW"))


def test_without_a_request_nothing_goes_before_its_day(house: House) -> None:
    house.close()

    said = refused(lambda: house.propose(why="TERM"))
    assert said == str(policy.REFUSED[keeping.NOT_DUE])
    assert refused(lambda: house.propose()) == str(policy.REFUSED[keeping.NO_REQUEST])
    later = MONDAY + 5 * YEAR
    house.confirm(house.propose(why="TERM", at=later), at=later)


def test_a_request_that_was_refused_is_answered(house: House) -> None:
    house.close()
    house.ask()
    house.confirm(house.propose("kept", exit=KEPT, why="LAW"))

    assert refused(lambda: house.propose("again")) == str(policy.REFUSED[keeping.NO_REQUEST])
    with acting(house["nadia"]):
        assert queries.unanswered(actor=house["nadia"]) == []
