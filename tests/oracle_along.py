"""Whose card of an outing does one read? The part of the oracle that says it again.

Written from the prose (design §10.2, §10.3, §10.6; mission/methods.md on outing lists), never from
the functions of the database. It imports nothing of the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests import oracle
from tests.oracle_agreed import barred, sealed
from tests.oracle_clearance import is_cleared, withheld
from tests.oracle_world import Consent, Who, World

# Who she is, what they do together, who walks with her: barred from one of them, one reads no card.
OF_HER = frozenset({"identity", "steps", "relation"})


def reads(world: World, who: Who, file: UUID, consent: Consent, at: datetime) -> bool:
    """A worker, of the organisation and by the name she said, from the beginning of that stay;
    never at the police; neither organisation has left; nobody she keeps out, nobody who knows her;
    nothing of what is sealed; where an undertaking and a training are asked, not without them."""
    since = oracle.here_since(world, who, at)
    return (
        consent.user == who.user
        and consent.organisation == who.organisation
        and since is not None
        and consent.span.starts >= since
        and consent.span.holds(at)
        and not withheld(world, who, at)
        and bool(oracle.roles_held(world, who, at) & oracle.WORKERS)
        and not {who.organisation, world.holders[file]} & world.left_programme
        and is_cleared(world, who.user, who.organisation, at)
        and not oracle.conflicts(world, who.user, file, at)
        and not barred(world, who, file, at) & OF_HER
        and not sealed(world, file, at) & OF_HER
    )
