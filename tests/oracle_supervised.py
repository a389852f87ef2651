"""Which notes brought to supervision does one read? The part of the oracle that says it again.

Written from the prose (mission/rights.md §8.1, notes: «O/T (supervision)», «T (when brought)»;
design §10.1, §10.2, §10.3, §10.6), never from the functions of the database. It imports nothing of
the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests import oracle
from tests.oracle_agreed import barred, sealed
from tests.oracle_clearance import is_cleared
from tests.oracle_world import Supervised, Who, World

SUPERVISORS = frozenset({"team_lead", "coordinator", "consultant"})
# Who she is, what was noted, who walks with her: barred from one of them, one reads none.
OF_HER = frozenset({"identity", "notes", "relation"})


def reads(world: World, who: Who, file: UUID, said: Supervised, at: datetime) -> bool:
    """A supervisor, of the very organisation that holds the file, by the name that was said, who
    was one when it was brought and is one still; never at the police; nobody she keeps out, nobody
    who knows her; nothing of what is sealed; where an undertaking and a training are asked, not
    without them; and only while whoever brought the notes reads them too."""
    supervises = any(
        m.organisation == who.organisation
        and m.role in SUPERVISORS
        and m.span.holds(at)
        and m.span.starts <= said.span.starts
        for m in world.memberships.get(who.user, ())
    )
    return (
        said.user == who.user
        and said.organisation == who.organisation == world.holders[file]
        and who.purpose == "ordinary"
        and said.span.holds(at)
        and supervises
        and bool(oracle.roles_held(world, who, at) & SUPERVISORS)
        and is_cleared(world, who.user, who.organisation, at)
        and not oracle.conflicts(world, who.user, file, at)
        and not barred(world, who, file, at) & OF_HER
        and not sealed(world, file, at) & OF_HER
        and oracle.may(
            world,
            Who(said.by, who.organisation, oracle.WORKERS),
            "read",
            "notes",
            file,
            at,
        )
    )
