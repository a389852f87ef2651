"""Does the database let each actor see, add and change what the oracle says, row by row?

Attempts are made by the database itself, one row at a time, under the role that serves: a refused
row must not hide the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from psycopg.errors import InsufficientPrivilege

from spheres.core.actor import SHARED
from tests import oracle_matters
from tests.oracle_clearance import is_cleared
from tests.proofs.databases import Connection, act
from tests.proofs.rows import dull
from tests.proofs.spans import AT
from tests.proofs.stage import Stage
from tests.proofs.tables import HANDED, Matter, Story
from tests.proofs.world import Player

OF_EACH_SORT = 0
DULL_ROWS: dict[tuple[str, ...], dict[str, str]] = {}
TRY = """do $try$ declare f uuid; passed uuid[] := '{{}}'; begin
  foreach f in array current_setting('matrix.files')::uuid[] loop
    begin
      insert into {table} ({names}) values ({values});
      passed := passed || f;
    exception
      when insufficient_privilege or sqlstate 'SPCLR' then null;
      -- Row security is asked first; another rule stopped the row afterwards.
      when unique_violation then passed := passed || f;
    end;
  end loop;
  perform set_config('matrix.passed', passed::text, true);
end $try$"""


def seen(app: Connection, table: str, column: str) -> list[UUID]:
    """The file of each row the actor sees."""
    return [row[0] for row in app.execute(f"select {column} from {table}")]


def added(app: Connection, table: str, files: list[UUID], **given: str) -> set[UUID]:
    """The files to which the actor can add a row, tried one by one and taken back.

    `given` says the columns that matter, in SQL, where `f` is the file.
    """
    if (table, *given) not in DULL_ROWS:
        DULL_ROWS[table, *given] = dull(app, table, given)
    row = given | DULL_ROWS[table, *given]
    names = ", ".join(f'"{name}"' for name in row)
    with app.transaction(force_rollback=True):
        app.execute("select set_config('matrix.files', %s::uuid[]::text, true)", [files])
        app.execute(TRY.format(table=table, names=names, values=", ".join(row.values())))
        answer = app.execute("select current_setting('matrix.passed')::uuid[]").fetchone()
    return set(answer[0])


def changed(
    app: Connection, table: str, column: str, value: str, to: str = "", still: str = "true"
) -> set[UUID] | None:
    """The files whose rows the actor can write again, all tried at once and taken back.

    None when nobody at all may change a row of this table.
    """
    value = value or column
    try:
        with app.transaction(force_rollback=True):
            answer = app.execute(
                f"update {table} set {value} = {to or value} where {still} returning {column}"
            )
            return {row[0] for row in answer}
    except InsufficientPrivilege:
        return None


def some(files: set[UUID], number: int, turn: int) -> list[UUID]:
    """A few of many, other ones for each player, so that all are tried in the end."""
    ordered = sorted(files)
    return [ordered[(turn * number + n) % len(ordered)] for n in range(min(number, len(ordered)))]


def attempted(stage: Stage, player: Player, may: set[UUID], tries: int, turn: int) -> list[UUID]:
    """A few where a row may be added and a few where not; or one of each sort (`OF_EACH_SORT`)."""
    if tries == OF_EACH_SORT:
        return [one for sort in stage.sorts(player) for one in some(sort, 1, turn)]
    return [*some(may, tries, turn), *some(set(stage.world.matters) - may, tries, turn)]


def story_differences(
    app: Connection, stage: Stage, story: Story, players: Iterable[Player], tries: int = 2
) -> Iterator[str]:
    """A sentence for each actor and verb whose rows are not those the oracle says."""
    opened = set(stage.world.holders)
    rows, still = Counter(opened), opened
    if story.table == "participants_assignment":
        spans = [(f, span) for (_, f), held in stage.world.assignments.items() for span in held]
        rows = Counter(f for f, _ in spans)
        still = {f for f, span in spans if span.ends is None and span.starts <= AT}
    for turn, player in enumerate(players):
        reach = stage.reach(player)
        whole = any(f"service:{name}" in player.actor.roles for name in story.services)
        act(app, player.actor, AT)

        # Seen: each row of each file, no row twice, no row of another.
        at_home = not story.stays or player.actor.purpose != SHARED
        its = opened if at_home and not story.is_sealed else set()
        readers = opened if whole else reach["read", story.face] & its
        expected = sorted(f for f in readers for _ in range(rows[f]))
        if sorted(seen(app, story.table, story.file)) != expected:
            yield f"{player.name} sees in {story.table}"

        # Added: to every file where she may, and to none of a few where she may not.
        may = reach["append", story.face]
        if story.table == "participants_assignment" and not is_cleared(
            stage.world, player.actor.user_id, player.actor.organisation_id, AT
        ):
            may = set()  # nothing is given to whoever lacks what is asked
        tried = attempted(stage, player, may, tries, turn)
        if added(app, story.table, tried, **{story.file: "f"}, **story.given) != set(tried) & may:
            yield f"{player.name} adds to {story.table}"
        never = {story.file: "f", **story.given, **story.nobody}
        if story.nobody and added(app, story.table, tried, **never):
            yield f"{player.name} adds to {story.table} what nobody may"

        changers = set(rows) if whole else reach["amend", story.face] & its
        expected_changes = changers & still if story.changes else None
        how = (story.changes, story.to, story.still)
        if changed(app, story.table, story.file, *how) != expected_changes:
            yield f"{player.name} changes {story.table}"


def matter_differences(
    app: Connection, stage: Stage, matter: Matter, players: Iterable[Player], tries: int = 2
) -> Iterator[str]:
    """The same, for a table of a referral."""
    world = stage.world
    every = set(world.handlings if matter.table == "sharing_handler" else world.matters)
    for turn, player in enumerate(players):
        hands = stage.hands(player)
        whole = any(f"service:{name}" in player.actor.roles for name in matter.services)
        act(app, player.actor, AT)

        readers = every if whole else {m for m, kinds in hands.items() if kinds & matter.readers}
        if set(seen(app, matter.table, matter.column)) != readers:
            yield f"{player.name} sees in {matter.table}"

        may = {m for m, kinds in hands.items() if kinds & matter.adders}
        if matter.visitor_adds and "visitor" in player.actor.roles:
            may = set(world.matters)
        tried = attempted(stage, player, may, tries, turn)
        given = {matter.column: "f"} | matter.given
        if added(app, matter.table, tried, **given) != set(tried) & may:
            yield f"{player.name} adds to {matter.table}"
        forged = given | matter.nobody
        is_staff = matter.nobody and "visitor" not in player.actor.roles
        if is_staff and added(app, matter.table, tried, **forged):
            yield f"{player.name} adds to {matter.table} what nobody may"

        changers = {m for m, kinds in hands.items() if kinds & matter.changers}
        if whole:
            changers = every
        if changed(app, matter.table, matter.column, matter.changes, matter.to) != (
            changers if matter.changes else None
        ):
            yield f"{player.name} changes {matter.table}"


def hand_differences(
    app: Connection, stage: Stage, players: Iterable[Player], tries: int = 2
) -> Iterator[str]:
    """Who gives a matter to whom, and who ends which of its hands: row by row."""
    world = stage.world
    for turn, player in enumerate(players):
        hands = stage.hands(player)
        alike: dict[frozenset[str], set[UUID]] = {}
        for matter, kinds in hands.items():
            alike.setdefault(kinds, set()).add(matter)
        tried = [one for matters in alike.values() for one in some(matters, tries, turn)]
        act(app, player.actor, AT)
        for what, (giver, given) in HANDED.items():
            may = {matter for matter in tried if hands[matter] & set(giver.split())}
            if giver == "visitor" and "visitor" in player.actor.roles:
                may = set(tried)
            elif giver == "visitor":
                # Or whoever holds that desk, of a matter that is nobody's.
                may = {one for one in tried if oracle_matters.may_open(world, player.who, one, AT)}
            if added(app, "sharing_handler", tried, matter_id="f", **given) != may:
                yield f"{player.name} gives {what}"

        if "service:expiry" in player.actor.roles:
            continue  # it ends whatever it forgets (matter_differences)
        ended = [
            (matter, h.kind, h.user)
            for matter, kinds in hands.items()
            for h in world.handlings.get(matter, ())
            if kinds & {"DESK", "ENTRUSTED"}
            or ("OFFERED" in kinds and (h.kind, h.user) == ("OFFERED", player.actor.user_id))
        ]
        with app.transaction(force_rollback=True):
            answer = app.execute(
                "update sharing_handler set ends_at = access.moment() "
                "returning matter_id, kind, user_id"
            )
            if set(answer.fetchall()) != set(ended):
                yield f"{player.name} ends"
        # Without looking: whoever reads none of the rows could still end them.
        with app.transaction(force_rollback=True):
            blindly = app.execute("update sharing_handler set ends_at = access.moment()")
            if blindly.rowcount != len(ended):
                yield f"{player.name} ends what they do not read"
        for matters in alike.values():
            for how in ("null", "access.moment() + interval '1 day'"):
                if written(app, f"set ends_at = {how} where matter_id = any(%s)", [*matters]):
                    yield f"{player.name} reopens"


def written(app: Connection, change: str, matters: list[UUID]) -> int:
    """How many rows of these matters' hands could be so changed, taken back."""
    try:
        with app.transaction(force_rollback=True):
            return app.execute(f"update sharing_handler {change}", [matters]).rowcount
    except InsufficientPrivilege:
        return 0
