"""Does a checkpoint hold what it photographs, and does any spoiling of the journal show?"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import ProgrammingError

from spheres.audit import actions as audit
from spheres.audit import export, tasks, verify
from spheres.audit.models import Checkpoint, Event
from tests.cast import MONDAY, acting
from tests.proofs.committed_world import SEALER, World


def report(world: World, *held: str) -> verify.Report:
    return verify.verify(export.lines(world.backup_url), audit.public_keys(), held)


def anomalies(world: World, *held: str) -> list[tuple[str, ...]]:
    return report(world, *held).anomalies


def read_her_file(world: World, times: int = 1) -> None:
    for _ in range(times):
        with world.acting(world.cast.ines):
            audit.record("open", by=world.cast.ines, file_id=world.cast.maya.file_id)


REBUILD = """
do $$ declare e record; last bytea := decode(repeat('00', 32), 'hex'); place bigint := 0; begin
  delete from audit_link where chain_id = '{chain}';
  for e in select * from audit_event where chain_id = '{chain}' order by number loop
    place := place + 1;
    last := sha256(last || access.canonical((select v from audit_event v where v.id = e.id)));
    insert into audit_link (event_id, chain_id, position, hash)
      values (e.id, '{chain}', place, last);
  end loop;
  update audit_head set position = place, hash = last where chain_id = '{chain}';
  delete from audit_sealedplace where chain_id = '{chain}' and position > place;
end $$"""


def event_at(place: int) -> str:
    return f"(select event_id from audit_link where chain_id = '{{chain}}' and position = {place})"


TAIL = """
delete from audit_event where id in
  (select event_id from audit_link where chain_id = '{chain}' and position > 5);
