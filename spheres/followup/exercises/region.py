"""What do a region's files say of exercises?

A version that stands never changes: what somebody answered is read under it for good.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from spheres.followup.exercises import defining
from spheres.followup.exercises.defining import ExerciseSaid
from spheres.followup.exercises.models import Exercise
from spheres.regions.registry import Loading, Section, register
from spheres.regions.versions import Versions


def row(said: ExerciseSaid, position: int, loading: Loading) -> Exercise:
    return Exercise(
        id=loading.id("exercise", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


VERSIONS: Final = Versions(
    "exercises",
    Exercise,
    row,
    gettext_lazy(
        "«%(slug)s» changed under the same version (%(version)s): what was answered keeps "
        "its version, so write version: %(next)s."
    ),
)


register(
    Section(
        name="exercises",
        file="exercises/*.yaml",
        title=gettext_lazy("Exercises"),
        check=defining.check,
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
    )
)
