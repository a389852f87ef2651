"""Which files of the world did their person share, and from which did she bar somebody?"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import UUID

from tests.oracle_world import (
    Consent,
    Cover,
    Handling,
    Joining,
    Opened,
    Restriction,
    Span,
    World,
)
from tests.proofs.spans import (
    AT,
    DAY,
    FROM_NOW,
    GONE,
    HERE,
    INSTANT,
    LAST_WEEK,
    LONG_OPEN,
    NONE,
    NOT_YET,
    POLICE,
    THERE,
    UNTIL_NOW,
    uuid_of,
)

# A consent always has an end, within a year.
AGREED = (
    FROM_NOW[0],
    UNTIL_NOW[0],
    Span(AT + INSTANT, AT + DAY),
    Span(AT - 7 * DAY, AT + DAY),
    Span(AT - 300 * DAY, AT + DAY),
)
LIVE = AGREED[3]
# What is opened exceptionally lasts an hour, or less.
HOURS = (
    FROM_NOW[0],
    Span(AT - timedelta(hours=1), AT),
    Span(AT + INSTANT, AT + timedelta(minutes=50)),
    Span(AT - timedelta(minutes=30), AT + timedelta(minutes=30)),
)
# An absence, as it is: running, from this instant, until it, not yet, longer than what was agreed.
AWAY = (
    Span(AT - 3 * DAY, AT + DAY),
    FROM_NOW[0],
    UNTIL_NOW[0],
    Span(AT + INSTANT, AT + DAY),
    Span(AT - 40 * DAY, AT + 10 * DAY),
)
BRIEFLY = (
    frozenset({"identity", "contact", "summary"}),
    frozenset({"identity", "contact"}),
    frozenset({"identity", "summary"}),
)
ALL_SHARED = frozenset({"identity", "contact", "summary", "plan", "safety", "steps"})
SHARED = (
    ALL_SHARED,
    frozenset({"identity"}),
    frozenset({"identity", "contact", "plan"}),
    frozenset({"identity", "summary", "safety", "steps"}),
)
BARRED = (FROM_NOW[0], UNTIL_NOW[0], NOT_YET[0], LAST_WEEK[0])
STILL = LAST_WEEK[0]
ALL_FACES = frozenset({
    "identity", "contact", "whereabouts", "summary", "plan", "safety", "steps", "notes", "health",
    "legal", "therapy", "private", "relation", "journal",
})  # fmt: skip
SOME_FACES = frozenset({"notes", "health", "contact"})
# A category of workers: where, and which role; nowhere said is anywhere.
CATEGORIES = (
    (HERE, ""),
    (THERE, ""),
    (HERE, "youth_worker"),
    (THERE, "youth_worker"),
    (None, "youth_worker"),
    (None, "psychotherapist"),
    (HERE, "coordinator"),
    (HERE, "trainer"),
    (None, "team_lead"),
)


def files(world: World, people: list[UUID]) -> None:
    """What she agreed to, and what she refused: each of those who act meets each way."""
    world.left_programme.add(GONE)
    _shared(world, people)
    _while_away(world, people)
    _barred_by_name(world, people)
    _barred_from_the_other(world, people)
    _category_barred_from_the_other(world, people)
    _barred_by_category(world, people)
    _barred_from_matters(world, people)
    _opened(world, people)


def _one_file(world: World, name: str, holder: UUID) -> UUID:
    file = uuid_of(f"file {name}")
    world.matters.append(file)
    world.holders[file] = holder
    return file


def _shared(world: World, people: list[UUID]) -> None:
    """With each organisation, as a whole or with one person there; every fourth knows her."""
    ways = product((HERE, THERE, POLICE, GONE), enumerate(AGREED), enumerate(SHARED))
    for turn, (to, (when, span), (what, sections)) in enumerate(ways):
        if to in {POLICE, GONE} and (what or when == 1):
            continue
        file = _one_file(world, f"shared {when} {what} with {to}", THERE if to == HERE else HERE)
        world.consents[file] = [Consent(to, span, sections)]
        for shift, user in enumerate(people):
            if (turn + shift) % 4 == 0:
                world.conflicts.add((user, file))
    for when, span in enumerate(AGREED):
        file = _one_file(world, f"shared {when} with some", THERE)
        world.consents[file] = [
            Consent(HERE, span, SHARED[(when + shift) % len(SHARED)], user)
            for shift, user in enumerate(people)
            if (when + shift) % 3
        ]
    # Two consents of one person, of which each opens its own part.
    file = _one_file(world, "shared twice", THERE)
    world.consents[file] = [Consent(HERE, LIVE, SHARED[2]), Consent(HERE, LIVE, SHARED[3])]


def _while_away(world: World, people: list[UUID]) -> None:
    """For one absence of somebody who walks with her: to each of those who act, who answers in the
    name of HERE for somebody of THERE. Every fourth knows her, every fifth is barred.

    The last files are of HERE, answered in the name of THERE: nothing opens by the absence alone,
    for whoever works in both.
    """
    other, always = _one_file(world, "away, another's", THERE), uuid_of("always beside")
    world.join(always, THERE, "youth_worker", LONG_OPEN)
    beside = (LAST_WEEK, LAST_WEEK, LAST_WEEK, FROM_NOW, UNTIL_NOW, NOT_YET, NONE)
    for turn, (assigned, agreed) in enumerate(product(beside, (LIVE, AGREED[0], AGREED[1]))):
        file, away = _one_file(world, f"away {turn}", THERE), uuid_of(f"away {turn}")
        world.join(away, THERE, "youth_worker", LONG_OPEN)
        # Whoever is away is beside somebody else too, and somebody else beside her.
        world.assignments[away, other] = list(LAST_WEEK)
        world.assignments[always, file] = list(LAST_WEEK)
        if assigned:
            world.assignments[away, file] = list(assigned)
        for shift, user in enumerate(people):
            span = AWAY[(turn + shift) % len(AWAY)]
            cover = Cover(user, away, THERE, span, shift % 2 == 0, HERE)
            world.covers.setdefault(user, {})[away] = [cover]
            if (turn + shift) % 7:
                brief = BRIEFLY[(turn + shift) % len(BRIEFLY)]
                consent = Consent(HERE, agreed, brief, user, cover)
                world.consents.setdefault(file, []).append(consent)
            if (turn + shift) % 4 == 3:
                world.conflicts.add((user, file))
            if (turn + shift) % 6 == 5:
                bar(world, file, Restriction(STILL, SOME_FACES, user=user))
    for number in range(3):
        file, away = _one_file(world, f"away here {number}", HERE), uuid_of(f"away here {number}")
        world.join(away, HERE, "youth_worker", LONG_OPEN)
        world.assignments[away, file] = list(LAST_WEEK)
        for user in people:
            cover = Cover(user, away, HERE, AWAY[0], number != 1, THERE)
            world.covers.setdefault(user, {})[away] = [cover]


def _barred_by_name(world: World, people: list[UUID]) -> None:
    """A person, from some of it or from all: walked with, or shared with."""
    for number, (span, faces) in enumerate(product(BARRED, (ALL_FACES, SOME_FACES))):
        walked = _one_file(world, f"barred by name {number}", HERE)
        shared = _one_file(world, f"barred by name, shared {number}", THERE)
        world.consents[shared] = [Consent(HERE, LIVE, ALL_SHARED)]
        for shift, user in enumerate(people):
            world.assignments[user, walked] = list(LAST_WEEK)
            if (number + shift) % 2:
                for file in (walked, shared):
                    bar(world, file, Restriction(span, faces, user=user))


def _barred_from_the_other(world: World, people: list[UUID]) -> None:
    """Two files that she said are hers, joined now or not; barred from one, walked with by both."""
    ways = product((FROM_NOW[0], UNTIL_NOW[0], NOT_YET[0], LAST_WEEK[0]), (False, True))
    for number, (span, of_kept) in enumerate(ways):
        kept = _one_file(world, f"kept, barred {number}", HERE)
        joined = _one_file(world, f"joined, barred {number}", HERE)
        for file in (kept, joined):
            world.joinings.setdefault(file, []).append(Joining(kept, joined, span))
        for shift, user in enumerate(people):
            world.assignments[user, kept] = list(LAST_WEEK)
            world.assignments[user, joined] = list(LAST_WEEK)
            if shift % 3:
                faces = ALL_FACES if shift % 2 else SOME_FACES
                bar(world, kept if of_kept else joined, Restriction(STILL, faces, user=user))


def _category_barred_from_the_other(world: World, people: list[UUID]) -> None:
    """The same, when it is an organisation or a role that is barred from one of the two."""
    for number, (where, role) in enumerate(((HERE, ""), (None, "youth_worker"))):
        kept = _one_file(world, f"kept, category barred {number}", HERE)
        joined = _one_file(world, f"joined, category barred {number}", HERE)
        for file in (kept, joined):
            world.joinings.setdefault(file, []).append(Joining(kept, joined, STILL))
            for user in people:
                world.assignments[user, file] = list(LAST_WEEK)
        bar(world, joined, Restriction(STILL, ALL_FACES, organisation=where, role=role))


def _barred_by_category(world: World, people: list[UUID]) -> None:
    ways = [
        *product(CATEGORIES, (ALL_FACES, SOME_FACES), (STILL,)),
        *product(((HERE, "youth_worker"),), (ALL_FACES,), BARRED),
    ]
    for number, ((where, role), faces, span) in enumerate(ways):
        walked = _one_file(world, f"barred by category {number}", HERE)
        shared = _one_file(world, f"barred by category, shared {number}", THERE)
        world.consents[shared] = [Consent(HERE, LIVE, ALL_SHARED)]
        for user in people:
            world.assignments[user, walked] = list(LAST_WEEK)
        for file in (walked, shared):
            bar(world, file, Restriction(span, faces, organisation=where, role=role))


def _barred_from_matters(world: World, people: list[UUID]) -> None:
    """Offered to each, and at a desk: barred by name, by category, or from the other file."""
    desk = Handling("DESK", LONG_OPEN[0], desk=(HERE, "coordinator"))
    for number, way in enumerate(("name", "category", "other")):
        matter, other = (uuid_of(f"matter {which}, barred by {way}") for which in "ab")
        world.matters.append(matter)
        world.handlings[matter] = [
            desk,
            *(Handling("OFFERED", LAST_WEEK[0], user=user) for user in people),
        ]
        if way == "category":
            for where, role in ((HERE, "coordinator"), (HERE, "youth_worker")):
                bar(world, matter, Restriction(STILL, ALL_FACES, organisation=where, role=role))
            continue
        if way == "other":
            world.matters.append(other)
            for one in (matter, other):
                world.joinings.setdefault(one, []).append(Joining(other, matter, STILL))
        for shift, user in enumerate(people):
            if (number + shift) % 2:
                faces = ALL_FACES if shift % 3 else SOME_FACES
                barred = other if way == "other" else matter
                bar(world, barred, Restriction(STILL, faces, user=user))


def _opened(world: World, people: list[UUID]) -> None:
    """For an hour, here or there, on either ground; of some files every second person is barred,
    and some know whoever it is."""
    for place, (number, _span), is_barring in product((HERE, THERE), enumerate(HOURS), (0, 1)):
        file = _one_file(world, f"opened {number} at {place} {'barring' * is_barring}", place)
        for shift, user in enumerate(people):
            hour, in_danger = HOURS[(number + shift) % len(HOURS)], shift // 2 % 2 == 0
            world.opened[user, file] = [Opened(hour.starts, hour.ends, in_danger=in_danger)]
            if (number + shift) % 5 == 0:
                world.conflicts.add((user, file))
            if is_barring and shift % 2:
                bar(world, file, Restriction(STILL, ALL_FACES, user=user))


def bar(world: World, file: UUID, restriction: Restriction) -> None:
    world.restrictions.setdefault(file, []).append(restriction)
