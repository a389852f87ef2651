"""In a story, who opens for an hour what may protect her, lets it go on, and looks at it again?

Said from the prose of design §10.2 and security.md §3.5 alone: a worker who can already name her,
in her own organisation; never over a conflict; over what she barred only when her life may be in
danger. Three a day by one person and a second person after 72 hours without a review, except when
her life may be in danger. Somebody else, not of her team, lets it go on once, or looks at it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from spheres.core.actor import Actor
from spheres.sharing import actions as sharing
from tests import oracle
from tests.cast import acting
from tests.oracle_world import Opened, Who, World
from tests.proofs.story_people import WORKERS

pick = st.integers(0, 3)
# Most often whoever walks with her; and whoever leads or coordinates, to look again.
opener = st.sampled_from(("Inès", "Yanick", "Inès", "Yanick", "Karim", *WORKERS))
looker = st.sampled_from(("Karim", "Karim", "Karim", "Louise", "Inès", "Yanick", "Amrani"))
LOOK_AGAIN = frozenset({"team_lead", "coordinator", "privacy_officer"})
HOUR, A_DAY, UNSEEN = timedelta(hours=1), timedelta(days=1), timedelta(hours=72)


@dataclass(frozen=True)
class Hour:
    """One opening, as the oracle remembers it."""

    key: UUID
    user: UUID
    organisation: UUID
    file: UUID
    in_danger: bool
    starts: datetime
    ends: datetime
    extended_by: UUID | None = None
    is_reviewed: bool = False


class Hours:
    """What happens around an exceptional access."""

    now: datetime
    world: World
    actors: dict[str, Actor]
    hours: list[Hour]
    happened: Counter[tuple[str, bool]]

    def who(self, person: str) -> Who:
        raise NotImplementedError

    def some_file(self, number: int) -> UUID:
        raise NotImplementedError

    @rule(minutes=st.integers(1, 90))
    def some_minutes_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, by=opener, in_danger=st.booleans())
    def somebody_opens_it_for_an_hour(self, number: int, by: str, in_danger: bool) -> None:
        file, actor, key = self.some_file(number), self.actors[by], uuid4()
        expected = self.becomes(by, file, in_danger=in_danger)
        with acting(actor, self.now):
            told = sharing.open_exceptionally(
                key, file, ground="LIFE" if in_danger else "UNREACHABLE", by=actor
            )
        assert told == expected, (by, told, expected)
        self.happened["opens", told == "OPENED"] += 1
        if told == "OPENED":
            ends = self.now + HOUR
            self.hours.append(
                Hour(key, actor.user_id, actor.organisation_id, file, in_danger, self.now, ends)
            )
            self.remember(actor.user_id, file)

    def becomes(self, by: str, file: UUID, *, in_danger: bool) -> str:
        """What is answered, in one word."""
        link = oracle.standing(self.world, self.who(by), file, self.now)
        may_name = link.assigned and link.at_holder and link.roles & oracle.WORKERS
        is_barred = "relation" in link.barred and not in_danger
        if not may_name or link.conflict or is_barred or "relation" in link.sealed:
            return "UNKNOWN"
        if in_danger:
            return "OPENED"
        mine = [
            one
            for one in self.hours
            if one.user == self.actors[by].user_id
            and not one.in_danger
            and one.starts > self.now - A_DAY
        ]
        if len(mine) >= 3:
            return "ENOUGH"
        waits = [
            one
            for one in self.hours
            if one.organisation == self.actors[by].organisation_id
            and not one.is_reviewed
            and one.starts <= self.now - UNSEEN
        ]
        return "TWO_NEEDED" if waits else "OPENED"

    @precondition(lambda self: self.hours)
    @rule(which=pick, by=opener, mine=st.booleans())
    def it_is_closed_sooner(self, which: int, by: str, mine: bool) -> None:
        hour = self.some_hour(which)
        if mine:
            by = next(name for name, one in self.actors.items() if one.user_id == hour.user)
        actor = self.actors[by]
        allowed = hour.user == actor.user_id and hour.starts <= self.now < hour.ends
        with acting(actor, self.now):
            assert sharing.close_exceptionally(hour.key, by=actor) == allowed
        self.happened["closes", allowed] += 1
        if allowed:
            self.becomes_otherwise(hour, replace(hour, ends=self.now))

    @precondition(lambda self: self.hours)
    @rule(which=pick, by=looker, other=st.booleans())
    def somebody_lets_it_go_on(self, which: int, by: str, other: bool) -> None:
        hour = self.some_hour(which)
        by = self.somebody_else(hour, by) if other else by
        actor = self.actors[by]
        may_look = self.may_look_again(by, hour)
        allowed = (
            may_look
            and hour.starts <= self.now < hour.ends
            and hour.extended_by is None
            and not hour.is_reviewed
        )
        was_me = may_look and hour.extended_by == actor.user_id  # said twice, it is said once
        with acting(actor, self.now):
            told = sharing.extend_exceptionally(hour.key, by=actor)
        assert told == (allowed or was_me)
        self.happened["lets go on", allowed] += 1
        if allowed:
            later = replace(hour, ends=hour.ends + HOUR, extended_by=actor.user_id)
            self.becomes_otherwise(hour, later)

    @precondition(lambda self: self.hours)
    @rule(which=pick, by=looker, other=st.booleans())
    def somebody_looks_at_it_again(self, which: int, by: str, other: bool) -> None:
        hour = self.some_hour(which)
        by = self.somebody_else(hour, by) if other else by
        actor = self.actors[by]
        allowed = (
            self.may_look_again(by, hour)
            and hour.extended_by != actor.user_id
            and not hour.is_reviewed
        )
        with acting(actor, self.now):
            told = sharing.review_exceptionally(hour.key, outcome="JUSTIFIED", by=actor)
        assert told == allowed, (by, hour)
        self.happened["looks again", allowed] += 1
        if allowed:
            self.becomes_otherwise(hour, replace(hour, is_reviewed=True))

    def may_look_again(self, by: str, hour: Hour) -> bool:
        """Somebody else there, not beside her then nor since; at a small partner, where nobody is
        left to do it, the coordination of the programme."""
        user = self.actors[by].user_id
        if user == hour.user or self.is_beside(user, hour):
            return False
        here = oracle.roles_held(self.world, self.who(by), self.now)
        if self.actors[by].organisation_id == hour.organisation:
            return bool(here & LOOK_AGAIN)
        is_desk = "coordinator" in here and by == "Louise"
        return is_desk and not list(self.left_to_look(hour))

    def somebody_else(self, hour: Hour, otherwise: str) -> str:
        """Whoever may look at it again, so that a story is not made of refusals alone."""
        may = (name for name in self.actors if self.may_look_again(name, hour))
        return next(may, otherwise)

    def left_to_look(self, hour: Hour) -> Iterable[UUID]:
        for user, memberships in self.world.memberships.items():
            if user in self.world.closed_accounts | {hour.user, hour.extended_by}:
                continue
            if not self.is_beside(user, hour) and any(
                one.organisation == hour.organisation
                and one.role in LOOK_AGAIN
                and one.span.holds(self.now)
                for one in memberships
            ):
                yield user

    def is_beside(self, user: UUID, hour: Hour) -> bool:
        return any(
            span.starts <= self.now and (span.ends is None or span.ends > hour.starts)
            for span in self.world.assignments.get((user, hour.file), ())
        )

    # What the oracle remembers.

    def some_hour(self, which: int) -> Hour:
        return self.hours[-1 - which % len(self.hours)]

    def becomes_otherwise(self, before: Hour, after: Hour) -> None:
        self.hours[self.hours.index(before)] = after
        self.remember(after.user, after.file)

    def remember(self, user: UUID, file: UUID) -> None:
        self.world.opened[user, file] = [
            Opened(one.starts, one.ends, in_danger=one.in_danger)
            for one in self.hours
            if (one.user, one.file) == (user, file)
        ]
