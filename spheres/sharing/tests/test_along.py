"""Whose card of an outing does one read: does the database say what the oracle says, for everybody,
and would a lie of its function be seen?
"""

from __future__ import annotations

from uuid import UUID

from spheres.sharing import along
from spheres.sharing.functions import _live_role, _vetoes
from spheres.sharing.rules import WORKERS
from tests import oracle_along as oracle
from tests.proofs import mutants, of_alongs
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

LIVE = f"or not {_live_role(WORKERS)} then"
# Every piece of the function that says something, and the lie that stands in its place.
CUTS = {
    "by the police": ("access.is_walled_off(for_organisation) or", "false or"),
    "in any hat": (LIVE, "then"),
    "by anybody": ("g.user_id = for_user and", ""),
    "in the name of anywhere": ("and g.organisation_id = for_organisation", ""),
    "of an organisation that left": ("and h.is_partner", ""),
    "by an organisation that left": ("and o.is_partner", ""),
    "given before they came": ("and g.starts_at >= for_since", ""),
    "given from after they came": ("g.starts_at >= for_since", "g.starts_at > for_since"),
    "before its day": ("and g.starts_at <= for_at", ""),
    "from after its beginning": ("g.starts_at <= for_at", "g.starts_at < for_at"),
    "after its day": ("and g.ends_at > for_at", ""),
    "at its last instant": ("g.ends_at > for_at", "g.ends_at >= for_at"),
    "once taken back": ("and (g.withdrawn_at is null or g.withdrawn_at > for_at)", ""),
    "at the instant it is taken back": ("g.withdrawn_at > for_at", "g.withdrawn_at >= for_at"),
    "by whoever is not cleared": (
        "and access.is_cleared(for_user, for_organisation, for_at)",
        "",
    ),
    **{
        f"whatever is barred of {face}": (f"and g.file_id not in {_vetoes(repr(face))}", "")
        for face in along.BARRED
    },
    "whoever knows her": ("where c.user_id = for_user", "where false"),
    "whatever is sealed": ("any(z.faces)", "any(z.faces) and false"),
    "whatever is said of the other file": ("on v.file_id in (j.kept_id, j.joined_id)", "on false"),
}


def expected(stage: Stage, player: Player) -> set[UUID]:
    return {
        of_alongs.id_of(file, number)
        for file, alongs in stage.world.alongs.items()
        for number, said in enumerate(alongs)
        if said.user == player.actor.user_id
        and oracle.reads(stage.world, player.who, file, said, AT)
    }


def answered(on: Connection, player: Player) -> set[UUID]:
    act(on, player.actor, AT)
    (found,) = on.execute("select access.along_now()").fetchone()
    return set(found)


def test_everybody_reads_the_cards_that_the_oracle_says(stage: Stage, app: Connection) -> None:
    said = {player.name: expected(stage, player) for player in stage.players}
    different = [one.name for one in stage.players if answered(app, one) != said[one.name]]

    cells = len(stage.players) * sum(map(len, stage.world.alongs.values()))
    reading = sum(bool(found) for found in said.values())
    tell(f"cards of an outing: {cells:,} cells, {reading} read some, {len(different)} differences")
    assert different == []
    assert reading >= 20


def test_nobody_of_the_police_reads_one(stage: Stage, app: Connection) -> None:
    theirs = [p for p in stage.players if p.actor.organisation_id in stage.world.police]

    assert theirs
    assert [answered(app, player) for player in theirs] == [set()] * len(theirs)


def test_every_lie_of_the_function_is_caught(stage: Stage, owner: Connection) -> None:
    true = mutants.statement("along_now", along.statements())
    told_to = {said.user for alongs in stage.world.alongs.values() for said in alongs}
    players = [
        player
        for player in stage.players
        if player.actor.purpose == "ordinary" and player.actor.user_id in told_to
    ]
    said = {player.name: expected(stage, player) for player in players}
    players.sort(key=lambda player: -len(said[player.name]))
    alive = []
    owner.execute("set local role gate")
    for name, (piece, instead) in CUTS.items():
        assert piece in true, f"«{piece}» is no longer there: {name}"
        with owner.transaction(force_rollback=True):
            owner.execute(true.replace(piece, instead))
            if not any(answered(owner, player) != said[player.name] for player in players):
                alive.append(name)

    tell(f"mutants of the cards of an outing: {len(CUTS) - len(alive)} caught of {len(CUTS)}")
    assert alive == []
