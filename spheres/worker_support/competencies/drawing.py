"""How do the last times look, and what do all say together? Dots for oneself, words for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from spheres.ui import dots, moments
from spheres.worker_support.competencies.models import CompetencyLook, Share, Step
from spheres.worker_support.competencies.queries import Told


def picture(newest: Sequence[CompetencyLook], sentences: Sequence[Any]) -> dots.Picture:
    """The oldest of the last times on the left."""
    times = list(reversed(newest))
    rows = [(one.label, [time.said.get(one.code) for time in times]) for one in sentences]
    said = "; ".join(
        _("%(label)s: %(number)s")
        % {"label": one.label, "number": ", ".join(_step(time, one.code) for time in times)}
        for one in sentences
    )
    return dots.drawn(rows, said=said)


def columns(newest: Sequence[CompetencyLook]) -> list[Any]:
    """Of the table: the sentence, then each time, the newest first."""
    return [_("Sentence"), *(moments.day(time.written_at) for time in newest)]


def lines(newest: Sequence[CompetencyLook], sentences: Sequence[Any]) -> list[list[str]]:
    return [
        [one.help or one.label, *(_step(time, one.code) for time in newest)] for one in sentences
    ]


def halves(together: Sequence[Told]) -> list[Any]:
    """Of the table of all: the sentence, then each half-year, the newest first."""
    return [_("Sentence"), *(_half(one) for one in together)]


def shares(together: Sequence[Told], sentences: Sequence[Any]) -> list[list[str]]:
    """How many do it at ease, in words; a dash where too few answers stand."""
    return [
        [
            one.help or one.label,
            *(
                str(Share(half.shares[one.code]).label) if one.code in half.shares else "—"
                for half in together
            ),
        ]
        for one in sentences
    ]


def _half(of: Told) -> str:
    said = {"number": 1 if of.starts_on.month == 1 else 2, "year": of.starts_on.year}
    return _("H%(number)s %(year)s") % said


def _step(time: CompetencyLook, code: str) -> str:
    step = time.said.get(code)
    return str(Step(step).label) if step else _("left out")
