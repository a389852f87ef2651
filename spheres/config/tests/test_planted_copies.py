"""Is a command that a copy names never run, and a file it points to never written over?"""

from __future__ import annotations

import io
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from spheres.config import cluster, secret_store
from spheres.config.continuity import following, recipients, restoring, sealing
from spheres.config.continuity.recipients import Refused
from spheres.config.postgres import Server
from tests.keepers import keepers

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)


@pytest.fixture
def elsewhere(project_var):
    """An empty host, beside the server that is copied."""
    place = project_var.parent / "elsewhere"
    place.mkdir(mode=0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def written(project_var):
    """Where a command that runs as any account could leave its trace."""
    place = project_var.parent / "open"
    place.mkdir()
    place.chmod(0o777)
    yield place / "it_ran"
    shutil.rmtree(place)


def put_back(folder, identity, var):
    passwords = secret_store.load(var / "secrets.json")
    server = Server(var, "postgres", password=passwords["postgres"])
    restoring.instant(folder, recipients.identity(identity), server, passwords)
    return server.data


def test_no_command_of_a_copy_runs_and_its_rows_come_back(
    project_var, no_steering, elsewhere, written, tmp_path
):
    both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    with cluster.up(var=project_var) as server:
        (data,) = (Path(place).parent for place in project_var.rglob("PG_VERSION")
                   if place.parent.name == "postgres")  # fmt: skip
        with psycopg.connect(server.admin_url, autocommit=True) as admin:
            admin.execute("create table kept as select 7 as n")
            for name in ("recovery_end_command", "archive_cleanup_command"):
                admin.execute(f"alter system set {name} = 'touch {written}'")
            admin.execute("alter system set shared_preload_libraries = 'planted'")
        (data / "planted.conf").write_text(f"recovery_end_command = 'touch {written}'\n")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write("include = 'planted.conf'\n")
        (data / "pg_hba.conf").write_text(
            "host replication all 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
        )
        copies = following.Following(str(server.backup_url), tmp_path, both, tmp_path / "spool")
        copies.base(at=NOW)

    made = put_back(tmp_path, identity, elsewhere)

    assert not written.exists()
    assert [(made / name).read_text() for name in ("postgresql.conf", "postgresql.auto.conf")] == [
        "", "",
    ]  # fmt: skip
    with cluster.up(var=elsewhere) as again, psycopg.connect(again.admin_url) as admin:
        assert admin.execute("select n from kept").fetchall() == [(7,)]
        (refused,) = admin.execute("select count(*) from pg_hba_file_rules where auth_method "
                                   "<> 'scram-sha-256'").fetchone()  # fmt: skip
    assert refused == 0
    assert not written.exists()


def test_a_copy_that_leads_out_of_its_folder_is_refused(no_steering, elsewhere, tmp_path):
    """Its settings would be written over a file of this machine."""
    both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    outside = tmp_path / "of_this_machine"
    outside.write_text("as it was")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        label = tarfile.TarInfo("backup_label")
        said = b"START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\n"
        label.size = len(said)
        tar.addfile(label, io.BytesIO(said))
        link = tarfile.TarInfo("postgresql.auto.conf")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside)
        tar.addfile(link)
    packed.seek(0)
    base = tmp_path / f"base-{NOW:%Y%m%dT%H%M%SZ}.age"
    sealing.seal(sealing.Squeezed(packed), base, both)

    with pytest.raises(Refused, match=r"holds postgresql\.auto\.conf, which leads out of it"):
        put_back(tmp_path, identity, elsewhere)

    assert outside.read_text() == "as it was"
    assert not (elsewhere / "postgres").exists()
