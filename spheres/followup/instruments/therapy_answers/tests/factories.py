"""A dull filled questionnaire of the section « therapy », for the contract suite."""

from spheres.followup.instruments.tests.filled import HER_WORDS, OBSERVATION, SUPPORT, Filling
from spheres.sharing.rules import THERAPY

__all__ = ["HER_WORDS", "OBSERVATION", "SUPPORT", "correct", "typed", "write"]

_filling = Filling(THERAPY)
write, correct, typed = _filling.write, _filling.correct, _filling.typed
