"""A dull filled exercise of the section « safety », for the contract suite."""

from spheres.followup.exercises.tests.filled import HER_WORDS, OBSERVATION, SUPPORT, Filling
from spheres.sharing.rules import SAFETY

__all__ = ["HER_WORDS", "OBSERVATION", "SUPPORT", "correct", "typed", "write"]

_filling = Filling(SAFETY)
write, correct, typed = _filling.write, _filling.correct, _filling.typed
