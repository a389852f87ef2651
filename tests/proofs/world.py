"""A world that holds every combination: role × membership × organisation × assignment × offer ×
conflict, and every kind of desk. Each file is linked to each person in another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from spheres.core.actor import NOBODY, VISITOR, Actor, service
from tests.oracle import ROLES, THERAPISTS, WORKERS
from tests.oracle_world import Handling, Span, Who, World
from tests.proofs import (
    for_a_while,
    in_custody,
    in_notebook,
    in_seat,
    of_alongs,
    of_beginnings,
    of_clearance,
    of_hers,
    of_seals,
    of_supervised,
    on_pages,
)
from tests.proofs.spans import (
    AN_INSTANT_AWAY,
    ASSIGNMENTS,
    AT,
    BACK_AGAIN,
    DAY,
    FROM_NOW,
    GONE,
    HERE,
    INSTANT,
    LAST_WEEK,
    LONG_OPEN,
    NONE,
    NOT_YET,
    OF_THE_POLICE,
    ON_AND_ON,
    ORGANISATIONS,
    OVERLAPPING,
    POLICE,
    SERVICES,
    THERE,
    UNIT,
    UNTIL_NOW,
    uuid_of,
)

OFFERS = (
    ("", NONE),
    ("OFFERED", FROM_NOW),
    ("OFFERED", (*UNTIL_NOW, *NOT_YET)),
    ("OFFERED", LAST_WEEK),
    ("ENTRUSTED", FROM_NOW),
    ("ENTRUSTED", LONG_OPEN),
    ("ENTRUSTED", NOT_YET),
    ("WATCH", LONG_OPEN),
    ("ANSWERS", FROM_NOW),
)
LINKS = tuple(product(ASSIGNMENTS, OFFERS, (False, True)))
DESKS = tuple(
    product(
        (
            (HERE, "coordinator"), (THERE, "coordinator"), (HERE, "team_lead"),
            (POLICE, "coordinator"), (UNIT, "trainer"),
        ),
        ("DESK", "WATCH"),
        (LONG_OPEN, UNTIL_NOW, NOT_YET),
        (0, 1),
    )
)  # fmt: skip
UNOPENED = tuple(product(OFFERS, (False, True)))

HELD = {
    "live": LONG_OPEN, "just begun": FROM_NOW,
    "ended": UNTIL_NOW,
    "not yet": NOT_YET,
    "back again": BACK_AGAIN,
    "on and on": ON_AND_ON,
    "overlapping": OVERLAPPING,
    "an instant away": AN_INSTANT_AWAY,
    "account closed": LONG_OPEN,
    "none": NONE,
}  # fmt: skip

# One hat after another: what counts as one stay, and what breaks it.
FIRST, SECOND, THIRD = ON_AND_ON
LIVES = {
    "worker, then support": (
        (HERE, "youth_worker", FIRST),
        (HERE, "professional_support", SECOND),
        (HERE, "youth_worker", THIRD),
    ),
    "therapist, then worker": (
        (HERE, "psychotherapist", FIRST),
        (HERE, "psychotherapist", SECOND),
        (HERE, "youth_worker", THIRD),
    ),
    "lead between": (
        (HERE, "youth_worker", FIRST),
        (HERE, "team_lead", SECOND),
        (HERE, "youth_worker", THIRD),
    ),
    "there between": (
        (HERE, "youth_worker", FIRST),
        (THERE, "youth_worker", SECOND),
        (HERE, "youth_worker", THIRD),
    ),
    "here, and there since": (
        (HERE, "youth_worker", LONG_OPEN[0]),
        (THERE, "youth_worker", THIRD),
    ),
    "left here, still there": (
        (HERE, "youth_worker", UNTIL_NOW[0]),
        (THERE, "youth_worker", LONG_OPEN[0]),
    ),
    "a second hat since": (
        (HERE, "youth_worker", LONG_OPEN[0]),
        (HERE, "professional_support", THIRD),
    ),
    "and again later": (
        (HERE, "youth_worker", Span(AT - 9 * DAY, AT + DAY)),
        (HERE, "youth_worker", Span(AT + 2 * DAY)),
    ),
    "gone, and back in an instant": (
        (HERE, "youth_worker", Span(AT - 9 * DAY, AT)),
        (HERE, "youth_worker", Span(AT + INSTANT)),
    ),
}
# Hats that accompany nobody.
OTHER_HATS = tuple(role for role in ROLES if role not in WORKERS | THERAPISTS)


@dataclass(frozen=True)
class Player:
    """An actor as the database is told of, and as the oracle knows of."""

    name: str
    actor: Actor

    @property
    def who(self) -> Who:
        actor = self.actor
        return Who(actor.user_id, actor.organisation_id, actor.roles, actor.purpose)


def build() -> tuple[World, list[Player]]:
    world = World(police=set(OF_THE_POLICE), desk=HERE)
    players = [
        *_one_role_each(world),
        *_several_hats(world),
        *_one_hat_after_another(world),
        *_another_hat_since(world),
        *_hats_at_the_police(world),
        *_at_an_organisation_that_left(world),
        *_cleared_or_not(world),
    ]
    _files(world)
    _files_of_the_police(world)
    _said_yes_to_by_another(world)
    for_a_while.files(world)
    people = list(dict.fromkeys(player.actor.user_id for player in players))
    of_hers.files(world, people)
    in_custody.files(world, people)
    of_clearance.said(world)
    in_seat.files(world, people)
    of_seals.files(world, people)
    of_alongs.files(world, people)
    of_supervised.files(world, people)
    of_beginnings.files(world)
    in_notebook.files(world)
    _unopened(world)
    _desks(world)
    world.matters.append(uuid_of("nobody has it yet"))
    players += [
        *_nobody_of_staff(world),
        *on_pages.of_what_is_shared(players),
        *on_pages.of_what_is_opened(players),
        *on_pages.of_what_is_held(players),
        *on_pages.of_one_matter(players),
        *(Player(name, actor) for name, actor in in_notebook.people(world)),
    ]
    return world, players


def _at_an_organisation_that_left(world: World) -> Iterator[Player]:
    user = uuid_of("worker of an organisation that left")
    world.join(user, GONE, "youth_worker", LONG_OPEN)
    yield Player("worker of an organisation that left", Actor(user, GONE, WORKERS))


def _cleared_or_not(world: World) -> Iterator[Player]:
    for name, user in of_clearance.people(world):
        yield Player(f"youth_worker, {name}", Actor(user, HERE, WORKERS))
    lead = uuid_of("team_lead, never trained")
    world.join(lead, HERE, "team_lead", LONG_OPEN)
    world.trained[lead] = []
    yield Player("team_lead, never trained", Actor(lead, HERE, frozenset({"team_lead"})))


def _one_role_each(world: World) -> Iterator[Player]:
    """Each role in each state of membership, at home and acting for a place that is not hers."""
    for role, (state, spans) in product(ROLES, HELD.items()):
        user = uuid_of(f"{role} {state}")
        world.join(user, HERE, role, spans)
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
                world.join(user, organisation, role, LONG_OPEN)
        for place, organisation in (("here", HERE), ("there", THERE), ("police", POLICE)):
            actor = Actor(user, organisation, frozenset(claim))
            yield Player(f"{name}, claiming {'+'.join(sorted(claim))}, acting {place}", actor)


def _one_hat_after_another(world: World) -> Iterator[Player]:
    """What counts as one stay: another hat that accompanies does, one that does not is a break."""
    claims = frozenset({"youth_worker", "professional_support", "psychotherapist", "team_lead"})
    for name, life in LIVES.items():
        user = uuid_of(name)
        for organisation, role, span in life:
            world.join(user, organisation, role, (span,))
        for place, organisation in (("here", HERE), ("there", THERE)):
            yield Player(f"{name}, acting {place}", Actor(user, organisation, claims))


def _another_hat_since(world: World) -> Iterator[Player]:
    """Whoever accompanied people until yesterday, and since does something else in the same place.

    Her stay there is still written: only that the other hat opens nothing keeps her out.
    """
    for role in OTHER_HATS:
        user = uuid_of(f"worker once, {role} now")
        world.join(user, HERE, "youth_worker", (Span(AT - 9 * DAY, AT - DAY),))
        world.join(user, HERE, role, (Span(AT - DAY),))
        yield Player(f"worker once, {role} now", Actor(user, HERE, frozenset({role})))


def _hats_at_the_police(world: World) -> Iterator[Player]:
    """Every hat that opens something elsewhere, worn at the police or a part of it, and here."""
    roles = ("youth_worker", "professional_support", "psychotherapist", "coordinator", "trainer")
    only = uuid_of("only at the police")
    world.join(only, POLICE, "youth_worker", LONG_OPEN)
    yield Player("only at the police", Actor(only, POLICE, frozenset({"youth_worker"})))
    for place, role in product(("police", "unit", "team"), roles):
        user = uuid_of(f"{role} of the {place}")
        world.join(user, ORGANISATIONS[place], role, LONG_OPEN)
        world.join(user, HERE, role, LONG_OPEN)
        for where in (place, "here"):
            actor = Actor(user, ORGANISATIONS[where], frozenset({role}))
            yield Player(f"{role} of the {place}, acting {where}", actor)


def _nobody_of_staff(world: World) -> Iterator[Player]:
    """The visitor, the services, and whoever would mix a person with one of them."""
    worker = uuid_of("youth_worker live")
    yield Player("visitor", VISITOR)
    held = Actor(uuid_of("desk 0"), NOBODY, frozenset({"asker"}))
    yield Player("whoever holds a code", held)
    yield Player("worker as asker", Actor(worker, HERE, frozenset({"asker"})))
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


def _files_of_the_police(world: World) -> None:
    """None can be opened there: these stand to show that the wall does not rest on that alone."""
    for holder, (number, spans) in product(OF_THE_POLICE, enumerate(ASSIGNMENTS)):
        file = uuid_of(f"file {number} of {holder}")
        world.matters.append(file)
        world.holders[file] = holder
        if spans:
            world.assignments |= {(user, file): list(spans) for user in world.memberships}


def _said_yes_to_by_another(world: World) -> None:
    """Files that one worker took on, or was only offered; others walk with the person now."""
    gone = uuid_of("youth_worker ended")
    for holder, (number, (kind, spans)) in product((HERE, THERE), enumerate(OFFERS[1:])):
        file = uuid_of(f"another said yes to {number} at {holder}")
        world.matters.append(file)
        world.holders[file] = holder
        _name_on_offer(world, gone, file, (kind, spans), conflict=False)
        for shift, user in enumerate(world.memberships):
            if assigned := ASSIGNMENTS[(number + shift) % len(ASSIGNMENTS)]:
                world.assignments[user, file] = list(assigned)
            if (number + shift) % 4 == 0:
                world.conflicts.add((user, file))


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
        if (desk, kind) == ((HERE, "coordinator"), "WATCH"):
            # Named on an offer, without a worker's hat: worth nothing, even to end it.
            named = Handling("OFFERED", LONG_OPEN[0], user=uuid_of("coordinator live"))
            world.handlings[matter].append(named)
        world.conflicts |= {
            (user, matter) for shift, user in enumerate(world.memberships) if shift % 2 == parity
        }
