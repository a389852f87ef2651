"""What stands in each table, in words a reader can check against the page of rights.

Attempts are made by the database itself, one row at a time, under the role that serves: a refused
row must not hide the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from psycopg.errors import InsufficientPrivilege

from spheres.records import registry
from tests import oracle
from tests.proofs.databases import Connection, act
from tests.proofs.rows import NOW, dull
from tests.proofs.spans import AT, HERE, POLICE, THERE, uuid_of
from tests.proofs.stage import Stage
from tests.proofs.world import Player


@dataclass(frozen=True)
class Story:
    """A table of one face of a file; only what stands apart as a status can be changed."""

    table: str
    face: str
    file: str = "file_id"
    changes: str = ""  # a column to write again, when the table holds what changes
    given: dict[str, str] = field(default_factory=dict)  # other columns of a new row, in SQL
    services: tuple[str, ...] = ()  # services that read and change it whole
    nobody: dict[str, str] = field(default_factory=dict)  # the same row so changed: added by none
    is_sealed: bool = False  # each row is its author's alone, and these rows are nobody's here


ANOTHER = f"case access.organisation() when '{HERE}' then '{THERE}' else '{HERE}' end::uuid"
MINE = {"written_by": "access.actor()"}  # nobody writes in another's name


def of_every_kind_of_record() -> Iterator[Story]:
    """What is signed, and where it stands: a new kind of record is held from its first day."""
    for kind in registry.all_types():
        standing = kind.model._meta.get_field("standing").related_model
        sealed = bool(kind.model.access.author)  # type: ignore[attr-defined]
        by = {"status_by": "access.actor()"} if sealed else {}
        yield Story(kind.model._meta.db_table, kind.section, given=MINE, is_sealed=sealed)
        table = standing._meta.db_table
        yield Story(table, kind.section, changes="status", given=by, is_sealed=sealed)


STORIES = (
    *of_every_kind_of_record(),
    Story("participants_identity", "identity", given=MINE),
    Story("participants_safecontact", "contact", given=MINE),
    Story("participants_codeword", "contact", given=MINE),
    Story("reaching_prepared", "contact", given=MINE),
    Story("participants_followup", "summary"),
    Story("participants_followupstatus", "summary", changes="status"),
    Story("admission_admission", "summary", given=MINE),
    Story("passages_wordsfortheend", "summary", given=MINE),
    Story("passages_letter", "summary", given=MINE),
    Story("passages_fit", "summary", given=MINE),
    Story("identity_belonging", "legal", given=MINE),
    Story("urgent_needs_answer", "notes", changes="status"),
    Story("urgent_needs_outcome", "notes", given=MINE),
    Story("life_plan_course", "plan", changes="status"),
    Story("life_plan_step", "steps", given=MINE),
    Story("life_plan_stepstatus", "steps", changes="status"),
    Story("life_plan_trace", "steps", given=MINE),
    Story("life_plan_task", "notes", given=MINE),
    Story("life_plan_taskstatus", "notes", changes="status"),
    Story("handing_over_passing", "summary", given=MINE),
    Story("handing_over_passingstatus", "summary", changes="status"),
    Story("handing_over_choice", "summary", given=MINE),
    Story("summary_line", "summary", given=MINE),
    Story("summary_version", "summary", given=MINE),
    Story(
        "participants_file", "relation", file="id",
        given={"holder_id": "access.organisation()"}, nobody={"holder_id": ANOTHER},
    ),
    # Whoever walked with a person who is forgotten no longer does: expiry ends it.
    Story(
        "participants_assignment",
        "relation",
        changes="ends_at",
        given={"starts_at": f"{NOW} + '1 year'", "user_id": "access.actor()"},
        nobody={"user_id": f"'{uuid_of('coordinator live')}'::uuid"},
        services=("expiry",),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """A table of a referral: which hands read it, add to it, change it."""

    table: str
    readers: frozenset[str]
    adders: frozenset[str]
    changers: frozenset[str] = frozenset()
    column: str = "file_id"
    changes: str = ""
    to: str = ""  # what it becomes, in SQL; itself by default
    visitor_adds: bool = True
    services: tuple[str, ...] = ()  # services that read (and, where it changes, change) it whole
    given: dict[str, str] = field(default_factory=dict)
    nobody: dict[str, str] = field(
        default_factory=dict
    )  # the same row so changed: no staff adds it


ALL, DESK = frozenset({"DESK", "WATCH", "OFFERED", "ENTRUSTED"}), frozenset({"DESK"})
HANDS = ALL - {"WATCH"}
MATTERS = (
    # An offer shows language, age band, her wish and hours: never who she is.
    Matter(
        "admission_referral",
        readers=HANDS,
        adders=DESK,
        # Whoever writes down a referral says that it is she who received it.
        given={"received_by": "access.actor()"},
        nobody={"received_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # Who she is, and who wrote to us, open to the desk and to the worker who accepted.
    Matter("admission_referredperson", readers=DESK | {"ENTRUSTED"}, adders=DESK),
    Matter("admission_referrer", readers=DESK | {"ENTRUSTED"}, adders=DESK),
    # Where it stands, also to the coordination that keeps watch, and to the service that forgets.
    Matter(
        "admission_referralstatus",
        readers=ALL,
        adders=HANDS,
        changers=HANDS,
        changes="status",
        services=("expiry",),
    ),
    Matter(
        "admission_offer",
        readers=DESK,
        adders=DESK,
        changers=DESK,
        changes="reason",
        visitor_adds=False,
    ),
    # What makes two referrals alike is kept by the desk, which reads digests and nothing else; a
    # visitor leaves it with the matter, at that moment only.
    Matter("likeness_trace", readers=DESK, adders=DESK, visitor_adds=False),
    Matter(
        "likeness_leftapart",
        readers=DESK,
        adders=DESK,
        visitor_adds=False,
        given={"left_by": "access.actor()"},
        nobody={"left_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # The desk offers, to a worker; what each hand may add and end is looked at row by row below.
    Matter(
        "sharing_handler",
        readers=ALL,
        adders=DESK,
        changers=HANDS,
        column="matter_id",
        changes="ends_at",
        to="access.moment()",
        services=("expiry",),
        visitor_adds=False,
        given={"user_id": "(access.workers())[1]", "kind": "'OFFERED'"},
    ),
)

OF_EACH_SORT = 0
DULL_ROWS: dict[tuple[str, ...], dict[str, str]] = {}
TRY = """do $try$ declare f uuid; passed uuid[] := '{{}}'; begin
  foreach f in array current_setting('matrix.files')::uuid[] loop
    begin
      insert into {table} ({names}) values ({values});
      passed := passed || f;
    exception
      when insufficient_privilege then null;
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


