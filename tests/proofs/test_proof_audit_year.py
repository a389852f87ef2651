"""Is every text of a year of life, whoever reads it on whatever page, in the journal first? (T13)

`test_proof_audit_pages.py` plants words by hand; here nothing is chosen. While the demonstration is
lived, every text that is locked is written down beside it, of every section, by the row that keeps
it. Then each person who can sign in follows every link that is shown. A page that shows such a text
must have left, in that very request, an event that names its row and its section. At last
the journal's insert is refused: no page that showed a text may be given.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from psycopg import sql

from spheres.config import her_side
from spheres.config.management.commands.load_region import TODAY
from spheres.config.tests.test_life import DEMO, SATURDAY, load
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.words import FileSection
from spheres.portal.notebook.tests.factories import come_in, telephone
from spheres.regions import queries as regions
from spheres.sharing.compile import our_models, word_of
from spheres.sharing.rules import IDENTITY, NOTES, PRIVATE, SECTIONS, WHEREABOUTS
from spheres.vault import actions as vault
from spheres.vault.models import Lockable
from tests.architecture.source import ROOT
from tests.cast import uuid_of
from tests.pages import signed_in
from tests.proofs.committed_world import at_database, database_of_our_own
from tests.proofs.figures import tell
from tests.proofs.test_proof_audit_pages import Journal, read

pytestmark = pytest.mark.proof

SHORTEST = 14  # letters: a shorter text may stand on a page by chance
EACH = 3  # addresses of one page that one person follows; of files, all: each says other things
OF_A_FILE = {"dossier:file", "dossier:history"}
READ = ("text/", "application/json", "application/pdf")  # a picture has no words
LINK = re.compile(r'href="(/[^"#]*)"')
# Her private pages are locked by her two numbers, not by the vault; no table keeps where
# somebody is.
NEVER_SEEN = {PRIVATE, WHEREABOUTS}
Rows = dict[UUID, str]  # each row that keeps a text, and its section; empty: of no section


@dataclass
class Written:
    """Every text that was locked, line by line, and the rows that keep it."""

    lines: dict[str, Rows] = field(default_factory=lambda: defaultdict(dict))

    def keep(self, row: Lockable, texts: dict[str, Any]) -> None:
        (section,) = vault._declared_sections([row]) or {""}
        for text in texts.values():
            for line in lines_of(text):
                self.lines[line][row.pk] = section

    def seen_in(self, page: str) -> list[str]:
        return [line for line in self.lines if line in page]

    def around(self, word: str) -> Rows:
        """The rows that keep it, be it within a longer line: any of them may be what is read."""
        return {
            row: section
            for line, rows in self.lines.items()
            if word in line
            for row, section in rows.items()
        }


def lines_of(text: object) -> Iterator[str]:
    """Its lines, and those of what is kept as a structure; those long enough to be recognised."""
    if isinstance(text, dict | list):
        for one in text.values() if isinstance(text, dict) else text:
            yield from lines_of(one)
    elif isinstance(text, str):
        structure = None
        if text[:1] in {"[", "{"}:
            with suppress(json.JSONDecodeError):
                structure = json.loads(text)
        if structure is not None:
            yield from lines_of(structure)
        else:
            lines = (" ".join(line.split()) for line in text.splitlines())
            yield from (line for line in lines if len(line) >= SHORTEST and " " in line)


@contextmanager
def listening(written: Written) -> Iterator[None]:
    """Stand beside the vault while things are locked; it does its work as ever."""
    locks = vault.lock

    def lock(row: Lockable, **texts: Any) -> None:
        locks(row, **texts)
        written.keep(row, texts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "lock", lock)
        yield


@dataclass(frozen=True)
class Year:
    """A year that was lived, the database that keeps it, and all that was locked meanwhile."""

    database: str
    staff: dict[str, Actor]
    written: Written

    def admin(self) -> psycopg.Connection:
        url = at_database(os.environ["DATABASE_ADMIN_URL"], self.database)
        return psycopg.connect(url, autocommit=True)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker) -> Iterator[Year]:
    written, base = Written(), connection.settings_dict["NAME"]
    with (
        django_db_blocker.unblock(),
        database_of_our_own(f"{base}_year", template=base) as name,
    ):
        with listening(written):
            demo = load(DEMO, SATURDAY)
            with clock.at(SATURDAY):
                for each in TODAY:
                    each.play(demo.loading)
        yield Year(name, demo.staff, written)
        regions.forget()


def shown(answer: Any) -> str:
    """What is read, in one line: a page may break a text anywhere."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", read(answer))).split())


