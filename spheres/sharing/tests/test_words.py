"""If a table's word lied, would anyone notice? And what a word for sealed notes really does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from spheres.core.actor import Actor
from spheres.core.words import FileSection, Handlers, If, Word
from spheres.sharing.compile import our_models, table_statements, word_of
from tests.daily import DAILY, part_told, told_today
from tests.oracle import KINDS, rights, standing
from tests.oracle_world import Who
from tests.proofs.attempts import (
    OF_EACH_SORT,
    hand_differences,
    matter_differences,
    story_differences,
)
from tests.proofs.databases import Connection, act, signed_in
from tests.proofs.figures import tell
from tests.proofs.spans import AT, HERE, uuid_of
from tests.proofs.stage import Stage
from tests.proofs.tables import MATTERS, STORIES, first_of_each_word

# Lies that change no answer, each with the reason why.
EQUIVALENT = {
    "questions_questionstatus: writers + OFFERED": "a question is never offered: no such row",
    "questions_questionstatus: writers + WATCH": "nobody watches a question: no such row",
    "intervention_support_advicestanding: writers + OFFERED": "advice is never offered to anybody",
    "intervention_support_advicestanding: writers + ENTRUSTED": "nor entrusted: no such row",
    "intervention_support_advicestanding: writers + WATCH": "nor watched: no such row",
    "sharing_handler: insert 1 + ENTRUSTED": "she says it already of any colleague (insert 3)",
    "sharing_handler: update 1 + ANSWERS": "a question is never offered: there is no such row",
    "sharing_handler: update 1 + DESK": "the desk ends any row already (update 0)",
    "sharing_handler: update 1 + ENTRUSTED": "whoever it is entrusted to does too (update 0)",
}
MODELS = {model._meta.db_table: model for model in our_models()}


def lies(table: str, word: Word) -> Iterator[tuple[str, Word]]:
    """Each kind, section or verb that a word could wrongly give or withhold."""
    if isinstance(word, Handlers):
        for verb, parts in word.only.items():
            yield from lies_of_rows(word, verb, parts)
        for verb in word.asker.keys() & {"select", "update"}:
            said = {other: rows for other, rows in word.asker.items() if other != verb}
            yield f"no {verb} for whoever holds the code", replace(word, asker=said)
        for kind in KINDS:
            for part in ("kinds",) if word.only else ("kinds", "writers"):
                told = getattr(word, part) or word.kinds
                other = (*(k for k in told if k != kind), *(() if kind in told else (kind,)))
                if not other or (part == "writers" and not (word.append or word.amend)):
                    continue
                # What adds and changes stays as it was, when it is the readers that move.
                writers = other if part == "writers" else word.writers or word.kinds
                readers = other if part == "kinds" else word.kinds
                sign = "-" if kind in told else "+"
                yield f"{part} {sign} {kind}", replace(word, kinds=readers, writers=writers)
    if isinstance(word, FileSection):
        for section in ("identity", "notes", "therapy", "private", "relation"):
            if not same_readers(section, word.section):
                yield f"section {section}", replace(word, section=section)
        if word.held_by:
            yield "held by anybody", replace(word, held_by=None)
        if word.stays:
            yield "read by a partner", replace(word, stays=False)
        if word.gives_to:
            yield "given to anybody", replace(word, gives_to=None)
    yield "nobody adds" if word.append else "adds", replace(word, append=not word.append)
    yield "changes" if not word.amend else "nobody changes", replace(word, amend=not word.amend)
    yield "workers read all", replace(word, also={"select": ("youth_worker",)})


def lies_of_rows(word: Handlers, verb: str, parts: tuple[If, ...]) -> Iterator[tuple[str, Word]]:
    """Each hand that may write rows taken away, given to another kind, or freed of a condition."""
    for number, part in enumerate(parts):
        said = f"{verb} {number}"
        changed = {f"{said}: any row": replace(part, row="true")} if part.row != "true" else {}
        if part.becomes != "true":
            changed[f"{said}: becomes anything"] = replace(part, becomes="true")
        for kind in KINDS:
            other = (*(k for k in part.by if k != kind), *(() if kind in part.by else (kind,)))
            if other:
                sign = "-" if kind in part.by else "+"
                changed[f"{said} {sign} {kind}"] = replace(part, by=other)
        yield f"{said}: dropped", only(word, verb, (*parts[:number], *parts[number + 1 :]))
        for how, lie in changed.items():
            yield how, only(word, verb, (*parts[:number], lie, *parts[number + 1 :]))


def only(word: Handlers, verb: str, parts: tuple[If, ...]) -> Word:
    return replace(word, only=word.only | {verb: parts})


def same_readers(one: str, other: str) -> bool:
    """Sections that the page of rights opens alike: taking one for the other changes nothing."""
    alike = ({"notes", "plan", "safety"}, {"identity", "contact", "summary"})
    return one == other or any({one, other} <= group for group in alike)


@contextmanager
def told(stage: Stage, table: str, word: Word) -> Iterator[None]:
    """The table's policies and grants, as this word would have them; then as they were."""
    recompile(stage, table, word)
    try:
        yield
    finally:
        recompile(stage, table, word_of(MODELS[table]))


