"""A small world in which everything that decides how one stands to a disclosure is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from uuid import NAMESPACE_DNS, UUID, uuid5

from spheres.core.actor import EXCEPTIONAL, SHARED, VISITOR, Actor, service
from tests.oracle import ROLES
from tests.oracle_world import (
    Disclosure,
    Joining,
    Restriction,
    Sitting,
    Span,
    World,
)
from tests.proofs import in_notebook
from tests.proofs.databases import Connection
from tests.proofs.rows import _copy, _links, _people
from tests.proofs.spans import (
    AT,
    DAY,
    FROM_NOW,
    GONE,
    HERE,
    INSTANT,
    LAST_WEEK,
    LONG_OPEN,
    NOT_YET,
    OF_THE_POLICE,
    POLICE,
    THERE,
    UNIT,
    UNTIL_NOW,
    uuid_of,
)
from tests.proofs.world import Player

PREPARED = AT - 3 * DAY
DONE = PREPARED + DAY
# What became of it: in every order that matters, at its sharpest.
STEPS: tuple[tuple[tuple[str, object], ...], ...] = (
    (),
    (("APPROVED", DONE),),
    (("APPROVED", AT),),
    (("APPROVED", AT + INSTANT),),
    (("REFUSED", DONE),),
    (("WITHDRAWN", DONE),),
    (("APPROVED", DONE), ("WITHDRAWN", AT)),
    (("APPROVED", DONE), ("WITHDRAWN", AT + INSTANT)),
    (("APPROVED", DONE), ("HANDED", DONE), ("RECEIVED", DONE)),
)
ENDS = (AT + DAY, AT + INSTANT, AT, AT - DAY, AT - 90 * DAY + INSTANT, AT - 90 * DAY)
ORDINARY_SECTIONS = frozenset({"identity", "summary"})
TODAY = AT.date()
CANCELLED = TODAY + 4 * DAY  # the clinical committee was to meet
CLINICAL, STEERING = uuid_of("clinical committee"), uuid_of("other committee")
# Who sits, for which organisation, and when: told to a whole one, it opens to some of these.
SEATS = {
    "sits there": (CLINICAL, THERE, THERE, Span(AT - 30 * DAY)),
    "sits from now": (CLINICAL, THERE, THERE, FROM_NOW[0]),
    "sat until now": (CLINICAL, THERE, THERE, UNTIL_NOW[0]),
    "will sit": (CLINICAL, THERE, THERE, NOT_YET[0]),
    "sits for another place": (CLINICAL, HERE, THERE, Span(AT - 30 * DAY)),
    "sits to steer": (STEERING, THERE, THERE, Span(AT - 30 * DAY)),
    "sits at the police": (CLINICAL, POLICE, POLICE, Span(AT - 30 * DAY)),
    "sits, gone": (CLINICAL, GONE, GONE, Span(AT - 30 * DAY)),
}
OF_THERAPY = frozenset({"identity", "therapy"})


def build() -> tuple[World, list[Player]]:
    world = World(police=set(OF_THE_POLICE), desk=HERE, left_programme={GONE})
    players = list(_who(world))
    _files(world)
    _committees(world)
    world.disclosures.extend(_disclosures(players))
    players += [
        replace(
            player,
            name=f"{player.name}, {purpose}",
            actor=replace(player.actor, purpose=purpose),
        )
        for player, purpose in product(players, (SHARED, EXCEPTIONAL))
    ]
    players += [Player("visitor", VISITOR), Player("expiry", service("expiry"))]
    files = {name: uuid_of(f"disclosing {name}") for name in FILES}
    players += [Player(*one) for one in in_notebook.of_what_is_told(world, files, but="known")]
    return world, players


def _who(world: World) -> Iterator[Player]:
    """Each role here; those who receive, in each state; whoever claims another hat."""
    for role in ROLES:
        yield _one(world, f"{role} here", HERE, role)
    for where, place in ((THERE, "there"), (POLICE, "police"), (UNIT, "unit"), (GONE, "gone")):
        roles = ("youth_worker", "psychotherapist", "police_member", "team_lead")
        for role in (*roles, *(("privacy_officer",) if where == POLICE else ())):
            yield _one(world, f"{role} of {place}", where, role)
    states = {
        "just begun": FROM_NOW, "ended": UNTIL_NOW, "not yet": NOT_YET, "newer": (Span(DONE),),
    }  # fmt: skip
    for state, spans in states.items():
        yield _one(world, f"member {state}", POLICE, "police_member", spans)
        yield _one(world, f"worker there {state}", THERE, "youth_worker", spans)
        yield _one(world, f"worker here {state}", HERE, "youth_worker", spans)
    closed = _one(world, "member, account closed", POLICE, "police_member")
    world.closed_accounts.add(closed.actor.user_id)
    yield closed
    for name in ("police_member of police", "team_lead here", "youth_worker of there"):
        claims = frozenset({"trainer"})
        user = uuid_of(name)
        where = world.memberships[user][0].organisation
        yield Player(f"{name}, claiming another hat", Actor(user, where, claims))
    hats = frozenset({"youth_worker", "psychotherapist"})
    worn = uuid_of("worker here, therapist too")
    for hat in hats:
        world.join(worn, HERE, hat, LONG_OPEN)
    yield Player("worker here, therapist too", Actor(worn, HERE, hats))
    both = uuid_of("worker here, lead too")
    world.join(both, HERE, "youth_worker", LONG_OPEN)
    world.join(both, HERE, "privacy_officer", LONG_OPEN)
    hats = frozenset({"youth_worker", "privacy_officer"})
    yield Player("worker here, lead too", Actor(both, HERE, hats))
    two = uuid_of("police_member, and worker there")
    world.join(two, POLICE, "police_member", LONG_OPEN)
    world.join(two, THERE, "youth_worker", LONG_OPEN)
    for where in (POLICE, THERE):
        hats = frozenset({"youth_worker", "police_member"})
        yield Player(f"two places, acting at {where}", Actor(two, where, hats))
    for name, (_committee, _seat, works, _span) in SEATS.items():
        yield _one(world, name, works, "police_member" if works == POLICE else "youth_worker")


def _committees(world: World) -> None:
    """Both meet today; the clinical one tomorrow too, and the other on another day. On another
    day, the clinical one was to meet, and does not."""
    world.committees = {CLINICAL: "CLINICAL", STEERING: "STEERING"}
    world.met = {(CLINICAL, TODAY), (CLINICAL, TODAY + DAY), (STEERING, TODAY + 2 * DAY)}
    world.met |= {(STEERING, TODAY), (CLINICAL, CANCELLED)}
    world.cancelled = {(CLINICAL, CANCELLED)}
    world.sittings.extend(
        Sitting(committee, uuid_of(name), seat, span)
        for name, (committee, seat, _works, span) in SEATS.items()
    )


def _one(
    world: World, name: str, where: UUID, role: str, spans: tuple[Span, ...] = LONG_OPEN
) -> Player:
    user = uuid_of(name)
    world.join(user, where, role, spans)
    return Player(name, Actor(user, where, frozenset({role})))


FILES = (
    "walked", "known", "barred from relation", "barred from legal", "barred from summary", "joined",
    "of the police", "barred from therapy",
)  # fmt: skip


def _files(world: World) -> None:
    for name in FILES:
        file = uuid_of(f"disclosing {name}")
        world.matters.append(file)
        world.holders[file] = POLICE if name == "of the police" else HERE
        for shift, user in enumerate(world.memberships):
            if shift % 2 or name in {"walked", "known"}:
                world.assignments[user, file] = list(LAST_WEEK)
            if name == "known" and shift % 2:
                world.conflicts.add((user, file))
            if name.startswith("barred") and shift % 2:
                faces = frozenset({name.removeprefix("barred from ")})
                world.restrictions.setdefault(file, []).append(
                    Restriction(Span(AT - DAY), faces, user=user)
                )
    kept, joined = (uuid_of(f"disclosing {name}") for name in ("barred from legal", "joined"))
    link = Joining(kept, joined, Span(AT - DAY))
    for file in (kept, joined):
        world.joinings.setdefault(file, []).append(link)


def _disclosures(players: list[Player]) -> Iterator[Disclosure]:
    file, author = uuid_of("disclosing walked"), uuid_of("youth_worker here")
    told = Disclosure(
        "", file, HERE, author, PREPARED, AT + DAY, "CONSENT", "SERVICE", ORDINARY_SECTIONS,
        steps=(("APPROVED", DONE),),
    )  # fmt: skip

    def named(**other: object) -> Disclosure:
        said = replace(told, **other)  # type: ignore[arg-type]
        return replace(said, name=str(said))

    grounds = (
        ("CONSENT", "SERVICE"), ("CONSENT", "MEETING"), ("CONSENT", "SURVIVOR"),
        ("DANGER", "SAFETY"), ("YOUTH_PROTECTION", "PROTECTION"), ("REQUIRED", "PROTECTION"),
        ("ORDER", "ORDER"),
    )  # fmt: skip
    # By what right, what became of it, until when: to somebody outside; and written in a danger.
    for (ground, purpose), steps, ends in product(grounds, STEPS, ENDS):
        if purpose not in {"MEETING", "SURVIVOR"}:
            yield named(ground=ground, purpose=purpose, steps=steps, ends=ends)
        if ground in {"DANGER", "YOUTH_PROTECTION"}:
            yield named(
                ground=ground, purpose=purpose, steps=steps, ends=ends, told_by_voice=PREPARED
            )
    # For a meeting, but not by her own word.
    for ground, who in product(("ORDER", "DANGER"), ("police_member of police", "member newer")):
        yield named(ground=ground, purpose="MEETING", to=POLICE, to_user=uuid_of(who))
    # To each account, by each right; to all of a programme.
    for (ground, purpose), player in product(grounds, players):
        if player.actor.purpose != "ordinary":
            continue
        yield named(
            ground=ground, purpose=purpose, to=player.actor.organisation_id,
            to_user=player.actor.user_id,
        )  # fmt: skip
    for purpose, where in product(("SURVIVOR", "MEETING", "SERVICE"), (POLICE, UNIT, THERE, GONE)):
        yield named(purpose=purpose, to=where)
    # For a meeting, to all of an organisation who sit there: on its day, and on others.
    for where, day in product(
        (HERE, POLICE, UNIT, THERE, GONE),
        (TODAY, TODAY + DAY, TODAY + 2 * DAY, TODAY + 3 * DAY, CANCELLED),
    ):
        yield named(purpose="MEETING", to=where, meeting=day)
        yield named(purpose="SERVICE", to=where, meeting=day)
    # To those who receive: what became of it, and until when, at its sharpest.
    receivers = (
        (POLICE, uuid_of("police_member of police"), "MEETING"),
        (POLICE, None, "SURVIVOR"),
        (THERE, uuid_of("youth_worker of there"), "SERVICE"),
    )
    for (where, user, purpose), steps, ends in product(receivers, STEPS, ENDS):
        yield named(purpose=purpose, to=where, to_user=user, steps=steps, ends=ends)
    # Of each file, by each author, prepared here or elsewhere; to one who is barred, or knows her.
    for name, where, ground in product(
        FILES, (HERE, THERE, POLICE), ("CONSENT", "DANGER", "ORDER")
    ):
        for by in ("youth_worker here", "worker here, lead too", "professional_support here"):
            purpose = {"CONSENT": "SERVICE", "DANGER": "SAFETY", "ORDER": "ORDER"}[ground]
            base = {
                "file": uuid_of(f"disclosing {name}"), "organisation": where, "author": uuid_of(by),
                "ground": ground, "purpose": purpose,
            }  # fmt: skip
            yield named(**base)
            yield named(**base, steps=())
            yield named(**base, steps=(), sections=frozenset({"identity"}))
    # Of a danger, by whoever wrote it, where she works, whether she works there still, in any hat.
    for name, player in product(FILES, players):
        if player.actor.purpose == "ordinary":
            yield named(
                file=uuid_of(f"disclosing {name}"), organisation=player.actor.organisation_id,
                author=player.actor.user_id, ground="DANGER", purpose="SAFETY", steps=(),
                told_by_voice=PREPARED,
            )  # fmt: skip
    for name, player in product(FILES, players):
        is_meeting = player.actor.organisation_id == POLICE
        for sections in (ORDINARY_SECTIONS, frozenset({"identity"})):
            yield named(
                file=uuid_of(f"disclosing {name}"), to=player.actor.organisation_id,
                to_user=player.actor.user_id, purpose="MEETING" if is_meeting else "SERVICE",
                sections=sections,
            )  # fmt: skip
    yield from _of_therapy(players, named)
    # Prepared at the very instant when a membership began.
    yield named(
        prepared=DONE, to=POLICE, to_user=uuid_of("member newer"), purpose="MEETING",
        steps=(("APPROVED", DONE),),
    )  # fmt: skip
    # Asked, and refused.
    for purpose, steps in product(("ATTENDANCE", "OTHER"), ((), (("APPROVED", DONE),))):
        yield named(
            ground="", purpose=purpose, ends=None, refused=True, sections=frozenset(), steps=steps
        )


def _of_therapy(players: list[Player], named: Callable[..., Disclosure]) -> Iterator[Disclosure]:
    """What a psychotherapist tells: by each hand, of each file; decided or not, over or not."""
    author = uuid_of("psychotherapist here")
    base = {"author": author, "sections": OF_THERAPY}
    grounds = (("CONSENT", "SERVICE"), ("REQUIRED", "PROTECTION"), ("ORDER", "ORDER"))
    for (ground, purpose), steps, ends in product(grounds, STEPS, ENDS):
        yield named(**base, ground=ground, purpose=purpose, steps=steps, ends=ends)
    for name, player, steps in product(FILES, players, ((), (("APPROVED", DONE),))):
        if player.actor.purpose == "ordinary":
            yield named(
                file=uuid_of(f"disclosing {name}"), organisation=player.actor.organisation_id,
                author=player.actor.user_id, sections=OF_THERAPY, steps=steps,
            )  # fmt: skip
            yield named(
                **base, file=uuid_of(f"disclosing {name}"), steps=steps,
                to=player.actor.organisation_id, to_user=player.actor.user_id,
            )  # fmt: skip


def settle(owner: Connection, world: World) -> None:
    """Its people, its links, what is told; the constraints say what cannot be: not tried here."""
    owner.execute("select set_config('spheres.unforced', 'yes', false)")
    _people(owner, world)
    _links(owner, world)
    for table in ("sharing_disclosure", "sharing_disclosurestep"):
        for (name,) in owner.execute(
            "select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'",
            [table],
        ).fetchall():
            owner.execute(f"alter table {table} drop constraint {name}")
    for (name,) in owner.execute(
        "select indexname from pg_indexes where tablename = 'sharing_disclosurestep' "
        "and indexname like '%%_once'"
    ).fetchall():
        owner.execute(f"drop index {name}")
    convene(owner, world)
    in_notebook.rows(owner, world, _copy)
    every = {id_of(one): one for one in world.disclosures}
    _copy(
        owner,
        "sharing_disclosure",
        "id, file_id, organisation_id, ground, purpose, to_organisation_id, to_user_id, sections, "
        "items, made_at, ends_at, is_refused, prepared_by, prepared_at, meeting_on",
        (
            (
                key, d.file, d.organisation, d.ground, d.purpose, d.to, d.to_user,
                sorted(d.sections), [], d.told_by_voice, d.ends, d.refused, d.author, d.prepared,
                d.meeting,
            )
            for key, d in every.items()
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_disclosurestep",
        "id, disclosure_id, file_id, kind, done_at",
        (
            (uuid5(NAMESPACE_DNS, f"{key} {kind}"), key, d.file, kind, when)
            for key, d in every.items()
            for kind, when in d.steps
        ),
    )
    owner.execute("select set_config('spheres.unforced', '', false)")


def meeting_of(committee: UUID, day: date) -> UUID:
    return uuid5(NAMESPACE_DNS, f"meeting {committee} {day}")


def _cancelled(met: tuple[UUID, date], world: World) -> tuple[UUID, datetime] | tuple[None, None]:
    return (met[0], AT - DAY) if met in world.cancelled else (None, None)


def convene(owner: Connection, world: World) -> None:
    """The committees, who sits there, and when they meet."""
    _copy(
        owner,
        "regions_committee",
        "id, slug, kind, quorum",
        (
            (key, f"c-{number}", kind, 1)
            for number, (key, kind) in enumerate(world.committees.items())
        ),
    )
    owner.execute("drop index sharing_committeemember_once")
    owner.execute(
        "alter table sharing_committeemember drop constraint sharing_committeemember_ended_by_whom"
    )
    _copy(
        owner,
        "sharing_committeemember",
        "id, committee_id, user_id, organisation_id, is_chair, starts_at, ended_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"seat {number}"), s.committee, s.user, s.organisation,
                s.chairs, s.span.starts, s.span.ends,
            )
            for number, s in enumerate(world.sittings)
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_committeemeeting",
        "id, committee_id, held_on, starts_at, ends_at, cancelled_by, cancelled_at",
        (
            (meeting_of(c, day), c, day, AT - DAY, AT + DAY, *_cancelled((c, day), world))
            for c, day in sorted(world.met)
        ),
    )


def id_of(one: Disclosure) -> UUID:
    return uuid_of(one.name)
