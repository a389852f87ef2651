"""How many wait, in their notebooks, for an answer that nobody reads? The database and the oracle.

And would anyone notice if it lied?
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import pytest

from spheres.sharing.tests.test_naming import goes_on, stand_in_every_way, telling
from tests import oracle, oracle_beside
from tests.daily import DAILY, part_told, told_today
from tests.proofs.databases import Connection, act
from tests.proofs.figures import compared, tell
from tests.proofs.rows import dull, row_of
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

TOLD = {"coordinator", "team_lead"}
LEFT = {
    "notebook_word": ("notebook_reply", "word_id"),
    "my_say_ask": ("my_say_answer", "ask_id"),
}
# Pieces of what is asked; each is replaced in turn. Some lies of those who answer for a colleague
# are not told: in this world somebody else reads each of those files, and no number changes.
UNREAD = {
    "of any place": ("where f.holder_id = for_organisation", "where true"),
    "a word that was answered": ("where r.word_id = w.id", "where false"),
    "an ask that was answered": ("where o.ask_id = k.id", "where false"),
    "no word": ("where w.file_id = f.id", "where false"),
    "no ask": ("where k.file_id = f.id", "where false"),
    "of what is over": ("limit 1) in (", "limit 1) not in ("),
    "joined away": ("where j.joined_id = f.id", "where false"),
    "parted since": (" and (j.ends_at is null or j.ends_at > for_at)", ""),
    "walked with once": (" and (a.ends_at is null or a.ends_at > for_at)", ""),
    "walked with from tomorrow": ("and a.starts_at <= for_at", ""),
    "given before a leave": ("a.starts_at >= t.given_since and not", "true and not"),
    "read by whoever knows her": ("a.starts_at >= t.given_since and not", "true or not"),
    "read by whoever is gone": ("(t.is_here and a.starts_at", "(a.starts_at"),
    "answered for out of hours": ("v.kind = 'STAND_IN' or", "v.kind <> 'LAPSE' or"),
    "answered for once": ("and v.ends_at > for_at", ""),
    "answered for from tomorrow": ("and v.starts_at <= for_at", ""),
    "answered for before a leave": ("and v.starts_at >= w.given_since", ""),
    "answered for by whoever knows her": ("where v.for_user_id = a.user_id and not", "where not"),
}


def left_in(table: str, file: UUID) -> tuple[bool, bool]:
    """Whether something was left there, and whether it was answered: every pair, over the files."""
    turn = (file.int >> (16 if table == "my_say_ask" else 0)) % 3
    return turn > 0, turn == 2


def waiting(stage: Stage) -> set[UUID]:
    return {
        file
        for file in stage.world.holders
        if any(left_in(table, file) == (True, False) for table in LEFT)
    }


def write(owner: Connection, table: str, files: Iterable[UUID], column: str = "") -> None:
    """A row of each file, which hangs on that file's own thing."""
    on = {column: "notebook_word" if column == "word_id" else "my_say_ask"} if column else {}
    rest = dull(owner, table, ["id", "file_id", *on])
    names, values = ", ".join(["id", "file_id", *on, *rest]), ", ".join(["", *rest.values()])
    for file in files:
        given = [row_of(table, file), file, *(row_of(of, file) for of in on.values())]
        places = ", ".join(["%s"] * len(given))
        owner.execute(f"insert into {table} ({names}) values ({places}{values})", given)


@pytest.fixture
def gate(stage: Stage, owner: Connection) -> Connection:
    """The database's own role, where of each file something waits, was answered, or was never left;
    nothing is kept."""
    owner.execute("select set_config('spheres.unforced', 'yes', true)")
    stand_in_every_way(owner, stage)
    for table, (answers, column) in LEFT.items():
        files = sorted(stage.world.holders)
        for one in (table, answers):
            owner.execute(f"alter table {one} disable trigger user")
        owner.execute(f"delete from {answers}")
        owner.execute(f"delete from {table}")
        write(owner, table, [file for file in files if left_in(table, file)[0]])
        write(owner, answers, [file for file in files if left_in(table, file)[1]], column)
    owner.execute("set constraints all immediate")
    owner.execute("select set_config('spheres.unforced', '', true)")
    owner.execute("set local role gate")
    return owner


def told(gate: Connection, player: Player) -> int:
    act(gate, player.actor, AT)
    found = gate.execute("select how_many from access.unread_beside_nobody()").fetchone()
    return found[0] if found else 0


EXPECTED: dict[UUID, int] = {}


def expected_of(stage: Stage, player: Player) -> int:
    """A number for whoever leads or coordinates there now; nothing for anybody else, nor at the
    police."""
    here = player.who.organisation
    if not TOLD & oracle.roles_held(stage.world, player.who, AT):
        return 0
    if here not in EXPECTED:
        over = stage.world.holders.keys() - goes_on(stage)
        EXPECTED[here] = len(
            oracle_beside.unread_beside_nobody(stage.world, here, waiting(stage), over, AT)
        )
    return EXPECTED[here]


def one_of_each_place(stage: Stage) -> list[Player]:
    """Somebody who is told, of each organisation."""
    leading = {
        player.who.organisation: player
        for player in stage.players
        if TOLD & oracle.roles_held(stage.world, player.who, AT)
    }
    return list(leading.values())


def test_the_database_tells_as_many_as_the_oracle_and_whom_it_says(
    stage: Stage, gate: Connection
) -> None:
    claiming = [player for player in stage.players if TOLD & player.actor.roles]
    nothing = [one for one in (*claiming, *stage.players[::50]) if not expected_of(stage, one)]
    told_of = one_of_each_place(stage)

    found = {player.name: told(gate, player) for player in (*told_of, *nothing)}

    compared(len(found))
    told_is = sorted(expected_of(stage, player) for player in told_of)
    tell(f"unread beside nobody: {told_is} by organisation, nothing for {len(nothing)} others")
    assert found == {one.name: expected_of(stage, one) for one in (*told_of, *nothing)}
    assert len(told_is) > 1
    assert all(told_is)


@DAILY
def test_every_lie_of_what_nobody_reads_is_caught(
    stage: Stage, gate: Connection, whole: bool
) -> None:
    players, alive = one_of_each_place(stage), []
    lies = told_today(UNREAD, whole=whole)
    for how in lies:
        with telling(gate, "unread_beside_nobody", UNREAD[how]):
            if all(told(gate, player) == expected_of(stage, player) for player in players):
                alive.append(how)

    caught = len(lies) - len(alive)
    tell(f"mutants of what nobody reads: {caught} caught of {len(lies)}{part_told(whole=whole)}")
    assert lies
    assert alive == [], alive