def changed(app: Connection, table: str, column: str, value: str, to: str = "") -> set[UUID] | None:
    """The files whose rows the actor can write again, all tried at once and taken back.

    None when nobody at all may change a row of this table.
    """
    value = value or column
    try:
        with app.transaction(force_rollback=True):
            answer = app.execute(f"update {table} set {value} = {to or value} returning {column}")
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
    rows = Counter(opened)
    if story.table == "participants_assignment":
        rows = Counter(f for (_, f), spans in stage.world.assignments.items() for _ in spans)
    for turn, player in enumerate(players):
        reach = stage.reach(player)
        whole = any(f"service:{name}" in player.actor.roles for name in story.services)
        act(app, player.actor, AT)

        # Seen: each row of each file, no row twice, no row of another.
        its = set() if story.is_sealed else opened
        readers = opened if whole else reach["read", story.face] & its
        expected = sorted(f for f in readers for _ in range(rows[f]))
        if sorted(seen(app, story.table, story.file)) != expected:
            yield f"{player.name} sees in {story.table}"

        # Added: to every file where she may, and to none of a few where she may not.
        may = reach["append", story.face]
        tried = attempted(stage, player, may, tries, turn)
        if added(app, story.table, tried, **{story.file: "f"}, **story.given) != set(tried) & may:
            yield f"{player.name} adds to {story.table}"
        never = {story.file: "f", **story.given, **story.nobody}
        if story.nobody and added(app, story.table, tried, **never):
            yield f"{player.name} adds to {story.table} what nobody may"

        expected_changes = reach["amend", story.face] & its if story.changes else None
        if whole:
            expected_changes = set(rows.elements())
        if changed(app, story.table, story.file, story.changes) != expected_changes:
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


# Rows that somebody could want to add to a matter's hands, and which hands may add them.
HANDED: dict[str, tuple[str, dict[str, str]]] = {
    "an offer to a worker": ("DESK", {"kind": "'OFFERED'", "user_id": "(access.workers())[1]"}),
    "an offer to whoever is no worker": (
        "", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('coordinator live')}'::uuid"},
    ),
    "an offer to the police": (
        "", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('only at the police')}'::uuid"},
    ),
    "what she takes on": (
        "OFFERED ENTRUSTED", {"kind": "'ENTRUSTED'", "user_id": "access.actor()"},
    ),
    "what goes on with a colleague": (
        "ENTRUSTED", {"kind": "'ENTRUSTED'", "user_id": "(access.colleagues())[1]"},
    ),
    "what another takes on": (
        "", {"kind": "'ENTRUSTED'", "user_id": f"'{uuid_of('coordinator live')}'::uuid"},
    ),
    "a watch for the desk": (
        "OFFERED",
        {"kind": "'WATCH'", "organisation_id": f"'{HERE}'::uuid", "role": "'coordinator'"},
    ),
    "a watch for another role": (
        "", {"kind": "'WATCH'", "organisation_id": f"'{HERE}'::uuid", "role": "'trainer'"},
    ),
    "a watch for another place": (
        "", {"kind": "'WATCH'", "organisation_id": f"'{THERE}'::uuid", "role": "'coordinator'"},
    ),
    "a watch for herself": ("", {"kind": "'WATCH'", "user_id": "access.actor()"}),
    "a desk of her own": ("", {"kind": "'DESK'", "user_id": "access.actor()"}),
    "a desk at the police": (
        "", {"kind": "'DESK'", "organisation_id": f"'{POLICE}'::uuid", "role": "'coordinator'"},
    ),
    "the region's desk": (
        "visitor",
        {"kind": "'DESK'", "organisation_id": f"'{HERE}'::uuid", "role": "'coordinator'"},
    ),
}  # fmt: skip


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
                may = {one for one in tried if oracle.may_open(world, player.who, one, AT)}
            if added(app, "sharing_handler", tried, matter_id="f", **given) != may:
                yield f"{player.name} gives {what}"

        if "service:expiry" in player.actor.roles:
            continue  # it ends whatever it forgets (matter_differences)
        ended = {
            (matter, h.kind, h.user)
            for matter, kinds in hands.items()
            for h in world.handlings.get(matter, ())
            if kinds & {"DESK", "ENTRUSTED"}
            or ("OFFERED" in kinds and (h.kind, h.user) == ("OFFERED", player.actor.user_id))
        }
        with app.transaction(force_rollback=True):
            answer = app.execute(
                "update sharing_handler set ends_at = access.moment() "
                "returning matter_id, kind, user_id"
            )
            if set(answer.fetchall()) != ended:
                yield f"{player.name} ends"
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
