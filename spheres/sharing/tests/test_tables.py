"""Do the tables themselves obey: what is seen, added, changed, for real, row by row?"""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from psycopg.errors import InsufficientPrivilege

from spheres.sharing.tests.conftest import Stage
from tests import oracle
from tests.proofs.databases import Connection, act
from tests.proofs.figures import tell
from tests.proofs.rows import row_of
from tests.proofs.tables import MATTERS, STORIES, Matter, Story, added, changed, seen
from tests.proofs.world import AT

# Every second actor at each run, which leaves all roles and states in; all of them in a proof.
CROWDS = pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.proof)])


def some(files: set[UUID], number: int, turn: int) -> list[UUID]:
    """A few of many, other ones for each player, so that all are tried in the end."""
    ordered = sorted(files)
    return [ordered[(turn * number + n) % len(ordered)] for n in range(min(number, len(ordered)))]


@CROWDS
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.table)
def test_a_table_of_her_story_opens_as_its_section_does(
    stage: Stage, app: Connection, story: Story, step: int
) -> None:
    found = []
    opened = set(stage.world.holders)
    given = {story.file: "f"} | story.given
    rows = Counter(opened)
    if story.table == "participants_assignment":
        rows = Counter(f for (_, f), spans in stage.world.assignments.items() for _ in spans)
    for turn, player in enumerate(stage.players[::step]):
        reach = stage.reach(player)
        act(app, player.actor, AT)

        # Seen: each row of each file, no row twice, no row of another.
        expected = sorted(f for f in reach["read", story.face] & opened for _ in range(rows[f]))
        if sorted(seen(app, story.table, story.file)) != expected:
            found.append(f"{player.name} sees in {story.table}")

        # Added: to every file where she may, and to none of a few where she may not.
        may = reach["append", story.face]
        may_not = set(stage.world.matters) - may
        tried = [*some(may, 3, turn), *some(may_not, 3, turn)]
        if added(app, story.table, tried, **given) != set(tried) & may:
            found.append(f"{player.name} adds to {story.table}")

        # Changed: where the table holds what changes; elsewhere by nobody.
        if story.changes:
            if changed(app, story.table, story.file, story.changes) != (
                reach["amend", story.face] & opened
            ):
                found.append(f"{player.name} changes {story.table}")
        else:
            with pytest.raises(InsufficientPrivilege), app.transaction():
                app.execute(f"update {story.table} set {story.file} = {story.file}")

    tell(f"{story.table}: {len(stage.players[::step])} actors, {len(found)} differences")
    assert found == []


@CROWDS
@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.table)
def test_a_table_of_a_referral_opens_to_the_hands_it_is_in(
    stage: Stage, app: Connection, matter: Matter, step: int
) -> None:
    found = []
    every = set(stage.world.matters)
    given = {matter.column: "f"} | matter.given
    if matter.table == "sharing_handler":
        every = set(stage.world.handlings)
    for turn, player in enumerate(stage.players[::step]):
        hands = {m: oracle.hands(stage.world, player.who, m, AT) for m in stage.world.matters}
        whole = any(f"service:{name}" in player.actor.roles for name in matter.services)
        act(app, player.actor, AT)

        readers = every if whole else {m for m, k in hands.items() if k & matter.readers}
        if set(seen(app, matter.table, matter.column)) != readers:
            found.append(f"{player.name} sees in {matter.table}")

        may = {m for m, kinds in hands.items() if kinds & matter.adders}
        if matter.visitor_adds and "visitor" in player.actor.roles:
            may = set(stage.world.matters)
        may_not = set(stage.world.matters) - may
        tried = [*some(may, 3, turn), *some(may_not, 3, turn)]
        if added(app, matter.table, tried, **given) != set(tried) & may:
            found.append(f"{player.name} adds to {matter.table}")

        if matter.changes:
            changers = {m for m, kinds in hands.items() if kinds & matter.changers}
            if whole and matter.table == "admission_referralstatus":
                changers = every
            if changed(app, matter.table, matter.column, matter.changes) != changers:
                found.append(f"{player.name} changes {matter.table}")
        else:
            with pytest.raises(InsufficientPrivilege), app.transaction():
                app.execute(f"update {matter.table} set {matter.column} = {matter.column}")

    tell(f"{matter.table}: {len(stage.players[::step])} actors, {len(found)} differences")
    assert found == []


@CROWDS
def test_a_person_is_known_by_her_files_alone(stage: Stage, app: Connection, step: int) -> None:
    found = []
    person = {row_of("person", file): file for file in stage.world.holders}
    for player in stage.players[::step]:
        expected = stage.reach(player)["read", "relation"] & set(stage.world.holders)
        act(app, player.actor, AT)
        rows = app.execute("select id from participants_participant").fetchall()
        if sorted(person[key] for (key,) in rows) != sorted(expected):
            found.append(player.name)

    assert found == []


@CROWDS
def test_the_journal_opens_with_the_file_and_to_the_one_it_speaks_of(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    for player in stage.players[::step]:
        chains = set(stage.reach(player)["read", "journal"])
        if player.actor.user_id in stage.world.memberships:
            chains.add(player.actor.user_id)
        act(app, player.actor, AT)
        for table in ("audit_event", "audit_link", "audit_head"):
            whole = table == "audit_head" and "service:sealer" in player.actor.roles
            expected = chains | set(stage.world.matters) if whole else chains
            answered = set(seen(app, table, "chain_id"))
            if whole:
                expected, answered = set(stage.world.matters), answered & set(stage.world.matters)
            if answered != expected:
                found.append(f"{player.name} in {table}")

    assert found == []


@CROWDS
def test_a_draft_is_its_authors_alone_and_closes_with_the_file(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    drafted = set(list(stage.world.holders)[:40])
    for player in stage.players[::step]:
        expected = stage.reach(player)["append", "notes"] & drafted
        act(app, player.actor, AT)
        rows = app.execute("select author_id, file_id from records_draft").fetchall()
        if sorted(rows) != sorted((player.actor.user_id, file) for file in expected):
            found.append(f"{player.name} sees")
        with app.transaction(force_rollback=True):
            gone = app.execute("delete from records_draft returning author_id, file_id").fetchall()
        if sorted(gone) != sorted(rows):
            found.append(f"{player.name} discards")

    assert found == []


@CROWDS
def test_nobody_sees_or_declares_the_conflict_of_another(
    stage: Stage, app: Connection, step: int
) -> None:
    found = []
    for player in stage.players[::step]:
        own = player.actor.user_id
        mine = sorted(file for user, file in stage.world.conflicts if user == own)
        act(app, player.actor, AT)
        rows = app.execute("select user_id, file_id from sharing_conflict").fetchall()
        if sorted(rows) != [(own, file) for file in mine]:
            found.append(f"{player.name} sees")
        if added(app, "sharing_conflict", stage.world.matters[:2], user_id="f", file_id="f"):
            found.append(f"{player.name} declares for another")

    assert found == []
