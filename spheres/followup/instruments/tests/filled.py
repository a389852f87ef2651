"""A dull filled questionnaire: what the suites write, correct and type when any would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.instruments import actions, items, queries
from spheres.followup.instruments.models import SLUGS, TABLES
from spheres.followup.instruments.policy import Age
from spheres.sharing.rules import HEALTH

HER_WORDS = "Cette semaine, j’ai mieux dormi."
OBSERVATION = "Elle a pris son temps pour la deuxième question."
SUPPORT = "Marcher ensemble mardi, si elle veut encore."
SENT = {
    # My week: sleep, breaks, noise, walks, music, more. The room: light, chair.
    HEALTH: {"q-2": "often", "q-3": "sometimes", "q-4": "never", "q-5": "3", "q-6": "yes"},
}
SENT_APART = {"q-0": "yes", "q-1": "a_bit"}


@dataclass(frozen=True)
class Filling:
    """The first questionnaire of a section, answered."""

    section: str

    @property
    def instrument(self) -> queries.Instrument:
        return queries.offered(self.section)[0]

    @property
    def sent(self) -> dict[str, str]:
        return SENT.get(self.section, SENT_APART)

    def written(self, record_id: UUID, at: datetime, her_words: str = HER_WORDS) -> actions.Written:
        return actions.Written(
            id=record_id,
            instrument_id=self.instrument.id,
            occurred_at=at,
            answers=items.answers(self.instrument.asks, self.sent),
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
        written, age = self.written(record_id, at, her_words), Age("", "14-17")
        return actions.sign(self.section, file_id, written, age=age, by=by, at=at)

    def correct(self, corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
        model, _status = TABLES[self.section]
        file_id = model._default_manager.values_list("file_id", flat=True).get(pk=corrected)
        written = self.written(record_id, at)
        return actions.correct(self.section, file_id, corrected, written, by=by, at=at)

    def typed(self, at: datetime) -> dict[str, str]:
        return {
            "instrument": self.instrument.key,
            "her_words": HER_WORDS,
            "observation": OBSERVATION,
            "support": SUPPORT,
            **self.sent,
        }

    @property
    def slug(self) -> str:
        return SLUGS[self.section]
