"""The rows of what the persons of a world decided of their files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Cover, World
from tests.proofs.databases import Connection
from tests.proofs.spans import AT, INSTANT


def key_of(absence: Cover) -> UUID:
    """The identifier of the row that says who answers for whom."""
    return uuid5(NAMESPACE_DNS, f"cover {absence}")


def said_by_her(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    """A consent ends on its day, or was taken back: one and the other, in turn. Nothing is taken
    back for later: from the moment it is written it is over, also for a page that began before,
    whose instant is earlier than the withdrawal."""
    until, meanwhile = AT + timedelta(days=2), AT + INSTANT
    copy(
        owner,
        "sharing_consent",
        "id, file_id, organisation_id, user_id, cover_id, sections, starts_at, ends_at, "
        "withdrawn_at, withdrawer, withdrawn_by",
        (
            (
                uuid5(NAMESPACE_DNS, f"consent {file} {number}"), file, c.organisation, c.user,
                key_of(c.during) if c.during else None, sorted(c.sections), c.span.starts,
                *((until, meanwhile if file.int % 3 else c.span.ends, "HERSELF", file)
                  if c.span.ends <= AT and (number % 2 or file.int % 2)
                  else (c.span.ends, None, "", None)),
            )
            for file, consents in world.consents.items()
            for number, c in enumerate(consents)
        ),
    )  # fmt: skip
    copy(
        owner,
        "sharing_seal",
        "id, file_id, faces, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"seal {file} {number}"), file, sorted(seal.faces),
                seal.span.starts, seal.span.ends,
            )
            for file, seals in world.seals.items()
            for number, seal in enumerate(seals)
        ),
    )  # fmt: skip
    # Here everybody holds the notes of the same colleagues: more than the index lets happen.
    owner.execute("drop index sharing_custody_one_at_a_time")
    copy(
        owner,
        "sharing_custody",
        "id, custodian_id, author_id, organisation_id, ground, starts_at, ended_at, ended_by",
        (
            (
                uuid5(NAMESPACE_DNS, f"custody {user} {number}"), user, c.author, c.organisation,
                "LEFT", c.span.starts, c.span.ends, user if c.span.ends else None,
            )
            for user, held in world.custodies.items()
            for number, c in enumerate(held)
        ),
    )  # fmt: skip
    copy(
        owner,
        "sharing_seat",
        "id, user_id, file_id, matter_id, kind, faces, given_by, given_at, starts_at, ends_at, "
        "ended_at, ended_by, narrowed_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"seat {user} {file} {number}"), user, file, file, "REQUEST",
                sorted(s.faces), file, s.span.starts, s.span.starts, s.span.ends, s.ended,
                file if s.ended else None, s.narrowed,
            )
            for (user, file), seats in world.seats.items()
            for number, s in enumerate(seats)
        ),
    )  # fmt: skip
    copy(
        owner,
        "sharing_exceptionalaccess",
        "id, user_id, file_id, organisation_id, ground, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"opened {user} {file} {number}"), user, file,
                world.holders[file], "LIFE" if span.in_danger else "UNREACHABLE", span.starts,
                span.ends,
            )
            for (user, file), spans in world.opened.items()
            for number, span in enumerate(spans)
        ),
    )  # fmt: skip
    copy(
        owner,
        "sharing_restriction",
        "id, file_id, user_id, organisation_id, role, faces, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"restriction {file} {number}"), file, r.user,
                r.organisation, r.role, sorted(r.faces), r.span.starts, r.span.ends,
            )
            for file, restrictions in world.restrictions.items()
            for number, r in enumerate(restrictions)
        ),
    )  # fmt: skip
