"""In a story, how does what was written come to its end: sealed, opened again, destroyed?

Said from the prose of rights.md §8.2 and ADR retention: nothing goes while she is accompanied; two
people who keep the files of the organisation decide, one of them in charge of privacy, who did not
both walk with her; whoever she keeps out has no hand in it. Sealed, a follow-up is closed to all;
destroyed, no word of it stays; once she is back, what was decided falls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.followup.passages import actions as passages
from spheres.participants.models import FollowUp, FollowUpStatus
from spheres.privacy.retention import actions as retention
from spheres.sharing.models import Ending
from spheres.sharing.models.keeping import Sort
from tests import oracle
from tests.cast import acting
from tests.oracle_world import Seal, Span, Who, World
from tests.proofs.story_hours import Hour
from tests.proofs.story_people import KEEPERS, WORKERS

Status, Exit = FollowUpStatus.Status, Ending.Exit
EXPIRY = service("expiry")
KEEP = frozenset({"organisation_manager", "privacy_officer", "records_officer"})
CLOSED = frozenset(oracle.FACES) - {"therapy"}
pick, worker = st.integers(0, 3), st.sampled_from(("Inès", "Yanick", *WORKERS))
keeper = st.sampled_from((*KEEPERS, *KEEPERS, "Louise", "Karim", "Inès"))
exits = st.sampled_from((Exit.SEALED, Exit.SEALED, Exit.DESTROYED))
LONG = timedelta(days=400)  # longer than any story: nothing ends by itself


@dataclass(frozen=True)
class Decided:
    """One decision, as the oracle remembers it."""

    key: UUID
    file: UUID
    exit: str
    proposed_by: str
    confirmed_by: str = ""
    withdrawn: bool = False
    asked_back_by: str = ""
    lifted: bool = False
    done: bool = False

    @property
    def is_sealed(self) -> bool:
        return self.exit == Exit.SEALED and bool(self.confirmed_by)


class Endings:
    """What happens once she is gone, and when she comes back."""

    now: datetime
    world: World
    actors: dict[str, Actor]
    notes: dict[UUID, UUID]
    offers: dict[UUID, tuple[UUID, str, bool]]
    hours: list[Hour]
    happened: Counter[tuple[str, bool]]
    standing: dict[UUID, str]  # by file: how the follow-up stands, once there is one
    asked: dict[UUID, UUID]  # by file: her request
    decided: list[Decided]

    def who(self, person: str) -> Who:
        raise NotImplementedError

    def may(self, person: str, does: str, face: str, matter: UUID) -> bool:
        raise NotImplementedError

    def attempt(self, what: str, person: str, allowed: bool, do: Callable[[Actor], Any]) -> bool:
        raise NotImplementedError

    def some_file(self, number: int) -> UUID:
        raise NotImplementedError

    # Her follow-up begins, is over, begins again; she asks that all of it be erased.

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, by=worker, what=st.sampled_from(("begins", "departs", "comes back", "asks")))
    def her_follow_up_changes(self, number: int, by: str, what: str) -> None:
        file = self.some_file(number)
        match what:
            case "begins":
                self.it_begins(file, by)
            case "departs":
                self.she_departs(file, by)
            case "comes back":
                self.she_comes_back(file, by)
            case "asks":
                self.she_asks_that_it_be_erased(file, by)

    def it_begins(self, file: UUID, by: str) -> None:
        if file in self.standing:
            return
        allowed = self.may(by, "append", "summary", file)
        if self.attempt("begins", by, allowed, lambda actor: self.write_episode(file, actor)):
            self.standing[file] = Status.ACTIVE

    def write_episode(self, file: UUID, actor: Actor) -> None:
        episode = FollowUp(id=uuid4(), file_id=file, opened_at=self.now, opened_by=actor.user_id)
        FollowUp.objects.bulk_create([episode])
        standing = FollowUpStatus(
            follow_up=episode, file_id=file, status=Status.ACTIVE, status_by=actor.user_id,
            status_at=self.now,
        )  # fmt: skip
        FollowUpStatus.objects.bulk_create([standing])

    def she_departs(self, file: UUID, by: str) -> None:
        if self.standing.get(file) == Status.LEFT:  # said twice, it is said once
            return
        allowed = file in self.standing and self.is_of_hers(by, file)
        if self.attempt(
            "departs",
            by,
            allowed,
            lambda actor: passages.pass_to(file, Status.LEFT, by=actor, at=self.now),
        ):
            self.standing[file] = Status.LEFT

    def she_comes_back(self, file: UUID, by: str) -> None:
        if self.standing.get(file) == Status.RETURNED:
            return
        self.now += timedelta(minutes=1)  # an episode has a moment of its own
        allowed = self.standing.get(file) == Status.LEFT and self.is_of_hers(by, file)
        if self.attempt(
            "comes back", by, allowed, lambda actor: passages.come_back(file, by=actor, at=self.now)
        ):
            self.standing[file] = Status.RETURNED
            for one in self.of_file(file):  # what was to be destroyed no longer is
                if one.exit == Exit.DESTROYED and not one.done:
                    self.becomes_now(one, withdrawn=True)

    def she_asks_that_it_be_erased(self, file: UUID, by: str) -> None:
        key = uuid4()
        if file in self.asked:
            return
        said = retention.Asked(key, "HERSELF", clock.day_of(self.now), "Tout.", "Par toi.")
        # Where who walks with her is closed to somebody, nothing is told in its journal, nor done.
        allowed = self.may(by, "append", "legal", file) and self.may(by, "read", "relation", file)
        if self.attempt(
            "asks", by, allowed, lambda actor: retention.ask(file, said, by=actor, at=self.now)
        ):
            self.asked[file] = key

    def is_of_hers(self, by: str, file: UUID) -> bool:
        """One of her workers; or the psychotherapist with whom alone her file began."""
        return self.may(by, "amend", "summary", file)

    # Two people decide.

    @precondition(lambda self: self.world.holders)
    @rule(
        number=pick, by=keeper, exit=exits,
        what=st.sampled_from(("proposes", "says yes", "asks back", "opens again")),
    )  # fmt: skip
    def somebody_decides(self, number: int, by: str, exit: str, what: str) -> None:
        file = self.some_file(number)
        if what == "proposes":
            self.it_is_proposed(file, by, exit)
        elif self.of_file(file):
            {
                "says yes": self.it_is_confirmed,
                "asks back": self.it_is_asked_back,
                "opens again": self.it_is_opened_again,
            }[what](self.of_file(file)[-1], by)

    def it_is_proposed(self, file: UUID, by: str, exit: str) -> None:
        key, is_sealed = uuid4(), exit == Exit.SEALED
        until = clock.day_of(self.now + LONG) if is_sealed else None
        said = retention.Proposed(
            key, (Sort.FOLLOW_UP,), exit, Ending.Why.REQUEST, until, self.asked.get(file, uuid4())
        )
        is_underway = any(
            not one.confirmed_by or one.exit == Exit.DESTROYED or (is_sealed and not one.lifted)
            for one in self.of_file(file)
            if not one.withdrawn
        )
        allowed = (
            self.has_a_hand(by, file)
            and self.standing.get(file) == Status.LEFT
            and file in self.asked
            and not is_underway
        )
        if self.attempt(
            "proposes", by, allowed, lambda actor: retention.propose(file, said, by=actor)
        ):
            self.decided.append(Decided(key, file, exit, by))

    def it_is_confirmed(self, one: Decided, by: str) -> None:
        if one.confirmed_by == by:  # pressed twice, it is done once
            return
        other = one.proposed_by
        allowed = (
            not one.confirmed_by
            and not one.withdrawn
            and self.has_a_hand(by, one.file)
            and by != other
            and self.is_officer(by, other)
            and not (self.has_walked(by, one.file) and self.has_walked(other, one.file))
            and self.standing[one.file] == Status.LEFT
        )
        if self.attempt(
            "says yes", by, allowed, lambda actor: retention.confirm(Ending(pk=one.key), by=actor)
        ):
            self.becomes_now(one, confirmed_by=by)
            if one.exit == Exit.SEALED:
                self.world.seals.setdefault(one.file, []).append(Seal(Span(self.now), CLOSED))

    def it_is_asked_back(self, one: Decided, by: str) -> None:
        if one.asked_back_by == by:
            return
        allowed = one.is_sealed and not one.asked_back_by and self.has_a_hand(by, one.file)
        if self.attempt(
            "asks back",
            by,
            allowed,
            lambda actor: retention.ask_to_lift(Ending(pk=one.key), "CLAIM", by=actor),
        ):
            self.becomes_now(one, asked_back_by=by)

    def it_is_opened_again(self, one: Decided, by: str) -> None:
        if one.lifted:
            return
        allowed = (
            one.is_sealed
            and one.asked_back_by not in {"", by}
            and self.has_a_hand(by, one.file)
            and self.is_officer(by, one.asked_back_by)
        )
        if self.attempt(
            "opens again", by, allowed, lambda actor: retention.lift(Ending(pk=one.key), by=actor)
        ):
            self.becomes_now(one, lifted=True)
            self.world.seals[one.file] = [
                replace(s, span=Span(s.span.starts, self.now)) if s.span.ends is None else s
                for s in self.world.seals[one.file]
            ]

    @precondition(lambda self: len(self.world.holders) > len(self.world.destroyed) + 1)
    @rule(number=pick)
    def a_night_passes(self, number: int) -> None:
        self.what_was_decided_is_done(self.some_file(number))

    def what_was_decided_is_done(self, file: UUID) -> None:
        for one in self.of_file(file)[-1:]:
            allowed = one.exit == Exit.DESTROYED and bool(one.confirmed_by) and not one.withdrawn
            with acting(EXPIRY, self.now):
                assert retention.carry_out(one.key, by=EXPIRY, at=self.now) == allowed
            self.happened["destroys", allowed] += 1
            if allowed:
                self.becomes_now(one, done=True)
                self.nothing_of_it_stays(file)

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, exit=exits, steps=st.integers(2, 7), is_back=st.booleans())
    def it_goes_as_far_as_it_may(self, number: int, exit: str, steps: int, is_back: bool) -> None:
        """Each step by those whose part it is: a story is not made of refusals alone."""
        file = self.some_file(number)
        hers = next((name for name in WORKERS if self.is_of_hers(name, file)), WORKERS[0])
        officer, manager = KEEPERS
        ways: list[Callable[[], None]] = [
            lambda: self.it_begins(file, hers),
            lambda: self.she_departs(file, hers),
            lambda: self.she_asks_that_it_be_erased(file, hers),
            lambda: self.it_is_proposed(file, officer, exit),
            *(
                lambda do=do, by=by: do(self.of_file(file)[-1], by) if self.of_file(file) else None
                for do, by in (
                    (self.it_is_confirmed, manager),
                    (self.it_is_asked_back, manager),
                    (self.it_is_opened_again, officer),
                )
            ),
        ]
        for way in ways[:steps]:
            way()
        if is_back:
            self.she_comes_back(file, hers)
        if steps == len(ways) and len(self.world.holders) > len(self.world.destroyed) + 1:
            self.what_was_decided_is_done(file)

    # What the oracle remembers.

    def held(self, person: str) -> frozenset[str]:
        return oracle.roles_held(self.world, self.who(person), self.now)

    def has_a_hand(self, by: str, file: UUID) -> bool:
        """Those who keep the files where hers is held, but whom she knows or keeps out by name."""
        who = self.who(by)
        return (
            bool(self.held(by) & KEEP)
            and self.world.holders[file] == who.organisation
            and not oracle.conflicts(self.world, who.user, file, self.now)
            and "relation" not in oracle.barred(self.world, who, file, self.now)
        )

    def is_officer(self, *two: str) -> bool:
        return any("privacy_officer" in self.held(one) for one in two)

    def has_walked(self, person: str, file: UUID) -> bool:
        return (self.actors[person].user_id, file) in self.world.assignments

    def of_file(self, file: UUID) -> list[Decided]:
        return [one for one in self.decided if one.file == file]

    def becomes_now(self, one: Decided, **changes: Any) -> None:
        self.decided[self.decided.index(one)] = replace(one, **changes)

    def nothing_of_it_stays(self, file: UUID) -> None:
        """Neither what was written, nor who was asked, nor who knows her; nobody walks with her."""
        world = self.world
        world.destroyed.add(file)
        self.notes = {note: of for note, of in self.notes.items() if of != file}
        self.hours = [one for one in self.hours if one.file != file]
        self.offers = {key: said for key, said in self.offers.items() if said[0] != file}
        world.conflicts = {(user, of) for user, of in world.conflicts if of != file}
        world.opened = {key: said for key, said in world.opened.items() if key[1] != file}
        world.handlings[file] = [h for h in world.handlings[file] if h.user is None]
        for link in [link for link in world.assignments if link[1] == file]:
            world.assignments[link] = [
                replace(span, ends=self.now) if span.ends is None else span
                for span in world.assignments[link]
            ]
