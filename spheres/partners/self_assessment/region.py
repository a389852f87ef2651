"""What does the file `self_assessment.yaml` of a region say? Statements, in both languages.

A version that stands never changes; what no file says any more is no longer asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.partners.self_assessment.models import StatementSet
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Loading, Section, register
from spheres.regions.versions import SetSaid, Versions

MOST_STATEMENTS: Final = 20
MOST_VERSIONS: Final = 1_000
SLUG: Final = "partners"


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[SetSaid]:
    return [_statements(part) for part in parts]


def _statements(part: Part) -> SetSaid:
    it = part.fields("version", "lead", "statements", optional=("success",))
    entries = it["statements"].items()
    if not 1 <= len(entries) <= MOST_STATEMENTS:
        it["statements"].fault(
            _("write between one and %(most)s statements.") % {"most": MOST_STATEMENTS}
        )
    said = [one.fields("code", "fr", "en") for one in entries]
    refuse_twice([one["code"] for one in said])
    definition: dict[str, Any] = {
        "lead": it["lead"].in_both(most=400),
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
    return SetSaid(SLUG, it["version"].number(1, MOST_VERSIONS), definition, it["version"])


def row(said: SetSaid, position: int, loading: Loading) -> StatementSet:
    return StatementSet(
        id=loading.id("statements", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


VERSIONS: Final = Versions("self_assessment", StatementSet, row)


register(
    Section(
        name="self_assessment",
        file="self_assessment.yaml",
        title=gettext_lazy("What each partner asks itself once a year"),
        check=check,
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
    )
)
