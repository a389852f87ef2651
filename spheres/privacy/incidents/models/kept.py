"""For how long is an entry of the register kept, and what may go of it once two people decided?"""

from __future__ import annotations

from typing import ClassVar, Final

FIVE_YEARS: Final = 5  # r. 3.1, s. 8, r. 1, s. 15: never less
# What two people decided to delete, nothing having been written since, no file of it being held,
# and no day until which two people keep it being still to come.
TO_DELETE: Final = """(
    select v.incident_id from incidents_review v join incidents_answer w on w.id = v.id
    where v.decision = 'DELETE' and w.is_yes and not exists (
      select from incidents_concerned c
      where c.incident_id = v.incident_id and c.file_id = any(held))
    and not exists (
      select from incidents_review k join incidents_answer y on y.id = k.id
      where k.incident_id = v.incident_id and y.is_yes
        and k.until_on > ((access.context())[5]::timestamptz)::date)
    and not exists (
      select from (
        select a.told_at from incidents_addition a where a.incident_id = v.incident_id
        union all
        select j.told_at from incidents_assessment j where j.incident_id = v.incident_id
        union all
        select s.done_at from incidents_step s where s.incident_id = v.incident_id
        union all
        select c.said_at from incidents_concerned c where c.incident_id = v.incident_id
        union all
        select n.told_at from incidents_informed n where n.incident_id = v.incident_id) w(at)
      where w.at > least(before, v.proposed_at)))"""


class OfRegister:
    """A row of the register: never less than five years, and then as two people decide.

    The rule of the region says how many years; what destroys looks at it and at their decision.
    """

    KEEP: ClassVar[str] = "incident"
    KEEP_AT_LEAST: ClassVar[tuple[str, int]] = (KEEP, FIVE_YEARS)
    KEPT_FROM: ClassVar[str] = "told_at"
    KEPT_UNLESS: ClassVar[str] = f"t.incident_id in {TO_DELETE}"