@dataclass
class Walk:
    """One person who follows what is shown: a few addresses of each page."""

    who: str
    client: Client
    urls: str
    begins: str = "/"
    followed: Counter[str] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Each address, its page, and on the way what it leads to."""
        to_go = [self.begins]
        while to_go:
            address = to_go.pop(0)
            answer = self.client.get(address)
            kind = answer.get("Content-Type", "")
            yield address, shown(answer) if kind.startswith(READ) else ""
            if kind.startswith("text/html"):
                to_go += self.new(answer.content.decode())
            elif answer.status_code in {301, 302}:
                to_go += self.new(f'href="{answer["Location"]}"')

    def new(self, page: str) -> Iterator[str]:
        for address in map(unescape, LINK.findall(page)):
            name = self.page_of(address)
            is_wanted = name in OF_A_FILE or self.followed[name] < EACH
            if name and address not in self.known and is_wanted:
                self.known.add(address)
                self.followed[name] += 1
                yield address

    def page_of(self, address: str) -> str:
        try:
            return resolve(urlsplit(address).path, self.urls).view_name
        except Resolver404:
            return ""


def walks(year: Year) -> Iterator[Walk]:
    """Everybody who works in the demonstration, and the young person in her notebook."""
    for who, actor in sorted(year.staff.items()):
        client = signed_in(actor, at=SATURDAY)
        client.raise_request_exception = False
        yield Walk(who, client, "spheres.config.urls_staff")
    hers = telephone()
    hers.raise_request_exception = False
    assert come_in(hers, her_side.CODE, her_side.PIN, at=SATURDAY).status_code == 302
    yield Walk("herself", hers, "spheres.config.urls_youth", begins="/n/")


def told_since(admin: psycopg.Connection, number: int) -> list[tuple[set[str], set[UUID]]]:
    """Sections and rows of each event that was written since."""
    found = admin.execute(
        "select sections, record_ids from audit_event where number > %s", [number]
    )
    return [(set(sections), set(rows)) for sections, rows in found]


def is_told(events: list[tuple[set[str], set[UUID]]], rows: Rows) -> bool:
    """Whether an event names one of the rows that keep this text, and the section of that row."""
    return any(
        row in named and (not section or section in said)
        for row, section in rows.items()
        for said, named in events
    )


# Every column of the database that holds words and is not locked, but the journal's own.
IN_CLEAR = """
select table_schema, table_name, column_name from information_schema.columns
where table_schema in ('public', 'keys') and data_type in ('text', 'character varying', 'jsonb')
  and table_name not like 'audit%'"""
MESSAGE = re.compile(r'^"(.*)"$|^msg(?:id|str)\S* "(.*)"$', re.MULTILINE)


def said_in_clear(admin: psycopg.Connection) -> str:
    """What stands in clear beside the locked texts: a public school, a word of a list, a page's own
    words. A line that stands there too may be read there, and shows no locked text."""
    found = admin.execute(IN_CLEAR).fetchall()
    rows = [
        str(value)
        for schema, table, column in found
        for (value,) in admin.execute(
            sql.SQL("select distinct {0}::text from {1} where {0} is not null").format(
                sql.Identifier(column), sql.Identifier(schema, table)
            )
        )
    ]
    catalogues = [
        "".join(a or b for a, b in MESSAGE.findall(file.read_text()))
        for file in (ROOT / "spheres").rglob("django.po")
    ]
    return " ".join(" ".join([*rows, *catalogues]).split())


def test_every_text_of_a_year_is_told_when_it_is_read_and_without_a_journal_is_not_read(
    year: Year,
) -> None:
    untold: list[str] = []
    showing: list[tuple[Walk, str]] = []
    seen: set[str] = set()
    asked = 0
    with clock.at(SATURDAY), year.admin() as admin:
        in_clear = said_in_clear(admin)
        for line in [line for line in year.written.lines if line in in_clear]:
            del year.written.lines[line]
        lines = year.written.lines
        there = list(walks(year))
        journal = Journal(admin)
        for walk in there:
            before = journal.last()
            for address, page in walk.pages():
                asked += 1
                if words := year.written.seen_in(page):
                    events = told_since(admin, before)
                    showing.append((walk, address))
                    seen.update(words)
                    untold += [
                        f"{walk.who} {address}: {word}"
                        for word in words
                        if not is_told(events, lines[word])
                        and not is_told(events, year.written.around(word))
                    ]
                before = journal.last()
        admin.execute("revoke insert on audit_event from app")
        given = [
            f"{walk.who} {address}"
            for walk, address in showing
            if year.written.seen_in(shown(walk.client.get(address)))
        ]

    sections = {section for line in seen for section in lines[line].values()}
    tell(
        "readings of a year told (T13)",
        f"{asked:,} pages asked by {len(there)} people, {len(showing):,} show one of "
        f"{len(lines):,} texts ({len(seen):,} were seen, of {len(sections)} sections), "
        f"{len(untold)} untold; without a journal {len(given)} given",
        "all told; 0 given",
    )
    assert untold == []
    assert given == []
    # Otherwise it would prove little.
    assert {*SECTIONS} - sections == NEVER_SEEN


def test_a_row_that_no_event_names_or_another_section_is_not_taken_for_it() -> None:
    row, other = uuid_of("row"), uuid_of("another")

    assert [
        is_told(events, {row: NOTES})
        for events in ([], [({NOTES}, {other})], [({IDENTITY}, {row})], [({NOTES}, {other, row})])
    ] == [False, False, False, True]


def test_no_table_keeps_where_somebody_is() -> None:
    """The day one does, the proof above must meet its words."""
    keeping = [
        model
        for model in our_models()
        if isinstance(word := word_of(model), FileSection) and word.section == WHEREABOUTS
    ]

    assert keeping == []
