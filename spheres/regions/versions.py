"""May a file of a region say this version? What was answered keeps its version for good.

A version that stands never changes and never comes back; what no file says any more is no longer
offered, and stays readable. Whatever is asked of somebody shares this rule: exercises,
questionnaires, questions of rounds and of trainings, statements of partners.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.regions.difference import Difference, difference_of_kept
from spheres.regions.reading import Fault, Part, Refused
from spheres.regions.registry import Change, Kind, Loading


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


@dataclass(frozen=True)
class SetSaid:
    """One set of questions of a file; a fault that only the database shows is noted at `part`."""

    slug: str
    version: int
    definition: dict[str, Any]
    part: Part


READ_UNDER_IT: Final = gettext_lazy(
    "«%(slug)s» changed under the same version (%(version)s): what was answered is read under it, "
    "so write version: %(next)s."
)


@dataclass(frozen=True)
class Versions(Generic[S]):
    """The rows of one section: of `model`, which have a slug, a version and a definition. `row`
    makes one of what the files say; `changed` is how a changed version is refused."""

    section: str
    model: type[Any]
    row: Callable[[S, int, Loading], Any]
    changed: Any = READ_UNDER_IT

    def found(self, loading: Loading) -> Difference[Any]:
        """What differs; raises Refused when a version that stands would change, or come back."""
        said: list[S] = loading.said[self.section]
        standing = list(self.model.objects.order_by("slug", "version"))
        _refuse_changed(said, standing, str(self.changed))
        rows = [self.row(one, position, loading) for position, one in enumerate(said)]
        return difference_of_kept(rows, standing, self.model, shown="is_offered")

    def plan(self, loading: Loading) -> Sequence[Change]:
        return self.found(loading).changes(str, gone=Kind.KEPT)

    def apply(self, loading: Loading) -> None:
        """Add, and move; what no file says any more is no longer offered, and stays readable."""
        differing = self.found(loading)
        differing.write()
        differing.hide("is_offered")


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
