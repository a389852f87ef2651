"""What do a region's files say of exercises?

A version that stands never changes: what somebody answered is read under it for good.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.exercises import defining
from spheres.followup.exercises.defining import ExerciseSaid
from spheres.followup.exercises.models import Exercise
from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Fault, Refused
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
    standing = list(Exercise.objects.order_by("slug", "version"))
    _refuse_changed(said, standing)
    rows = [row(one, position, loading) for position, one in enumerate(said)]
    asked = {one.pk for one in rows}
    return difference(rows, [r for r in standing if r.is_offered or r.pk in asked], Exercise)


def _refuse_changed(said: list[ExerciseSaid], standing: list[Exercise]) -> None:
    kept = {(each.slug, each.version): each.definition for each in standing}
    newest: dict[str, int] = {}
    for each in standing:
        newest[each.slug] = max(each.version, newest.get(each.slug, 0))
    faults = []
    for one in said:
        before = kept.get((one.slug, one.version))
        if before is not None and before != one.definition:
            sentence = _(
                "«%(slug)s» changed under the same version (%(version)s): what was answered keeps "
                "its version, so write version: %(next)s."
            )
            faults.append(_fault(one, sentence, newest[one.slug] + 1))
        elif one.version < newest.get(one.slug, 0):
            sentence = _(
                "«%(slug)s» goes back to version %(version)s, and %(newest)s already stands: write "
                "version: %(next)s."
            )
            faults.append(_fault(one, sentence, newest[one.slug] + 1))
    if faults:
        raise Refused(faults)


def _fault(one: ExerciseSaid, sentence: str, following: int) -> Fault:
    said = {
        "slug": one.slug, "version": one.version, "next": following, "newest": following - 1,
    }  # fmt: skip
    return Fault(one.part.file, one.part.line, "version", sentence % said)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    """Add, and move; what no file says any more is no longer offered, and stays readable."""
    differing = found(loading)
    differing.write()
    Exercise.objects.filter(pk__in=[each.pk for each in differing.gone]).update(is_offered=False)


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
