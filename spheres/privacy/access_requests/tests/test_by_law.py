"""Before what steps does the database itself refuse an answer? Every way, against the policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import Error, ProgrammingError, connection, transaction

from spheres.core.actor import SEAT, Actor
from spheres.core.errors import NotAllowed
from spheres.participants.models import Suspension
from spheres.privacy.access_requests import policy
from spheres.privacy.access_requests.models import (
    Age,
    Asker,
    Decision,
    Ground,
    Outcome,
    RequestStatus,
    Step,
)
from spheres.privacy.access_requests.policy import Facts
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    answer,
    found,
    ready_for_parent,
    receive,
    seat,
    step,
)
from spheres.sharing.models import Seat
from spheres.sharing.rules import SEATED
from tests.cast import Cast, acting, follow, uuid_of

pytestmark = pytest.mark.django_db
ASKED_BY = [
    (asker, age) for asker, age in product(Asker, Age) if (asker, age) != (Asker.SELF, Age.UNDER_14)
]
NO_GROUND = {Outcome.WHOLE, Outcome.WITHDRAWN}
AGAIN = date(2026, 6, 1)


class Undone(Exception):
    """To come back to before."""


def written(facts: Facts) -> Iterator[tuple[str, str]]:
    yield from (
        (kind, code)
        for kind, code in (
            (Step.Kind.OPINION, facts.opinion),
            (Step.Kind.HARM, facts.harm),
            (Step.Kind.CONSULTED, facts.consulted),
            (Step.Kind.IDENTITY, facts.identity),
        )
        if code
    )


def every_way(asker: str, age: int) -> Iterator[Facts]:
    for opinion, harm, consulted, identity, suspended in product(
        ("", "YES", "NO"), ("", "SAFE", "HARMFUL"), ("", "CLEAR", "OPPOSED"),
        ("", "PAPER", "TITLE"), (0, 1),
    ):  # fmt: skip
        yield Facts(asker, age, "IDENTIFIED", opinion, harm, consulted, identity, bool(suspended))


def answers_to(facts: Facts) -> Iterator[tuple[str, str]]:
    """Each outcome, on each ground; on one alone when something is missing already."""
    for outcome in Outcome:
        is_one = outcome in NO_GROUND or policy.missing(facts, outcome)
        yield from ((outcome, ground) for ground in ((Ground.UNSAID,) if is_one else Ground))


def an_answer(
    facts: Facts, outcome: str, request_id, file_id, officer: Actor, ground: str
) -> Decision:
    return Decision(
        id=uuid_of("an answer"), file_id=file_id, request_id=request_id, outcome=outcome,
        ground="" if outcome in NO_GROUND else ground, age=facts.age,
        look_again_on=AGAIN if outcome == Outcome.LATER else None,
        written_by=officer.user_id, written_at=LATER,
    )  # fmt: skip


# Each is tried and undone, all in one statement.
TRIED = """do $$
declare
  one jsonb;
  said text := '';
begin
  for one in select jsonb_array_elements(current_setting('tests.answers')::jsonb) loop
    begin
      insert into access_requests_decision
      select * from jsonb_populate_record(null::access_requests_decision, one);
      raise exception using errcode = 'ZZ001';
    exception when insufficient_privilege then said := said || 'n'; when sqlstate 'ZZ001' then
      said := said || 'y';
    end;
  end loop;
  perform set_config('tests.said', said, true);
