"""May a file of a region say this version? What was answered keeps its version for good.

A version that stands never changes and never comes back; what no file says any more is no longer
offered, and stays readable. Exercises and questionnaires share this rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Fault, Part, Refused


class Said(Protocol):
    """One version of one thing, as its files say it; a fault is noted at `part`."""

    @property
    def slug(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def definition(self) -> dict[str, Any]: ...
    @property
    def part(self) -> Part: ...


S = TypeVar("S", bound=Said)


def found(
    model: type[Any], said: Sequence[S], row: Callable[[S, int], Any], *, changed: str
) -> Difference[Any]:
    """What differs from the rows of `model`, which have a slug, a version and a definition.

    Raises Refused when a version that stands would be changed, said by the sentence `changed`, or
    would come back.
    """
    standing = list(model.objects.order_by("slug", "version"))
    _refuse_changed(said, standing, changed)
    rows = [row(one, position) for position, one in enumerate(said)]
    asked = {one.pk for one in rows}
    return difference(rows, [r for r in standing if r.is_offered or r.pk in asked], model)


def apply(model: type[Any], differing: Difference[Any]) -> None:
    """Add, and move; what no file says any more is no longer offered."""
    differing.write()
    model.objects.filter(pk__in=[each.pk for each in differing.gone]).update(is_offered=False)


def _refuse_changed(said: Sequence[Said], standing: Sequence[Any], changed: str) -> None:
    kept = {(each.slug, each.version): each.definition for each in standing}
    newest: dict[str, int] = {}
    for each in standing:
        newest[each.slug] = max(each.version, newest.get(each.slug, 0))
    faults = []
    for one in said:
        before = kept.get((one.slug, one.version))
        if before is not None and before != one.definition:
            faults.append(_fault(one, changed, newest[one.slug] + 1))
        elif one.version < newest.get(one.slug, 0):
            sentence = _(
                "«%(slug)s» goes back to version %(version)s, and %(newest)s already stands: write "
                "version: %(next)s."
            )
            faults.append(_fault(one, sentence, newest[one.slug] + 1))
    if faults:
        raise Refused(faults)


def _fault(one: Said, sentence: str, following: int) -> Fault:
    said = {
        "slug": one.slug, "version": one.version, "next": following, "newest": following - 1,
    }  # fmt: skip
    return Fault(one.part.file, one.part.line, "version", sentence % said)
