"""What does the second saying of the rights know of the world? Everything its answers depend on.

It imports nothing of the house, as `oracle.py` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

Asked, Said = ParamSpec("Asked"), TypeVar("Said")


@dataclass(frozen=True)
class Span:
    """From a moment to a moment: the first belongs to it, the last no longer does."""

    starts: datetime
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.starts <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class Opened(Span):
    """An hour for which it was opened: because a life may be in danger, or nobody answered."""

    in_danger: bool = True


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


@dataclass(frozen=True)
class Cover:
    """One person answers for another one's people, in an organisation, from when until when."""

    user: UUID
    for_user: UUID
    organisation: UUID
    span: Span
    stands_in: bool = True  # while the other is away or gone; else out of hours
    elsewhere: UUID | None = None  # in whose name that person answers, when it is not here
    if_lapsed: bool = False  # named ahead: only while what is asked of the other does not stand


@dataclass(frozen=True)
class Handing:
    """What of a file passes to a colleague, before the person and she have met."""

    span: Span
    faces: frozenset[str]


@dataclass(frozen=True)
class Joining:
    """Two files that the person said are both hers; the first goes on."""

    kept: UUID
    joined: UUID
    span: Span


@dataclass(frozen=True)
class Consent:
    """She lets an organisation, or one person there, read some sections, from when until when.

    `span` ends where it was to end, or where she took it back. Said for one absence, it is worth
    something `during` that absence alone.
    """

    organisation: UUID
    span: Span
    sections: frozenset[str]
    user: UUID | None = None
    during: Cover | None = None


@dataclass(frozen=True)
class Supervised:
    """Chosen notes of a file, brought to one supervisor in an organisation; until when.

    `span` ends where it was to end, or where it was taken back.
    """

    organisation: UUID
    span: Span
    user: UUID
    by: UUID


@dataclass(frozen=True)
class Restriction:
    """She bars a person, an organisation, or those who hold a role there or anywhere."""

    span: Span
    faces: frozenset[str]
    user: UUID | None = None
    organisation: UUID | None = None
    role: str = ""


@dataclass(frozen=True)
class Seal:
    """Some of a file is closed to everybody, from when until two people opened it again."""

    span: Span
    faces: frozenset[str]


@dataclass(frozen=True)
class Disclosure:
    """Something told of the person of a file, once; or asked, and refused."""

    name: str
    file: UUID
    organisation: UUID  # where it was prepared
    author: UUID
    prepared: datetime
    ends: datetime | None
    ground: str
    purpose: str
    sections: frozenset[str]
    to: UUID | None = None  # an organisation; and there, one person or a programme
    to_user: UUID | None = None
    told_by_voice: datetime | None = None
    refused: bool = False
    steps: tuple[tuple[str, datetime], ...] = ()
    meeting: date | None = None


@dataclass(frozen=True)
class Sitting:
    """One person sits on a committee, for an organisation, from when until when."""

    committee: UUID
    user: UUID
    organisation: UUID
    span: Span
    chairs: bool = False


@dataclass(frozen=True)
class Brought:
    """Something brought to one meeting of a committee; of whom, when it is of somebody."""

    name: str
    committee: UUID
    day: date
    mode: str
    status: str
    author: UUID
    organisation: UUID
    file: UUID | None = None


@dataclass(frozen=True)
class Custody:
    """One psychotherapist holds the notes of another, in an organisation, from when until when."""

    author: UUID
    organisation: UUID
    span: Span


@dataclass(frozen=True)
class Seat:
    """One matter of the law about one file: what is read of it, from when until when."""

    span: Span
    faces: frozenset[str]
    ended: datetime | None = None
    narrowed: datetime | None = None  # when what it was given for was answered


@dataclass(frozen=True)
class Notebook:
    """Her own notebook, opened face to face, until somebody closes it: what it opens, how far."""

    span: Span
    faces: frozenset[str]
    level: str


