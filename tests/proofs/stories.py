"""Random stories: what people do to a file over the months, and what each then sees.

Each step is done by the actions themselves; the oracle keeps its own small memory of it. After
each step some actors, and at the end all of them, must see exactly what the oracle says. Every
actor claims all the roles she ever had: what ended must not depend on who signs the context.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from psycopg.errors import InsufficientPrivilege

from spheres.accounts.models import Membership, User
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import Refusal
from spheres.followup.admission import actions as admission
from spheres.followup.notes import actions as notes
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from tests import oracle, oracle_matters, oracle_world
from tests.cast import LOADER, MONDAY, acting, add_organisation, add_person, name_desk
from tests.oracle_world import Handling, Span, Who, World
from tests.proofs.story_decisions import HerDecisions
from tests.proofs.story_endings import Decided, Endings
from tests.proofs.story_hours import Hour, Hours
from tests.proofs.story_people import NAMES, PEOPLE, PLACES, WORKERS
from tests.proofs.story_views import WhatIsSeen

REFUSALS = (ObjectDoesNotExist, Refusal, ProgrammingError)
# How often each thing was done, and refused: a story where nothing happens proves nothing.
HAPPENED: Counter[tuple[str, bool]] = Counter()

name, worker, role = st.sampled_from(NAMES), st.sampled_from(WORKERS), st.sampled_from(oracle.ROLES)
pick = st.integers(0, 3)


# How every story begins, done once and committed (`begin`): what the oracle remembers of it.
BEGINNING: dict[str, Any] = {}


class Story(WhatIsSeen, HerDecisions, Hours, Endings, RuleBasedStateMachine):
    """One story, in one transaction that is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("set local plan_cache_mode = force_generic_plan")
        self.now = MONDAY
        self.world = World()
        self.actors: dict[str, Actor] = {}
        self.status: dict[UUID, str] = {}
        self.offers: dict[UUID, tuple[UUID, str, bool]] = {}  # matter, to whom, open
        self.notes: dict[UUID, UUID] = {}  # note: its file
        self.barred: dict[UUID, tuple[UUID, int]] = {}
        self.absences: list[tuple[oracle_world.Cover, UUID]] = []
        self.hours: list[Hour] = []
        self.standing: dict[UUID, str] = {}
        self.asked: dict[UUID, UUID] = {}
        self.decided: list[Decided] = []
        self.happened = HAPPENED
        self.turn = 0

    def teardown(self) -> None:
        try:
            self.compare(NAMES)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize()
    def go_on_from_the_beginning(self) -> None:
        vars(self).update(deepcopy(BEGINNING))

    def gather(self) -> None:
        with acting(LOADER):
            places = {slug: add_organisation(slug, kind) for slug, kind in PLACES.items()}
            name_desk(places["institute"])
            self.world.police.add(places["police"].id)
            for person, (place, hat) in PEOPLE.items():
                self.actors[person] = add_person(person, places[place], hat)
                span = Span(MONDAY - timedelta(days=400))
                self.world.memberships[self.actors[person].user_id] = [
                    oracle_world.Membership(places[place].id, hat, span)
                ]

        self.somebody_refers_her()
        self.a_referral_is_offered(0, "Inès", "Louise")
        self.an_offer_is_accepted(0)
        self.somebody_refers_her()
        self.a_referral_is_offered(1, "Yanick", "Louise")
        self.an_offer_is_accepted(0)
        self.somebody_refers_her()
        self.a_referral_is_offered(2, "Inès", "Louise")

    # What the oracle answers, and what becomes of an attempt.

    def who(self, person: str) -> Who:
        actor = self.actors[person]
        return Who(actor.user_id, actor.organisation_id, actor.roles)

    def may(self, person: str, does: str, face: str, matter: UUID) -> bool:
        return oracle.may(self.world, self.who(person), does, face, matter, self.now)

    def hands(self, person: str, matter: UUID) -> frozenset[str]:
        return oracle_matters.hands(self.world, self.who(person), matter, self.now)

    def attempt(self, what: str, person: str, allowed: bool, do: Callable[[Actor], Any]) -> bool:
        """Do it, and be refused exactly when the oracle says no; a refusal leaves nothing."""
        actor, refusal = self.actors[person], None
        try:
            with transaction.atomic(), acting(actor, self.now):
                do(actor)
        except REFUSALS as error:
            refusal = error
        if isinstance(refusal, ProgrammingError):
            assert isinstance(refusal.__cause__, InsufficientPrivilege)
        assert (refusal is None) == allowed, f"{person} {what}: {refusal!r}"
        HAPPENED[what, allowed] += 1
        return allowed

    def as_loader(self, do: Callable[[], Any]) -> None:
        with acting(LOADER, self.now):
            do()

    def matter(self, number: int) -> UUID:
        return self.world.matters[number % len(self.world.matters)]

    # What can happen.

    @rule(hours=st.integers(1, 24 * 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: len(self.world.matters) < 5)
    @rule()
    def somebody_refers_her(self) -> None:
        desk = self.actors["Louise"].organisation_id
        sent = admission.Sent(
            id=uuid4(), source="self", channel="web", agreement="yes", age_band="14-17",
            language="fr", chosen_name="Maya", contact_channel="text",
        )  # fmt: skip
        with acting(VISITOR, self.now):
            admission.refer(sent, desk=desk, by=VISITOR, at=self.now)
        matter = admission.file_of(sent.id)
        self.world.matters.append(matter)
        self.world.handlings[matter] = [
            Handling("DESK", Span(self.now), desk=(desk, "coordinator"))
        ]
        self.status[matter] = "RECEIVED"

    @precondition(lambda self: self.world.matters)
    @rule(number=pick, to=worker, by=st.sampled_from(("Louise", "Louise", "Louise", "Karim")))
    def a_referral_is_offered(self, number: int, to: str, by: str) -> None:
        matter, offer_id = self.matter(number), uuid4()
        allowed = (
            "DESK" in self.hands(by, matter)
            and self.status[matter] in {"RECEIVED", "OFFERED"}
            and (matter, to, True) not in self.offers.values()
            and "coordinator" in self.actors[by].roles
            and oracle_matters.accompanies(self.world, self.actors[to].user_id, self.now)
        )
        if self.attempt(
            "offers",
            by,
            allowed,
            lambda actor: admission.offer(
                matter, to=self.actors[to].user_id, offer_id=offer_id, by=actor, at=self.now
            ),
        ):
            self.offers[offer_id] = (matter, to, True)
            self.status[matter] = "OFFERED"
            self.take(matter, Handling("OFFERED", Span(self.now), user=self.actors[to].user_id))

    @precondition(lambda self: self.offers)
    @rule(number=st.integers(0, 5))
    def an_offer_is_accepted(self, number: int) -> None:
        offer_id, (matter, to, is_open) = self.some_offer(number)
        allowed = (
            is_open and "OFFERED" in self.hands(to, matter) and self.status[matter] == "OFFERED"
        )
        desk = self.actors["Louise"].organisation_id
        if self.attempt(
            "accepts",
            to,
            allowed,
            lambda actor: admission.accept(offer_id, desk=desk, by=actor, at=self.now),
        ):
            user = self.actors[to].user_id
            self.offers[offer_id] = (matter, to, False)
            self.status[matter] = "ACCEPTED"
            self.let_go(matter, {"DESK", "OFFERED"})
            self.take(matter, Handling("ENTRUSTED", Span(self.now), user=user))
            self.take(matter, Handling("WATCH", Span(self.now), desk=(desk, "coordinator")))
            self.world.holders[matter] = self.actors[to].organisation_id
            self.world.opened_at[matter] = self.now
            self.world.assignments.setdefault((user, matter), []).append(Span(self.now))

    @precondition(lambda self: self.offers)
    @rule(number=st.integers(0, 5), knows_her=st.booleans())
    def an_offer_is_declined(self, number: int, knows_her: bool) -> None:
        offer_id, (matter, to, is_open) = self.some_offer(number)
        user = self.actors[to].user_id
        allowed = is_open and "OFFERED" in self.hands(to, matter)
        if self.attempt(
            "declines",
            to,
            allowed,
            lambda actor: admission.decline(
                offer_id, reason="full", knows_her=knows_her, by=actor, at=self.now
            ),
        ):
            self.offers[offer_id] = (matter, to, False)
            others = any(still and m == matter for m, _, still in self.offers.values())
            if self.status[matter] == "OFFERED" and not others:
                self.status[matter] = "RECEIVED"
            self.let_go(matter, {"OFFERED"}, user)
            if knows_her:
                self.world.conflicts.add((user, matter))

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, by=worker, to=name)
    def somebody_joins_her_team(self, number: int, by: str, to: str) -> None:
        file, user = self.some_file(number), self.actors[to].user_id
        here = self.actors[by].organisation_id
        allowed = self.may(by, "append" if to == by else "amend", "relation", file) and (
            to == by or oracle_matters.accompanies_here(self.world, user, here, self.now)
        )
        if self.attempt(
            "joins",
            by,
            allowed,
            lambda _: Assignment.objects.bulk_create(
                [Assignment(id=uuid4(), file_id=file, user_id=user, starts_at=self.now)]
            ),
        ):
            self.world.assignments.setdefault((user, file), []).append(Span(self.now))

    @precondition(lambda self: self.world.assignments)
    @rule(number=st.integers(0, 5), by=worker)
    def somebody_leaves_her_team(self, number: int, by: str) -> None:
        links = list(self.world.assignments)
        user, file = links[number % len(links)]
        running = [s for s in self.world.assignments[user, file] if s.ends is None]
        with acting(self.actors[by], self.now):
            ended = Assignment.objects.filter(file_id=file, user_id=user, ends_at=None).update(
                ends_at=self.now
            )
        assert ended == (len(running) if self.may(by, "amend", "relation", file) else 0)
        HAPPENED["leaves", bool(ended)] += 1
        if ended:
            self.world.assignments[user, file] = [
                replace(s, ends=self.now) if s.ends is None else s
                for s in self.world.assignments[user, file]
            ]

    @rule(person=name, hat=role, what=st.sampled_from(("back", "back", "left", "hat", "closed")))
    def her_work_changes(self, person: str, hat: str, what: str) -> None:
        """She leaves, changes hats, has her account closed; or all is as it was."""
        self.her_account(person, is_open=what != "closed")
        if what in {"left", "hat"}:
            self.she_leaves_the_organisation(person)
        if what in {"back", "hat"}:
            self.she_is_hired_again(person, hat if what == "hat" else PEOPLE[person][1])

    def she_leaves_the_organisation(self, person: str) -> None:
        actor = self.actors[person]
        self.as_loader(
            lambda: Membership.objects.filter(user_id=actor.user_id, ends_at=None).update(
                ends_at=self.now
            )
        )
        self.world.memberships[actor.user_id] = [
            replace(m, span=replace(m.span, ends=self.now)) if m.span.ends is None else m
            for m in self.world.memberships[actor.user_id]
        ]

    def she_is_hired_again(self, person: str, hat: str) -> None:
        actor = self.actors[person]
        self.as_loader(
            lambda: Membership.objects.bulk_create(
                [
                    Membership(
                        id=uuid4(),
                        user_id=actor.user_id,
                        organisation_id=actor.organisation_id,
                        role=hat,
                        starts_at=self.now,
                    )
                ]
            )
        )
        self.world.memberships[actor.user_id].append(
            oracle_world.Membership(actor.organisation_id, hat, Span(self.now))
        )
        self.actors[person] = replace(actor, roles=actor.roles | {hat})

    def her_account(self, person: str, *, is_open: bool) -> None:
        user = self.actors[person].user_id
        self.as_loader(lambda: User.objects.filter(pk=user).update(is_active=is_open))
        (self.world.closed_accounts.discard if is_open else self.world.closed_accounts.add)(user)

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, by=worker)
    def a_note_is_signed(self, number: int, by: str) -> None:
        file, note = self.some_file(number), uuid4()
        allowed = self.may(by, "append", "notes", file) and bool(
            self.actors[by].roles & oracle.WORKERS
        )
        written = notes.Written(id=note, kind="meeting", occurred_at=self.now)
        if self.attempt(
            "signs", by, allowed, lambda actor: notes.sign(file, written, by=actor, at=self.now)
        ):
            self.notes[note] = file

    @precondition(lambda self: self.world.matters)
    @rule(number=pick, by=worker)
    def somebody_knows_her(self, number: int, by: str) -> None:
        matter = self.matter(number)
        with acting(self.actors[by], self.now):
            sharing.declare_conflict(matter, by=self.actors[by], at=self.now)
        self.world.conflicts.add((self.actors[by].user_id, matter))

    # What the oracle remembers.

    def take(self, matter: UUID, handling: Handling) -> None:
        self.world.handlings[matter].append(handling)

    def let_go(self, matter: UUID, kinds: set[str], user: UUID | None = None) -> None:
        self.world.handlings[matter] = [
            replace(h, span=replace(h.span, ends=self.now))
            if h.kind in kinds and h.span.ends is None and user in {None, h.user}
            else h
            for h in self.world.handlings[matter]
        ]

    def some_offer(self, number: int) -> tuple[UUID, tuple[UUID, str, bool]]:
        return list(self.offers.items())[-1 - number % len(self.offers)]

    def some_file(self, number: int) -> UUID:
        """Not one of which nothing stays: what is done there is said in its own tests."""
        there = [file for file in self.world.holders if file not in self.world.destroyed]
        return there[number % len(there)]


def begin() -> None:
    """The beginning of all stories, kept in a database of their own."""
    story = Story()
    story.gather()
    story.undo.__exit__(None, None, None)
    BEGINNING.update(
        {name: getattr(story, name) for name in ("actors", "world", "status", "offers")}
    )
