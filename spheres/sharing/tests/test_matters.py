"""In whose hands is a matter: a referral on offer, entrusted, at a desk, on watch?"""

from __future__ import annotations

from tests import oracle
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.stage import Stage
from tests.proofs.tables import added
from tests.proofs.world import AT


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


def test_a_visitor_does_not_read_what_is_kept_of_other_visitors(
    stage: Stage, app: Connection
) -> None:
    visitor = stage.player("visitor")
    act(app, visitor.actor, AT)

    for table in ("audit_event", "audit_link", "audit_head"):
        assert app.execute(f"select * from {table}").fetchall() == []


def test_a_visitor_leaves_a_referral_at_a_desk_and_names_nobody(
    stage: Stage, app: Connection
) -> None:
    matters = stage.world.matters[:3]
    act(app, stage.player("visitor").actor, AT)

    at_a_desk = {"organisation_id": "gen_random_uuid()", "role": "'coordinator'"}
    named = {"user_id": "gen_random_uuid()", "kind": "'ENTRUSTED'"}
    watch = {"user_id": "gen_random_uuid()", "kind": "'WATCH'"}

    assert added(app, "sharing_handler", matters, matter_id="f", kind="'DESK'", **at_a_desk) == set(
        matters
    )
    assert added(app, "sharing_handler", matters, matter_id="f", **named) == set()
    assert added(app, "sharing_handler", matters, matter_id="f", **watch) == set()
