"""A past release as it was: its database, the key file of its texts, the code that served it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core import signing

from spheres.config import cluster, keyfile, processes
from spheres.config.continuity import programs
from spheres.followup.notes.forms import NoteForm
from tests.proofs.committed_world import at_database
from tests.proofs.fragile import NAME, PORTS, ROOT, Fragile, hidden

RELEASES = sorted(path for path in (ROOT / "tests" / "releases").iterdir() if path.is_dir())
# Somebody who accompanies a young person that is followed there, and may write in her file.
A_WORKER = """
select a.user_id, a.file_id from participants_assignment a
  join participants_file f on f.id = a.file_id
  join participants_followup u on u.file_id = f.id
  join accounts_membership m on m.user_id = a.user_id and m.organisation_id = f.holder_id
where a.ends_at is null and a.part = 'PIVOT' and m.ends_at is null and m.role = 'youth_worker'
  and (select status from participants_followupstatus s where s.follow_up_id = u.id
       order by status_at desc limit 1) = 'ACTIVE'
order by (select count(*) from notes_note n where n.file_id = f.id) desc, f.id limit 1"""
COME_IN = """
from uuid import UUID
from spheres.accounts import actions
from spheres.core import clock
print(actions.come_in(UUID("{user}"), at=clock.now(), way="passkey").session_key)
"""


@dataclass(frozen=True)
class Kept:
    """The database of a release in a server of its own, and what its code must be told."""

    everything: cluster.Cluster
    database: cluster.Cluster
    env: dict[str, str]

    @property
    def admin_url(self) -> str:
        return at_database(str(self.database.admin_url), NAME)

    def manage(self, *arguments: str, code: Path = ROOT, role: str = "app") -> str:
        """What a command says when it ends well, of this version or of another."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=code, capture_output=True, text=True,
            env={**self.env, "SPHERES_ROLE": role},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), done.stderr[-1500:]
        return done.stdout


@contextmanager
def released(folder: Path, tmp_path: Path) -> Iterator[Kept]:
    """The database of a release, put back; its key file, closed as it must be."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    key = closed / "key"
    key.touch(mode=0o600)
    key.write_bytes((folder / "key").read_bytes())
    with hidden():
        everything = cluster.up(var=tmp_path / "var")
    try:
        database = everything.create_database(NAME)
        programs.run("pg_restore", str(everything.admin_at(NAME)),
                     f"--dbname={NAME}", str(folder / "database.dump"))  # fmt: skip
        env = {**os.environ, **database.environment(), keyfile.VARIABLE: str(key)}
        yield Kept(everything, database, env)
    finally:
        everything.stop()


def code_of(folder: Path, tmp_path: Path) -> Path:
    """The code that was released. Skipped in a clone that does not go so far back."""
    commit = (folder / "commit").read_text().strip()
    told = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True)
    if told.returncode:
        assert os.environ.get("CI") != "true", f"the clone does not hold {commit}"
        pytest.skip(f"this clone does not hold {commit}, the code of the release")
    place = tmp_path / "code"
    with tarfile.open(fileobj=io.BytesIO(told.stdout)) as code:
        code.extractall(place, filter="data")
    return place


@contextmanager
def serving(kept: Kept, code: Path, logs: Path, *, key: str = "") -> Iterator[Fragile]:
    """The site, up and answering, by the code of a version; a worker has come in by that code.

    `key` is of a session that was opened before: she then stays as she was.
    """
    with psycopg.connect(kept.admin_url) as admin:
        user, file_id = admin.execute(A_WORKER).fetchone()
    if not key:
        key = _come_in(kept, code, user)
    secret = keyfile.read(Path(kept.env[keyfile.VARIABLE])).derive("django")
    port = processes.first_free(PORTS[os.getpid() % len(PORTS) :])
    assert port is not None
    site = Fragile(
        file_id, kept.everything.stop.__self__, kept.database, port, key, logs,
        more={keyfile.VARIABLE: kept.env[keyfile.VARIABLE]},
        code=code,
        number=signing.Signer(key=secret, salt=NoteForm.signer().salt).sign,
    )  # fmt: skip
    site.start_app()
    try:
        site.wait_for_a_page()
        yield site
    finally:
        assert site.app is not None
        site.app.stop()


def _come_in(kept: Kept, code: Path, user: UUID) -> str:
    """As its own door opens a session for whoever has proved who she is."""
    said = kept.manage("shell", "--no-imports", "-c", COME_IN.format(user=user), code=code)
    return said.split()[-1]


def cookie_of(site: Fragile) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={site.key}"
