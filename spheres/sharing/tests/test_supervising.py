"""Which notes brought to supervision does one read: does the database say what the oracle says, for
everybody, and would a lie of its function be seen?
"""

from __future__ import annotations

from uuid import UUID

from spheres.sharing import supervising
from spheres.sharing.functions import _live_role, _vetoes
from spheres.sharing.supervising import SUPERVISORS
from tests import oracle_supervised as oracle
from tests.proofs import mutants, of_supervised
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

# Every piece of the function that says something, and the lie that stands in its place. That the
# police reads none is said twice: what its workers reach is nothing.
CUTS = {
    "on any page": ("c[4] <> 'ordinary' or", "false or"),
    "in any hat": (f"or not {_live_role(SUPERVISORS)} then", "then"),
    "by anybody": ("g.user_id = for_user and", ""),
    "in the name of anywhere": ("and g.organisation_id = for_organisation", ""),
    "before it is brought": ("g.brought_at <= for_at and", ""),
    "from after it is brought": ("g.brought_at <= for_at", "g.brought_at < for_at"),
    "after its end": ("and g.ends_at > for_at", ""),
    "at its last instant": ("g.ends_at > for_at", "g.ends_at >= for_at"),
    "once taken back": ("and (g.withdrawn_at is null or g.withdrawn_at > for_at)", ""),
    "at the instant it is taken back": ("g.withdrawn_at > for_at", "g.withdrawn_at >= for_at"),
    "brought before they came": ("and s.starts_at <= g.brought_at", ""),
    "brought after they came": ("s.starts_at <= g.brought_at", "s.starts_at < g.brought_at"),
    "in a hat that is over": ("and (s.ends_at is null or s.ends_at > for_at))", ")"),
    "by whoever is not cleared": (
        "and access.is_cleared(for_user, for_organisation, for_at)",
        "",
    ),
    "of whoever walks with her no more": (supervising.STILL_READ, ""),
    **{
        f"whatever is barred of {face}": (f"and g.file_id not in {_vetoes(repr(face))}", "")
        for face in supervising.BARRED
    },
    "whoever knows her": ("where c.user_id = for_user", "where false"),
    "whatever is sealed": ("any(z.faces)", "any(z.faces) and false"),
    "whatever is said of the other file": ("on v.file_id in (j.kept_id, j.joined_id)", "on false"),
}


def expected(stage: Stage, player: Player) -> set[UUID]:
    return {
        of_supervised.id_of(file, number)
        for file, brought in stage.world.supervised.items()
        for number, said in enumerate(brought)
        if said.user == player.actor.user_id
        and oracle.reads(stage.world, player.who, file, said, AT)
    }


def answered(on: Connection, player: Player) -> set[UUID]:
    act(on, player.actor, AT)
    (found,) = on.execute("select access.supervised_now()").fetchone()
    return set(found)


def test_everybody_reads_the_notes_that_the_oracle_says(stage: Stage, app: Connection) -> None:
    said = {player.name: expected(stage, player) for player in stage.players}
    different = [one.name for one in stage.players if answered(app, one) != said[one.name]]

    cells = len(stage.players) * sum(map(len, stage.world.supervised.values()))
    reading = sum(bool(found) for found in said.values())
    tell(
        f"notes in supervision: {cells:,} cells, {reading} read some, {len(different)} differences"
    )
    assert different == []
    assert reading >= 15


def test_nobody_of_the_police_reads_one(stage: Stage, app: Connection) -> None:
    theirs = [p for p in stage.players if p.actor.organisation_id in stage.world.police]

    assert theirs
    assert [answered(app, player) for player in theirs] == [set()] * len(theirs)


def test_every_lie_of_the_function_is_caught(stage: Stage, owner: Connection) -> None:
    true = mutants.statement("supervised_now", supervising.statements())
    supervisors = {
        user
        for user, held in stage.world.memberships.items()
        if any(one.role in oracle.SUPERVISORS for one in held)
    }
    said = {player.name: expected(stage, player) for player in stage.players}
    players = sorted(
        stage.players,
        key=lambda player: (player.actor.user_id not in supervisors, -len(said[player.name])),
    )
    alive = []
    owner.execute("set local role gate")
    for name, (piece, instead) in CUTS.items():
        assert piece in true, f"«{piece}» is no longer there: {name}"
        with owner.transaction(force_rollback=True):
            owner.execute(true.replace(piece, instead))
            if not any(answered(owner, player) != said[player.name] for player in players):
                alive.append(name)

    tell(f"mutants of notes in supervision: {len(CUTS) - len(alive)} caught of {len(CUTS)}")
    assert alive == []
