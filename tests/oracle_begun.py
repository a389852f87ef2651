"""With whom did a file begin, and who may begin one? The part of the oracle that says it again.

Written from the prose (the issue of psychotherapy requests; design §4, §10.2, §10.3, §10.6), never
from the functions of the database. It imports nothing of the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests import oracle
from tests.oracle_agreed import agreed, barred, is_during, sealed
from tests.oracle_clearance import is_cleared, withheld
from tests.oracle_world import Consent, Who, World

# What is hers to write there, for want of anybody else, and who walks with her.
KEPT = frozenset({"identity", "contact", "summary", "relation"})
# What the person must be showing there.
SHOWN = frozenset({"identity", "contact"})


def keeps(world: World, who: Who, file: UUID, at: datetime) -> bool:
    """A psychotherapist of the house that holds it, in which the file began with her by her side,
    or to whom it was handed over since, and who has been there all along; not whoever knows the
    person, is kept from some of this, or finds it sealed; on no page but those of
    her own work; never at the police."""
    if (who.user, file) not in world.assignments:
        return False
    return (
        who.purpose == "ordinary"
        and world.holders[file] == who.organisation
        and not withheld(world, who, at)
        and bool(oracle.roles_held(world, who, at) & oracle.THERAPISTS)
        and oracle.is_begun_with(world, who, file, at)
        and not oracle.conflicts(world, who.user, file, at)
        and not (barred(world, who, file, at) | sealed(world, file, at)) & KEPT
    )


def begins(world: World, who: Who, file: UUID, consent: Consent, at: datetime) -> bool:
    """Whether this consent of hers, which says that a file may begin, lets this one begin it: a
    psychotherapist there, who would read who she is and how to reach her by what she shares."""
    if (
        who.purpose != "ordinary"
        or consent.organisation != who.organisation
        or "contact" not in consent.sections
        or not consent.span.holds(at)
    ):
        return False
    since = oracle.here_since(world, who, at)
    if (
        since is None
        or withheld(world, who, at)
        or not oracle.roles_held(world, who, at) & oracle.THERAPISTS
        or not is_cleared(world, who.user, who.organisation, at)
        or oracle.kept_out(world, who, file, at)
    ):
        return False
    # Said to one person, it counts from the beginning of that stay; for one absence, during it.
    if consent.user is not None and (consent.user != who.user or consent.span.starts < since):
        return False
    if consent.during is not None and not is_during(world, consent.during, file, at):
        return False
    shown = agreed(world, who, file, since, at) - barred(world, who, file, at)
    return shown - sealed(world, file, at) >= SHOWN
