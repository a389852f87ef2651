"""What does the database give her, and no more: when her meetings are, what she has read here?"""

from __future__ import annotations

from typing import Final

from spheres.core.actor import NOTEBOOK, PARTICIPANT
from spheres.followup.meetings.models import MeetingStatus
from spheres.portal.notebook.queries import SHOWN
from spheres.sharing.counting import Finding

# Those to come, and the one that has just begun.
MEETINGS: Final = Finding(
    name="my_meetings",
    asked_by=f"access.holds(array['{PARTICIPANT}'])",
    gives="of_moment timestamptz",
    query=f"""
    select p.starts_at from meetings_plannedmeeting p
    join meetings_meetingstatus s on s.meeting_id = p.id
    where p.file_id = any(access.readable_contact_files())
      and s.status = '{MeetingStatus.Status.PLANNED}'
      and p.starts_at > access.moment() - interval '1 hour'
    order by p.starts_at, p.id limit {SHOWN}""",  # noqa: S608 -- every name is ours
    reads={
        "meetings_plannedmeeting": ("id", "file_id", "starts_at"),
        "meetings_meetingstatus": ("meeting_id", "status"),
    },
)

# What she opened in her notebook, by the journal itself: an answer that is not among it waits. She
# alone is told, and no mark of a reading is kept besides.
READ_THERE: Final = Finding(
    name="read_in_my_notebook",
    asked_by=f"access.holds(array['{PARTICIPANT}'])",
    gives="of_record uuid",
    query=f"""
    select distinct x.id from audit_event e cross join lateral unnest(e.record_ids) x(id)
    where e.chain = 'FILE' and e.chain_id = any(access.readable_contact_files())
      and e.actor_id = access.actor() and e.purpose = '{NOTEBOOK}' and e.action = 'open'""",  # noqa: S608 -- every name is ours
    reads={},
)
