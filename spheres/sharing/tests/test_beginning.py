"""In whose file may a psychotherapist begin: does the database say what the oracle says, for
everybody?
"""

from __future__ import annotations

from uuid import UUID

from spheres.sharing import beginning
from spheres.sharing.rules import THERAPISTS
from tests import oracle_begun as oracle
from tests.oracle_world import Consent
from tests.proofs import of_beginnings
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

# Of thousands of consents, one in so many; each is asked some, and all by which one begins.
ONE_IN, EACH = 5, 31


def kept(stage: Stage, player: Player) -> set[UUID]:
    return {file for file in stage.world.holders if oracle.keeps(stage.world, player.who, file, AT)}


def answered(on: Connection, player: Player) -> set[UUID]:
    act(on, player.actor, AT)
    (found,) = on.execute("select access.begun()").fetchone()
    return set(found)


def asked(stage: Stage) -> list[tuple[UUID, int, Consent]]:
    """One in so many of the things that are shared, in the order of the world."""
    shared = [
        (file, number, consent)
        for file, consents in stage.world.consents.items()
        if file in stage.world.holders
        for number, consent in enumerate(consents)
    ]
    return shared[::ONE_IN]


def expected(stage: Stage, player: Player) -> set[UUID]:
    return {
        of_beginnings.consent_of(file, number)
        for file, number, consent in asked(stage)
        if of_beginnings.may_begin(file, number)
        and oracle.begins(stage.world, player.who, file, consent, AT)
    }


def begun(on: Connection, player: Player, consents: list[UUID]) -> set[UUID]:
    """The consents by which one begins; nothing of it stays."""
    found = set()
    for consent in consents:
        with on.transaction(force_rollback=True):
            act(on, player.actor, AT)
            answer = on.execute("select says from access.begin_therapy(%s)", [consent])
            if answer.fetchone() != (beginning.CLOSED,):
                found.add(consent)
    return found


def therapists(stage: Stage) -> list[Player]:
    return [one for one in stage.players if one.actor.roles & THERAPISTS]


def test_everybody_keeps_the_files_that_the_oracle_says(stage: Stage, app: Connection) -> None:
    said = {player.name: kept(stage, player) for player in stage.players}
    different = [one.name for one in stage.players if answered(app, one) != said[one.name]]

    cells = len(stage.players) * len(stage.world.holders)
    keeping = sum(bool(found) for found in said.values())
    tell(f"files begun: {cells:,} cells, {keeping} keep some, {len(different)} differences")
    assert different == []
    assert keeping >= 10


def test_only_whom_the_oracle_says_begins_by_what_she_shares(stage: Stage, app: Connection) -> None:
    consents = [of_beginnings.consent_of(file, number) for file, number, _one in asked(stage)]
    players = therapists(stage)
    said = {player.name: expected(stage, player) for player in players}
    different = []
    for number, player in enumerate(players):
        # All that one begins by; of what one does not, a part, another one for each.
        mine = sorted(said[player.name]) + consents[number % EACH :: EACH]
        if begun(app, player, mine) != said[player.name]:
            different.append(player.name)

    tell(
        f"beginnings: {len(players)} psychotherapists, {len(consents):,} consents, "
        f"{sum(map(len, said.values()))} begin, {len(different)} differences"
    )
    assert different == []
    assert sum(map(bool, said.values())) >= 3


def test_nobody_of_the_police_keeps_or_begins_one(stage: Stage, app: Connection) -> None:
    theirs = [p for p in stage.players if p.actor.organisation_id in stage.world.police]

    assert theirs
    assert [answered(app, player) for player in theirs] == [set()] * len(theirs)
