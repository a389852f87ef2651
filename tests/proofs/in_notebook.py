"""Whose notebook stands open in the world, at which level; and what closes it by itself?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from uuid import NAMESPACE_DNS, UUID, uuid5

from spheres.core.actor import NOTEBOOK, ORDINARY, PARTICIPANT, PURPOSES, Actor
from tests.oracle_hers import SHOWN
from tests.oracle_world import Joining, Notebook, Restriction, Seal, Span, World
from tests.proofs.databases import Connection
from tests.proofs.spans import AT, DAY, HERE, INSTANT, POLICE, THERE, uuid_of

STILL = Span(AT - DAY)
WHEN = (
    STILL,
    Span(AT),
    Span(AT + INSTANT),
    Span(AT - DAY, AT),
    Span(AT - DAY, AT + INSTANT),
    Span(AT - DAY, AT + DAY),
)
# Against a notebook opened a day ago; until it is safe again.
NOT_SAFE = (
    *(Span(AT + day) for day in (-DAY - INSTANT, -DAY, -INSTANT, DAY)),
    *(Span(AT - 2 * DAY, AT - DAY + late) for late in (-INSTANT, 0 * INSTANT, INSTANT)),
    Span(AT - INSTANT, AT),
)
LEVELS = (
    ("PRACTICAL", frozenset({"identity", "contact"})),
    ("READ", SHOWN),
    ("WRITE", SHOWN),
    ("WRITE", frozenset({"identity", "plan"})),
    ("READ", frozenset({"identity", "safety", "steps"})),
)
ALL_FACES = SHOWN | {"notes", "whereabouts", "health", "private"}


def people(world: World) -> Iterator[tuple[str, Actor]]:
    """She of each file, and whoever would be taken for her."""
    for file, person in world.persons.items():
        holder = world.holders[file]
        yield f"herself, {file}", hers(person, holder)
    two = uuid_of("herself, of two files")
    worker = uuid_of("youth_worker live")
    for purpose in PURPOSES:
        if purpose != NOTEBOOK:
            yield f"herself, on a page of {purpose}", _claiming(two, HERE, {PARTICIPANT}, purpose)
    yield "herself, of another place", hers(two, POLICE)
    yield "herself, claiming a hat", _claiming(two, HERE, {"youth_worker"}, NOTEBOOK)
    yield "herself, claiming none", _claiming(two, HERE, set(), NOTEBOOK)
    yield "worker as herself", hers(worker, HERE)
    yield "worker on her page", _claiming(worker, HERE, {"youth_worker"}, NOTEBOOK)
    yield "worker claiming both", _claiming(worker, HERE, {"youth_worker", PARTICIPANT}, ORDINARY)


def of_what_is_told(
    world: World, files: Mapping[str, UUID], *, but: str
) -> Iterator[tuple[str, Actor]]:
    """She of each of these files, in her notebook; of one, where what was told is not allowed."""
    for name, file in files.items():
        world.persons[file] = uuid_of(f"herself, {name}")
        faces = SHOWN - {"legal"} if name == but else SHOWN
        world.notebooks[file] = [Notebook(STILL, faces, "READ")]
        yield f"herself, {name}", hers(world.persons[file], world.holders[file])


def hers(person: UUID, holder: UUID) -> Actor:
    return _claiming(person, holder, {PARTICIPANT}, NOTEBOOK)


def _claiming(user: UUID, place: UUID, roles: set[str], purpose: str) -> Actor:
    return Actor(user, place, frozenset(roles), purpose)


def files(world: World) -> None:
    """A file for each moment and each level; then one for each thing that closes it by itself."""
    for number, (span, (level, faces)) in enumerate(product(WHEN, LEVELS)):
        _one(world, f"notebook {number}", Notebook(span, faces, level))
    _one(
        world,
        "notebook, opened again",
        Notebook(Span(AT - 2 * DAY, AT - DAY), SHOWN, "WRITE"),
        Notebook(Span(AT - DAY), LEVELS[4][1], "READ"),
    )
    for number, span in enumerate(NOT_SAFE):
        world.unsafe[_still(world, f"notebook, not safe {number}")] = [span]
    for status in ("ENDED", "DIED", "LEFT", "PAUSED", "ACTIVE"):
        world.ended[_still(world, f"notebook, {status}")] = status
    world.destroyed.add(_still(world, "notebook, destroyed"))
    _of_two_files(world)
    _of_joined_files(world)
    barred = _still(world, "notebook, she bars her own organisation")
    world.restrictions[barred] = [
        Restriction(STILL, ALL_FACES, organisation=HERE),
        Restriction(STILL, ALL_FACES, role="youth_worker"),
    ]
    world.seals[_still(world, "notebook, sealed")] = [Seal(STILL, frozenset({"summary", "plan"}))]
    police = _still(world, "notebook, at the police", holder=POLICE)
    assert world.holders[police] == POLICE


def _one(world: World, name: str, *found: Notebook, holder: UUID = HERE) -> UUID:
    file = uuid_of(f"file {name}")
    world.matters.append(file)
    world.holders[file] = holder
    world.persons[file] = uuid_of(f"herself, of {name}")
    world.notebooks[file] = list(found)
    return file


def _still(world: World, name: str, *, holder: UUID = HERE) -> UUID:
    return _one(world, name, Notebook(STILL, SHOWN, "WRITE"), holder=holder)


def _of_two_files(world: World) -> None:
    """One person, a file in each of two places, and a notebook in each: she is in one at a time."""
    for holder, place in ((HERE, "here"), (THERE, "there")):
        file = _still(world, f"notebook, of two, {place}", holder=holder)
        world.persons[file] = uuid_of("herself, of two files")


def _of_joined_files(world: World) -> None:
    """What is noted in the other file of the same person counts, as long as they are one."""
    spans = (STILL, Span(AT), Span(AT + INSTANT), Span(AT - DAY, AT), Span(AT - DAY, AT + INSTANT))
    for number, (span, is_kept) in enumerate(product(spans, (True, False))):
        mine = _still(world, f"notebook, joined {number}")
        other = _one(world, f"notebook, other {number}")
        kept, joined = (mine, other) if is_kept else (other, mine)
        for file in (kept, joined):
            world.joinings.setdefault(file, []).append(Joining(kept, joined, span))
        world.unsafe[other] = [Span(AT)]


def rows(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    """The notebooks, and what closes some of them; after one plain row of each table."""
    copy(
        owner,
        "sharing_notebook",
        "id, file_id, faces, level, agreed, opened_at, ended_at, ended_by",
        (
            (
                uuid5(NAMESPACE_DNS, f"notebook {file} {number}"), file, sorted(one.faces),
                one.level, "HERSELF", one.span.starts, one.span.ends,
                file if one.span.ends else None,
            )
            for file, found in world.notebooks.items()
            for number, one in enumerate(found)
        ),
    )  # fmt: skip
    copy(
        owner,
        "participants_safecontact",
        "id, file_id, unsafe_on, written_at",
        (
            (uuid5(NAMESPACE_DNS, f"{said} {file} {at}"), file, at.date() if said else None, at)
            for file, spans in world.unsafe.items()
            for span in spans
            for said, at in (("not safe", span.starts), ("", span.ends))
            if at is not None
        ),
    )
    for file, status in world.ended.items():
        owner.execute(
            "update participants_followupstatus set status = %s where file_id = %s", [status, file]
        )
    copy(
        owner,
        "vault_tombstone",
        "id, owner_id",
        ((uuid5(NAMESPACE_DNS, f"stone {file}"), file) for file in world.destroyed),
    )
