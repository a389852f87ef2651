"""What writes in the journal, one call for each reading and each act; and what seals it?"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from spheres.audit import verify
from spheres.audit.models import SEALED, SEALED_HATS, Checkpoint, Event, Head, SealedPlace
from spheres.core import context
from spheres.core.actor import ASKER, ORDINARY, Actor

# One sealer at a time, whoever starts it.
SEALING = 8_215_301_177
BATCH = 1_000
COLUMNS = [field.attname for field in Event._meta.concrete_fields]
WRITE = (
    f'INSERT INTO "audit_event" ({", ".join(COLUMNS)}) '  # noqa: S608 -- our own columns
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)


@dataclass(frozen=True)
class Whereabouts:
    """From which session and network a request came: a short hash and a prefix, nothing more."""

    session: str = ""
    network: str = ""


NOWHERE = Whereabouts()
_whereabouts: ContextVar[Whereabouts] = ContextVar("whereabouts", default=NOWHERE)


@contextmanager
def coming_from(whereabouts: Whereabouts) -> Iterator[None]:
    """Events written in this block say from which session and network they came."""
    token = _whereabouts.set(whereabouts)
    try:
        yield
    finally:
        _whereabouts.reset(token)


def is_sealed(by: Actor, sections: Iterable[str] = ()) -> bool:
    """Whether a line is its author's alone: of a psychotherapy, or of whoever is there for nothing
    else. What a person shares with her is told to the person, as of anybody.
    """
    only_for_that = bool(by.roles) and by.roles <= SEALED_HATS and by.purpose == ORDINARY
    return only_for_that or SEALED in sections


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

    What is sealed is in the chain of its author: nobody else reads that it was done.

    `by` must be the actor of the context. The database refuses an event in another's name, stamps
    it with its transaction and links it to its chain at commit.
    """
    context.require(by)
    sections = sorted(sections)
    if file_id is not None and not is_sealed(by, sections):
        chain, chain_id = Event.Chain.FILE, file_id
    elif by.has(ASKER):
        chain, chain_id = Event.Chain.FILE, by.user_id  # the matter's own
    else:
        chain = Event.Chain.SERVICE if by.is_service else Event.Chain.ACTOR
        chain_id = by.user_id
        if file_id is not None and not digest:
            # Which file it was: counted with the others, read by its author alone.
            records = [file_id, *records]
    here = _whereabouts.get()
    event: dict[str, Any] = {
        "id": uuid4(),
        "at": context.moment(),
        "chain": chain,
        "chain_id": chain_id,
        "actor_id": by.user_id,
        "organisation_id": by.organisation_id,
        "roles": sorted(by.roles),
        "purpose": by.purpose,
        "action": action,
        "sections": sections,
        "record_ids": list(records),
        "digest": digest,
        "basis": basis,
        "session": here.session,
        "network": here.network,
        "transaction": 0,
        "number": 0,
    }
    # By hand, because every page that opens a text writes one.
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [event[column] for column in COLUMNS])


@transaction.atomic
def seal(*, by: Actor, at: datetime) -> Checkpoint:
    """Sign a photograph of every chain's head, for partners to keep.

    Heads are read in one statement, so the photograph is of one instant; memory does not grow with
    them. The chains that moved since the last one are noted, so that it can be rebuilt later.
    """
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEALING])
    last = Checkpoint.objects.order_by("-number").values_list("number", flat=True).first()
    checkpoint = Checkpoint(id=uuid4(), number=(last or 0) + 1, at=at, chains=0, events=0)
    tree, moved = verify.Tree(), list[SealedPlace]()
    for chain_id, position, last_hash, has_moved in _heads():
        tree.add(verify.leaf(chain_id.bytes, position, bytes(last_hash)))
        checkpoint.events += position
        if has_moved:
            moved.append(
                SealedPlace(chain_id=chain_id, position=position, checkpoint=checkpoint.number)
            )
        if len(moved) == BATCH:
            SealedPlace.objects.bulk_create(moved)
            moved.clear()
    SealedPlace.objects.bulk_create(moved)
    checkpoint.chains, checkpoint.root = tree.size, tree.root()
    checkpoint.note = _note(checkpoint)
    Checkpoint.objects.bulk_create([checkpoint])
    # The next photograph shows this one: a checkpoint that disappears leaves a gap in a chain.
    record("journal.sealed", by=by, records=[checkpoint.pk], digest=checkpoint.root)
    return checkpoint


def public_keys() -> list[str]:
    """The keys a partner checks with; two of them while the key file is being changed."""
    return [key_text(key.public_key().public_bytes_raw()) for key in _signing_keys()]


def key_text(public: bytes) -> str:
    """A public key as the signed-note format writes it."""
    packed = base64.b64encode(b"\x01" + public).decode()
    return f"{origin()}+{verify.key_id(origin(), public).hex()}+{packed}"


def origin() -> str:
    """The journal's name, in its checkpoints and in its key."""
    return f"{settings.STAFF_HOST}/journal"


def _heads() -> Iterator[tuple[UUID, int, bytes | memoryview, bool]]:
    known = SealedPlace.objects.filter(chain_id=OuterRef("chain_id"), position=OuterRef("position"))
    return (
        Head.objects.annotate(has_moved=~Exists(known))
        .order_by("chain_id")
        .values_list("chain_id", "position", "hash", "has_moved")
        .iterator(chunk_size=BATCH)
    )


def _note(checkpoint: Checkpoint) -> str:
    """The checkpoint in the signed-note layout (C2SP), with the number, events and moment."""
    body = (
        f"{origin()}\n{checkpoint.chains}\n{base64.b64encode(checkpoint.root).decode()}\n"
        f"checkpoint {checkpoint.number}\nevents {checkpoint.events}\n"
        f"at {checkpoint.at.isoformat(timespec='seconds')}\n"
    )
    signatures = "".join(
        f"— {origin()} {base64.b64encode(_signature(key, body)).decode()}\n"
        for key in _signing_keys()
    )
    return f"{body}\n{signatures}"


def _signature(key: Ed25519PrivateKey, body: str) -> bytes:
    public = key.public_key().public_bytes_raw()
    return verify.key_id(origin(), public) + key.sign(body.encode())


def _signing_keys() -> list[Ed25519PrivateKey]:
    """From the key file, and from the old one too while it is being changed."""
    secrets = dict.fromkeys([settings.SPHERES_KEY, *settings.SPHERES_KEYS.values()])
    return [
        Ed25519PrivateKey.from_private_bytes(
            hmac.digest(secret, b"spheres/audit checkpoint/1", "sha256")
        )
        for secret in secrets
    ]
