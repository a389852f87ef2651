"""How do the last times look? A row a sentence, a dot a time, larger where it is truer.

No line joins the dots, no colour judges them, and nothing is added up. The table says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from spheres.ui import dots, moments
from spheres.worker_support.wellbeing.models import CheckIn
from spheres.worker_support.wellbeing.statements import STATEMENTS, Step


def picture(newest: Sequence[CheckIn]) -> dots.Picture:
    """The oldest of the last times on the left."""
    times = list(reversed(newest))
    said = "; ".join(
        _("%(label)s: %(number)s")
        % {
            "label": one.short,
            "number": ", ".join(_step(time, one.code) for time in times),
        }
        for one in STATEMENTS
    )
    rows = [(one.short, [time.said.get(one.code) for time in times]) for one in STATEMENTS]
    return dots.drawn(rows, said=said)


def columns(newest: Sequence[CheckIn]) -> list[Any]:
    """Of the table: the sentence, then each time, the newest first."""
    return [_("Sentence"), *(moments.day(time.written_at) for time in newest)]


def lines(newest: Sequence[CheckIn]) -> list[list[str]]:
    return [[str(one.words), *(_step(time, one.code) for time in newest)] for one in STATEMENTS]


def _step(time: CheckIn, code: str) -> str:
    step = time.said.get(code)
    return str(Step(step).label) if step else _("left out")
