"""What do a region's files say of exercises?

A version that stands never changes: what somebody answered is read under it for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.exercises import defining
from spheres.followup.exercises.defining import ExerciseSaid
from spheres.followup.exercises.models import Exercise
from spheres.regions import versions
from spheres.regions.difference import Difference
from spheres.regions.registry import Change, Kind, Loading, Section, register


def row(said: ExerciseSaid, position: int, loading: Loading) -> Exercise:
    return Exercise(
        id=loading.id("exercise", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


def found(loading: Loading) -> Difference[Exercise]:
    """What differs; raises Refused when a version that stands would be changed, or come back."""
    said: list[ExerciseSaid] = loading.said["exercises"]
    changed = _(
        "«%(slug)s» changed under the same version (%(version)s): what was answered keeps "
        "its version, so write version: %(next)s."
    )
    return versions.found(Exercise, said, partial(row, loading=loading), changed=changed)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    """Add, and move; what no file says any more is no longer offered, and stays readable."""
    versions.apply(Exercise, found(loading))


register(
    Section(
        name="exercises",
        file="exercises/*.yaml",
        title=gettext_lazy("Exercises"),
        check=defining.check,
        plan=plan,
        apply=apply,
    )
)
