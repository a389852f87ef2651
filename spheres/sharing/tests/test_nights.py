"""Whatever is asked, closed and looked at again in any order, does an hour stay an hour (T9)?

Random nights over one file. The small memory kept here says what the prose says (design §10.2,
security.md §3.5); it asks the code nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from spheres.audit.models import Event
from spheres.core.actor import EXCEPTIONAL, Actor
from spheres.participants.models import Identity, SafeContact
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess, Restriction
from spheres.sharing.rules import FACES
from tests.cast import MONDAY, Cast, acting, yanick_answers_for_ines
from tests.proofs.figures import tell

OPENERS = ("yanick", "ines")  # the one on call tonight, and whoever walks with her
SECONDS = ("yanick", "ines", "karim")  # those of the house who may say it too
REVIEWERS = ("karim", "nadia")
OTHERS = (*REVIEWERS, "samir", "louise", "roy", "amrani")
EVERYBODY = (*OPENERS, *OTHERS)
WAYS = ("LIFE", "UNREACHABLE")
LEFT = [timedelta(minutes=m) for m in (1, 20, 59, 60, 300, 1440, 4320)]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
# How often each thing was answered: a night where nothing happens proves nothing.
ANSWERED: Counter[str] = Counter()

someone, access = st.sampled_from(EVERYBODY), st.sampled_from([0, 0, 0, 1, 2])
often = st.one_of(st.sampled_from(OPENERS), someone)


@dataclass
class Hour:
    """One access as it is remembered."""

    id: UUID
    by: str
    ground: str
    second: str | None
    starts: datetime
    ends: datetime
    outcome: str = ""
    is_closed: bool = False


class Nights(RuleBasedStateMachine):
    """One story of several nights, in a transaction that is undone at its end."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = MONDAY + timedelta(hours=9)
        self.hours: list[Hour] = []
        self.knows_her = False
        self.barred: set[str] = set()
        self.turn = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def actor(self, name: str) -> Actor:
        found: Actor = getattr(self.cast, name)
        return found

    def became(self, by: str, ground: str, second: str | None) -> str:
        """What the prose says becomes of it."""
        if by not in OPENERS or (by == "yanick" and self.knows_her):
            return "UNKNOWN"
        if ground == "LIFE":
            return "OPENED"
        if by == "yanick" and by in self.barred:
            return "UNKNOWN"
        a_day, three = timedelta(days=1), timedelta(hours=72)
        mine = [one for one in self.hours if one.by == by and one.ground != "LIFE"]
        if sum(one.starts > self.now - a_day for one in mine) >= 3:
            return "ENOUGH"
        late = any(not one.outcome and one.starts <= self.now - three for one in self.hours)
        return "TWO_NEEDED" if late and (second not in SECONDS or second == by) else "OPENED"

    @rule(by=often, ground=st.sampled_from(WAYS), second=st.one_of(st.none(), someone))
    def somebody_asks(self, by: str, ground: str, second: str | None) -> None:
        self.ask(by, ground, second)

    @rule(by=st.sampled_from(OPENERS), times=st.integers(2, 4))
    def one_asks_again_and_again(self, by: str, times: int) -> None:
        for _time in range(times):
            self.ask(by, "UNREACHABLE", None)

    @precondition(lambda self: self.hours)
    @rule(by=st.sampled_from(OPENERS), second=st.one_of(st.none(), someone))
    def nobody_looks_for_three_days(self, by: str, second: str | None) -> None:
        self.now += timedelta(hours=72)
        self.ask(by, "UNREACHABLE", second)

    def ask(self, by: str, ground: str, second: str | None) -> None:
        access_id, said = uuid4(), self.became(by, ground, second)
        for _twice in range(2):  # sent again, it is opened once
            with acting(self.actor(by), self.now):
                answer = sharing.open_exceptionally(
                    access_id,
                    self.cast.maya.file_id,
                    ground=ground,
                    second=self.actor(second).user_id if second else None,
                    by=self.actor(by),
                )
            assert answer == said
        ANSWERED[said] += 1
        if said == "OPENED":
            self.hours.append(
                Hour(access_id, by, ground, second, self.now, self.now + timedelta(hours=1))
            )

    @precondition(lambda self: self.hours)
    @rule(by=st.one_of(st.none(), often), number=access)
    def somebody_closes(self, by: str | None, number: int) -> None:
        """Whoever opened it, as often as anybody else; the last one more often than the others."""
        one = self.hours[-1 - number % len(self.hours)]
        by = by or one.by
        may = one.by == by and one.starts <= self.now < one.ends
        with acting(self.actor(by), self.now):
            assert sharing.close_exceptionally(one.id, by=self.actor(by)) is may
        ANSWERED[f"closed {may}"] += 1
        if may:
            one.ends, one.is_closed = self.now, True

    @precondition(lambda self: self.hours)
    @rule(
        by=st.one_of(st.sampled_from(REVIEWERS), someone),
        number=access,
        outcome=st.sampled_from([*ExceptionalAccess.Outcome.values, "", "WHATEVER"]),
    )
    def somebody_looks_again(self, by: str, number: int, outcome: str) -> None:
        one = self.hours[-1 - number % len(self.hours)]
        may = (
            by in REVIEWERS
            and by not in {one.by, one.second}
            and not one.outcome
            and outcome in ExceptionalAccess.Outcome.values
        )
        with acting(self.actor(by), self.now):
            done = sharing.review_exceptionally(one.id, outcome=outcome, by=self.actor(by))
        assert done is may
        ANSWERED[f"looked at {may}"] += 1
        if may:
            one.outcome = outcome

    @precondition(lambda self: not self.knows_her and len(self.hours) > 2)
    @rule()
    def whoever_is_on_call_says_that_he_knows_her(self) -> None:
        with acting(self.actor("yanick"), self.now):
            sharing.declare_conflict(self.cast.maya.file_id, by=self.actor("yanick"), at=self.now)
        self.knows_her = True

    @rule(whom=st.sampled_from(OPENERS))
    def she_bars_somebody(self, whom: str) -> None:
        """It yields to a danger to life, and to nothing else (design §10.2)."""
        faces = FACES if whom == "yanick" else ("identity", "contact", "safety")
        ines = self.actor("ines")
        with acting(ines, self.now):
            barred = Restriction(
                id=uuid4(), file_id=self.cast.maya.file_id, user_id=self.actor(whom).user_id,
                faces=[*faces],
                taken_by=ines.user_id, taken_at=self.now, starts_at=self.now,
            )  # fmt: skip
            sharing.restrict(barred, by=ines)
        self.barred.add(whom)

    @rule(left=st.sampled_from(LEFT))
    def time_passes(self, left: timedelta) -> None:
        self.now += left

    @invariant()
    def it_is_open_to_whoever_opened_it_for_the_hour_and_to_nobody_else(self) -> None:
        self.turn += 1
        # One of the others at each step: nothing is asked of all of them at each.
        for name in (*OPENERS, OTHERS[self.turn % len(OTHERS)]):
            live = [
                one.ground
                for one in self.hours
                if one.by == name and one.starts <= self.now < one.ends
            ]
            is_open = bool(live) and (name not in self.barred or "LIFE" in live)
            is_open = is_open and not (name == "yanick" and self.knows_her)
            with acting(replace(self.actor(name), purpose=EXCEPTIONAL), self.now):
                seen = (Identity.objects.count(), SafeContact.objects.count())
            assert seen == ((1, 1) if is_open else (0, 0)), name

    @invariant()
    def each_is_told_once_and_waits_for_somebody_else(self) -> None:
        told = sorted(
            (one.id, f"exceptional.{what}")
            for one in self.hours
            for what, is_so in (
                ("opened", True), ("closed", one.is_closed), ("reviewed", bool(one.outcome))
            )
            if is_so
        )  # fmt: skip
        waits = {one.id for one in self.hours if not one.outcome}
        with acting(self.actor("nadia"), self.now):
            to_review = ExceptionalAccess.objects.filter(reviewed_at=None)
            assert {*to_review.values_list("pk", flat=True)} == waits
        assert sorted(self.journal()) == told

    def journal(self) -> Iterator[tuple[UUID, str]]:
        with acting(self.actor("ines"), self.now):
            events = Event.objects.filter(
                chain_id=self.cast.maya.file_id, action__startswith="exceptional."
            )
            for records, action in events.values_list("record_ids", "action"):
                yield records[0], action


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nights", "steps"), [(60, 20), pytest.param(2000, 50, marks=pytest.mark.proof)]
)
def test_in_any_night_an_hour_is_an_hour_told_and_looked_at_by_somebody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nights: int, steps: int
) -> None:
    yanick_answers_for_ines(cast, until=MONDAY + timedelta(days=900))
    monkeypatch.setattr(Nights, "cast", cast, raising=False)
    run_state_machine_as_test(
        Nights,
        settings=settings(
            max_examples=nights,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=SLOW,
        ),
    )
    done = ", ".join(f"{what} {number}" for what, number in sorted(ANSWERED.items()))
    tell("exceptional access (T9)", f"{nights} × {steps} steps; {done}", "0 illegal transitions")
    wanted = {"OPENED", "UNKNOWN", "ENOUGH", "TWO_NEEDED"} | {
        f"{what} {may}" for what in ("closed", "looked at") for may in (True, False)
    }
    assert wanted <= set(ANSWERED)
