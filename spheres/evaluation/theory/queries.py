"""How does the chain read, from what is done to what lasts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spheres.core import context
from spheres.core.actor import Actor
from spheres.evaluation.theory.models import Component, Kind, Theory
from spheres.records.anonymous.questions import in_language
from spheres.records.between import measured


@dataclass(frozen=True)
class Step:
    """One link of the chain, under its number on the page."""

    number: int
    code: str
    kind: str
    words: str
    component: str
    leads_to: tuple[tuple[int, str, str], ...]  # the number, the code and the words of each
    aims: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]  # the name of each, and the way to it: empty for some
    shown_by: str


@dataclass(frozen=True)
class Chain:
    """The theory as it is read today."""

    version: int
    lead: str
    aims: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def reads_figures(self) -> bool:
        """Whether whoever reads this page reads the figures too."""
        return any(way for step in self.steps for _label, way in step.figures)

    @property
    def kinds(self) -> list[tuple[str, list[Step]]]:
        """The steps of each time, in the order of the chain; none for a time without any."""
        found = [
            (str(kind.label), [step for step in self.steps if step.kind == kind]) for kind in Kind
        ]
        return [(label, steps) for label, steps in found if steps]


def chain(*, actor: Actor) -> Chain | None:
    """The version that stands; None where the region has not written any."""
    context.require(actor)
    row = Theory.objects.filter(is_offered=True).order_by("-version").first()
    return _read(row, actor) if row else None


def _read(row: Theory, actor: Actor) -> Chain:
    said = row.definition
    aims = {one["code"]: in_language(one) for one in said["aims"]}
    in_order = [one for kind in Kind for one in said["steps"] if one["kind"] == kind]
    numbers = {one["code"]: (place, one) for place, one in enumerate(in_order, 1)}
    return Chain(
        row.version,
        in_language(said["lead"]),
        tuple(aims.values()),
        tuple(_step(place, one, numbers, aims, actor) for place, one in numbers.values()),
    )


def _step(
    place: int,
    one: dict[str, Any],
    numbers: Mapping[str, Any],
    aims: Mapping[str, str],
    actor: Actor,
) -> Step:
    after = sorted(numbers[code] for code in one["leads_to"]) if one["leads_to"] else []
    found = (measured.measured(code) for code in one["figures"])
    return Step(
        number=place,
        code=one["code"],
        kind=one["kind"],
        words=in_language(one),
        component=str(Component(one["component"]).label) if "component" in one else "",
        leads_to=tuple((number, other["code"], in_language(other)) for number, other in after),
        aims=tuple(aims[code] for code in one["aims"]),
        figures=tuple((str(one.label), one.url_for(actor)) for one in found if one is not None),
        shown_by=in_language(one.get("shown_by", {})),
    )
