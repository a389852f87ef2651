"""In a story, what does each see: her own pages, what is shared, what is open for an hour?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from hypothesis.stateful import invariant

from spheres.core import context
from spheres.core.actor import EXCEPTIONAL, ORDINARY, SHARED, Actor
from tests import oracle, oracle_matters
from tests.oracle_world import Who, World
from tests.proofs.story_people import NAMES

SEEN = {
    "notes": "select id from notes_note",
    "who she is": "select file_id from participants_identity",
    "files": "select id from participants_file",
    "referrals": "select file_id from admission_referral",
    "who is referred": "select file_id from admission_referredperson",
    "standings": "select file_id from admission_referralstatus",
    "sealed": "select unnest(access.readable_therapy_files())",
    "journal": "select unnest(access.readable_journal_files())",
}
ALL_AT_ONCE = f"select {', '.join(f'array({question})' for question in SEEN.values())}"


class WhatIsSeen:
    """Two people are asked after each step, everybody at the end."""

    now: datetime
    world: World
    actors: dict[str, Actor]
    notes: dict[UUID, UUID]
    turn: int

    def who(self, person: str) -> Who:
        raise NotImplementedError

    @invariant()
    def two_of_them_see_what_they_may(self) -> None:
        self.turn += 1
        if self.actors:
            self.compare(NAMES[(self.turn * step) % len(NAMES)] for step in (1, 3))

    def compare(self, people: Iterable[str]) -> None:
        raw = connection.connection
        for person in dict.fromkeys(people):
            if person not in self.actors:
                continue
            for purpose in (ORDINARY, SHARED, EXCEPTIONAL):
                actor = replace(self.actors[person], purpose=purpose)
                raw.execute(
                    "select set_config(%s, %s, true)",
                    [context.SETTING, context.sign(actor, self.now)],
                )
                answers = raw.execute(ALL_AT_ONCE).fetchone()
                seen = {what: sorted(rows) for what, rows in zip(SEEN, answers, strict=True)}
                expected = self.expected(person, purpose)
                amiss = {what: (seen[what], expected[what]) for what in SEEN}
                amiss = {what: two for what, two in amiss.items() if two[0] != two[1]}
                assert not amiss, (person, purpose, amiss)
            raw.execute("select set_config(%s, '', true)", [context.SETTING])

    def expected(self, person: str, purpose: str) -> dict[str, list[UUID]]:
        who = replace(self.who(person), purpose=purpose)
        with self.world.still():
            reach = oracle.reach(self.world, who, self.now)
            hands = {
                m: oracle_matters.hands(self.world, who, m, self.now) for m in self.world.matters
            }
        # Once destroyed, what was said of her is gone; how the referral stood stays, for counts.
        told = {m: k for m, k in hands.items() if m not in self.world.destroyed}
        known = reach["read", "identity"] - self.world.destroyed
        return {
            "notes": sorted(n for n, file in self.notes.items() if file in reach["read", "notes"]),
            "who she is": sorted(known),
            "files": sorted(reach["read", "relation"]),
            "referrals": sorted(m for m, k in told.items() if k & {"DESK", "OFFERED", "ENTRUSTED"}),
            "who is referred": sorted(m for m, k in told.items() if k & {"DESK", "ENTRUSTED"}),
            "standings": sorted(m for m, k in hands.items() if k),
            "sealed": sorted(reach["read", "therapy"]),
            "journal": sorted(reach["read", "journal"]),
        }
