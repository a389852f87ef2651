"""Whose file does nobody open, and whom may a lead name? The database against the oracle.

And would anyone notice if it lied?
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from psycopg.errors import InsufficientPrivilege

from spheres.sharing import naming
from tests import oracle, oracle_beside
from tests.daily import DAILY, part_told, told_today
from tests.proofs import mutants
from tests.proofs.databases import Connection, act
from tests.proofs.figures import compared, tell
from tests.proofs.mutants import Mutant
from tests.proofs.spans import AT, HERE, uuid_of
from tests.proofs.stage import Stage
from tests.proofs.world import Player

LEAD = "team_lead, live, acting here"
# Those of whom each file asks: live, at the edge of a stay, with other hats, or gone.
KNOWN = tuple(
    uuid_of(name)
    for name in (
        "youth_worker live", "professional_support just begun", "youth_worker ended",
        "youth_worker not yet", "youth_worker account closed", "team_lead live",
        "psychotherapist live", "left here, still there",
    )
)  # fmt: skip
STATUSES = ("ACTIVE", "LEFT", "PAUSED", "ENDED", "DIED", "RETURNED", "TRANSITION")
# Pieces of what is asked; each is replaced in turn.
BESIDE = {
    "of any place": ("where f.holder_id = for_organisation", "where true"),
    "of what is over": ("(s.status in (", "(s.status not in ("),
    "joined away": ("where j.joined_id = f.id", "where false"),
    "parted since": (" and (j.ends_at is null or j.ends_at > for_at)", ""),
    "walked with once": (" and (a.ends_at is null or a.ends_at > for_at)", ""),
    "walked with from tomorrow": ("and a.starts_at <= for_at", ""),
    "given before a leave": ("a.starts_at >= t.since and not", "true and not"),
    "by whoever knows her": ("a.starts_at >= t.since and not", "a.starts_at >= t.since or"),
    "of whoever is gone": ("then a.starts_at >= t.since", "then true or a.starts_at >= t.since"),
    "answered for elsewhere": ("and v.organisation_id = for_organisation", ""),
    "answered for out of hours": ("and v.kind = 'STAND_IN'", ""),
    "answered for once": ("and v.ends_at > for_at", ""),
    "answered for from tomorrow": ("and v.starts_at <= for_at", ""),
    "answered for before a leave": ("and v.starts_at >= w.since", ""),
    "answered for by whoever is gone": (
        "and m.role in ('professional_support', 'youth_worker')",
        "",
    ),
}
NAMED = {
    "whoever accompanies nobody": ("and m.role in ('professional_support', 'youth_worker')", ""),
    "whoever is elsewhere": ("and m.organisation_id = for_organisation", ""),
    "whoever is gone": (" and (m.ends_at is null or m.ends_at > for_at)", ""),
    "whoever comes tomorrow": ("and m.starts_at <= for_at", ""),
    "whoever has no account": ("and u.is_active", ""),
    "whoever knows her": ("c.user_id = of_user", "false"),
}


@pytest.fixture
def gate(stage: Stage, owner: Connection) -> Connection:
    """The database's own role, in a world whose follow-ups stand in every way; nothing is kept."""
    owner.execute("select set_config('spheres.unforced', 'yes', true)")
    stand_in_every_way(owner, stage)
    owner.execute("select set_config('spheres.unforced', '', true)")
    owner.execute("set local role gate")
    return owner


def stand_in_every_way(owner: Connection, stage: Stage) -> None:
    for file in sorted(stage.world.holders):
        owner.execute(
            "update participants_followupstatus set status = %s where file_id = %s",
            [status_of(file), file],
        )


def status_of(file: UUID) -> str:
    """Where the follow-up of a file stands, whatever other files there are: most go on."""
    over = {"ENDED", "DIED"}
    standing = sorted(over) if file.int % 11 == 0 else [s for s in STATUSES if s not in over]
    return standing[file.int % len(standing)]


def goes_on(stage: Stage) -> set[UUID]:
    return {file for file in stage.world.holders if status_of(file) not in {"ENDED", "DIED"}}


def tokens_of(gate: Connection, player: Player) -> dict[UUID, UUID]:
    """By file, the token that the lead is given: `gate` alone can tell the one by the other."""
    act(gate, player.actor, AT)
    tokens = [row[0] for row in gate.execute("select of_token from access.nobody_beside()")]
    found = gate.execute(
        "select file_id, id from participants_assignment where id = any(%s)", [tokens]
    )
    return dict(found.fetchall())


def found_by(gate: Connection, player: Player) -> set[UUID]:
    return set(tokens_of(gate, player))


EXPECTED: dict[UUID, set[UUID]] = {}


def expected_of(stage: Stage, player: Player) -> set[UUID]:
    here = player.who.organisation
    if here not in EXPECTED:
        EXPECTED[here] = oracle_beside.nobody_beside(stage.world, here, goes_on(stage), AT)
    return EXPECTED[here]


