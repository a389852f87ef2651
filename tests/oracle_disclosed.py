"""How may somebody stand to what is told of a person? The part of the oracle that says it again.

Written from the prose (mission/rights.md §8.1 and criteria 3, 5, 6; law.md §3.2-§3.7; design §10.3
and §10.12; ADR disclosures), never from the function of the database. It imports nothing of the
house.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.oracle import THERAPISTS, WORKERS, conflicts, may, roles_held
from tests.oracle_agreed import barred
from tests.oracle_world import Disclosure, Who, World

STANDINGS = (
    "READING", "KNOWING", "BESIDE", "PREPARING", "LOOKING", "DECIDING", "HANDING", "RECEIVING",
    "RECEIVED", "WRITING", "WEIGHING", "HERS",
)  # fmt: skip
OF_DANGER = frozenset({"DANGER", "YOUTH_PROTECTION"})
REQUIRED = frozenset({"REQUIRED", "ORDER"})


def happened(one: Disclosure, kind: str, at: datetime) -> bool:
    return any(step == kind and when <= at for step, when in one.steps)


def kept_out(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """She knows the person, or is barred from any part of what is told, or from who walks with
    her, or from legal matters."""
    kept = barred(world, who, one.file, at)
    return conflicts(world, who.user, one.file, at) or bool(
        kept & (one.sections | {"relation", "legal"})
    )


def looks(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """Of the organisation where it was prepared: of a danger, whoever supervises; of what the law
    requires, whoever guards privacy too; of all else, each of them. Never at the police."""
    held = roles_held(world, who, at)
    supervises = bool(held & {"team_lead", "coordinator"})
    allowed = supervises if one.ground in OF_DANGER else supervises or "privacy_officer" in held
    here = one.organisation == who.organisation and "therapy" not in one.sections
    return here and allowed and not kept_out(world, who, one, at)


def weighs(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """What a psychotherapist would tell: whoever guards privacy where she works decides of it,
    without a word of it; nobody else there, whatever their rank (rights.md §8.1, «O»)."""
    guards = "privacy_officer" in roles_held(world, who, at)
    here = one.organisation == who.organisation and "therapy" in one.sections
    return here and guards and not kept_out(world, who, one, at)


def writes(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """Of a danger, its author: whoever accompanies people where it was written, and works there
    still; whether or not the person is theirs. Neither who knows her, nor whom she bars."""
    works = bool(roles_held(world, who, at) & WORKERS)
    here = one.organisation == who.organisation and who.organisation not in world.police
    return one.ground in OF_DANGER and here and works and not kept_out(world, who, one, at)


def waits(one: Disclosure, at: datetime) -> bool:
    """For a second person: nobody decided, she did not take it back, its day is not past; what was
    told by voice in a danger is looked at again, whenever."""
    if one.refused or any(happened(one, k, at) for k in ("APPROVED", "REFUSED", "WITHDRAWN")):
        return False
    return one.told_by_voice is not None or (one.ends is not None and one.ends > at)


def sits_that_day(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """She let a whole organisation be there for a meeting: those who sit for it, today, on a
    clinical committee that meets on that day. Never at the police: there she names who it is."""
    return one.to not in world.police and any(
        seat.user == who.user
        and seat.organisation == one.to
        and seat.span.holds(at)
        and world.committees.get(seat.committee) == "CLINICAL"
        and (seat.committee, one.meeting) in world.met - world.cancelled
        for seat in world.sittings
    )


def is_told_to(world: World, who: Who, one: Disclosure, at: datetime) -> bool:
    """Whether it was told to this person: an account of a partner, still there, and there already
    when it was prepared. Of the police, those of its programme, and only by the person's own word:
    for a meeting, or to meet somebody who has lived through it."""
    if one.to is None or one.to != who.organisation or who.user in world.closed_accounts:
        return False
    if one.to in world.left_programme or not happened(one, "APPROVED", at):
        return False
    to_all = one.to_user is None and (
        one.purpose == "SURVIVOR"
        or (one.purpose == "MEETING" and sits_that_day(world, who, one, at))
    )
    if not to_all and one.to_user != who.user:
        return False
    if one.to in world.police:
        roles = frozenset({"police_member"})
        if one.ground != "CONSENT" or one.purpose not in {"MEETING", "SURVIVOR"}:
            return False
    elif one.purpose == "SURVIVOR":
        return False
    else:
        roles = WORKERS | THERAPISTS
    return not kept_out(world, who, one, at) and any(
        m.organisation == one.to
        and m.role in roles & who.roles
        and m.span.holds(at)
        and (to_all or m.span.starts <= one.prepared)
        for m in world.memberships.get(who.user, ())
    )


def stands(world: World, who: Who, one: Disclosure, at: datetime) -> frozenset[str]:
    """In which ways this person stands to it. On the pages of what is shared, in none. In her
    notebook, by what she agreed to or what was refused: the rest is read with whoever walks with
    her, who knows what may be said without harm."""
    if who.purpose == "notebook":
        by_yes = (one.refused or one.ground == "CONSENT") and one.purpose != "ORDER"
        hers = by_yes and may(world, who, "read", "legal", one.file, at)
        return frozenset({"HERS"} if hers else ())
    if who.purpose != "ordinary":
        return frozenset()
    # That there is a report, whoever reads the file does not know: neither here nor elsewhere.
    of_file = one.ground != "YOUTH_PROTECTION"
    knows = of_file and may(world, who, "read", "legal", one.file, at)
    beside = of_file and may(world, who, "amend", "legal", one.file, at)
    mine = one.author == who.user
    looking, weighing = looks(world, who, one, at), weighs(world, who, one, at)
    # Her notes are hers alone, and so is what she writes of them, as long as she may write there.
    secret = "therapy" in one.sections
    therapist = secret and mine and may(world, who, "append", "therapy", one.file, at)
    if secret:
        decides = weighing
    elif one.ground == "CONSENT":
        decides = beside or looking
    elif one.ground in REQUIRED:
        decides = looking and "privacy_officer" in roles_held(world, who, at)
    else:
        decides = looking
    goes_on = one.ends is not None and one.ends > at and not happened(one, "WITHDRAWN", at)
    to_me = is_told_to(world, who, one, at)
    outside = one.to is None and one.told_by_voice is None
    said = {
        "READING": therapist if secret else knows and (mine or one.ground not in OF_DANGER),
        "KNOWING": knows,
        "BESIDE": beside or therapist,
        "PREPARING": therapist if secret else beside and mine,
        "LOOKING": looking,
        "DECIDING": decides and not mine and waits(one, at),
        "HANDING": (therapist if secret else beside)
        and outside
        and goes_on
        and happened(one, "APPROVED", at),
        "RECEIVING": to_me and goes_on,
        "WRITING": mine and writes(world, who, one, at),
        "RECEIVED": to_me and one.ends is not None and one.ends > at - timedelta(days=90),
        "WEIGHING": weighing,
    }
    return frozenset(way for way, it_is in said.items() if it_is)
