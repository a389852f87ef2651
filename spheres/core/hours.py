"""On which days and hours may somebody be reached? As kept, and as asked of a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
ANY_HOUR = "any"


@dataclass(frozen=True)
class Hours:
    """On which days of the week (Monday is 1), from which hour, until which one, not included.

    Hours that end before they begin go on after midnight, into the next day.
    """

    days: tuple[int, ...] = EVERY_DAY
    begins: time | None = None
    ends: time | None = None

    @classmethod
    def read(cls, kept: str) -> Hours | None:
        """What was kept; None when no hours were ever said, or when they cannot be read."""
        if kept == ANY_HOUR:
            return cls()
        try:
            days, _, span = kept.partition(" ")
            begins, ends = (time.fromisoformat(each) for each in span.split("-"))
            return cls(tuple(int(day) for day in days), begins, ends)
        except ValueError:
            return None

    def __str__(self) -> str:
        if self.begins is None or self.ends is None:
            return ANY_HOUR
        return f"{''.join(map(str, self.days))} {self.begins:%H:%M}-{self.ends:%H:%M}"

    def hold(self, moment: datetime) -> bool:
        """Whether this moment, where the programme works, is within them."""
        if self.begins is None or self.ends is None:
            return True
        now, today = moment.time(), moment.isoweekday()
        if self.begins < self.ends:
            return today in self.days and self.begins <= now < self.ends
        yesterday = today - 1 or 7
        return (today in self.days and now >= self.begins) or (
            yesterday in self.days and now < self.ends
        )
