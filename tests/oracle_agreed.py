"""What did the person herself decide of her file? The part of the oracle that says it again.

Written from the prose (mission/rights.md §8.1 and criteria 5-7, 9; design §10.2 and §10.6), never
from the rule table. It imports nothing of the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.oracle_world import Cover, Restriction, Who, World

# With another organisation she may share these, and nothing else: never a note, never therapy,
# never her private pages, never where she is.
MAY_BE_SHARED = frozenset({"identity", "contact", "summary", "plan", "safety", "steps"})

# Enough to answer her while her worker is away.
BRIEF = frozenset({"identity", "contact", "summary"})


def agreed(
    world: World, who: Who, file: UUID, since: datetime | None, at: datetime
) -> frozenset[str]:
    """What she lets this person read, in the name of the organisation this person acts for.

    A consent to an organisation is for whoever accompanies people there; one that names a person
    counts from the beginning of that person's stay, as all that is given to a person does. An
    organisation that left the programme reads nothing more. What she agreed to for the length of
    one absence is who she is, how to reach her and where she stands; it opens when that absence
    begins, and closes when it ends, however early, or once whoever is away is no longer beside her.
    """
    if who.organisation in world.left_programme or since is None:
        return frozenset()
    return frozenset(
        section
        for consent in world.consents.get(file, ())
        if consent.organisation == who.organisation
        and consent.span.holds(at)
        and (consent.user is None or (consent.user == who.user and consent.span.starts >= since))
        and (consent.during is None or is_during(world, consent.during, file, at))
        for section in consent.sections & (MAY_BE_SHARED if consent.during is None else BRIEF)
    )


def is_during(world: World, absence: Cover, file: UUID, at: datetime) -> bool:
    return absence.span.holds(at) and any(
        span.holds(at) for span in world.assignments.get((absence.for_user, file), ())
    )


def barred(world: World, who: Who, file: UUID, at: datetime) -> frozenset[str]:
    """The faces of her file from which she keeps this person, or others like this person.

    Of two files of one person, the stricter side is kept on both.
    """
    files = {file} | {
        j.joined if file == j.kept else j.kept
        for j in world.joinings.get(file, ())
        if j.span.holds(at)
    }
    return frozenset(
        face
        for one in files
        for restriction in world.barring(one, who.user)
        if restriction.span.holds(at) and speaks_of(world, restriction, who, at)
        for face in restriction.faces
    )


def sealed(world: World, file: UUID, at: datetime) -> frozenset[str]:
    """What of this file is sealed: to everybody, and of the file itself alone. Another file of the
    same person stays what it is."""
    return frozenset(
        face for seal in world.seals.get(file, ()) if seal.span.holds(at) for face in seal.faces
    )


def speaks_of(world: World, restriction: Restriction, who: Who, at: datetime) -> bool:
    """A named person, wherever she works; or an organisation, a role there, a role anywhere."""
    if restriction.user is not None:
        return restriction.user == who.user
    if restriction.organisation not in {None, who.organisation}:
        return False
    return not restriction.role or any(
        m.organisation == who.organisation and m.role == restriction.role and m.span.holds(at)
        for m in world.memberships.get(who.user, ())
    )
