"""What do a region's files say of questionnaires?

A version that stands keeps what it asks and how it counts: answers are read under it for good. The
terms on which it is offered (licence, permission, who, from which age) may change at any loading.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.instruments import defining, questionnaires
from spheres.followup.instruments.defining import InstrumentSaid
from spheres.followup.instruments.models import Instrument
from spheres.regions.difference import Difference, difference
from spheres.regions.reading import Fault, Refused
from spheres.regions.registry import Change, Kind, Loading, Section, register


def row(said: InstrumentSaid, position: int, loading: Loading) -> Instrument:
    return Instrument(
        id=loading.id("instrument", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        terms=said.terms,
        position=position,
        is_offered=True,
    )


def found(loading: Loading) -> Difference[Instrument]:
    """What differs; raises Refused when a version that stands would be changed, or come back."""
    said: list[InstrumentSaid] = loading.said["instruments"]
    standing = list(Instrument.objects.order_by("slug", "version"))
    _refuse_changed(said, standing)
    rows = [row(one, position, loading) for position, one in enumerate(said)]
    asked = {one.pk for one in rows}
    return difference(rows, [r for r in standing if r.is_offered or r.pk in asked], Instrument)


def _refuse_changed(said: list[InstrumentSaid], standing: list[Instrument]) -> None:
    kept = {(each.slug, each.version): each.definition for each in standing}
    newest: dict[str, int] = {}
    for each in standing:
        newest[each.slug] = max(each.version, newest.get(each.slug, 0))
    faults = []
    for one in said:
        before = kept.get((one.slug, one.version))
        if before is not None and before != one.definition:
            sentence = _(
                "what «%(slug)s» asks, counts or says changed under the same version (%(version)s):"
                " what was answered keeps its version, so write version: %(next)s."
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


def _fault(one: InstrumentSaid, sentence: str, following: int) -> Fault:
    said = {
        "slug": one.slug, "version": one.version, "next": following, "newest": following - 1,
    }  # fmt: skip
    return Fault(one.part.file, one.part.line, "version", sentence % said)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    """Add, and change the terms; what no file says any more is not offered, and stays readable."""
    differing = found(loading)
    differing.write()
    Instrument.objects.filter(pk__in=[each.pk for each in differing.gone]).update(is_offered=False)


def plan_with_recipes(loading: Loading) -> Sequence[Change]:
    """What a questionnaire asks is kept with its recipe, whose section says what changes."""
    return ()


def apply_with_recipes(loading: Loading) -> None:
    """The same: nothing stands of the questions alone."""


register(
    Section(
        name="questionnaires",
        file="instruments/*.json",
        title=gettext_lazy("Questions of the questionnaires"),
        check=questionnaires.check,
        plan=plan_with_recipes,
        apply=apply_with_recipes,
        is_said_by_none=True,
    )
)
register(
    Section(
        name="instruments",
        file="instruments/*.yaml",
        title=gettext_lazy("Questionnaires"),
        check=defining.check,
        plan=plan,
        apply=apply,
        is_said_by_none=True,
    )
)