@dataclass
class World:
    """Everything the answer depends on, and nothing else."""

    memberships: dict[UUID, list[Membership]] = field(default_factory=dict)
    closed_accounts: set[UUID] = field(default_factory=set)
    police: set[UUID] = field(default_factory=set)  # police services, and the parts of one
    holders: dict[UUID, UUID] = field(default_factory=dict)  # file: its holder organisation
    # By file: when it began; those of which nothing is said, at the moment one asks.
    opened_at: dict[UUID, datetime] = field(default_factory=dict)
    matters: list[UUID] = field(default_factory=list)  # files, and what may become one
    assignments: dict[tuple[UUID, UUID], list[Span]] = field(default_factory=dict)  # (user, file)
    handlings: dict[UUID, list[Handling]] = field(default_factory=dict)  # by matter
    conflicts: set[tuple[UUID, UUID]] = field(default_factory=set)  # (user, file)
    # By who answers, then by the colleague she answers for.
    covers: dict[UUID, dict[UUID, list[Cover]]] = field(default_factory=dict)
    handings: dict[tuple[UUID, UUID], list[Handing]] = field(default_factory=dict)  # (user, file)
    # By (user, file): to whom the person of that file said her code word, and since when.
    recognised: dict[tuple[UUID, UUID], list[Span]] = field(default_factory=dict)
    joinings: dict[UUID, list[Joining]] = field(default_factory=dict)  # by either of the two files
    # By (user, file): opened for an hour.
    opened: dict[tuple[UUID, UUID], list[Opened]] = field(default_factory=dict)
    seats: dict[tuple[UUID, UUID], list[Seat]] = field(default_factory=dict)  # by (user, file)
    custodies: dict[UUID, list[Custody]] = field(default_factory=dict)  # by who holds the notes
    consents: dict[UUID, list[Consent]] = field(default_factory=dict)  # by file
    # By file: whom of another organisation she lets read a card, on one day.
    alongs: dict[UUID, list[Consent]] = field(default_factory=dict)
    # By file: whose notes somebody brought to one supervisor, for one meeting.
    supervised: dict[UUID, list[Supervised]] = field(default_factory=dict)
    restrictions: dict[UUID, list[Restriction]] = field(default_factory=dict)  # by file
    seals: dict[UUID, list[Seal]] = field(default_factory=dict)  # by file
    disclosures: list[Disclosure] = field(default_factory=list)
    committees: dict[UUID, str] = field(default_factory=dict)  # a committee: of which kind
    sittings: list[Sitting] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    met: set[tuple[UUID, date]] = field(default_factory=set)  # which committee meets, on which day
    cancelled: set[tuple[UUID, date]] = field(default_factory=set)  # and meets no more
    left_programme: set[UUID] = field(default_factory=set)  # organisations no longer partners
    parts: dict[UUID, UUID] = field(default_factory=dict)  # an organisation: what it is a part of
    asking: set[UUID] = field(default_factory=set)  # bodies that ask for a training each year
    # By person: when it was said, and until when that training counts; None: none stands.
    trained: dict[UUID, list[tuple[datetime, datetime | None]]] = field(default_factory=dict)
    extended: dict[UUID, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    # By person: when their files were withheld, and the stand-in on whom that rests.
    withheld: dict[UUID, list[tuple[datetime, Cover]]] = field(default_factory=dict)
    persons: dict[UUID, UUID] = field(default_factory=dict)  # by file: whose it is, when it is said
    notebooks: dict[UUID, list[Notebook]] = field(default_factory=dict)  # by file
    # By file: from when it was noted that reaching her is not safe, until it is safe again.
    unsafe: dict[UUID, list[Span]] = field(default_factory=dict)
    ended: dict[UUID, str] = field(default_factory=dict)  # by file: how the follow-up stands
    destroyed: set[UUID] = field(default_factory=set)  # files of which something was destroyed
    desk: UUID | None = None  # the organisation at whose desk the region's matters arrive
    locked: set[UUID] = field(default_factory=set)  # what has a key of its own, or had one
    _barring: dict[UUID, tuple[list[Restriction], dict[UUID | None, list[Restriction]]]] = field(
        default_factory=dict
    )
    _named: tuple[int, dict[UUID, set[UUID]]] = field(default_factory=lambda: (0, {}))

    _offers: dict[UUID, tuple[list[Handling], int, dict[UUID, list[Handling]]]] = field(
        default_factory=dict
    )

    # What was answered since it stands still; None: it may change, and everything is asked anew.
    answers: dict[tuple[Any, ...], Any] | None = None

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing of this world changes within the block: a question is answered once."""
        before = self.answers
        self.answers = {} if before is None else before
        try:
            yield
        finally:
            self.answers = before

    def join(self, user: UUID, organisation: UUID, role: str, spans: Iterable[Span]) -> None:
        """She holds this role there, during these spans."""
        held = self.memberships.setdefault(user, [])
        held.extend(Membership(organisation, role, span) for span in spans)

    def offers_to(self, user: UUID, matter: UUID) -> list[Handling]:
        """Every offer of a matter to one person; looked up once for each state of the list."""
        hands = self.handlings.get(matter, [])
        known = self._offers.get(matter)
        if known is None or known[0] is not hands or known[1] != len(hands):
            offers: dict[UUID, list[Handling]] = {}
            for h in hands:
                if h.kind == "OFFERED" and h.user is not None:
                    offers.setdefault(h.user, []).append(h)
            known = self._offers[matter] = hands, len(hands), offers
        return known[2].get(user, [])

    def barring(self, file: UUID, user: UUID) -> list[Restriction]:
        """Those of a file that name this person, or a category; looked up once for each state."""
        said = self.restrictions.get(file, [])
        known = self._barring.get(file)
        if known is None or known[0] != said:
            by_user: dict[UUID | None, list[Restriction]] = {}
            for one in said:
                by_user.setdefault(one.user, []).append(one)
            known = self._barring[file] = list(said), by_user
        return [*known[1].get(user, ()), *known[1].get(None, ())]

    def named_on(self, file: UUID) -> set[UUID]:
        """Everyone who was ever assigned to a file."""
        if self._named[0] != len(self.assignments):
            named: dict[UUID, set[UUID]] = {}
            for user, of in self.assignments:
                named.setdefault(of, set()).add(user)
            self._named = len(self.assignments), named
        return self._named[1].get(file, set())


def asked_once(
    answer: Callable[Concatenate[World, Asked], Said],
) -> Callable[Concatenate[World, Asked], Said]:
    """The same question of a world that stands still has the same answer: it is looked up."""

    @wraps(answer)
    def known(world: World, *asked: Asked.args, **named: Asked.kwargs) -> Said:
        if world.answers is None or named:
            return answer(world, *asked, **named)
        question = (answer, *asked)
        if question not in world.answers:
            world.answers[question] = answer(world, *asked)
        said: Said = world.answers[question]
        return said

    return known


@dataclass(frozen=True)
class Who:
    """One person, acting for one organisation, in the roles she claims there, for one purpose."""

    user: UUID
    organisation: UUID
    roles: frozenset[str]
    purpose: str = "ordinary"
