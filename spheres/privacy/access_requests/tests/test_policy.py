"""Who may receive, follow, answer and hand over a request, in each state? Whole tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID, uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY, SEAT, Actor
from spheres.participants.queries import Header
from spheres.privacy.access_requests import policy
from spheres.privacy.access_requests.models import Age, Asker, Ground, Outcome, RequestStatus, Step
from spheres.privacy.access_requests.policy import Facts
from spheres.privacy.access_requests.views.reached import age_of
from tests.cast import Cast, acting

WORKERS = {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
PURPOSES = (ORDINARY, SEAT)
READY = {"opinion": "YES", "harm": "SAFE", "consulted": "CLEAR", "identity": "TITLE"}


def actor(role: str, purpose: str = ORDINARY) -> Actor:
    return Actor(uuid4(), uuid4(), frozenset({role}), purpose)


@pytest.mark.parametrize(("role", "purpose"), list(product(Role, PURPOSES)))
def test_each_role_receives_sits_writes_and_gives_a_seat_or_does_not(
    role: str, purpose: str
) -> None:
    who = actor(role, purpose)
    is_worker, is_officer = role in WORKERS, role == Role.PRIVACY_OFFICER
    is_seated = is_officer and purpose == SEAT

    assert bool(policy.can_receive(who)) is is_worker
    assert bool(policy.can_give_seat(who)) is is_worker
    assert bool(policy.can_sit(who)) is is_officer
    for kind in Step.Kind:
        may = is_worker or (is_seated and kind != Step.Kind.OPINION)
        assert bool(policy.can_write_step(who, kind)) is may


@pytest.mark.parametrize(("role", "purpose"), list(product(Role, PURPOSES)))
def test_each_role_answers_each_state_or_does_not(role: str, purpose: str) -> None:
    who = actor(role, purpose)
    is_seated = role == Role.PRIVACY_OFFICER and purpose == SEAT
    for status, asker, outcome in product(RequestStatus.Status, Asker, Outcome):
        harm = {"harm": "HARMFUL"} if outcome == Outcome.LATER else {}
        facts = Facts(asker, Age.FROM_14, status, **{**READY, **harm})
        hers = asker == Asker.SELF and outcome in policy.GIVING
        may = outcome in RequestStatus.MOVES[status] and (
            is_seated or (role in WORKERS and (hers or outcome == Outcome.WITHDRAWN))
        )
        assert bool(policy.can_answer(who, facts, outcome)) is may, (status, asker, outcome)


@pytest.mark.parametrize(("role", "purpose"), list(product(Role, PURPOSES)))
def test_each_role_hands_over_what_is_granted_or_does_not(role: str, purpose: str) -> None:
    who = actor(role, purpose)
    is_seated = role == Role.PRIVACY_OFFICER and purpose == SEAT
    for status, asker in product(RequestStatus.Status, Asker):
        may = status in policy.GIVING and (is_seated or (role in WORKERS and asker == Asker.SELF))
        facts = Facts(asker, Age.FROM_14, status, **READY)
        assert bool(policy.can_hand_over(who, facts)) is may


def test_each_request_calls_for_its_own_steps() -> None:
    rep = ["IDENTITY", "OPINION", "HARM", "CONSULTED"]
    assert {(asker, age): policy.steps_of(asker, age) for asker, age in product(Asker, Age)} == {
        ("SELF", 0): ["IDENTITY", "HARM"],
        ("SELF", 14): ["IDENTITY", "HARM"],
        ("SELF", 18): ["IDENTITY", "HARM"],
        ("LAWYER", 0): ["IDENTITY", "HARM"],
        ("LAWYER", 14): ["IDENTITY", "OPINION"],
        ("LAWYER", 18): ["IDENTITY", "OPINION"],
        ("PARENT", 0): rep,
        ("PARENT", 14): rep,
        ("PARENT", 18): ["IDENTITY", "HARM"],
        ("TUTOR", 0): rep,
        ("TUTOR", 14): rep,
        ("TUTOR", 18): ["IDENTITY", "HARM"],
    }


def test_a_parent_of_14_or_more_is_answered_nothing_before_she_is_heard() -> None:
    told = {
        missing: [str(why) for why in policy.missing(facts, Outcome.REFUSED)]
        for missing in ("opinion", "harm", "consulted")
        if (facts := Facts(Asker.PARENT, 14, "IDENTIFIED", **(READY | {missing: ""})))
    }
    assert told == {
        "opinion": [str(policy.NO_OPINION)],
        "harm": [str(policy.NO_HARM)],
        "consulted": [str(policy.NOT_CONSULTED)],
    }


@pytest.mark.parametrize(
    ("asker", "age", "opinion", "is_said"),
    [
        (Asker.PARENT, 14, "NO", True), (Asker.PARENT, 14, "YES", False),
        (Asker.PARENT, 14, "PARTLY", False), (Asker.TUTOR, 14, "NO", True),
        (Asker.PARENT, 0, "", False), (Asker.SELF, 14, "", False), (Asker.LAWYER, 14, "NO", False),
    ],
)  # fmt: skip
def test_a_parent_or_tutor_to_whom_nothing_is_said_is_given_nothing_unless_asked_anew_she_agrees(
    asker: str, age: int, opinion: str, is_said: bool
) -> None:
    facts = Facts(asker, age, "IDENTIFIED", **(READY | {"opinion": opinion}), refuses_them=True)

    assert [policy.REFUSED in policy.missing(facts, one) for one in Outcome] == [
        is_said and one in policy.GIVING for one in Outcome
    ]
    assert policy.REFUSED not in policy.missing(replace(facts, refuses_them=False), Outcome.WHOLE)


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.TUTOR, Asker.LAWYER])
@pytest.mark.parametrize("identity", ["", "KNOWN", "PAPER"])
def test_whoever_asks_for_another_shows_by_what_right_or_reads_that_nothing_is_confirmed(
    asker: str, identity: str
) -> None:
    facts = Facts(asker, Age.UNDER_14, "IDENTIFIED", **{**READY, "identity": identity})
    assert policy.NO_TITLE in policy.missing(facts, Outcome.WHOLE)
    assert policy.grounds(facts, Outcome.REFUSED) == [Ground.UNSAID]


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.TUTOR])
def test_whoever_may_not_ask_now_reads_that_nothing_is_confirmed(asker: str) -> None:
    facts = Facts(asker, Age.FROM_14, "IDENTIFIED", **READY, is_suspended=True)
    assert policy.grounds(facts, Outcome.REFUSED) == [Ground.UNSAID]


def test_each_outcome_rests_on_its_grounds_and_what_answers_others_never_answers_her() -> None:
    written = {**READY, "harm": "HARMFUL", "consulted": "OPPOSED"}
    told = {
        (asker, outcome): policy.grounds(Facts(asker, 14, "IDENTIFIED", **written), outcome)
        for asker, outcome in product((Asker.SELF, Asker.PARENT), Outcome)
    }
    given = ["HARM", "OWN", "OTHERS", "PROTECTION", "EXACT"]
    assert told == {
        ("SELF", "WHOLE"): [], ("SELF", "WITHDRAWN"): [],
        ("SELF", "PART"): ["OTHERS", "EXACT"],
        ("SELF", "REFUSED"): ["OTHERS", "EXACT"],
        ("SELF", "LATER"): ["HARM"],
        ("PARENT", "WHOLE"): [], ("PARENT", "WITHDRAWN"): [],
        ("PARENT", "PART"): given,
        ("PARENT", "REFUSED"): [*given, "UNSAID"],
        ("PARENT", "LATER"): ["HARM"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asker", "more", "ground", "why"),
    [
        (Asker.PARENT, {"harm": "SAFE"}, Ground.HARM, policy.NOT_HARMFUL),
        (Asker.PARENT, {"consulted": "CLEAR"}, Ground.PROTECTION, policy.NOT_OPPOSED),
        (Asker.LAWYER, {"opinion": ""}, Ground.OWN_DECISION, policy.NO_OPINION),
        (Asker.SELF, {"harm": "HARMFUL"}, Ground.HARM, policy.ONLY_FOR_A_TIME),
        (Asker.SELF, {}, Ground.OWN_DECISION, policy.NEVER_HERS),
        (Asker.SELF, {}, Ground.PROTECTION, policy.NEVER_HERS),
        (Asker.SELF, {}, Ground.UNSAID, policy.SHE_IS_KNOWN),
    ],
)
def test_a_ground_that_does_not_stand_says_why(
    asker: str, more: dict[str, str], ground: str, why: object
) -> None:
    facts = Facts(asker, 14, "IDENTIFIED", **{**READY, **more})
    assert policy.why_not(facts, Outcome.REFUSED, ground) == why


@pytest.mark.django_db
def test_of_a_day_of_birth_that_is_not_known_another_is_answered_as_from_14(cast: Cast) -> None:
    person = Header(UUID(int=1), "Maya", "", "", "", "fr", "12-13", "", "", "", "", "")
    born = replace(person, birth_date="2014-05-01")
    on = date(2026, 3, 2)
    with acting(cast.ines):
        assert [age_of(person, on, asker) for asker in (Asker.SELF, Asker.PARENT)] == [0, 14]
        assert age_of(born, on, Asker.PARENT) == Age.UNDER_14
