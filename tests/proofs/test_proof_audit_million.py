"""How long does a partner wait to verify the journal of years? (T14)"""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from spheres.audit import actions as audit
from spheres.audit import export, verify
from tests.proofs.committed_world import World

FILL = """
insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose, action,
    sections, record_ids, digest, basis, session, network, transaction, number)
  select gen_random_uuid(), timestamptz '2026-01-05 14:00Z' + n * interval '20 s', 'FILE',
    md5('file ' || n %% %(chains)s)::uuid, md5('worker ' || n %% 60)::uuid, md5('house')::uuid,
    '{{youth_worker}}', 'ordinary', 'open', '{{notes}}', array[gen_random_uuid()], '', '',
    md5(n::text)::varchar(16), '10.0.0', 1000 + n, 1000000 + n
  from generate_series(1, %(events)s) n""".replace("{{", "{").replace("}}", "}")

# The same hashes as the trigger's, in the order of writing, without a commit for each.
LINK = """
do $$ declare e audit_event; chain uuid; place bigint; last bytea; begin
  for e in select v.* from audit_event v
      where not exists (select from audit_link l where l.event_id = v.id)
      order by v.chain_id, v.number loop
    if chain is distinct from e.chain_id then
      if chain is not null then insert into audit_head values (chain, place, last); end if;
      chain := e.chain_id; place := 0; last := decode(repeat('00', 32), 'hex');
    end if;
    place := place + 1;
    last := sha256(last || access.canonical(e));
    insert into audit_link (event_id, chain_id, position, hash) values (e.id, chain, place, last);
  end loop;
  insert into audit_head values (chain, place, last);
end $$"""


def fill(world: World, events: int, chains: int) -> None:
    with world.admin() as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(FILL, {"events": events, "chains": chains})
        admin.execute(LINK)
        admin.commit()
        admin.autocommit = True
        admin.execute("analyze audit_event, audit_link")


def verify_a_full_journal(world: World, tmp_path: Path, events: int, chains: int) -> dict:
    fill(world, events, chains)
    figures = {"events": events}
    began = time.perf_counter()
    note = world.seal().note
    figures["seal s"] = time.perf_counter() - began
    file = tmp_path / "journal.jsonl"
    began = time.perf_counter()
    with file.open("w", encoding="utf-8") as journal:
        journal.writelines(export.lines(world.backup_url))
    figures["export s"] = time.perf_counter() - began
    figures["export MB"] = file.stat().st_size / 1e6
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="\n") as journal:
        found = verify.verify(journal, audit.public_keys(), [note])
    figures["verify s"] = time.perf_counter() - began
    print({name: round(figure, 2) for name, figure in figures.items()})  # noqa: T201

    assert found.anomalies == []
    assert found.sure.number == 1
    assert found.events > events
    return figures


def test_ten_thousand_events_are_verified(world, tmp_path):
    verify_a_full_journal(world, tmp_path, 10_000, 100)


@pytest.mark.proof
def test_a_million_events_are_verified_in_less_than_a_minute(world, tmp_path):
    figures = verify_a_full_journal(world, tmp_path, 1_000_000, 5_000)

    assert figures["verify s"] < 60


def test_verifying_needs_no_more_memory_for_a_longer_journal(world, tmp_path):
    fill(world, 5_000, 50)
    note = world.seal().note
    lines = list(export.lines(world.backup_url))
    tracemalloc.start()

    verify.verify(iter(lines), audit.public_keys(), [note])

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000
