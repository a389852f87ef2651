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
from spheres.sharing.models import Consent, Cover, Form, Restriction
from tests import oracle, oracle_world
from tests.cast import acting, uuid_of
from tests.oracle_world import Span, World
from tests.proofs.story_people import NAMES, PLACES, WORKERS

name, place = st.sampled_from(NAMES), st.sampled_from(sorted(PLACES))
# Most often whoever walks with her: nobody else can.
worker = st.sampled_from(("Inès", "Yanick", "Inès", "Yanick", "Inès", *WORKERS))
pick = st.integers(0, 3)
SECTIONS = (["identity"], ["identity", "contact"], ["identity", "summary", "plan", "safety"])
BRIEF = ["contact", "identity", "summary"]
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
        days=st.integers(1, 60), beside=st.booleans(),
    )  # fmt: skip
    def she_shares(
        self, number: int, by: str, to: str, whom: str, named: bool, what: int, days: int,
        beside: bool,
    ) -> None:  # fmt: skip
        file, organisation = self.some_file(number), uuid_of(to)
        by = self.somebody_beside(file, by) if beside else by
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

    @precondition(lambda self: self.world.holders)
    @rule(
        number=pick, by=worker, whom=name, to=place, hours=st.integers(0, 48),
        days=st.integers(1, 30), samir=st.booleans(), beside=st.booleans(),
    )  # fmt: skip
    def somebody_is_away_and_answered_elsewhere(
        self, number: int, by: str, whom: str, to: str, hours: int, days: int, samir: bool,
        beside: bool,
    ) -> None:  # fmt: skip
        file = self.some_file(number)
        whom, to = ("Samir", "elsewhere") if samir else (whom, to)  # most often, it is possible
        by = self.somebody_beside(file, by) if beside else by
        actor, user, there = self.actors[by], self.actors[whom].user_id, uuid_of(to)
        starts = self.now + timedelta(hours=hours)
        span, key = Span(starts, starts + timedelta(days=days)), uuid4()
        mine = [c for c, _key in self.absences if c.for_user == actor.user_id]
        if whom == by or any(c.span.ends > span.starts and c.span.starts < span.ends for c in mine):
            return
        allowed = oracle.may_answer(self.world, user, actor.organisation_id, there, self.now)
        if self.attempt(
            "is away",
            by,
            allowed,
            lambda who: sharing.cover(
                key, kind=Cover.Kind.STAND_IN, for_user_id=who.user_id, user_id=user,
                elsewhere_id=there, starts_at=span.starts, ends_at=span.ends, by=who, at=self.now,
            ),
        ):  # fmt: skip
            here = actor.organisation_id
            cover = oracle_world.Cover(user, actor.user_id, here, span, elsewhere=there)
            self.world.covers.setdefault(user, {}).setdefault(actor.user_id, []).append(cover)
            self.absences.append((cover, key))
            if beside:  # whoever walks with her asks her at once
                self.she_agrees_with(file, (cover, key), by, user)

    @precondition(lambda self: self.absences and self.world.holders)
    @rule(number=pick, which=pick, by=worker, whom=name, other=st.integers(0, 4))
    def she_agrees_for_that_absence(
        self, number: int, which: int, by: str, whom: str, other: int
    ) -> None:
        absence = self.absences[-1 - which % len(self.absences)]
        user = self.actors[whom].user_id if other == 0 else absence[0].user
        self.she_agrees_with(self.some_file(number), absence, by, user)

    def she_agrees_with(
        self, file: UUID, absence: tuple[oracle_world.Cover, UUID], by: str, user: UUID
    ) -> None:
        cover, key = absence
        allowed = (
            self.may(by, "amend", "relation", file)
            and self.actors[by].organisation_id == cover.organisation
            and user == cover.user
            and self.now < cover.span.ends
            and oracle.entrusted_to(self.world, cover.for_user, cover.organisation, file, self.now)
        )
        span = Span(self.now, self.now + timedelta(days=60))
        consent = Consent(
            id=uuid4(), file_id=file, organisation_id=cover.elsewhere, user_id=user, cover_id=key,
            purpose="absence", sections=BRIEF, giver=Consent.Giver.HERSELF, form=Form.ORAL,
            language="fr", text_version="1", taken_by=self.actors[by].user_id, taken_at=self.now,
            starts_at=span.starts, ends_at=span.ends,
        )  # fmt: skip
        given = self.world.consents.get(file, [])
        stands = any(c.during == cover and c.span.holds(self.now) for c in given)
        if (
            self.attempt("agrees", by, allowed, lambda who: sharing.agree(consent, by=who))
            and not stands  # said again for the same absence, it stands once
        ):
            self.world.consents.setdefault(file, []).append(
                oracle_world.Consent(cover.elsewhere, span, frozenset(BRIEF), user, cover)
            )

    @precondition(lambda self: self.absences)
    @rule(which=pick, by=worker)
    def somebody_is_back_early(self, which: int, by: str) -> None:
        cover, key = self.absences[which % len(self.absences)]
        actor, ends = self.actors[by], max(self.now, cover.span.starts)
        who = oracle_world.Who(actor.user_id, actor.organisation_id, actor.roles)
        # Whoever is away; or a lead of that team, never of what she does herself.
        is_said = cover.for_user == actor.user_id or (
            cover.organisation == actor.organisation_id
            and cover.user != actor.user_id
            and "team_lead" in oracle.roles_held(self.world, who, self.now)
        )
        allowed = is_said and ends < cover.span.ends
        with acting(self.actors[by], self.now):
            ended = Cover.objects.filter(pk=key, ends_at__gt=ends).update(ends_at=ends)
        assert bool(ended) == allowed
        self.happened["is back", allowed] += 1
        if allowed:
            self.ends_early(cover, key, ends)

    def ends_early(self, cover: oracle_world.Cover, key: UUID, ends: datetime) -> None:
        """The absence is over, and with it what was agreed for it."""
        over = replace(cover, span=replace(cover.span, ends=ends))
        self.absences[self.absences.index((cover, key))] = over, key
        covers = self.world.covers[cover.user][cover.for_user]
        covers[covers.index(cover)] = over
        for file, consents in self.world.consents.items():
            self.world.consents[file] = [
                replace(c, during=over) if c.during == cover else c for c in consents
            ]

    @precondition(lambda self: self.world.consents)
    @rule(number=pick, by=worker, beside=st.booleans())
    def she_takes_it_all_back(self, number: int, by: str, beside: bool) -> None:
        files = list(self.world.consents)
        file = files[number % len(files)]
        by = self.somebody_beside(file, by) if beside else by
        live = [
            c
            for c in self.world.consents[file]
            if c.span.holds(self.now) and (c.during is None or self.now < c.during.span.ends)
        ]
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
    @rule(number=pick, by=worker, beside=st.booleans())
    def she_lifts_it(self, number: int, by: str, beside: bool) -> None:
        key = list(self.barred)[-1 - number % len(self.barred)]
        file, place_of = self.barred[key]
        by = self.somebody_beside(file, by) if beside else by
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

    def somebody_beside(self, file: UUID, otherwise: str) -> str:
        """Whoever may write what she decides, so that a story is not made of refusals alone."""
        may = (name for name in WORKERS if self.may(name, "amend", "relation", file))
        return next(may, otherwise)

    barred: dict[UUID, tuple[UUID, int]]
    absences: list[tuple[oracle_world.Cover, UUID]]
