"""Of how many requests of the law, made from notebooks, is privacy told? The database, the oracle.

And would anyone notice if it lied?
"""

from __future__ import annotations

from uuid import UUID

import pytest

from spheres.sharing.tests.test_naming import telling
from tests import oracle
from tests.daily import DAILY, part_told, told_today
from tests.proofs.databases import Connection, act
from tests.proofs.figures import compared, tell
from tests.proofs.rows import dull, row_of
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.world import Player

TOLD = {"privacy_officer"}
# What stands in each file, in turn: nothing; asked by law and unread; somebody takes care of it; it
# is settled; and something the law does not date.
LEFT = [("", ""), ("ERASE", ""), ("COPY", "TAKEN_UP"), ("READ", "DONE"), ("BAR", "")]
LIES = {
    "of any place": ("where f.holder_id = for_organisation", "where true"),
    "of any file": ("where k.file_id = f.id", "where true"),
    "of what the law does not date": ("k.kind in (", "k.kind in ('BAR', "),
    "of what is settled": ("and d.stands = 'DONE'", "and d.stands = ''"),
    "not of what somebody took up": ("and d.stands = 'DONE'", ""),
}


def left_in(file: UUID) -> tuple[str, str]:
    return LEFT[file.int % len(LEFT)]


@pytest.fixture
def gate(stage: Stage, owner: Connection) -> Connection:
    """The database's own role, where each file holds what its turn says; nothing is kept."""
    owner.execute("select set_config('spheres.unforced', 'yes', true)")
    for table in ("my_say_ask", "my_say_answer"):
        owner.execute(f"alter table {table} disable trigger user")
    owner.execute("delete from my_say_answer")
    owner.execute("delete from my_say_ask")
    for file in sorted(stage.world.holders):
        kind, stands = left_in(file)
        if kind:
            write(owner, "my_say_ask", file, kind=kind)
        if stands:
            write(owner, "my_say_answer", file, stands=stands, ask_id=row_of("my_say_ask", file))
    owner.execute("set constraints all immediate")
    owner.execute("select set_config('spheres.unforced', '', true)")
    owner.execute("set local role gate")
    return owner


def write(owner: Connection, table: str, file: UUID, **given: object) -> None:
    said = {"id": row_of(table, file), "file_id": file, **given}
    rest = dull(owner, table, said)
    names, values = ", ".join([*said, *rest]), ", ".join([*["%s"] * len(said), *rest.values()])
    owner.execute(f"insert into {table} ({names}) values ({values})", [*said.values()])


def told(gate: Connection, player: Player) -> int:
    act(gate, player.actor, AT)
    found = gate.execute("select count(*) from access.in_no_register()").fetchone()
    return found[0] if found else 0


def expected_of(stage: Stage, player: Player) -> int:
    """A number for whoever is in charge of privacy there now; nothing for anybody else, nor at the
    police."""
    if not TOLD & oracle.roles_held(stage.world, player.who, AT):
        return 0
    held = [file for file, at in stage.world.holders.items() if at == player.who.organisation]
    return sum(left_in(file) in LEFT[1:3] for file in held)


def in_charge(stage: Stage) -> list[Player]:
    """Somebody who is told, of each organisation."""
    return list(
        {
            player.who.organisation: player
            for player in stage.players
            if TOLD & oracle.roles_held(stage.world, player.who, AT)
        }.values()
    )


def test_privacy_is_told_as_many_as_the_oracle_and_nobody_else_is(
    stage: Stage, gate: Connection
) -> None:
    claiming = [player for player in stage.players if TOLD & player.actor.roles]
    told_of = in_charge(stage)
    others = [one for one in (*claiming, *stage.players[::50]) if not expected_of(stage, one)]

    found = {player.name: told(gate, player) for player in (*told_of, *others)}

    compared(len(found))
    numbers = sorted(expected_of(stage, player) for player in told_of)
    tell(f"in no register: {numbers} by organisation, nothing for {len(others)} others")
    assert found == {one.name: expected_of(stage, one) for one in (*told_of, *others)}
    assert any(numbers)
    assert sum(left_in(file) in LEFT[1:3] for file in stage.world.holders) > max(numbers)


@DAILY
def test_every_lie_of_what_no_register_holds_is_caught(
    stage: Stage, gate: Connection, whole: bool
) -> None:
    players, alive = in_charge(stage), []
    lies = told_today(LIES, whole=whole)
    for how in lies:
        with telling(gate, "in_no_register", LIES[how]):
            if all(told(gate, player) == expected_of(stage, player) for player in players):
                alive.append(how)

    caught = len(lies) - len(alive)
    tell(f"mutants of what no register holds: {caught} of {len(lies)}{part_told(whole=whole)}")
    assert lies
    assert alive == [], alive
