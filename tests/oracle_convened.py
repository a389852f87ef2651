"""How does one stand to a committee, and to what is brought there? The oracle says it again.

Written from the prose (mission/rights.md §8.1, the two rows of committee items; methods.md §4.11;
design §10.2-§10.3; the issues of consent and of committees), never from the functions of the
database. It imports nothing of the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.oracle import FACES, THERAPISTS, WORKERS, conflicts
from tests.oracle_agreed import barred, sealed
from tests.oracle_disclosed import happened, is_told_to
from tests.oracle_world import Brought, Sitting, Who, World

SEATS = ("SITTING", "CHAIRING", "BRINGING")
STANDINGS = ("OPEN", "CHAIRING", "BROUGHT", "READING", "UNBARRED", "LED")
LEADING = frozenset({"team_lead", "organisation_manager", "clinical_director"})


def wears_a_hat(world: World, who: Who, at: datetime) -> bool:
    """She works where she acts today, in a role she claims, with an open account. At the police
    too: who sits there sits for it."""
    return who.user not in world.closed_accounts and any(
        m.organisation == who.organisation and m.role in who.roles and m.span.holds(at)
        for m in world.memberships.get(who.user, ())
    )


def leads(world: World, who: Who, at: datetime) -> bool:
    """She leads where she acts today, in a role she claims, with an open account."""
    return who.user not in world.closed_accounts and any(
        m.organisation == who.organisation and m.role in who.roles & LEADING and m.span.holds(at)
        for m in world.memberships.get(who.user, ())
    )


def seats(world: World, who: Who, at: datetime) -> list[Sitting]:
    """One sits for the organisation one acts for, as long as one works there and it is a partner,
    or a part of one: a seat does not follow whoever goes to work elsewhere."""
    if who.organisation in world.left_programme or not wears_a_hat(world, who, at):
        return []
    return [
        one
        for one in world.sittings
        if one.user == who.user and one.organisation == who.organisation and one.span.holds(at)
    ]


def to_committees(world: World, who: Who, at: datetime) -> dict[str, set[UUID]]:
    """Where one sits, where one chairs, and to which one may bring something: where one sits; and
    the clinical ones, for whoever accompanies people at a partner that is not the police."""
    if who.purpose != "ordinary":
        return {way: set() for way in SEATS}
    mine = seats(world, who, at)
    sits = {one.committee for one in mine}
    accompanies = (
        who.organisation not in world.police
        and who.organisation not in world.left_programme
        and who.user not in world.closed_accounts
        and any(
            m.organisation == who.organisation
            and m.role in who.roles & (WORKERS | THERAPISTS)
            and m.span.holds(at)
            for m in world.memberships.get(who.user, ())
        )
    )
    clinical = {one for one, kind in world.committees.items() if kind == "CLINICAL"}
    return {
        "SITTING": sits,
        # The police chairs nothing: it learns of a person by what is told to it, and no way else.
        "CHAIRING": {
            one.committee for one in mine if one.chairs and who.organisation not in world.police
        },
        "BRINGING": sits | (clinical if accompanies else set()),
    }


def steps_out(world: World, who: Who, one: Brought, at: datetime) -> bool:
    """She knows the person, is kept from any part of the file, or all are: of an item that names
    nobody as of one that does."""
    if one.file is None:
        return False
    closed = barred(world, who, one.file, at) | sealed(world, one.file, at)
    return conflicts(world, who.user, one.file, at) or bool(closed & set(FACES))


def was_told_for_it(world: World, who: Who, one: Brought, at: datetime) -> bool:
    """Something of that person was told to this one, for a meeting on that very day; it was
    approved, is not over, and was not taken back."""
    return any(
        told.file == one.file
        and told.purpose == "MEETING"
        and told.meeting == one.day
        and is_told_to(world, who, told, at)
        and told.ends is not None
        and told.ends > at
        and not happened(told, "WITHDRAWN", at)
        for told in world.disclosures
    )


def stands(world: World, who: Who, one: Brought, at: datetime) -> frozenset[str]:
    """In which ways one stands to what is brought. On the pages made for another purpose, in none.

    - What names nobody is read by all who sit there, once it is on the agenda; what names somebody,
      by those to whom it was told for that meeting. Of a meeting that is not held, neither.
    - Whoever chairs sees that there is one, until it is taken off; its words, if they name nobody.
    - Whoever brought it reads it, where they brought it from.
    - Whoever leads an organisation sees to what its people took on, when nobody was named.
    - Whoever must learn nothing of the person stands to it in no way at all.
    """
    if who.purpose != "ordinary" or steps_out(world, who, one, at):
        return frozenset()
    committees = to_committees(world, who, at)
    on_agenda = one.status in {"PLACED", "HELD"}
    is_open = (
        one.committee in committees["SITTING"]
        and on_agenda
        and (one.committee, one.day) not in world.cancelled
        and (one.mode != "CONSENT" or was_told_for_it(world, who, one, at))
    )
    chairs = one.committee in committees["CHAIRING"] and one.status != "TAKEN_BACK"
    brought = (
        one.author == who.user
        and one.organisation == who.organisation
        and wears_a_hat(world, who, at)
    )
    said = {
        "OPEN": is_open,
        "CHAIRING": chairs,
        "BROUGHT": brought,
        "READING": is_open or brought or (chairs and one.mode != "CONSENT"),
        "UNBARRED": True,
        "LED": one.mode != "CONSENT" and leads(world, who, at),
    }
    return frozenset(way for way, it_is in said.items() if it_is)
