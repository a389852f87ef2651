"""Who is acting, for which organisation, in which roles and for what purpose?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5

NOBODY: Final = UUID(int=0)
# What a page is for. Most serve one's own work; some, what a person agreed to share with a partner;
# one, what is opened for an hour because a life may be in danger; some, the notes of a colleague
# who left or died, for the psychotherapist who holds them; some, one matter of the law, for the
# privacy officer who is given a seat at it; those of her own notebook, the young person herself.
ORDINARY: Final = "ordinary"
SHARED: Final = "shared"
EXCEPTIONAL: Final = "exceptional"
CUSTODY: Final = "custody"
SEAT: Final = "seat"
NOTEBOOK: Final = "notebook"
PURPOSES: Final = (ORDINARY, SHARED, EXCEPTIONAL, CUSTODY, SEAT, NOTEBOOK)
# She who holds her notebook: no role of an organisation, and no membership gives it.
PARTICIPANT: Final = "participant"


@dataclass(frozen=True)
class Actor:
    """One person, one organisation acted for, the roles held there now, one purpose.

    Plain values only: an actor can be built for a page, a job, a command or a test alike.
    """

    user_id: UUID
    organisation_id: UUID
    roles: frozenset[str]
    purpose: str = ORDINARY

    def has(self, *roles: str) -> bool:
        """True when the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff(self) -> bool:
        """A person who holds a role in a partner organisation: no visitor, asker or service, nor
        she whose notebook it is."""
        is_somebody = self.user_id != NOBODY and not self.is_service
        return is_somebody and bool(self.roles - {"visitor", ASKER, PARTICIPANT})

    @property
    def is_participant(self) -> bool:
        """The young person herself, in her own notebook, and nowhere else."""
        return self.roles == {PARTICIPANT} and self.purpose == NOTEBOOK

    @property
    def is_service(self) -> bool:
        """A part of the software acting by itself (expiry, sealer, loader …)."""
        return any(role.startswith("service:") for role in self.roles)


# Whoever holds the code of one matter, and says nothing else of who they are.
ASKER: Final = "asker"
# The anonymous visitor of the public pages: may leave a referral, may read nothing private.
VISITOR: Final = Actor(NOBODY, NOBODY, frozenset({"visitor"}))


def asker(matter_id: UUID) -> Actor:
    """Whoever holds the code of this matter: reads and adds to it, and meets nothing else."""
    return Actor(matter_id, NOBODY, frozenset({ASKER}))


def service(name: str) -> Actor:
    """The actor of one service; the same name always gives the same identifier."""
    return Actor(
        uuid5(NAMESPACE_DNS, f"{name}.service.spheres"), NOBODY, frozenset({f"service:{name}"})
    )
