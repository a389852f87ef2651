"""Who may see and do what, said a second time: from the prose, by another hand.

Written from the page of rights (mission/rights.md) and the settled questions of the design (§10),
never from the rule table: if both were one text, no proof would stand on them. It imports nothing
of the house. Slow and plain on purpose: one person, one file, one moment at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from tests.oracle_agreed import agreed, barred, sealed
from tests.oracle_clearance import is_cleared, withheld
from tests.oracle_hers import in_her_notebook, rights_of_hers
from tests.oracle_seated import read_from_a_seat, rights_for_a_while, seated
from tests.oracle_world import Span, Who, World, asked_once

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

# What it takes to meet somebody: who she is, how to reach her, where it stands, who else is there.
TO_MEET_HER = frozenset({"identity", "contact", "summary", "relation"})

KINDS = ("DESK", "WATCH", "OFFERED", "ANSWERS", "ENTRUSTED")


@dataclass(frozen=True)
class Standing:
    """What links one person to one file, at one moment."""

    roles: frozenset[str]  # claimed, and held now where she acts, with an open account
    assigned: bool
    at_holder: bool
    taking_on: bool
    conflict: bool
    covers: bool = False  # answers for a colleague who walks with her
    bereft: bool = False  # the same, and that colleague accompanies people here no more
    handed: frozenset[str] = frozenset()  # what of her file passes to this person
    recognised: bool = False  # she said her code word to this person
    alone: bool = False  # and nobody here walks with her
    begun: bool = False  # the file began with this person, or was handed to her since
    joined: bool = False  # walks with her by her other file
    agreed: frozenset[str] = frozenset()  # what the person shares with this person's organisation
    barred: frozenset[str] = frozenset()  # what the person keeps this person from
    sealed: frozenset[str] = frozenset()  # what of the file is closed to everybody
    in_custody: bool = False  # holds the notes of a psychotherapist who walked with her and is gone
    # What she reads in her own notebook, and what she adds to there.
    hers: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    seated: frozenset[str] = frozenset()  # what is read from a seat at one matter of the law
    opened: bool = False  # this person opened it for an hour
    in_danger: bool = False  # … because a life may be in danger
    purpose: str = "ordinary"


def roles_held(world: World, who: Who, at: datetime) -> frozenset[str]:
    """A role counts when it is claimed, held now in the organisation acted for, account open.

    None counts at the police partner, which has no section, ever: whatever hat is worn there, it
    is a police hat (design §10.3, acceptance criterion 3).
    """
    if who.user in world.closed_accounts or who.organisation in world.police:
        return frozenset()
    # She is herself by no membership: her notebook says whether she is, and of which file.
    return who.roles & {"participant"} | frozenset(
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
    return stay_of(world, who.user, who.organisation, at)


@asked_once
def stay_of(world: World, user: UUID, organisation: UUID, at: datetime) -> datetime | None:
    spans = [
        m.span
        for m in world.memberships.get(user, ())
        if m.organisation == organisation and m.role in WORKERS | THERAPISTS
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
    if withheld(world, who, at):  # nothing that was given counts; what was barred still does
        return Standing(frozenset(), *[False] * 3, conflict=conflicts(world, who.user, file, at))
    return Standing(
        roles=roles_held(world, who, at) if roles is None else roles,
        assigned=any(
            given_since(world, who, s, at) for s in world.assignments.get((who.user, file), ())
        ),
        at_holder=world.holders.get(file) == who.organisation,
        taking_on=any(given_since(world, who, h.span, at) for h in world.offers_to(who.user, file)),
        conflict=conflicts(world, who.user, file, at),
        begun=is_begun_with(world, who, file, at),
        agreed=agreed(world, who, file, here_since(world, who, at), at),
        barred=barred(world, who, file, at),
        sealed=sealed(world, file, at),
        opened=world.holders.get(file) == who.organisation
        and any(given_since(world, who, s, at) for s in world.opened.get((who.user, file), ())),
        in_danger=any(
            one.in_danger and one.holds(at) for one in world.opened.get((who.user, file), ())
        ),
        in_custody=world.holders.get(file) == who.organisation and holds(world, who, file, at),
        seated=seated(world, who, file, at),
        hers=in_her_notebook(world, who, file, at),
        purpose=who.purpose,
        **for_a_while(world, who, file, at),
    )


def is_begun_with(world: World, who: Who, file: UUID, at: datetime) -> bool:
    """Whether she has walked with her since the file began, or since she took her on from whoever
    handed her over."""
    return any(
        given_since(world, who, span, at)
        and (
            span.starts == world.opened_at.get(file, at)
            or any(
                h.span.starts <= span.starts and (h.span.ends is None or h.span.ends >= span.starts)
                for h in world.handings.get((who.user, file), ())
            )
        )
        for span in world.assignments.get((who.user, file), ())
    )


def holds(world: World, who: Who, file: UUID, at: datetime) -> bool:
    """Whether the notes of somebody who was beside the person here, and is here no more, were given
    to this one to keep (design §10.5)."""
    return any(
        span.starts <= at
        for author in kept_of(world, who, at)
        for span in world.assignments.get((author, file), ())
    )


@asked_once
def kept_of(world: World, who: Who, at: datetime) -> list[UUID]:
    """The authors, here no more, whose notes were given to this one to keep."""
    return [
        custody.author
        for custody in world.custodies.get(who.user, ())
        if custody.organisation == who.organisation
        and given_since(world, who, custody.span, at)
        and not is_here(world, custody.author, who.organisation, at)
    ]


def kept_out(world: World, who: Who, file: UUID, at: datetime) -> bool:
    """Whether she knows the person, or who walks with her is closed to her, or to everybody."""
    closed = barred(world, who, file, at) | sealed(world, file, at)
    return conflicts(world, who.user, file, at) or "relation" in closed


def conflicts(world: World, user: UUID, file: UUID, at: datetime) -> bool:
    """Whether she knows the person: of two files of one person, the stricter side is kept."""
    return (user, file) in world.conflicts or any(
        (user, j.joined if file == j.kept else j.kept) in world.conflicts
        for j in world.joinings.get(file, ())
        if j.span.holds(at)
    )


def for_a_while(world: World, who: Who, file: UUID, at: datetime) -> dict[str, Any]:
    """What she was given for a while, by colleagues or by the person, inside one organisation."""
    if world.holders.get(file) != who.organisation:
        return {}
    covers = world.covers.get(who.user, {})
    answering = [
        c.for_user
        for user in covers.keys() & world.named_on(file)
        for c in covers[user]
        if c.organisation == who.organisation
        and c.elsewhere is None  # in the name of another organisation, it opens nothing by itself
        and given_since(world, who, c.span, at)
        and not (c.if_lapsed and is_cleared(world, c.for_user, c.organisation, at))
        and entrusted_to(world, c.for_user, who.organisation, file, at)
    ]
    recognised = any(
        given_since(world, who, span, at) for span in world.recognised.get((who.user, file), ())
    )
    return {
        "covers": bool(answering),
        "bereft": any(not is_here(world, user, who.organisation, at) for user in answering),
        "handed": frozenset(
            face
            for h in world.handings.get((who.user, file), ())
            if given_since(world, who, h.span, at)
            for face in h.faces
        ),
        "recognised": recognised,
        "alone": recognised and not is_accompanied(world, file, who.organisation, at),
        "joined": any(
            j.joined == file and j.span.holds(at) and walks(world, who, j.kept, at)
            for j in world.joinings.get(file, ())
        ),
    }


@asked_once
def is_accompanied(world: World, file: UUID, organisation: UUID, at: datetime) -> bool:
    """Whether somebody who is here walks with her."""
    return any(
        is_here(world, user, organisation, at)
        and walks(world, Who(user, organisation, frozenset()), file, at)
        for user in world.named_on(file)
    )


def may_answer(world: World, user: UUID, here: UUID, there: UUID, at: datetime) -> bool:
    """Whether a worker of another organisation may be named to answer for somebody of this one.

    A partner of the programme, never the police nor one's own organisation; a worker there today.
    """
    return there not in {here, *world.left_programme} and bool(
        roles_held(world, Who(user, there, WORKERS), at)
    )


def entrusted_to(world: World, user: UUID, organisation: UUID, file: UUID, at: datetime) -> bool:
    """Whether a file is a colleague's to look after: since her stay began, or, when she is gone,
    whatever was not given to somebody else."""
    spans = [s for s in world.assignments.get((user, file), ()) if s.holds(at)]
    if not is_here(world, user, organisation, at):
        return bool(spans)
    since = stay_of(world, user, organisation, at)
    return any(since is not None and span.starts >= since for span in spans)


def is_here(world: World, user: UUID, organisation: UUID, at: datetime) -> bool:
    """Whether she accompanies people in this organisation now, with an open account."""
    return user not in world.closed_accounts and (
        stay_of(world, user, organisation, at) is not None
    )


@cache
def rights(link: Standing) -> frozenset[tuple[str, str]]:
    """What the link allows, but of what is sealed: closed to everybody (rights.md §8.2, 20)."""
    return frozenset((act, face) for act, face in rights_unsealed(link) if face not in link.sealed)


def rights_unsealed(link: Standing) -> frozenset[tuple[str, str]]:
    """The (act, face) this link allows.

    - A personal conflict beats everything, for good (design §10.2).
    - Her own workers, where her file is held, hold all of her story; the sealed notes of a
      psychotherapist and her private pages are never theirs.
    - Her psychotherapist holds the sealed notes, and of the foundation's own file reads what it
      takes to meet her: who she is, how to reach her, where the follow-up stands.
    - In a file that began with her psychotherapist alone, that person writes who she is, how to
      reach her and where the follow-up stands, for want of anybody else, and says who else walks
      with her; so does whoever she was handed to since.
    - Whoever walks with her says who else does, and reads who opened the file.
    - A worker to whom a referral is on offer may open its file; nothing more.
    - Whoever stands in or is on call for a colleague reads who her people are, how to reach them
      and where each stands, and who walks with them (page of rights: T); she writes what happened,
      or that a way to reach one is no longer safe, and reads no note. When that colleague is gone,
      the person may choose her.
    - A worker to whom a person is handed over reads what the person approved; at their first
      meeting she takes her on. So does a psychotherapist, and reads of it what a psychotherapist
      reads.
    - A code word opens contact rules and summary only, and who walks with her (design §10.10);
      when nobody does, whoever she came back to takes her on.
    - Two files of one organisation that the person said are hers: her workers by the one read the
      other, and write in their own.
    - What a person agreed to share with a partner is read on the pages made for that, and there
      nothing else is; on every other page it is not (criteria 5 and 6).
    - What was opened for an hour is what may protect her and whom to call; a restriction yields to
      it when a life may be in danger, and to no other ground; a personal conflict never does
      (design §10.2).
    - Whoever holds the notes of a psychotherapist who left or died is a psychotherapist of the same
      organisation, named for it (design §10.5): she reads them and whose they are, nothing else, on
      pages made for it; no coordination, lead or technician ever does.
    - A privacy officer, or counsel, reads by the legal path only («L»): seated at one matter,
      where it is held, the sections the seat names; nothing of a psychotherapy, a private page,
      where she is or how to reach her; and writes nothing there.
    - The young person herself, in her own notebook, reads of her one file what she allowed when it
      was opened face to face; at the level of writing she adds to her plan and her steps; never a
      note, a psychotherapy, where she is (rights.md §8.1, first column; §8.2, 19).
    - From what the person restricted, whoever it names is kept, whatever else is allowed.
    - Nobody else: not the coordination, a lead, the police, a manager, a researcher, a privacy
      officer (by the legal path only), a technician, a service, a visitor.
    """
    if link.conflict:
        return frozenset()
    if link.purpose == "exceptional":
        protecting = ("identity", "contact", "safety", "relation")
        return frozenset(
            ("read", face)
            for face in protecting
            if link.opened and link.roles & WORKERS
            if link.in_danger or face not in link.barred
        )
    if link.purpose == "custody":
        kept = ("identity", "therapy", "relation") if link.in_custody else ()
        allowed = kept if link.roles & THERAPISTS else ()
        return frozenset(("read", face) for face in allowed if face not in link.barred)
    if link.purpose == "seat":
        return read_from_a_seat(link.roles, link.seated, link.barred)
    if link.purpose == "notebook":
        return rights_of_hers(link.roles, link.hers)
    if link.purpose == "shared":
        if not link.roles & (WORKERS | THERAPISTS):
            return frozenset()
        return frozenset(("read", section) for section in link.agreed - link.barred)
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
    if walks_with_her and link.begun and link.roles & THERAPISTS:
        allowed |= {(act, face) for act in ("append", "amend") for face in TO_MEET_HER}
    if link.roles & THERAPISTS and "relation" in link.handed:
        allowed |= {("read", face) for face in link.handed & TO_MEET_HER}
        allowed.add(("append", "relation"))
    if link.taking_on and link.roles & WORKERS:
        allowed.add(("append", "relation"))
    if link.roles & WORKERS:
        allowed |= rights_for_a_while(link, FACES)
    return frozenset((act, face) for act, face in allowed if face not in link.barred)


def may(world: World, who: Who, act: str, face: str, file: UUID, at: datetime) -> bool:
    return (act, face) in rights(standing(world, who, file, at))


def reach(world: World, who: Who, at: datetime) -> dict[tuple[str, str], set[UUID]]:
    """For each act and face, every file this person reaches."""
    reached: dict[tuple[str, str], set[UUID]] = {(a, f): set() for a in ACTS for f in FACES}
    with world.still():
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