delete from audit_link where chain_id = '{chain}' and position > 5"""

# What a superuser does to Maya's chain, and what the verifier says of it.
SPOILINGS = {
    "edits who acted": (
        f"update audit_event set actor_id = gen_random_uuid() where id = {event_at(3)}",
        [("altered", "{chain}", "3")],
    ),
    "edits the order of writing": (
        f"update audit_event set number = number + 1000 where id = {event_at(3)}",
        [("altered", "{chain}", "3")],
    ),
    "edits a hash too": (
        "update audit_link set hash = sha256('x') where chain_id = '{chain}' and position = 3",
        [("altered", "{chain}", "3"), ("altered", "{chain}", "4")],
    ),
    "deletes an event": (
        f"delete from audit_event where id = {event_at(3)}",
        [("deleted", "{chain}", "3")],
    ),
    "deletes an event and its place": (
        f"delete from audit_event where id = {event_at(3)}; "
        "delete from audit_link where chain_id = '{chain}' and position = 3",
        [("gap", "{chain}", "3", "3")],
    ),
    "deletes the tail": (TAIL, [("tail", "{chain}", "5", "{length}"), ("root", "", "1")]),
    "deletes the tail and lowers the head": (
        f"{TAIL}; update audit_head set position = 5, hash = (select hash from audit_link "
        "where chain_id = '{chain}' and position = 5) where chain_id = '{chain}'",
        [("tail", "{chain}", "5", "{length}"), ("root", "", "1")],
    ),
    "swaps two events": (
        f"do $$ declare a uuid := {event_at(3)}; b uuid := {event_at(4)}; begin "
        "update audit_link set event_id = gen_random_uuid() where event_id = a; "
        "update audit_link set event_id = a where event_id = b; "
        "update audit_link set event_id = b where chain_id = '{chain}' and position = 3; end $$",
        [("moved", "{chain}", "3", "4"), ("moved", "{chain}", "4", "3")],
    ),
    "adds an event outside the chain": (
        "insert into audit_event select (jsonb_populate_record(v, jsonb_build_object("
        "'id', '00000000-0000-4000-8000-000000000001'))).* from audit_event v "
        f"where v.id = {event_at(3)}",
        [("stray", "", "00000000-0000-4000-8000-000000000001")],
    ),
    "edits an event and rebuilds the whole chain": (
        f"update audit_event set actor_id = gen_random_uuid() where id = {event_at(3)};{REBUILD}",
        [("root", "", "1")],
    ),
    "deletes an event and rebuilds the whole chain": (
        f"delete from audit_event where id = {event_at(3)};{REBUILD}",
        [("root", "", "1")],
    ),
    "removes the whole chain, and that it ever was": (
        "delete from audit_event where chain_id = '{chain}'; "
        "delete from audit_link where chain_id = '{chain}'; "
        "delete from audit_head where chain_id = '{chain}'; "
        "delete from audit_sealedplace where chain_id = '{chain}'",
        [("root", "", "1")],
    ),
}


def test_whatever_a_superuser_does_to_the_journal_shows_against_the_checkpoint_held(world):
    held, chain = world.seal().note, str(world.cast.maya.file_id)
    length = str(next(len(g) for c, g in places(world).items() if c == chain))

    for what, (statement, expected) in SPOILINGS.items():
        with psycopg.connect(world.backup_url) as before:
            kept = {
                table: before.execute(f"select t::text from {table} t").fetchall()
                for table in ("audit_event", "audit_link", "audit_head", "audit_sealedplace")
            }
        world.spoil(statement.replace("{chain}", chain))

        found = anomalies(world, held)

        assert found == [
            tuple(w.format(chain=chain, length=length) for w in words) for words in expected
        ], what
        with world.admin() as admin:
            admin.execute("set session_replication_role = replica")
            for table, rows in kept.items():
                admin.execute(f"delete from {table}")
                for (row,) in rows:
                    admin.execute(f"insert into {table} select (%s::{table}).*", [row])
    assert anomalies(world, held) == []


def places(world: World) -> dict[str, list[int]]:
    chains: dict[str, list[int]] = {}
    chain = ""
    for line in export.lines(world.backup_url):
        said = json.loads(line)
        chain = said.get("chain", chain)
        if "position" in said:
            chains.setdefault(chain, []).append(said["position"])
    return chains


def test_what_was_rebuilt_after_a_checkpoint_is_dated_by_the_checkpoints_held(world):
    first = world.seal(at=MONDAY).note
    read_her_file(world, 3)
    second = world.seal(at=MONDAY + timedelta(hours=1)).note
    chain = str(world.cast.maya.file_id)
    last = places(world)[chain][-1]
    world.spoil(
        f"update audit_event set actor_id = gen_random_uuid() where id = {event_at(last)}".replace(
            "{chain}", chain
        ),
        REBUILD.replace("{chain}", chain),
    )

    found = report(world, first, second)

    assert found.anomalies == [("root", "", "2")]
    assert found.sure.number == 1


def test_a_checkpoint_signed_by_another_key_confirms_nothing(world):
    note = world.seal().note
    stranger = audit.key_text(Ed25519PrivateKey.generate().public_key().public_bytes_raw())

    found = verify.verify(export.lines(world.backup_url), [stranger], [note])

    assert found.anomalies == [("signature", "", "1")]
    assert found.sure is None


def test_an_export_cut_short_says_so(world):
    whole = list(export.lines(world.backup_url))

    found = verify.verify(whole[:-1], [], [])

    assert found.anomalies == [("cut", "")]


def test_a_partner_checks_its_own_chains_without_reading_the_others(world):
    note = world.seal().note
    mine = world.cast.maya.file_id

    lines = list(export.lines(world.backup_url, chains=[mine], checkpoints=[1]))
    found = verify.verify(lines, audit.public_keys(), [note])

    said = [json.loads(line) for line in lines]
    assert {line["chain"] for line in said if "chain" in line} == {str(mine)}
    assert (found.chains, found.anomalies, found.sure.number) == (1, [], 1)


def test_the_verifier_stands_alone_and_speaks_both_languages(world, tmp_path, monkeypatch):
    (tmp_path / "held.txt").write_text(world.seal().note)
    monkeypatch.setenv("DATABASE_BACKUP_URL", world.backup_url)
    call_command("export_journal", str(tmp_path / "journal.jsonl"), stdout=StringIO())
    alone = tmp_path / "verify.py"
    alone.write_bytes(Path(verify.__file__).read_bytes())

    def say(language: str) -> list[str]:
        run = subprocess.run(
            [
                sys.executable, "-I", "-S", alone, tmp_path / "journal.jsonl",
                "--language", language, "--key", audit.public_keys()[0],
                "--checkpoint", tmp_path / "held.txt",
            ],
            capture_output=True, text=True, cwd="/", check=True,
        )  # fmt: skip
        return run.stdout.splitlines()

    with psycopg.connect(world.backup_url) as admin:
        chains, events = admin.execute("select count(*), sum(position) from audit_head").fetchone()
    # The event that tells of the sealing came after the photograph.
    assert say("en") == [
        f"{chains} chains, {events} events: nothing was altered.",
        f"Sure up to checkpoint 1 (2026-03-02T14:00:00+00:00, {events - 1} events).",
    ]
    assert say("fr") == [
        f"{chains} chaînes, {events} événements : rien n’a été altéré.",
        "Certain jusqu’au point de contrôle 1 "
        f"(2026-03-02T14:00:00+00:00, {events - 1} événements).",
    ]


@pytest.mark.parametrize("size", range(40))
def test_the_root_is_that_of_rfc_6962(size):
    leaves = [hashlib.sha256(bytes([n])).digest() for n in range(size)]
    tree = verify.Tree()
    for leaf in leaves:
        tree.add(leaf)

    assert tree.root() == root_by_definition(leaves)


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = root_by_definition(leaves[:k]), root_by_definition(leaves[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_verifier_judges_signatures_as_the_library_does():
    key = Ed25519PrivateKey.generate()
    public, message = key.public_key(), b"journal"
    good = key.sign(message)
    spoiled = [bytes([*good[:n], good[n] ^ 1, *good[n + 1 :]]) for n in range(64)]

    for signature in [good, *spoiled]:
        try:
            public.verify(signature, message)
            expected = True
        except InvalidSignature:
            expected = False
        assert verify.signed(message, signature, public.public_bytes_raw()) is expected
    assert not verify.signed(b"another", good, public.public_bytes_raw())


def test_nobody_but_the_sealer_signs_a_checkpoint(cast):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(cast.louise):
        audit.seal(by=cast.louise, at=MONDAY)


def test_a_checkpoint_is_kept_as_written(world):
    number = world.seal().number

    with world.admin() as admin, pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("update audit_checkpoint set events = 0 where number = %s", [number])


def test_an_event_says_who_acted_even_when_the_application_lies(cast):
    with acting(cast.ines):
        Event.objects.bulk_create(
            [
                Event(
                    id=cast.maya.file_id, at=MONDAY - timedelta(days=9), chain="FILE",
                    chain_id=cast.maya.file_id, actor_id=cast.louise.user_id,
                    organisation_id=cast.institute.id, roles=["coordinator"], purpose="other",
                    action="open", sections=[], record_ids=[],
                )
            ]
        )  # fmt: skip
        written = Event.objects.get(pk=cast.maya.file_id)

    assert (written.actor_id, written.organisation_id, written.roles, written.purpose) == (
        cast.ines.user_id, cast.la_maison.id, ["youth_worker"], "ordinary",
    )  # fmt: skip
    assert written.at == MONDAY


def test_each_checkpoint_tells_of_the_one_before(world):
    first = world.seal(at=MONDAY)
    second = world.seal(at=MONDAY + timedelta(hours=1))

    with world.acting(SEALER):
        told = list(
            Event.objects.filter(action="journal.sealed").order_by("number").values_list("digest")
        )
    assert [bytes(d) for (d,) in told] == [first.root, second.root]
    assert second.events == first.events + 1


def test_the_sealer_seals_by_itself_each_hour(world):
    tasks.seal(timestamp=0)
    tasks.seal(timestamp=3600)

    with world.acting(SEALER):
        numbers = list(Checkpoint.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2]