def recompile(stage: Stage, table: str, word: Word) -> None:
    with signed_in(stage.cluster.owner_url) as owner:
        for (policy,) in owner.execute(
            "select policyname from pg_policies where tablename = %s "
            "and (roles = '{app}' or policyname = 'owner_at_work')",
            [table],
        ).fetchall():
            owner.execute(f"drop policy {policy} on {table}")
        for trigger in ("kept_as_written", "kept_as_written_whole"):
            owner.execute(f"drop trigger if exists {trigger} on {table}")
        owner.execute(f"revoke all on {table} from app")
        for statement in table_statements(table, word):
            owner.execute(statement)
        owner.commit()


def differs(stage: Stage, table: str) -> bool:
    """True when some actor of a reduced crowd finds what the oracle does not say."""
    crowd = [
        player
        for player in stage.players
        if player.name
        in {
            "youth_worker, live, acting here",
            "psychotherapist, live, acting here",
            "coordinator, live, acting here",
            "team_lead, live, acting here",
            "visitor",
            "whoever holds a code",
            "youth_worker, live, acting here, shared",
        }
    ]
    with signed_in(stage.cluster.app_url) as app:
        for story in STORIES:
            if story.table == table:
                return any(story_differences(app, stage, story, crowd, OF_EACH_SORT))
        for matter in MATTERS:
            if matter.table == table:
                return any(matter_differences(app, stage, matter, crowd, OF_EACH_SORT)) or (
                    table == "sharing_handler" and any(hand_differences(app, stage, crowd, tries=2))
                )
    raise AssertionError(f"{table} is compared by no test")


def tables(*, whole: bool) -> list[str]:
    """Every table that is compared; else the first of each word, which makes the same policies."""
    every = [story.table for story in STORIES] + [matter.table for matter in MATTERS]
    return every if whole else first_of_each_word(every)


@DAILY
def test_every_lie_of_a_word_is_caught(spare: Stage, whole: bool) -> None:
    told_lies, alive = list[str](), list[str]()
    for table in tables(whole=whole):
        assert not differs(spare, table)
        every = {f"{table}: {how}": word for how, word in lies(table, word_of(MODELS[table]))}
        for lie in told_today(every, whole=whole):
            word = every[lie]
            told_lies.append(lie)
            with told(spare, table, word):
                if not differs(spare, table):
                    alive.append(lie)

    count, same = len(told_lies), [lie for lie in EQUIVALENT if whole or lie in told_lies]
    tell(
        f"mutants of the words: {count - len(alive)} caught of {count}, {len(same)} equivalent"
        f"{part_told(whole=whole)}"
    )
    assert told_lies
    assert sorted(alive) == sorted(same)


@pytest.fixture
def sealed(spare: Stage) -> Stage:
    """A table of sealed notes, as the psychotherapists' one will be: two authors to each file."""
    with signed_in(spare.cluster.owner_url) as owner:
        owner.execute("select set_config('spheres.unforced', 'yes', true)")
        owner.execute("create table sealed_note (id uuid, file_id uuid, written_by uuid)")
        owner.execute(
            "insert into sealed_note select gen_random_uuid(), f.id, u.id "
            "from participants_file f, unnest(%s::uuid[]) u(id)",
            [[author.user_id for author in AUTHORS]],
        )
        word = FileSection("therapy", author="written_by", amend=True)
        owner.execute("alter table sealed_note enable row level security")
        owner.execute("alter table sealed_note force row level security")
        for statement in table_statements("sealed_note", word):
            owner.execute(statement)
        owner.commit()
    return spare


AUTHORS = tuple(
    Actor(uuid_of(name), HERE, frozenset(roles))
    for name, roles in (
        ("psychotherapist live", {"psychotherapist"}),
        ("worker and therapist", {"psychotherapist", "youth_worker"}),
        ("psychotherapist account closed", {"psychotherapist"}),
        ("youth_worker live", {"youth_worker"}),
        ("privacy_officer live", {"privacy_officer"}),
    )
)


@pytest.mark.parametrize("author", AUTHORS, ids=lambda author: "+".join(sorted(author.roles)))
def test_a_sealed_note_is_its_authors_alone_and_only_while_she_is_her_therapist(
    sealed: Stage, author: Actor
) -> None:
    who = Who(author.user_id, author.organisation_id, author.roles)
    hers = {
        file
        for file in sealed.world.holders
        if ("read", "therapy") in rights(standing(sealed.world, who, file, AT))
    }
    with signed_in(sealed.cluster.app_url) as app:
        act(app, author, AT)
        seen = app.execute("select file_id, written_by from sealed_note").fetchall()
        changed = app.execute("update sealed_note set id = id returning file_id").fetchall()
        refused = signed_by_another(app, author, hers)

    assert sorted(seen) == sorted((file, author.user_id) for file in hers)
    assert sorted(file for (file,) in changed) == sorted(hers)
    assert refused


def signed_by_another(app: Connection, author: Actor, files: set) -> bool:  # type: ignore[type-arg]
    """Nobody signs a sealed note in another's name, even where she may write her own."""
    from psycopg.errors import InsufficientPrivilege

    file = next(iter(files), uuid_of("file 0 here"))
    try:
        with app.transaction():
            app.execute(
                "insert into sealed_note values (gen_random_uuid(), %s, gen_random_uuid())", [file]
            )
    except InsufficientPrivilege:
        return True
    return False
