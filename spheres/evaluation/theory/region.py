"""What does the file `theory.yaml` of a region say? What is done, what is expected of it, and what
shows it.

Each step leads to later ones, and an outcome is led to by an earlier one: a chain has no loose end.
What shows a step is a figure that is counted, or a sentence that says where it is seen. A version
that stands never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.evaluation.theory.models import Component, Kind, Theory
from spheres.records.between import measured
from spheres.regions.reading import Fields, Part, refuse_twice
from spheres.regions.registry import Loading, Section, register
from spheres.regions.versions import SetSaid, Versions

MOST_STEPS: Final = 40
MOST_VERSIONS: Final = 1_000
SLUG: Final = "theory"
ORDER: Final = list(Kind.values)
CHANGED: Final = gettext_lazy(
    "«%(slug)s» changed under the same version (%(version)s): reports are read beside it, so write "
    "version: %(next)s."
)


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[SetSaid]:
    return [_theory(part) for part in parts]


def _theory(part: Part) -> SetSaid:
    it = part.fields("version", "lead", "aims", "steps")
    aims = [one.fields("code", "fr", "en") for one in it["aims"].items()]
    entries = it["steps"].items()
    if not 1 <= len(entries) <= MOST_STEPS:
        it["steps"].fault(_("write between one and %(most)s steps.") % {"most": MOST_STEPS})
    steps = [
        one.fields(
            "code", "kind", "fr", "en",
            optional=("component", "leads_to", "aims", "figures", "shown_by"),
        )
        for one in entries
    ]  # fmt: skip
    refuse_twice([one["code"] for one in (*aims, *steps)])
    kinds = {one["code"].plain: one["kind"].choice(ORDER) for one in steps}
    led_to = {after.plain for one in steps for after in one["leads_to"].items()}
    definition: dict[str, Any] = {
        "lead": it["lead"].in_both(most=600),
        "aims": [
            {
                "code": one["code"].code(),
                "fr": one["fr"].text(most=200, language="fr"),
                "en": one["en"].text(most=200, language="en"),
            }
            for one in aims
        ],
        "steps": [_step(one, kinds, led_to, [aim["code"].plain for aim in aims]) for one in steps],
    }
    return SetSaid(SLUG, it["version"].number(1, MOST_VERSIONS), definition, it["version"])


def _step(
    it: Fields, kinds: Mapping[str, str], led_to: set[str], aims: list[str]
) -> dict[str, Any]:
    code, kind = it["code"].code(), it["kind"].plain
    said: dict[str, Any] = {
        "code": code,
        "kind": kind,
        "fr": it["fr"].text(most=200, language="fr"),
        "en": it["en"].text(most=200, language="en"),
        "leads_to": it["leads_to"].choices([*kinds]),
        "aims": it["aims"].choices(aims),
        "figures": it["figures"].choices(measured.codes()),
    }
    if kind == Kind.ACTIVITY:
        said["component"] = it["component"].choice(Component.values)
        if "component" not in it:
            it["code"].fault(_("say to which component this belongs."))
    elif code not in led_to:
        it["code"].fault(_("nothing leads here: name it under leads_to of an earlier step."))
    if kind == Kind.LONG and not said["aims"]:
        it["code"].fault(_("say which aims this serves."))
    for one in it["leads_to"].items():
        if one.plain in kinds and not _is_later(kinds[one.plain], kind):
            one.fault(_("a step leads to a later one only."))
    if "shown_by" in it:
        said["shown_by"] = it["shown_by"].in_both(most=300)
    elif "figures" not in it:
        it["code"].fault(_("say what shows it: figures, or a sentence under shown_by."))
    return said


def _is_later(kind: str, than: str) -> bool:
    return kind in ORDER and than in ORDER and ORDER.index(kind) > ORDER.index(than)


def row(said: SetSaid, position: int, loading: Loading) -> Theory:
    return Theory(
        id=loading.id("theory", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


VERSIONS: Final = Versions("theory", Theory, row, CHANGED)


register(
    Section(
        name="theory",
        file="theory.yaml",
        title=gettext_lazy("Theory of change"),
        check=check,
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
    )
)
