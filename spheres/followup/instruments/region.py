"""What do a region's files say of questionnaires?

A version that stands keeps what it asks and how it counts: answers are read under it for good. The
terms on which it is offered (licence, permission, who, from which age) may change at any loading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy

from spheres.followup.instruments import defining, questionnaires
from spheres.followup.instruments.defining import InstrumentSaid
from spheres.followup.instruments.models import Instrument
from spheres.regions.registry import Change, Loading, Section, register
from spheres.regions.versions import Versions


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


VERSIONS: Final = Versions(
    "instruments",
    Instrument,
    row,
    gettext_lazy(
        "what «%(slug)s» asks, counts or says changed under the same version (%(version)s):"
        " what was answered keeps its version, so write version: %(next)s."
    ),
)


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
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
        is_said_by_none=True,
    )
)