def test_whoever_leads_is_told_exactly_of_those_whom_no_worker_opens(
    stage: Stage, gate: Connection
) -> None:
    told = 0
    claiming = [player for player in stage.players if "team_lead" in player.actor.roles]
    for player in (*claiming, *stage.players[::50]):
        leads = "team_lead" in oracle.roles_held(stage.world, player.who, AT)
        try:
            with gate.transaction():
                found = found_by(gate, player)
        except InsufficientPrivilege:
            assert not leads, player.name
            continue
        if player.who.organisation in stage.world.police:  # told of nobody, and refused nothing
            assert found == set(), player.name
            continue
        assert leads, player.name
        assert found == expected_of(stage, player), player.name
        told += len(found)

    compared(told)
    assert told > 50


def test_the_database_names_whom_the_oracle_says_and_nobody_else(
    stage: Stage, gate: Connection
) -> None:
    lead = stage.player(LEAD)

    compared(asked(stage, gate, lead))
    assert wrong(stage, gate, lead) == []


def wrong(stage: Stage, gate: Connection, lead: Player) -> list[str]:
    """Of a few files, everybody who is or is not named against what the oracle says."""
    return [said for said in answers(stage, gate, lead) if said]


def asked(stage: Stage, gate: Connection, lead: Player) -> int:
    return len(list(answers(stage, gate, lead)))


def knowing(stage: Stage, file: UUID) -> list[UUID]:
    """Two who accompany people here, and know this person."""
    found = [user for user, of in stage.world.conflicts if of == file]
    return sorted(user for user in found if oracle.is_here(stage.world, user, HERE, AT))[:2]


def answers(stage: Stage, gate: Connection, lead: Player) -> Iterator[str]:
    tokens = tokens_of(gate, lead)
    files = sorted(file for file in tokens if knowing(stage, file))[:2]
    for file in files:
        for user in (*KNOWN, *knowing(stage, file)):
            if user == lead.who.user:
                continue
            with gate.transaction(force_rollback=True):
                act(gate, lead.actor, AT)  # a context lasts a minute
                (answer,) = gate.execute(
                    "select access.name_worker(%s, %s, %s)", [tokens[file], user, uuid4()]
                ).fetchone()
                reads = gate.execute(
                    "select %s in (select access.reach(%s, %s, '{youth_worker,"
                    "professional_support}', 'ordinary', %s, 'read', 'identity'))",
                    [file, user, HERE, AT],
                ).fetchone()[0]
            may = oracle_beside.may_be_named(stage.world, lead.who, user, file, AT)
            yield (
                ""
                if (answer, reads or not may)
                == (
                    naming.NAMED if may else naming.CANNOT,
                    True,
                )
                else f"{user} for {file}: {answer}"
            )


def test_a_lead_names_nobody_for_a_person_who_is_accompanied(
    stage: Stage, gate: Connection
) -> None:
    lead = stage.player(LEAD)
    alone = expected_of(stage, lead)
    act(gate, lead.actor, AT)

    user = uuid_of("youth_worker live")
    for file in sorted(stage.world.holders.keys() - alone)[::60]:
        for (token,) in gate.execute(
            "select id from participants_assignment where file_id = %s limit 3", [file]
        ).fetchall():
            answer = gate.execute("select access.name_worker(%s, %s, %s)", [token, user, uuid4()])
            assert answer.fetchone() == (naming.CHANGED,)


@contextmanager
def telling(gate: Connection, function: str, cut: tuple[str, str]) -> Iterator[None]:
    """The function, as this lie would have it."""
    with gate.transaction(force_rollback=True):
        made = mutants.statement(function, naming.statements())
        gate.execute(mutants.cut_from(made, Mutant(function, cut=cut)))
        yield


@DAILY
def test_every_lie_of_who_has_nobody_is_caught(stage: Stage, gate: Connection, whole: bool) -> None:
    lead, alive = stage.player(LEAD), []
    told = told_today(BESIDE, whole=whole)
    for how in told:
        with telling(gate, "nobody_beside", BESIDE[how]):
            if found_by(gate, lead) == expected_of(stage, lead):
                alive.append(how)

    caught = len(told) - len(alive)
    tell(f"mutants of nobody beside: {caught} caught of {len(told)}{part_told(whole=whole)}")
    assert told
    assert alive == [], alive


@DAILY
def test_every_lie_of_who_may_be_named_is_caught(
    stage: Stage, gate: Connection, whole: bool
) -> None:
    lead, alive = stage.player(LEAD), []
    told = told_today(NAMED, whole=whole)
    for how in told:
        with telling(gate, "name_worker", NAMED[how]):
            if not wrong(stage, gate, lead):
                alive.append(how)

    caught = len(told) - len(alive)
    tell(f"mutants of who is named: {caught} caught of {len(told)}{part_told(whole=whole)}")
    assert told
    assert alive == []
