"""What may be said of the answers to a round, so that no organisation and nobody stands out?

No figure is ever of one organisation: once said, it would be taken away from the next whole. These
functions know no table, so that an attack may try them on any world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

# The same people, asked the same again too soon, would say the same but for whoever is new.
AGAIN_AFTER: Final = timedelta(days=300)


@dataclass(frozen=True)
class Said:
    """What one sheet says: for whom its author works, a step and perhaps a remark by question."""

    organisation: UUID
    steps: Mapping[str, int]
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.steps and not self.remarks


@dataclass(frozen=True)
class Before:
    """A round as the next one must know it: which questions, of whom, until when, put away or not.

    One that ended unread is none.
    """

    slug: str
    organisations: frozenset[UUID]
    ends_at: datetime
    is_put_away: bool = False


def can_be_counted(of: Iterable[UUID], *, enough: int, least: int) -> bool:
    """Whether these answers, by organisation, are enough in all, and enough of them are left when
    those of any one organisation are set aside: its people could do that sum among themselves."""
    by = Counter(of)
    total = by.total()
    return total >= enough and all(total - number >= least for number in by.values())


def outcomes(
    sheets: Sequence[Said], questions: Iterable[str], *, enough: int, least: int
) -> dict[str, Counter[int]]:
    """How many chose each step; a question that too few answered, or one organisation almost
    alone, has no figure."""
    found = {}
    for code in questions:
        given = [one for one in sheets if one.steps.get(code)]
        if can_be_counted((one.organisation for one in given), enough=enough, least=least):
            found[code] = Counter(one.steps[code] for one in given)
    return found


def asked_too_soon(
    slug: str, organisations: frozenset[UUID], before: Iterable[Before], *, at: datetime
) -> datetime | None:
    """From when the same set may be asked again of any of these; None: now."""
    ends = [one.ends_at for one in before if one.slug == slug and one.organisations & organisations]
    again = max(ends, default=at - AGAIN_AFTER) + AGAIN_AFTER
    return again if again > at else None


def is_to_put_away(slug: str, organisations: frozenset[UUID], before: Before) -> bool:
    """Whether the figures of a round go out of sight when this one is said: the same set, asked of
    other organisations of which some are the same. One taken from the other would tell them apart.
    """
    return (
        before.slug == slug
        and not before.is_put_away
        and before.organisations != organisations
        and bool(before.organisations & organisations)
    )
