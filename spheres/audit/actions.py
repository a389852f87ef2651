"""What writes in the journal: one explicit call for each reading and each act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID, uuid4

from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import Actor


@dataclass(frozen=True)
class Whereabouts:
    """From which session and network a request came: a short hash and a prefix, nothing more."""

    session: str = ""
    network: str = ""


_whereabouts: ContextVar[Whereabouts] = ContextVar("whereabouts", default=Whereabouts())


@contextmanager
def coming_from(whereabouts: Whereabouts) -> Iterator[None]:
    """Events written in this block say from which session and network they came."""
    token = _whereabouts.set(whereabouts)
    try:
        yield
    finally:
        _whereabouts.reset(token)


def record(
    action: str,
    *,
    by: Actor,
    file_id: UUID | None = None,
    sections: Iterable[str] = (),
    records: Iterable[UUID] = (),
    digest: bytes = b"",
    basis: str = "",
) -> None:
    """Write one event, in the chain of the file, else of the service or the person acting.

    `by` must be the actor of the context. The database refuses an event in another's name, stamps
    it with its transaction and links it to its chain at commit.
    """
    context.require(by)
    if file_id is not None:
        chain, chain_id = Event.Chain.FILE, file_id
    else:
        chain = Event.Chain.SERVICE if by.is_service else Event.Chain.ACTOR
        chain_id = by.user_id
    here = _whereabouts.get()
    Event.objects.bulk_create(
        [
            Event(
                id=uuid4(),
                at=context.moment(),
                chain=chain,
                chain_id=chain_id,
                actor_id=by.user_id,
                organisation_id=by.organisation_id,
                roles=sorted(by.roles),
                purpose=by.purpose,
                action=action,
                sections=sorted(sections),
                record_ids=list(records),
                digest=digest,
                basis=basis,
                session=here.session,
                network=here.network,
            )
        ]
    )
