"""Is any text of a person to be found in clear, anywhere but on her page? (T10)

A word that exists nowhere else goes through every locked field of every model; then everything the
house leaves behind is searched for it, in every usual encoding. One control shows that each search
can find: the same word's sister, written in a plain column, a log and a file, is found there.
"""

from __future__ import annotations

import base64
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import psycopg
import pytest
from django.apps import apps
from django.db import connection, models, transaction

from spheres.accounts.sessions import SessionStore
from spheres.audit import export
from spheres.config import cluster
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor, asker, service
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from spheres.followup.notes import actions as notes
from spheres.followup.notes import queries as note_queries
from spheres.followup.questions import actions as questions
from spheres.papers import actions as paper_actions
from spheres.papers import queries as paper_queries
from spheres.papers import registry as papers
from spheres.papers import sandbox
from spheres.papers.actions import Sent
from spheres.papers.models import Part
from spheres.papers.tests.factories import document, written
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook.tests.factories import confirm_contact, give_code, open_notebook
from spheres.records import actions as records
from spheres.sharing import inside
from spheres.vault import actions as vault
from spheres.vault.models import Lockable, LockedText
from spheres.worker_support.own_notes import actions as own_notes
from tests.cast import MONDAY, uuid_of
from tests.proofs.committed_world import World, dump

HOUSEKEEPER = service("loader")


def encodings(word: str) -> list[bytes]:
    """The word as a thief might meet it: raw, UTF-16, hexadecimal, base64 at its three offsets."""
    raw = word.encode()
    return [
        raw,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        raw.hex().encode(),
        raw.hex().upper().encode(),
        # Whatever comes before, one of three alignments is that of the word; its edges are cut.
        *(base64.b64encode(b"x" * before + raw)[4:-4] for before in (1, 2, 3)),
    ]


def found_in(content: bytes, word: str) -> bool:
    return any(form in content for form in encodings(word))


def lockable_models() -> list[type[Lockable]]:
    return [m for m in apps.get_models() if issubclass(m, Lockable)]


