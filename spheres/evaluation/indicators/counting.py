"""What is counted, and which columns are looked at for it? One question, asked of the database.

Every date is the day something was written down or decided, which never moves: a month that is
over is complete, so it is counted once and for good (ADR figures). Each part of the question is
in the definition of its indicator.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import ROLLUPS
from spheres.sharing.counting import Counting


def _looked_at() -> dict[str, tuple[str, ...]]:
    """The columns of all of them, table by table."""
    found = defaultdict[str, set[str]](set)
    for one in INDICATORS.values():
        for table, columns in one.reads.items():
            found[table].update(columns)
    return {table: tuple(sorted(columns)) for table, columns in sorted(found.items())}


FIGURES: Final = Counting(
    name="figures",
    service=ROLLUPS,
    query="\nunion all\n".join(one.query for one in INDICATORS.values()),
    reads=_looked_at(),
)
