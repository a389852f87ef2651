"""A dull filled exercise of the section « plan », for the contract suite."""

from spheres.followup.exercises.tests.filled import HER_WORDS, OBSERVATION, SUPPORT, Filling
from spheres.sharing.rules import PLAN

__all__ = ["HER_WORDS", "OBSERVATION", "SUPPORT", "correct", "typed", "write"]

_filling = Filling(PLAN)
write, correct, typed = _filling.write, _filling.correct, _filling.typed
