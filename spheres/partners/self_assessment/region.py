"""What does the file `self_assessment.yaml` of a region say? Statements, in both languages.

A version that stands never changes; what no file says any more is no longer asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.partners.self_assessment.models import StatementSet
from spheres.regions import versions
from spheres.regions.difference import Difference
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register

MOST_STATEMENTS: Final = 20
MOST_VERSIONS: Final = 1_000
SLUG: Final = "partners"


@dataclass(frozen=True)
class StatementsSaid:
    """The statements of a file; `part` is where a fault that only the database shows is noted."""

    slug: str
    version: int
    definition: dict[str, Any]
    part: Part


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[StatementsSaid]:
    return [_statements(part) for part in parts]


def _statements(part: Part) -> StatementsSaid:
    it = part.fields("version", "lead", "statements", optional=("success",))
    entries = it["statements"].items()
    if not 1 <= len(entries) <= MOST_STATEMENTS:
        it["statements"].fault(
            _("write between one and %(most)s statements.") % {"most": MOST_STATEMENTS}
        )
    said = [one.fields("code", "fr", "en") for one in entries]
    refuse_twice([one["code"] for one in said])
    lead = it["lead"].both(most=400)
    definition: dict[str, Any] = {
        "lead": dict(zip(("fr", "en"), lead, strict=True)),
        "statements": [
            {
                "code": one["code"].code(),
                "fr": one["fr"].text(most=200, language="fr"),
                "en": one["en"].text(most=200, language="en"),
            }
            for one in said
        ],
    }
    if "success" in it:
        codes = [one["code"] for one in definition["statements"]]
        definition["success"] = it["success"].choice(codes)
    return StatementsSaid(SLUG, it["version"].number(1, MOST_VERSIONS), definition, it["version"])


def row(said: StatementsSaid, position: int, loading: Loading) -> StatementSet:
    return StatementSet(
        id=loading.id("statements", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


def found(loading: Loading) -> Difference[StatementSet]:
    """What differs; raises Refused when a version that stands would be changed, or come back."""
    said: list[StatementsSaid] = loading.said["self_assessment"]
    changed = _(
        "«%(slug)s» changed under the same version (%(version)s): what was answered is read under "
        "it, so write version: %(next)s."
    )
    return versions.found(StatementSet, said, partial(row, loading=loading), changed=changed)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    versions.apply(StatementSet, found(loading))


register(
    Section(
        name="self_assessment",
        file="self_assessment.yaml",
        title=gettext_lazy("What each partner asks itself once a year"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
