"""Who may see and do what, said a second time: from the prose, by another hand.

Written from the page of rights (mission/rights.md) and the settled questions of the design (§10),
never from the rule table: if both were one text, no proof would stand on them. It imports nothing
of the house. Slow and plain on purpose: one person, one file, one moment at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

ACTS = ("read", "append", "amend")
SECTIONS = (
    "identity", "contact", "whereabouts", "summary", "plan", "safety",
    "steps", "notes", "health", "legal", "therapy", "private",
)  # fmt: skip
# Beside her story: who walks with her, and who opened her file.
FACES = (*SECTIONS, "relation", "journal")

ROLES = (
    "coordinator", "youth_worker", "team_lead", "psychotherapist", "professional_support",
    "police_member", "steering_member", "organisation_manager", "clinical_director",
    "research_officer", "researcher", "trainer", "awareness_contributor", "consultant",
    "records_officer", "privacy_officer", "counsel", "finance", "technical_administrator",
)  # fmt: skip
WORKERS = frozenset({"youth_worker", "professional_support"})
THERAPISTS = frozenset({"psychotherapist"})

KINDS = ("DESK", "WATCH", "OFFERED", "ENTRUSTED")


@dataclass(frozen=True)
class Span:
    """From a moment to a moment: the first belongs to it, the last no longer does."""

    starts: datetime
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.starts <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class Membership:
    organisation: UUID
    role: str
    span: Span


@dataclass(frozen=True)
class Handling:
    """A matter in the hands of one person, or of a desk: a role in an organisation."""

    kind: str
    span: Span
    user: UUID | None = None
    desk: tuple[UUID, str] | None = None


@dataclass
class World:
    """Everything the answer depends on, and nothing else."""

    memberships: dict[UUID, list[Membership]] = field(default_factory=dict)
    closed_accounts: set[UUID] = field(default_factory=set)
    police: set[UUID] = field(default_factory=set)  # police services, and the parts of one
    holders: dict[UUID, UUID] = field(default_factory=dict)  # file: its holder organisation
    matters: list[UUID] = field(default_factory=list)  # files, and what may become one
    assignments: dict[tuple[UUID, UUID], list[Span]] = field(default_factory=dict)  # (user, file)
    handlings: dict[UUID, list[Handling]] = field(default_factory=dict)  # by matter
    conflicts: set[tuple[UUID, UUID]] = field(default_factory=set)  # (user, file)
    desk: UUID | None = None  # the organisation at whose desk the region's matters arrive
    locked: set[UUID] = field(default_factory=set)  # what has a key of its own, or had one


@dataclass(frozen=True)
class Who:
    """One person, acting for one organisation, in the roles she claims there."""

    user: UUID
    organisation: UUID
    roles: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """What links one person to one file, at one moment."""

    roles: frozenset[str]  # claimed, and held now where she acts, with an open account
    assigned: bool
    at_holder: bool
    taking_on: bool
    conflict: bool


def roles_held(world: World, who: Who, at: datetime) -> frozenset[str]:
    """A role counts when it is claimed, held now in the organisation acted for, account open.

    None counts at the police partner, which has no section, ever: whatever hat is worn there, it
    is a police hat (design §10.3, acceptance criterion 3).
    """
    if who.user in world.closed_accounts or who.organisation in world.police:
        return frozenset()
    return frozenset(
        m.role
        for m in world.memberships.get(who.user, ())
        if m.organisation == who.organisation and m.role in who.roles and m.span.holds(at)
    )


def here_since(world: World, who: Who, at: datetime) -> datetime | None:
    """When she came to accompany people here, and has not stopped since; None when she does not.

    Her access ends by itself on her last day. Coming back is a new beginning: what she was given
    before is not given back with it. Going from one hat to another without a day between is one
    stay; and a coordinator, a lead or a manager accompanies nobody.
    """
    spans = [
        m.span
        for m in world.memberships.get(who.user, ())
        if m.organisation == who.organisation and m.role in WORKERS | THERAPISTS
    ]
    begun = [span.starts for span in spans if span.holds(at)]
    if not begun:
        return None
    since = min(begun)
    # Whatever lasted until that very day, or over it, is the same stay; and so on, backwards.
    while earlier := [
        s.starts for s in spans if s.starts < since and (s.ends is None or s.ends >= since)
    ]:
        since = min(earlier)
    return since


def given_since(world: World, who: Who, span: Span, at: datetime) -> bool:
    """Given to her during the stay that is not over, and not taken back."""
    since = here_since(world, who, at)
    return since is not None and span.starts >= since and span.holds(at)


def standing(
    world: World, who: Who, file: UUID, at: datetime, roles: frozenset[str] | None = None
) -> Standing:
    return Standing(
        roles=roles_held(world, who, at) if roles is None else roles,
        assigned=any(
            given_since(world, who, s, at) for s in world.assignments.get((who.user, file), ())
        ),
        at_holder=world.holders.get(file) == who.organisation,
        taking_on=any(
            h.user == who.user and h.kind == "OFFERED" and given_since(world, who, h.span, at)
            for h in world.handlings.get(file, ())
        ),
        conflict=(who.user, file) in world.conflicts,
    )


@cache
def rights(link: Standing) -> frozenset[tuple[str, str]]:
    """The (act, face) this link allows.

    - A personal conflict beats everything, for good (design §10.2).
    - Her own workers, where her file is held, hold all of her story; the sealed notes of a
      psychotherapist and her private pages are never theirs.
    - Her psychotherapist holds the sealed notes, and of the foundation's own file reads what it
      takes to meet her: who she is, how to reach her, where the follow-up stands.
    - Whoever walks with her says who else does, and reads who opened the file.
    - A worker to whom a referral is on offer may open its file; nothing more.
    - Nobody else: not the coordination, a lead, the police, a manager, a researcher, a privacy
      officer (by the legal path only), a technician, a service, a visitor.
    """
    if link.conflict:
        return frozenset()
    allowed: set[tuple[str, str]] = set()
    walks_with_her = link.assigned and link.at_holder
    if walks_with_her and link.roles & WORKERS:
        story = [s for s in SECTIONS if s not in {"therapy", "private"}]
        allowed |= {(act, section) for act in ACTS for section in story}
    if walks_with_her and link.roles & THERAPISTS:
        allowed |= {("read", "identity"), ("read", "contact"), ("read", "summary")}
        allowed |= {(act, "therapy") for act in ACTS}
    if walks_with_her and link.roles & WORKERS:
        allowed |= {(act, "relation") for act in ACTS}
    if walks_with_her and link.roles & (WORKERS | THERAPISTS):
        allowed |= {("read", "relation"), ("read", "journal")}
    if link.taking_on and link.roles & WORKERS:
        allowed.add(("append", "relation"))
    return frozenset(allowed)


def may(world: World, who: Who, act: str, face: str, file: UUID, at: datetime) -> bool:
    return (act, face) in rights(standing(world, who, file, at))


def reach(world: World, who: Who, at: datetime) -> dict[tuple[str, str], set[UUID]]:
    """For each act and face, every file this person reaches."""
    reached: dict[tuple[str, str], set[UUID]] = {(a, f): set() for a in ACTS for f in FACES}
    held = roles_held(world, who, at)
    for file in world.matters:
        for right in rights(standing(world, who, file, at, held)):
            reached[right].add(file)
    return reached


def walks(world: World, who: Who, file: UUID, at: datetime) -> bool:
    """Whether this person accompanies her now, in the name of the organisation that holds the file.

    Working for another one as well gives nothing there.
    """
    return world.holders.get(file) == who.organisation and any(
        given_since(world, who, span, at) for span in world.assignments.get((who.user, file), ())
    )


def hands(world: World, who: Who, matter: UUID, at: datetime) -> frozenset[str]:
    """In which capacities this person handles a matter.

    A desk is everyone who holds that role in that organisation now. A person named on an offer
    handles it as long as she is a worker here: whoever left, or whose account is closed, no
    longer does, whoever came back is offered it anew, and the police partner never does, not even
    at a desk (acceptance criterion 3). What was entrusted to her is hers as long as she walks with
    the person, where the file is held, and not a day more.
    """
    if (who.user, matter) in world.conflicts:
        return frozenset()
    held = roles_held(world, who, at)
    return frozenset(
        h.kind
        for h in world.handlings.get(matter, ())
        if h.span.holds(at)
        and (
            (
                h.user == who.user
                and held & WORKERS
                and given_since(world, who, h.span, at)
                and (h.kind != "ENTRUSTED" or walks(world, who, matter, at))
            )
            or (h.desk is not None and h.desk[0] == who.organisation and h.desk[1] in held)
        )
    )


def may_open(world: World, who: Who, matter: UUID, at: datetime) -> bool:
    """Whether this person may write down, at the region's desk, a matter that came by voice.

    Whoever coordinates there today, for that desk; a matter that is nobody's. One that already
    came to a desk may be sent again: nothing is made, so nothing is refused.
    """
    if who.organisation != world.desk or "coordinator" not in roles_held(world, who, at):
        return False
    handlings = world.handlings.get(matter, ())
    if any(h.kind == "DESK" for h in handlings):
        return True
    return not handlings and matter not in world.holders and matter not in world.locked


def accompanies(world: World, user: UUID, at: datetime) -> bool:
    """Whether she is a worker of today, with an open account, anywhere but at the police."""
    return any(
        roles_held(world, Who(user, m.organisation, WORKERS), at)
        for m in world.memberships.get(user, ())
    )


def accompanies_here(world: World, user: UUID, organisation: UUID, at: datetime) -> bool:
    """A colleague to whom a file may be given: she accompanies people in this organisation."""
    return bool(roles_held(world, Who(user, organisation, WORKERS | THERAPISTS), at))


def handled(world: World, who: Who, kinds: Iterable[str], at: datetime) -> set[UUID]:
    wanted = set(kinds)
    return {matter for matter in world.matters if hands(world, who, matter, at) & wanted}