end $$"""


def refused_of(rows: list[Decision]) -> list[bool]:
    """Which of these answers the database refuses; nothing of them stays."""
    said = [{one.attname: getattr(row, one.attname) for one in row._meta.fields} for row in rows]
    with connection.cursor() as cursor:
        answers = json.dumps(said, default=str)
        cursor.execute("select set_config('tests.answers', %s, true)", [answers])
        cursor.execute(TRIED)
        cursor.execute("select current_setting('tests.said')")
        return [one == "n" for one in cursor.fetchone()[0]]


def is_refused(
    facts: Facts, outcome: str, request_id, file_id, officer: Actor, ground: str = Ground.UNSAID
) -> bool:
    """Whether the database refuses this answer with these steps written; nothing of it stays."""
    row = an_answer(facts, outcome, request_id, file_id, officer, ground)
    try:
        with transaction.atomic():
            Decision.objects.bulk_create([row])
            raise Undone
    except Undone:
        return False
    except ProgrammingError:  # of row security; a check of the table is another error
        return True


@pytest.mark.parametrize(("asker", "age"), ASKED_BY)
def test_the_database_refuses_what_the_policy_says_is_missing_and_nothing_else(
    cast: Cast, asker: str, age: int
) -> None:
    request_id = receive(cast, asker=asker, age=age)
    officer = seat(cast, request_id)
    differs = []
    for facts in every_way(asker, age):
        if facts.is_suspended and asker not in policy.REPRESENTATIVES:
            continue
        with transaction.atomic():
            with acting(cast.ines, LATER):
                if facts.is_suspended:
                    Suspension.objects.bulk_create(
                        [
                            Suspension(
                                id=uuid_of("a suspension"), file_id=cast.maya.file_id, who=asker,
                                ground="DANGER", written_by=cast.ines.user_id, written_at=LATER,
                            )
                        ]
                    )  # fmt: skip
                Step.objects.bulk_create(
                    Step(
                        id=uuid_of(f"step {kind}"), file_id=cast.maya.file_id,
                        request_id=request_id, kind=kind, code=code,
                        written_by=cast.ines.user_id, written_at=LATER,
                    )
                    for kind, code in written(facts)
                )  # fmt: skip
            with acting(officer, LATER):
                tried = list(answers_to(facts))
                rows = [
                    an_answer(facts, outcome, request_id, cast.maya.file_id, officer, ground)
                    for outcome, ground in tried
                ]
                for (outcome, ground), refused in zip(tried, refused_of(rows), strict=True):
                    may = not policy.missing(facts, outcome) and (
                        outcome in NO_GROUND or ground in policy.grounds(facts, outcome)
                    )
                    if refused is may:
                        differs.append((facts, outcome, ground, refused))
            transaction.set_rollback(True)
    assert differs == []


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.WITHDRAWN])
def test_the_request_of_a_parent_is_never_closed_without_the_opinion_of_the_minor(
    cast: Cast, outcome: str
) -> None:
    request_id = receive(cast, asker=Asker.PARENT, age=14)
    officer = seat(cast, request_id)
    ready_for_parent(cast, request_id, opinion="", harm="SAFE")
    facts = Facts(Asker.PARENT, 14, "IDENTIFIED", "", "SAFE", "CLEAR", "TITLE")

    assert policy.NO_OPINION in policy.missing(facts, outcome)
    with pytest.raises(NotAllowed):
        answer(request_id, outcome, by=officer, look_again_on=AGAIN)
    with acting(officer, LATER):
        assert is_refused(facts, outcome, request_id, cast.maya.file_id, officer)
        assert found(request_id, officer).decision is None

    step(request_id, Step.Kind.OPINION, "NO", by=cast.ines)
    with acting(officer, LATER):
        assert found(request_id, officer).facts.opinion == "NO"
        assert policy.NO_OPINION not in policy.missing(replace(facts, opinion="NO"), outcome)


def test_only_the_newest_of_each_step_counts(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    officer = seat(cast, request_id)
    for kind, code, minutes in (
        ("OPINION", "YES", 0), ("CONSULTED", "CLEAR", 0), ("IDENTITY", "TITLE", 0),
        ("HARM", "SAFE", 1), ("HARM", "HARMFUL", 2),
    ):  # fmt: skip
        step(request_id, kind, code, by=cast.ines, at=LATER + timedelta(minutes=minutes))
    facts = Facts(Asker.TUTOR, 14, "IDENTIFIED")

    with acting(officer, LATER):
        asked = (request_id, cast.maya.file_id, officer)
        assert is_refused(facts, Outcome.WHOLE, *asked)
        assert not is_refused(facts, Outcome.REFUSED, *asked)


def test_a_decision_never_says_a_lower_age_than_its_request(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR, age=Age.FROM_14)
    officer = seat(cast, request_id)
    younger = Facts(Asker.TUTOR, Age.UNDER_14, "IDENTIFIED")

    with acting(officer, LATER):
        assert is_refused(younger, Outcome.REFUSED, request_id, cast.maya.file_id, officer)


def test_an_answer_to_a_request_of_another_file_is_refused(cast: Cast) -> None:
    request_id = receive(cast)
    officer = seat(cast, request_id)

    with acting(officer, LATER):
        facts = Facts(Asker.SELF, 14, "IDENTIFIED")
        assert is_refused(facts, Outcome.REFUSED, uuid_of("no request"), cast.maya.file_id, officer)


@pytest.mark.parametrize("asker", Asker)
@pytest.mark.parametrize("outcome", Outcome)
def test_her_worker_alone_gives_her_what_she_asks_and_decides_nothing_else(
    cast: Cast, asker: str, outcome: str
) -> None:
    request_id = receive(cast, asker=asker)
    with acting(cast.ines, LATER):
        Step.objects.bulk_create(
            Step(
                id=uuid_of(f"{kind} {code}"), file_id=cast.maya.file_id, request_id=request_id,
                kind=kind, code=code, written_by=cast.ines.user_id, written_at=LATER,
            )
            for kind, code in (
                ("OPINION", "YES"), ("HARM", "HARMFUL" if outcome == "LATER" else "SAFE"),
                ("CONSULTED", "CLEAR"), ("IDENTITY", "TITLE"),
            )
        )  # fmt: skip
        facts = Facts(asker, 14, "IDENTIFIED")
        ground = "HARM" if outcome == "LATER" else "OTHERS"
        refused = is_refused(facts, outcome, request_id, cast.maya.file_id, cast.ines, ground)

    may = outcome == "WITHDRAWN" or (asker == "SELF" and outcome in {"WHOLE", "PART"})
    assert refused is not may


def test_nobody_closes_a_request_whose_decision_is_not_written(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    officer = seat(cast, request_id)

    for actor, status in product((cast.ines, officer), RequestStatus.Status):
        if status == "RECEIVED":
            continue
        with acting(actor, LATER), pytest.raises(Error, match="row-level"), transaction.atomic():
            RequestStatus.objects.filter(pk=request_id).update(status=status)


def test_without_a_seat_the_privacy_officer_reads_no_word_and_writes_nothing(cast: Cast) -> None:
    request_id = receive(cast, words="Je veux tout lire.")
    for purpose in ("ordinary", SEAT):
        nadia = replace(cast.nadia, purpose=purpose)
        with acting(nadia, LATER):
            assert list(Step.objects.all()) == []
            facts = Facts(Asker.SELF, 14, "IDENTIFIED")
            assert is_refused(facts, "REFUSED", request_id, cast.maya.file_id, nadia)
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from access_requests_accessrequest")
                assert cursor.fetchone() == (1,)


def test_a_request_is_decided_from_a_seat_at_it_and_from_no_other(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.PARENT)
    ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    other = receive(cast, "another", asker=Asker.TUTOR)
    officer = seat(cast, other)
    facts = Facts(Asker.PARENT, 14, "IDENTIFIED")

    with acting(officer, LATER):
        asked = (request_id, cast.maya.file_id, officer)
        assert [is_refused(facts, one, *asked) for one in ("WHOLE", "REFUSED")] == [True, True]
        assert not is_refused(Facts(Asker.TUTOR, 14, "RECEIVED"), "WITHDRAWN", other, *asked[1:])
        step = Step(
            id=uuid_of("a step"), file_id=cast.maya.file_id, request_id=request_id, kind="HARM",
            code="SAFE", written_by=officer.user_id, written_at=LATER,
        )  # fmt: skip
        with pytest.raises(Error, match="row-level"), transaction.atomic():
            Step.objects.bulk_create([step])


def test_what_she_says_is_written_in_her_file_by_those_who_walk_with_her(cast: Cast) -> None:
    zoe = follow("Zoé", desk=cast.institute.id, louise=cast.louise, worker=cast.yanick)
    request_id = receive(cast, asker=Asker.LAWYER)
    officer = seat(cast, request_id)
    with acting(cast.ines, LATER):
        titled = Step(
            id=uuid_of("titled"), file_id=cast.maya.file_id, request_id=request_id,
            kind="IDENTITY", code="TITLE", written_by=cast.ines.user_id, written_at=LATER,
        )  # fmt: skip
        Step.objects.bulk_create([titled])
    with acting(cast.yanick, LATER):
        forged = Step(
            id=uuid_of("forged"), file_id=zoe.file_id, request_id=request_id, kind="OPINION",
            code="YES", written_by=cast.yanick.user_id, written_at=LATER,
        )  # fmt: skip
        Step.objects.bulk_create([forged])
        sits = Seat(
            id=uuid_of("at Zoé’s"), file_id=zoe.file_id, user_id=cast.nadia.user_id,
            matter_id=uuid_of("of Zoé"), kind="REQUEST", faces=list(SEATED),
            given_by=cast.yanick.user_id, given_at=LATER, starts_at=LATER,
            ends_at=LATER + timedelta(days=45),
        )  # fmt: skip
        Seat.objects.bulk_create([sits])

    with acting(officer, LATER):
        facts = Facts(Asker.LAWYER, 14, "IDENTIFIED")
        assert is_refused(facts, "WHOLE", request_id, cast.maya.file_id, officer)
