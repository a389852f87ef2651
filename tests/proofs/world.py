"""A world that holds every combination: role × membership × organisation × assignment × offer ×
conflict, and every kind of desk. Each file is linked to each person in another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import NAMESPACE_DNS, UUID, uuid5

from spheres.core.actor import NOBODY, VISITOR, Actor, service
from tests.oracle import ROLES, Handling, Membership, Span, Who, World

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


def uuid_of(word: str) -> UUID:
    return uuid5(NAMESPACE_DNS, f"{word}.world.spheres")


HERE, THERE, POLICE = uuid_of("here"), uuid_of("there"), uuid_of("police")
ORGANISATIONS = {"here": HERE, "there": THERE, "police": POLICE}
SERVICES = ("doorkeeper", "loader", "expiry", "sealer", "erasure", "reminders", "rollups")

# Every way in which something can be dated, at its sharpest: the first instant, the last one.
NONE: tuple[Span, ...] = ()
FROM_NOW = (Span(AT, AT + INSTANT),)
UNTIL_NOW = (Span(AT - DAY, AT),)
NOT_YET = (Span(AT + INSTANT),)
LONG_OPEN = (Span(AT - 400 * DAY),)
BACK_AGAIN = (Span(AT - 9 * DAY, AT - 5 * DAY), Span(AT - DAY))

ASSIGNMENTS = (NONE, FROM_NOW, UNTIL_NOW, NOT_YET, BACK_AGAIN)
OFFERS = (
    ("", NONE),
    ("OFFERED", FROM_NOW),
    ("OFFERED", UNTIL_NOW),
    ("OFFERED", NOT_YET),
    ("ENTRUSTED", LONG_OPEN),
    ("ENTRUSTED", NOT_YET),
    ("WATCH", LONG_OPEN),
)
LINKS = tuple(product(ASSIGNMENTS, OFFERS, (False, True)))
DESKS = tuple(
    product(
        ((HERE, "coordinator"), (THERE, "coordinator"), (HERE, "team_lead"), (POLICE, "trainer")),
        ("DESK", "WATCH"),
        (LONG_OPEN, UNTIL_NOW, NOT_YET),
        (0, 1),
    )
)
UNOPENED = tuple(product(OFFERS, (False, True)))

HELD = {
    "live": LONG_OPEN,
    "just begun": FROM_NOW,
    "ended": UNTIL_NOW,
    "not yet": NOT_YET,
    "back again": BACK_AGAIN,
    "account closed": LONG_OPEN,
    "none": NONE,
}


@dataclass(frozen=True)
class Player:
    """An actor as the database is told of, and as the oracle knows of."""

    name: str
    actor: Actor

    @property
    def who(self) -> Who:
        return Who(self.actor.user_id, self.actor.organisation_id, self.actor.roles)


def build() -> tuple[World, list[Player]]:
    world = World()
    players = [*_one_role_each(world), *_several_hats(world)]
    _files(world)
    _unopened(world)
    _desks(world)
    players += _nobody_of_staff(world)
    return world, players


def _join(world: World, user: UUID, organisation: UUID, role: str, spans: tuple[Span, ...]) -> None:
    world.memberships.setdefault(user, []).extend(
        Membership(organisation, role, span) for span in spans
    )


def _one_role_each(world: World) -> Iterator[Player]:
    """Each role in each state of membership, at home and acting for a place that is not hers."""
    for role, (state, spans) in product(ROLES, HELD.items()):
        user = uuid_of(f"{role} {state}")
        _join(world, user, HERE, role, spans)
        if state == "account closed":
            world.closed_accounts.add(user)
        for place, organisation in (("here", HERE), ("there", THERE)):
            actor = Actor(user, organisation, frozenset({role}))
            yield Player(f"{role}, {state}, acting {place}", actor)


def _several_hats(world: World) -> Iterator[Player]:
    """Two roles, two houses, a hat claimed and not held, a hat held and not claimed."""
    hats = (
        ("two places", ((HERE, "youth_worker"), (THERE, "youth_worker"))),
        ("worker and therapist", ((HERE, "youth_worker"), (HERE, "psychotherapist"))),
        ("worker and coordinator", ((HERE, "professional_support"), (HERE, "coordinator"))),
        ("worker, and lead there", ((HERE, "youth_worker"), (THERE, "team_lead"))),
        ("coordinator, police there", ((HERE, "coordinator"), (POLICE, "police_member"))),
        ("therapist there", ((THERE, "psychotherapist"), (HERE, "trainer"))),
    )
    claims = (
        {"youth_worker"},
        {"psychotherapist"},
        {"coordinator"},
        {"youth_worker", "psychotherapist", "professional_support", "coordinator", "team_lead"},
        {"trainer"},
        set[str](),
    )
    for (name, held), claim in product(hats, claims):
        user = uuid_of(name)
        if user not in world.memberships:
            for organisation, role in held:
                _join(world, user, organisation, role, LONG_OPEN)
        for place, organisation in ORGANISATIONS.items():
            actor = Actor(user, organisation, frozenset(claim))
            yield Player(f"{name}, claiming {'+'.join(sorted(claim))}, acting {place}", actor)


def _nobody_of_staff(world: World) -> Iterator[Player]:
    """The visitor, the services, and whoever would mix a person with one of them."""
    worker = uuid_of("youth_worker live")
    yield Player("visitor", VISITOR)
    yield Player("visitor claiming a hat", Actor(NOBODY, HERE, frozenset({"youth_worker"})))
    yield Player("worker as visitor", Actor(worker, HERE, frozenset({"visitor"})))
    yield Player("worker of nowhere", Actor(worker, NOBODY, frozenset({"youth_worker"})))
    for name in SERVICES:
        acts = service(name)
        yield Player(f"service {name}", acts)
        claims = acts.roles | {"youth_worker"}
        yield Player(f"service {name} claiming a hat", Actor(acts.user_id, HERE, claims))
        yield Player(f"worker as service {name}", Actor(worker, HERE, acts.roles))


def _files(world: World) -> None:
    """For each holder, one file for each link; each person is linked to it in another way."""
    people = list(world.memberships)
    for holder, place in ((HERE, "here"), (THERE, "there")):
        for number in range(len(LINKS)):
            file = uuid_of(f"file {number} {place}")
            world.matters.append(file)
            world.holders[file] = holder
            for shift, user in enumerate(people):
                spans, offer, conflict = LINKS[(number + 7 * shift) % len(LINKS)]
                if spans:
                    world.assignments[user, file] = list(spans)
                _name_on_offer(world, user, file, offer, conflict)


def _unopened(world: World) -> None:
    """Referrals on offer that are no file yet."""
    people = list(world.memberships)
    for number in range(len(UNOPENED)):
        matter = uuid_of(f"unopened {number}")
        world.matters.append(matter)
        for shift, user in enumerate(people):
            _name_on_offer(world, user, matter, *UNOPENED[(number + 5 * shift) % len(UNOPENED)])


def _name_on_offer(
    world: World, user: UUID, matter: UUID, offer: tuple[str, tuple[Span, ...]], conflict: bool
) -> None:
    kind, spans = offer
    for span in spans:
        world.handlings.setdefault(matter, []).append(Handling(kind, span, user=user))
    if conflict:
        world.conflicts.add((user, matter))


def _desks(world: World) -> None:
    """Referrals at a desk; every second person has a conflict with every second of them."""
    for number, (desk, kind, spans, parity) in enumerate(DESKS):
        matter = uuid_of(f"desk {number}")
        world.matters.append(matter)
        world.handlings[matter] = [Handling(kind, span, desk=desk) for span in spans]
        world.conflicts |= {
            (user, matter) for shift, user in enumerate(world.memberships) if shift % 2 == parity
        }
