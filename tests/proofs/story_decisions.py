"""In a story, what does the person decide: what she shares, whom she bars, for how long?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from spheres.core.actor import Actor
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form, Restriction
from tests import oracle_world
from tests.cast import acting, uuid_of
from tests.oracle_world import Span, World
from tests.proofs.story_people import NAMES, PLACES, WORKERS

name, place = st.sampled_from(NAMES), st.sampled_from(sorted(PLACES))
# Most often whoever walks with her: nobody else can.
worker = st.sampled_from(("Inès", "Yanick", "Inès", "Yanick", "Inès", *WORKERS))
pick = st.integers(0, 3)
SECTIONS = (["identity"], ["identity", "contact"], ["identity", "summary", "plan", "safety"])
FACES = (["notes", "contact"], ["identity", "notes", "relation", "journal", "summary"])


class HerDecisions:
    """Each is written by whoever walks with her; nobody else can."""

    now: datetime
    world: World
    actors: dict[str, Actor]
    happened: Counter[tuple[str, bool]]

    def may(self, person: str, does: str, face: str, matter: UUID) -> bool:
        raise NotImplementedError

    def attempt(self, what: str, person: str, allowed: bool, do: Callable[[Actor], Any]) -> bool:
        raise NotImplementedError

    def some_file(self, number: int) -> UUID:
        raise NotImplementedError

    @precondition(lambda self: self.world.holders)
    @rule(
        number=pick, by=worker, to=place, whom=name, named=st.booleans(), what=st.integers(0, 2),
        days=st.integers(1, 60),
    )  # fmt: skip
    def she_shares(
        self, number: int, by: str, to: str, whom: str, named: bool, what: int, days: int
    ) -> None:
        file, organisation = self.some_file(number), uuid_of(to)
        actor, user = self.actors[by], self.actors[whom].user_id if named else None
        allowed = (
            self.may(by, "amend", "relation", file)
            and organisation not in {actor.organisation_id, *self.world.police}
        )  # fmt: skip
        span, key = Span(self.now, self.now + timedelta(days=days)), uuid4()
        consent = Consent(
            id=key, file_id=file, organisation_id=organisation, user_id=user,
            purpose="coordination", sections=SECTIONS[what], giver=Consent.Giver.HERSELF,
            form=Form.ORAL, language="fr", text_version="1", taken_by=actor.user_id,
            taken_at=self.now, starts_at=span.starts, ends_at=span.ends,
        )  # fmt: skip
        if self.attempt("shares", by, allowed, lambda who: sharing.agree(consent, by=who)):
            sections = frozenset(SECTIONS[what])
            self.world.consents.setdefault(file, []).append(
                oracle_world.Consent(organisation, span, sections, user)
            )

    @precondition(lambda self: self.world.consents)
    @rule(number=pick, by=worker)
    def she_takes_it_all_back(self, number: int, by: str) -> None:
        files = list(self.world.consents)
        file = files[number % len(files)]
        live = [c for c in self.world.consents[file] if c.span.holds(self.now)]
        expected = len(live) if self.may(by, "amend", "relation", file) else 0
        with acting(self.actors[by], self.now):
            ended = sharing.withdraw(
                file, said_by=Consent.Withdrawer.HERSELF, form=Form.ORAL, by=self.actors[by],
                at=self.now,
            )  # fmt: skip
        assert len(ended) == expected
        self.happened["takes back", bool(ended)] += 1
        if ended:
            self.world.consents[file] = [
                replace(c, span=replace(c.span, ends=self.now)) if c in live else c
                for c in self.world.consents[file]
            ]

    @precondition(lambda self: self.world.holders)
    @rule(number=pick, by=worker, whom=name, faces=st.integers(0, 1))
    def she_bars_somebody(self, number: int, by: str, whom: str, faces: int) -> None:
        file, user = self.some_file(number), self.actors[whom].user_id
        restriction = Restriction(
            id=uuid4(), file_id=file, user_id=user, faces=FACES[faces],
            taken_by=self.actors[by].user_id, taken_at=self.now, starts_at=self.now,
        )  # fmt: skip
        allowed = self.may(by, "amend", "relation", file)
        if self.attempt("bars", by, allowed, lambda who: sharing.restrict(restriction, by=who)):
            self.world.restrictions.setdefault(file, []).append(
                oracle_world.Restriction(Span(self.now), frozenset(FACES[faces]), user)
            )
            self.barred[restriction.pk] = (file, len(self.world.restrictions[file]) - 1)

    @precondition(lambda self: self.barred)
    @rule(number=pick, by=worker)
    def she_lifts_it(self, number: int, by: str) -> None:
        key = list(self.barred)[number % len(self.barred)]
        file, place_of = self.barred[key]
        of = self.world.restrictions[file][place_of]
        stands = of.span.ends is None and of.user != self.actors[by].user_id
        allowed = self.may(by, "amend", "relation", file) and stands
        with acting(self.actors[by], self.now):
            assert sharing.lift(file, key, by=self.actors[by], at=self.now) == allowed
        self.happened["lifts", allowed] += 1
        if allowed:
            standing = self.world.restrictions[file]
            standing[place_of] = replace(
                standing[place_of], span=Span(standing[place_of].span.starts, self.now)
            )

    barred: dict[UUID, tuple[UUID, int]]
