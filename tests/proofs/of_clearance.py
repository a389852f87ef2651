"""Who of the world has what is asked before files are given, and whose files are withheld?

One body asks, with all its parts: everybody there was trained last month but for these, each in a
state of its own. All of them accompany people, so that only this tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Cover, Span, World
from tests.proofs.databases import Connection
from tests.proofs.rows_of_hers import key_of
from tests.proofs.spans import AT, DAY, HERE, INSTANT, KINDS, LONG_OPEN, THERE, uuid_of

MIDNIGHT = AT.replace(hour=0)
A_MONTH_AGO = AT - 30 * DAY
LONG_AGO = AT - 500 * DAY
LATER, BEFORE = MIDNIGHT + 335 * DAY, MIDNIGHT - 35 * DAY
Trained = tuple[tuple[datetime, datetime | None], ...]
LAPSED: Trained = ((AT - 400 * DAY, BEFORE),)
STATES: dict[str, Trained] = {
    "never trained": (),
    "said by mistake": ((A_MONTH_AGO, LATER), (AT - DAY, None)),
    "said at this instant": ((AT, LATER),),
    "said an instant later": ((AT + INSTANT, LATER),),
    "lapsed": LAPSED,
    "lapsed at midnight": ((AT - 365 * DAY, MIDNIGHT),),
    "on the last day": ((AT - 365 * DAY, MIDNIGHT + DAY),),
    "an older one said since": ((A_MONTH_AGO, LATER), (AT - DAY, BEFORE)),
    "said again by mistake of a mistake": ((A_MONTH_AGO, None), (AT - DAY, LATER)),
}
# What lapsed, and was extended: said when, until when.
EXTENDED = {
    "extended over this instant": (AT - DAY, AT + INSTANT),
    "extended until this instant": (AT - DAY, AT),
    "extended at this instant": (AT, AT + DAY),
    "extended an instant later": (AT + INSTANT, AT + DAY),
}
# What lapsed, and is withheld: said when; where and when the stand-in answers; until when extended.
NOW = Span(AT - DAY, AT + DAY)
WITHHELD: dict[str, tuple[datetime, UUID, Span, datetime | None]] = {
    "withheld": (AT - DAY, HERE, NOW, None),
    "withheld at this instant": (AT, HERE, NOW, None),
    "withheld an instant later": (AT + INSTANT, HERE, NOW, None),
    "withheld as it lapsed": (BEFORE, HERE, NOW, None),
    "withheld before it lapsed": (BEFORE - INSTANT, HERE, NOW, None),
    "withheld, the stand-in gone": (AT - DAY, HERE, Span(AT - DAY, AT), None),
    "withheld, the stand-in to come": (AT - DAY, HERE, Span(AT + INSTANT, AT + DAY), None),
    "withheld, the stand-in from now": (AT - DAY, HERE, Span(AT, AT + DAY), None),
    "withheld there": (AT - DAY, THERE, NOW, None),
    "withheld before an extension": (AT - 3 * DAY, HERE, NOW, AT - 2 * DAY),
    "withheld after an extension": (AT - DAY, HERE, NOW, AT - 2 * DAY),
    "withheld, then extended": (AT - 3 * DAY, HERE, NOW, AT + DAY),
}


def people(world: World) -> Iterator[tuple[str, UUID]]:
    """A worker in each state; the body asks of everybody, and of nobody in another one."""
    world.parts |= {one: above for one, (_kind, above) in KINDS.items() if above}
    world.asking.add(HERE)
    for name in (*STATES, *EXTENDED, *WITHHELD, "withheld, never trained", "withheld, cleared"):
        user = uuid_of(f"worker, {name}")
        world.join(user, HERE, "youth_worker", LONG_OPEN)
        yield name, user


def said(world: World) -> None:
    """What was said of each; of everybody else, a training of last month."""
    for name, trained in STATES.items():
        world.trained[uuid_of(f"worker, {name}")] = list(trained)
    for name, extension in EXTENDED.items():
        world.trained[uuid_of(f"worker, {name}")] = list(LAPSED)
        world.extended[uuid_of(f"worker, {name}")] = [extension]
    for name, (at, place, span, until) in WITHHELD.items():
        user = uuid_of(f"worker, {name}")
        world.trained[user] = list(LAPSED)
        if until is not None:
            world.extended[user] = [(AT - 10 * DAY, until)]
        _withhold(world, user, at, place, span)
    for name, trained in (("withheld, never trained", ()), ("withheld, cleared", None)):
        user = uuid_of(f"worker, {name}")
        if trained is not None:
            world.trained[user] = list(trained)
        _withhold(world, user, AT - DAY, HERE, NOW)
    for name in (*STATES, *EXTENDED):
        _in_case(world, uuid_of(f"worker, {name}"))
    for user in world.memberships:
        world.trained.setdefault(user, [(A_MONTH_AGO, LATER)])


def _withhold(world: World, user: UUID, at: datetime, place: UUID, span: Span) -> None:
    stand_in = uuid_of("youth_worker live")
    cover = Cover(stand_in, user, place, span)
    world.covers.setdefault(stand_in, {}).setdefault(user, []).append(cover)
    world.withheld[user] = [(at, cover)]


def _in_case(world: World, user: UUID) -> None:
    """Named before anything lapsed, in case it does; of somebody whom they walk with."""
    answers = uuid_of("youth_worker live")
    file = uuid_of(f"walked with by {user}")
    world.matters.append(file)
    world.holders[file] = HERE
    world.assignments[user, file] = list(LONG_OPEN)
    cover = Cover(answers, user, HERE, NOW, stands_in=False, if_lapsed=True)
    world.covers.setdefault(answers, {}).setdefault(user, []).append(cover)


def rows(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    """The rows that say it; a year before a day, at midnight, is the day of the training."""
    copy(
        owner,
        "accounts_clearancerule",
        "organisation_id, asks_training, starts_at, said_at",
        ([body, True, LONG_AGO, LONG_AGO] for body in world.asking),
    )
    copy(
        owner,
        "accounts_trainingday",
        "id, user_id, organisation_id, trained_on, source, said_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"trained {user} {number}"), user, HERE,
                until and (until - timedelta(days=365)).date(), "HERE" if until else "NONE", at,
            )
            for user, trained in world.trained.items()
            for number, (at, until) in enumerate(trained)
        ),
    )  # fmt: skip
    copy(
        owner,
        "accounts_extension",
        "user_id, organisation_id, said_at, ends_at",
        (
            (user, HERE, at, until)
            for user, extensions in world.extended.items()
            for at, until in extensions
        ),
    )
    copy(
        owner,
        "sharing_withheld",
        "user_id, organisation_id, cover_id, withheld_at",
        (
            (user, cover.organisation, key_of(cover), at)
            for user, withheld in world.withheld.items()
            for at, cover in withheld
        ),
    )
