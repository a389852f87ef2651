"""A dull filled exercise: what the suites write, correct and type when any would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.exercises import actions, prompts, queries
from spheres.followup.exercises.models import SLUGS, TABLES
from spheres.sharing.rules import PLAN

HER_WORDS = "Je sais mieux ce que je veux garder."
OBSERVATION = "Elle a choisi les cartes en silence, puis elle a souri."
SUPPORT = "Commencer mardi par ce qu’elle a mis en premier."
ANSWERS = {
    PLAN: {"p-name": "Maya, c’est parfait.", "p-likes-0": "Les chats", "p-likes-1": "Danser"},
}
SAFETY_ANSWERS = {"p-worries-0": "Être seule le soir", "p-light": "La lumière du couloir"}


@dataclass(frozen=True)
class Filling:
    """The first exercise of a section, filled."""

    section: str

    @property
    def exercise(self) -> queries.Exercise:
        return queries.offered(self.section)[0]

    @property
    def sent(self) -> dict[str, str]:
        return ANSWERS.get(self.section, SAFETY_ANSWERS)

    def written(self, record_id: UUID, at: datetime, her_words: str = HER_WORDS) -> actions.Written:
        return actions.Written(
            id=record_id,
            exercise_id=self.exercise.id,
            occurred_at=at,
            answers=prompts.answers(self.exercise.asks, self.sent),
            her_words=her_words,
            observation=OBSERVATION,
            support=SUPPORT,
        )

    def write(
        self,
        file_id: UUID,
        record_id: UUID,
        *,
        by: Actor,
        at: datetime,
        her_words: str = HER_WORDS,
    ) -> UUID:
        written = self.written(record_id, at, her_words)
        return actions.sign(self.section, file_id, written, by=by, at=at)

    def correct(self, corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
        model, _status = TABLES[self.section]
        file_id = model._default_manager.values_list("file_id", flat=True).get(pk=corrected)
        written = self.written(record_id, at)
        return actions.correct(self.section, file_id, corrected, written, by=by, at=at)

    def typed(self, at: datetime) -> dict[str, str]:
        return {
            "exercise": self.exercise.key,
            "her_words": HER_WORDS,
            "observation": OBSERVATION,
            "support": SUPPORT,
            **self.sent,
        }

    @property
    def slug(self) -> str:
        return SLUGS[self.section]
