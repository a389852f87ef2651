"""A small world in which everything that decides how one stands to what is brought is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from uuid import UUID

from spheres.core.actor import Actor
from tests.oracle_world import Brought, Disclosure, Joining, Restriction, Seal, Sitting, Span, World
from tests.proofs import of_disclosures
from tests.proofs.databases import Connection
from tests.proofs.of_disclosures import (
    CANCELLED,
    CLINICAL,
    DONE,
    ORDINARY_SECTIONS,
    PREPARED,
    STEERING,
    TODAY,
    meeting_of,
)
from tests.proofs.rows import _copy
from tests.proofs.spans import (
    AT,
    DAY,
    FROM_NOW,
    GONE,
    HERE,
    INSTANT,
    NOT_YET,
    POLICE,
    THERE,
    UNTIL_NOW,
    uuid_of,
)
from tests.proofs.world import Player

OTHER = STEERING
LONG = Span(AT - 30 * DAY)
MODES = ("SUBJECT", "VIGNETTE", "CONSENT")
STATUSES = ("ASKED", "PLACED", "HELD", "TAKEN_BACK")
FILES = ("plain", "sealed", "joined away", "kept", *(f"of {name}" for name in ("a", "b", "c")))
# What must not be taken for something told for that meeting; each of a file of its own.
LIES: dict[str, dict[str, object]] = {
    "told for something else": {"purpose": "SERVICE"},
    "told for another day": {"meeting": TODAY + DAY},
    "told, not approved": {"steps": ()},
    "told, taken back now": {"steps": (("APPROVED", DONE), ("WITHDRAWN", AT))},
    "told, taken back in an instant": {"steps": (("APPROVED", DONE), ("WITHDRAWN", AT + INSTANT))},
    "told, over now": {"ends": AT},
    "told, over in an instant": {"ends": AT + INSTANT},
    "told by an order": {"ground": "ORDER"},
}


def build() -> tuple[World, list[Player]]:
    world, players = of_disclosures.build()
    world.disclosures.clear()
    world.assignments.clear()
    world.sittings.clear()
    world.committees = {CLINICAL: "CLINICAL", OTHER: "STEERING"}
    left = uuid_of("sits here, works elsewhere")
    world.join(left, HERE, "youth_worker", UNTIL_NOW)
    world.join(left, THERE, "youth_worker", (Span(AT - DAY),))
    hats = frozenset({"youth_worker"})
    players += [
        Player(f"left, acting at {where}", Actor(left, where, hats)) for where in (HERE, THERE)
    ]
    ordinary = [player for player in players if player.actor.purpose == "ordinary"]
    # On pages made for another purpose nobody stands to anything: a few are enough to say so.
    players = ordinary + [one for one in players if one.actor.purpose != "ordinary"][:20]
    users = list(dict.fromkeys(player.actor.user_id for player in ordinary))
    _files(world, users)
    _seats(world, ordinary)
    world.brought.extend(dict.fromkeys(_brought(ordinary)))
    world.met = {(one.committee, one.day) for one in world.brought}
    world.cancelled = {(CLINICAL, CANCELLED)}
    world.disclosures.extend(dict.fromkeys(_told(ordinary)))
    return world, players


def file_of(name: str) -> UUID:
    return uuid_of(f"brought {name}")


def _files(world: World, users: list[UUID]) -> None:
    """One that nobody is kept from; one that is sealed; three of which some step out, each by
    another way; and the other file of one of these."""
    for name in (*FILES, *LIES):
        world.matters.append(file_of(name))
        world.holders[file_of(name)] = HERE
    world.seals[file_of("sealed")] = [Seal(Span(AT - DAY), frozenset({"therapy"}))]
    for shift, user in enumerate(users):
        if shift % 3 == 0:
            world.conflicts.add((user, file_of("of a")))
        if shift % 3 == 1:
            for number, span in enumerate((Span(AT - DAY), UNTIL_NOW[0], NOT_YET[0])):
                name = ("of b", "of c", "kept")[number]
                bars = Restriction(span, frozenset({"health"}), user=user)
                world.restrictions.setdefault(file_of(name), []).append(bars)
    world.restrictions.setdefault(file_of("of c"), []).append(
        Restriction(Span(AT - DAY), frozenset({"private"}), organisation=THERE)
    )
    world.restrictions[file_of("of c")].append(
        Restriction(Span(AT - DAY), frozenset({"identity"}), role="team_lead")
    )
    link = Joining(file_of("of a"), file_of("joined away"), Span(AT - DAY))
    for file in (link.kept, link.joined):
        world.joinings.setdefault(file, []).append(link)


def _seats(world: World, players: list[Player]) -> None:
    """Nearly everybody sits; some chair; some sat, or will sit; some sit for another place."""
    spans = (LONG, FROM_NOW[0], UNTIL_NOW[0], NOT_YET[0], LONG, LONG, LONG)
    seen = set()
    world.sittings.append(Sitting(CLINICAL, uuid_of("sits here, works elsewhere"), HERE, LONG))
    for number, player in enumerate(players):
        user, where = player.actor.user_id, player.actor.organisation_id
        if (user, where) in seen or user.int == 0:
            continue
        seen.add((user, where))
        span = spans[number % len(spans)]
        world.sittings.append(Sitting(CLINICAL, user, where, span, chairs=number % 5 == 0))
        if number % 4 == 0:
            world.sittings.append(Sitting(OTHER, user, where, LONG, chairs=number % 8 == 0))
        if number % 6 == 0:
            other = next(one for one in (HERE, THERE, POLICE, GONE) if one != where)
            world.sittings.append(Sitting(OTHER, user, other, LONG, chairs=True))


def _brought(players: list[Player]) -> Iterator[Brought]:
    def named(**said: object) -> Brought:
        one = Brought(
            "", CLINICAL, TODAY, "VIGNETTE", "PLACED", uuid_of("youth_worker here"), HERE,
            file_of("plain"),
        )  # fmt: skip
        said_whole = replace(one, **said)  # type: ignore[arg-type]
        return replace(said_whole, name=str(said_whole))

    for mode, status, committee in product(MODES, STATUSES, (CLINICAL, OTHER)):
        file = None if mode == "SUBJECT" else file_of("plain")
        yield named(mode=mode, status=status, committee=committee, file=file)
    for mode, name in product(("VIGNETTE", "CONSENT"), FILES):
        yield named(mode=mode, file=file_of(name))
    for name in LIES:
        yield named(mode="CONSENT", file=file_of(name))
    yield named(mode="CONSENT", day=TODAY + DAY)
    for mode in MODES:
        yield named(mode=mode, day=CANCELLED, file=file_of("plain"))
    yield named(mode="CONSENT", file=None)
    for player, status in product(players, ("ASKED", "TAKEN_BACK")):
        yield named(
            author=player.actor.user_id, organisation=player.actor.organisation_id, status=status
        )
        yield named(
            author=player.actor.user_id, organisation=player.actor.organisation_id, status=status,
            file=file_of("of a"), mode="CONSENT",
        )  # fmt: skip
    yield named(author=uuid_of("youth_worker here"), organisation=THERE)


def _told(players: list[Player]) -> Iterator[Disclosure]:
    """To each of them, for that meeting, of each file; and of others, in a way that must not be
    taken for it."""
    told = Disclosure(
        "", file_of("plain"), HERE, uuid_of("youth_worker here"), PREPARED, AT + DAY, "CONSENT",
        "MEETING", ORDINARY_SECTIONS, steps=(("APPROVED", DONE),), meeting=TODAY,
    )  # fmt: skip

    def named(**said: object) -> Disclosure:
        one = replace(told, **said)  # type: ignore[arg-type]
        return replace(one, name=f"convened {one}")

    for player in players:
        to = {"to": player.actor.organisation_id, "to_user": player.actor.user_id}
        for name in FILES:
            yield named(file=file_of(name), **to)
        yield named(meeting=CANCELLED, **to)
        for name, lie in LIES.items():
            yield named(file=file_of(name), **to | lie)


def id_of(one: Brought) -> UUID:
    return uuid_of(f"item {one.name}")


def settle(owner: Connection, world: World) -> None:
    """Its people, what was told, who sits, what is brought."""
    of_disclosures.settle(owner, world)
    owner.execute("select set_config('spheres.unforced', 'yes', false)")
    _copy(
        owner,
        "sharing_committeeitem",
        "id, committee_id, meeting_id, mode, organisation_id, written_by, written_at, status",
        (
            (
                id_of(b), b.committee, meeting_of(b.committee, b.day), b.mode, b.organisation,
                b.author, PREPARED, b.status,
            )
            for b in world.brought
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_itemabout",
        "id, file_id, marked_by, marked_at",
        ((id_of(b), b.file, b.author, PREPARED) for b in world.brought if b.file),
    )
    owner.execute("select set_config('spheres.unforced', '', false)")