def through_real_actions(world: World, word: str) -> None:
    """The texts of a referral, an admission, a draft and a note, by the people who write them."""
    cast = world.cast
    texts = {
        name: f"{word} {name}"
        for name in (
            "chosen_name", "pronouns", "interpreter", "hours", "words", "never", "wish", "urgent",
            "referrer_name", "referrer_role", "referrer_organisation", "referrer_contact",
        )
    }  # fmt: skip
    sent = admission.Sent(
        id=uuid_of(word), source="professional", channel="web", agreement="yes", age_band="14-17",
        language="fr", contact_channel="text", **texts,
    )  # fmt: skip
    with world.acting(VISITOR):
        admission.refer(sent, desk=cast.institute.id, by=VISITOR, at=MONDAY)
    file_id = admission.file_of(sent.id)
    offer = uuid4()
    with world.acting(cast.louise):
        admission.offer(file_id, to=cast.ines.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
    with world.acting(cast.ines):
        admission.accept(offer, desk=cast.institute.id, by=cast.ines, at=MONDAY)
        admission.meet(file_id, by=cast.ines, at=MONDAY)
        admission.admit(
            file_id,
            admission.Conversation(
                id=uuid4(), recognition=Admission.Recognition.BOTH,
                agreed_by=Admission.AgreedBy.HERSELF, agreement_form=Admission.Form.ORAL,
                her_words=f"{word} admission", harms=f"{word} harms",
                birth_date=date(2010, 1, 2), exception_words=f"{word} exception",
            ),
            by=cast.ines, at=MONDAY,
        )  # fmt: skip
        records.save_draft(
            uuid4(), file_id=file_id, section="notes", record_type="notes",
            fields={"her_words": f"{word} draft"}, by=cast.ines, at=MONDAY,
        )  # fmt: skip
        notes.sign(
            file_id,
            notes.Written(
                id=uuid4(), kind="meeting", occurred_at=MONDAY, her_words=f"{word} note",
                observation=f"{word} observation", support=f"{word} support",
            ),
            by=cast.ines, at=MONDAY,
        )  # fmt: skip
        a_paper_of(file_id, word, by=cast.ines)
        own_notes.write(
            own_notes.Written(uuid4(), f"{word} own note", f"{word} pseudonym"),
            by=cast.ines, at=MONDAY,
        )  # fmt: skip
        read = list(note_queries.of_file(file_id, actor=cast.ines))
        vault.open(read, by=cast.ines)
        assert read[0].opened.her_words == f"{word} note"


def from_her_side(world: World, word: str, code: str, pin: str) -> None:
    """A question under a code and what is answered; what she calls things and the word she leaves
    in her notebook, opened by the two numbers that she alone holds."""
    cast, form_id = world.cast, uuid4()
    matter = questions.matter_of(form_id)
    with world.acting(VISITOR):
        questions.ask(
            form_id, words=f"{word} question", nickname=f"{word} nickname", language="fr",
            desk=cast.institute.id, by=VISITOR, at=MONDAY,
        )  # fmt: skip
    with world.acting(cast.louise):
        questions.answer(matter, uuid4(), words=f"{word} answer", by=cast.louise, at=MONDAY)
    with world.acting(asker(matter)) as she:
        questions.add(matter, uuid4(), words=f"{word} more", by=she, at=MONDAY)
    with transaction.atomic():
        confirm_contact(cast)
        open_notebook(cast)
        give_code(cast, code, pin)
    with clock.at(MONDAY), context.unit_of_work(VISITOR):
        key = notebook.come_in(code, pin, network="192.0.2.7", at=MONDAY)
    with clock.at(MONDAY), transaction.atomic():
        found = inside.enter(key, at=MONDAY)
        assert found is not None
    with world.acting(found.actor):
        notebook.name(
            found, uuid4(), notebook=f"{word} book", appointment=f"{word} coffee", at=MONDAY
        )
        notebook.leave_word(found, uuid4(), f"{word} left", at=MONDAY)


def a_paper_of(file_id: UUID, word: str, *, by: Actor) -> None:
    """A signed paper that says the word in its text, its name and what is said of it; read in the
    real sandbox, which every machine that may skip nothing has."""
    if not sandbox.can_run() and os.environ.get("CI") != "true":
        return
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, f"{word} paper".encode())))  # fmt: skip
    page.Resources.Font = pikepdf.Dictionary(F1=font)
    page.contents_add(b"BT /F1 9 Tf ET")
    kind = papers.kind_of("consent")
    assert kind is not None
    sent = Sent(uuid4(), uuid4(), written(pdf), f"{word}.pdf", words=f"{word} words")
    assert paper_actions.keep(file_id, kind, sent, by=by, at=MONDAY)
    [kept] = paper_queries.of_thing(file_id, "consent", sent.about, actor=by)
    part = paper_actions.take(kept, Part.id_of(kept.paper.pk, 0), by=by, fetched_from="none")
    assert part is not None
    with pikepdf.Pdf.open(BytesIO(part.opened.content)) as cleaned:
        said = cleaned.pages[0].Resources.Font.F1.ToUnicode.read_bytes()
    assert word.encode() in said


def through_every_model(world: World, word: str) -> set[str]:
    """One row of each model that has locked texts, whatever its folder; returns their fields."""
    written = set()
    for model in lockable_models():
        row = model(**{f.attname: plausible(f) for f in model._meta.concrete_fields})
        texts = {field: f"{word} {field}" for field in model.locked_fields()}
        with transaction.atomic(), world.acting(HOUSEKEEPER):
            vault.lock(row, **texts)
        insert(world, row)
        written |= {f"{model._meta.label}.{field}" for field in texts}
    return written


def plausible(field: models.Field) -> Any:
    """Any value the column takes; foreign keys are not checked here."""
    if isinstance(field, LockedText):
        return b""
    if field.choices:
        return field.choices[0][0]
    field = getattr(field, "target_field", field)
    for kind, value in {
        models.UUIDField: uuid4(), models.DateTimeField: datetime.now(UTC),
        models.DateField: date(2026, 1, 1), models.BooleanField: False, models.IntegerField: 1,
        models.CharField: "x", models.TextField: "x", models.BinaryField: b"x",
    }.items():  # fmt: skip
        if isinstance(field, kind):
            return value
    return [] if field.get_internal_type() == "ArrayField" else None


def insert(world: World, row: models.Model) -> None:
    fields = row._meta.concrete_fields
    columns, values = ", ".join(f'"{f.column}"' for f in fields), ", ".join(["%s"] * len(fields))
    with world.admin() as admin:
        admin.execute("set session_replication_role = replica")
        # Which texts may stand together is not what is tried here: every one of them is written.
        checks = admin.execute(
            "select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'",
            [row._meta.db_table],
        ).fetchall()
        for (name,) in checks:
            admin.execute(f"alter table {row._meta.db_table} drop constraint {name}")
        admin.execute(
            f"insert into {row._meta.db_table} ({columns}) values ({values})",
            [getattr(row, f.attname) for f in fields],
        )


