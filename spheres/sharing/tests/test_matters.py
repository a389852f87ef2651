"""In whose hands is a matter: a referral on offer, entrusted, at a desk, on watch?"""

from __future__ import annotations

import pytest
from psycopg.errors import UniqueViolation

from tests import oracle
from tests.daily import crowd
from tests.proofs.attempts import hand_differences
from tests.proofs.databases import Connection, act
from tests.proofs.figures import compared, tell
from tests.proofs.spans import AT, HERE, uuid_of
from tests.proofs.stage import Stage
from tests.proofs.tables import HANDED


def test_a_matter_is_in_the_hands_of_its_desk_and_of_the_workers_named_on_it(
    stage: Stage, app: Connection
) -> None:
    found = []
    for player in stage.players:
        act(app, player.actor, AT)
        hands = stage.hands(player)
        for kind in oracle.KINDS:
            expected = {matter for matter, kinds in hands.items() if kind in kinds}
            answer = app.execute("select access.handled(%s)", [[kind]]).fetchone()
            if set(answer[0]) != expected:
                found.append(f"{player.name}: {kind}")

    tell(f"matters: {len(stage.players) * len(oracle.KINDS) * len(stage.world.matters):,} cells")
    assert found == []


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.proof)])
def test_nobody_gives_herself_a_matter_nor_ends_the_hands_of_another(
    stage: Stage, app: Connection, step: int
) -> None:
    players = crowd(stage.players, step)

    assert list(hand_differences(app, stage, players)) == []
    compared(len(players) * len(HANDED) * 4)


def test_a_visitor_does_not_read_what_is_kept_of_other_visitors(
    stage: Stage, app: Connection
) -> None:
    visitor = stage.player("visitor")
    act(app, visitor.actor, AT)

    for table in ("audit_event", "audit_link", "audit_head"):
        assert app.execute(f"select * from {table}").fetchall() == []


def test_a_visitor_leaves_a_matter_at_the_desk_of_the_region_once(
    stage: Stage, app: Connection
) -> None:
    left = next(m for m, hands in stage.world.handlings.items() if hands[0].kind == "DESK")
    at_the_desk = (
        "insert into sharing_handler (id, matter_id, kind, organisation_id, role, starts_at) "
        "values (gen_random_uuid(), %s, 'DESK', %s, 'coordinator', access.moment())"
    )
    act(app, stage.player("visitor").actor, AT)

    app.execute(at_the_desk, [uuid_of("somebody new"), HERE])
    with pytest.raises(UniqueViolation):
        app.execute(at_the_desk, [left, HERE])