def session_of_a_reader(world: World) -> None:
    with transaction.atomic():
        session = SessionStore()
        session["last"] = str(uuid4())
        session.save()


def application_log(tmp_path: Path) -> logging.Handler:
    handler = logging.FileHandler(tmp_path / "application.log")
    handler.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    return handler


def constraint_that_fails(world: World, word: str) -> None:
    """An error whose message, badly set, would print the row into the server's log."""
    with pytest.raises(psycopg.errors.NotNullViolation), world.admin() as admin:
        admin.execute(
            "insert into records_draft (id, text) values (%s, %s)", [uuid4(), word.encode()]
        )


def places_to_search(world: World, tmp_path: Path, since: float) -> Iterator[tuple[str, bytes]]:
    """Everything the house leaves behind, piece by piece; first what a checkpoint may take away."""
    with world.admin() as admin:
        (data,) = admin.execute("show data_directory").fetchone()
    yield from files(Path(data, "pg_wal"), "pg_wal", since=0)
    yield "plain dump", dump(world.backup_url, tmp_path / "plain.sql")
    yield "custom dump", dump(world.backup_url, tmp_path / "custom.dump", "-Fc", "--compress=0")
    yield "journal", "".join(export.lines(world.backup_url)).encode()
    with world.admin() as admin:
        admin.execute("checkpoint")
        (oid,) = admin.execute(
            "select oid from pg_database where datname = %s", [world.name]
        ).fetchone()
    for folder in (f"base/{oid}", "base/pgsql_tmp", "pg_replslot"):
        yield from files(Path(data, folder), folder, since=0)
    yield from files(cluster.VAR / "log", "server log", since=0)
    yield "application log", (tmp_path / "application.log").read_bytes()
    for shared in {Path(tempfile.gettempdir()), Path("/dev/shm")}:
        yield from files(shared, "temporary files", since=since, besides=tmp_path)


def files(
    folder: Path, label: str, *, since: float, besides: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if besides and (besides in path.parents or path in besides.parents):
            continue
        try:
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                yield f"{label}: {path.name}", path.read_bytes()
        except OSError:
            continue  # another process's file, gone meanwhile


def test_no_text_of_a_person_is_found_in_clear_anywhere(world, tmp_path):
    since = time.time()
    word = f"Mésange{secrets.token_hex(8)}"  # hers: must be nowhere
    sister = f"Moineau{secrets.token_hex(8)}"  # ours: must be found, or the search is blind
    code, pin = notebook.new_code(), "730194628517"  # hers too: kept nowhere
    handler = application_log(tmp_path)
    left_behind = Path(tempfile.gettempdir(), f"spheres-{secrets.token_hex(4)}")
    try:
        through_real_actions(world, word)
        from_her_side(world, word, code, pin)
        fields = through_every_model(world, word)
        session_of_a_reader(world)
        constraint_that_fails(world, word)
        control(world, sister, left_behind)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    connection.close()

    hits, controls = [], set()
    try:
        for place, content in places_to_search(world, tmp_path, since):
            hits += [place for hers in (word, code, pin) if found_in(content, hers)]
            if found_in(content, sister):
                controls.add(place.split(":")[0])
    finally:
        left_behind.unlink()

    assert hits == []
    oid_of_data = {place for place in controls if place.startswith("base/")}
    assert len(oid_of_data) == 1
    assert controls - oid_of_data == {
        "plain dump", "custom dump", "pg_wal", "server log", "application log", "temporary files",
    }  # fmt: skip
    assert fields == {f"{m._meta.label}.{f}" for m in lockable_models() for f in m.locked_fields()}


def control(world: World, sister: str, left_behind: Path) -> None:
    """The sister word, left in clear on purpose in each kind of place."""
    with world.admin() as admin:
        admin.execute("update accounts_organisation set about_fr = %s", [sister])
        admin.execute(f"do $$ begin raise log '{sister}'; end $$")
    logging.getLogger("spheres.control").warning("control %s", sister)
    left_behind.write_bytes(encodings(sister)[1])


@pytest.mark.parametrize("before", range(3))
def test_the_search_sees_every_encoding(before):
    word = "Mésange0123456789abcdef"
    padded = b"y" * before + word.encode() + b"zz"

    for kept in (
        padded, padded.hex().encode(), padded.hex().upper().encode(), base64.b64encode(padded),
        word.encode("utf-16-le"), word.encode("utf-16-be"),
    ):  # fmt: skip
        assert found_in(kept, word)
    assert not found_in(b"Mesange0123456789abcdef", word)
