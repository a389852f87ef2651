"""A site on a PostgreSQL of its own, whose processes a proof may kill, or restart.

Nothing here touches the server the other tests use: `standing` starts another one, in a folder that
goes with the test, and fills it with a copy of a committed world. Writers send notes through the
real pages, each again until it is acknowledged, as a person with a poor phone would.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg
from django.conf import settings

from spheres.accounts import actions as accounts
from spheres.config import cluster, processes
from spheres.config.postgres import Server
from spheres.core import clock
from spheres.followup.notes.forms import NoteForm
from tests.proofs.committed_world import World, at_database, dump, run_program

ROOT = Path(__file__).resolve().parents[2]
# Each run its own, or a neighbour's site would answer while this one is dead.
PORTS = range(19000, 19900)
# Outside the range from which our servers draw: nobody takes the port while this one is dead.
DATABASE_PORTS = range(18600, 18900)
TOKEN = "t" * 32  # a visitor brings her own token in cookie and form: Django compares the two
NAME = "test_fragile"
PATIENCE = 240.0
TRACES = ("Traceback", "psycopg", "OperationalError", "django.", 'File "')


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    location: str = ""


@dataclass
class Tally:
    """What the writers sent, what was acknowledged, and each page that did not acknowledge."""

    sent: set[UUID] = field(default_factory=set)
    acknowledged: set[UUID] = field(default_factory=set)
    tries: int = 0
    silences: int = 0
    faults: list[Answer] = field(default_factory=list)

    @property
    def ugly(self) -> list[Answer]:
        """Pages that are not ours, or say something of the machine."""
        return [
            page
            for page in self.faults
            if page.status < 500
            or "<main" not in page.body
            or any(trace in page.body for trace in TRACES)
        ]


@dataclass
class Fragile:
    """The site, its server of the database, and one worker's session in it."""

    file_id: UUID  # whose notes she signs
    postgres: Server
    database: cluster.Cluster
    port: int
    key: str
    logs: Path
    app: processes.Background | None = None
    more: dict[str, str] = field(default_factory=dict)  # variables of the application
    code: Path = ROOT  # which version of it serves
    # As the form signs its number; the form itself would ask this process's database for words.
    number: Callable[[str], str] = field(default_factory=lambda: NoteForm.signer().sign)

    @property
    def file_page(self) -> str:
        return f"/files/{self.file_id}/"

    @property
    def staff_host(self) -> str:
        return self.more.get("SPHERES_STAFF_HOST", settings.STAFF_HOST)

    @property
    def log(self) -> str:
        """What the server has written since it was started."""
        return (self.logs / "server.log").read_text(errors="replace")

    def start_app(self) -> None:
        self.app = processes.Background(
            "server",
            processes.site(self.port),
            {
                **{k: v for k, v in os.environ.items() if not k.startswith("DATABASE_")},
                "DATABASE_URL": self.database.app_url,
                "SPHERES_PORT": str(self.port),
                **self.more,
            },
            log=self.logs / "server.log",
            cwd=self.code,
        )  # fmt: skip

    def kill_app(self) -> None:
        assert self.app is not None
        os.killpg(self.app.process.pid, signal.SIGKILL)
        self.app.process.wait()

    def kill_database(self) -> None:
        """The postmaster and all its children, without a word."""
        pid = int((self.postgres.data / "postmaster.pid").read_text().splitlines()[0])
        for victim in (pid, *_children_of(pid)):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)

    def stop_database(self) -> None:
        self.postgres.stop()

    def start_database(self) -> None:
        if self.postgres._users is not None:
            self.postgres._users.close()
        before = self.postgres.port
        self.postgres.start()
        assert self.postgres.port == before, "another server took the port meanwhile"

    def wait_for_a_page(self) -> float:
        """Seconds until a page is given again."""
        began, met = time.monotonic(), list[object]()
        while time.monotonic() < began + PATIENCE:
            assert self.app is not None
            self.app.refuse_if_gone()
            try:
                answer = self.ask("GET", "/sign-in/", self.staff_host, timeout=10)
            except (OSError, http.client.HTTPException) as silence:
                met.append(type(silence).__name__)
            else:
                if answer.status == 200:
                    return time.monotonic() - began
                met.append(answer.status)
            time.sleep(0.05)
        raise AssertionError(f"the site does not come back: {met[-10:]}")

    def ask(
        self,
        method: str,
        path: str,
        host: str,
        body: str = "",
        cookie: str = "",
        timeout: float = PATIENCE,
    ) -> Answer:
        asked = http.client.HTTPConnection(processes.HOST, self.port, timeout=timeout)
        try:
            asked.request(
                method,
                path,
                body,
                {
                    "Host": host if host == settings.STAFF_HOST else f"{host}:{self.port}",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Sec-Fetch-Site": "same-origin",
                    **({"Cookie": cookie} if cookie else {}),
                },
            )
            answer = asked.getresponse()
            return Answer(answer.status, answer.read().decode(), answer.getheader("Location", ""))
        finally:
            asked.close()

    def send_note(self, note_id: UUID, words: str) -> Answer:
        """What the worker's browser sends when she signs."""
        form = {
            "form_id": self.number(note_id.hex),
            "csrfmiddlewaretoken": TOKEN,
            "kind": "meeting",
            "day": "2026-03-02",
            "her_words": words,
        }
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        path = f"{self.file_page}notes/new/"
        return self.ask("POST", path, settings.STAFF_HOST, urlencode(form), cookie)

    @contextmanager
    def writers(self, threads: int, *, words: str = "Oui.") -> Iterator[Tally]:
        """So many people sign notes without rest until the block ends."""
        tally, over = Tally(), threading.Event()
        crowd = [
            threading.Thread(target=self._write, args=(tally, over, words)) for _ in range(threads)
        ]
        for writer in crowd:
            writer.start()
        try:
            yield tally
        finally:
            over.set()
            for writer in crowd:
                writer.join()

    def _write(self, tally: Tally, over: threading.Event, words: str) -> None:
        while not over.is_set():
            note_id = uuid4()
            tally.sent.add(note_id)
            while not over.is_set():
                tally.tries += 1
                try:
                    answer = self.send_note(note_id, words)
                except (OSError, http.client.HTTPException):
                    tally.silences += 1
                else:
                    # Sent on to the file, and not to the door.
                    if answer.status == 302 and answer.location == self.file_page:
                        tally.acknowledged.add(note_id)
                        break
                    tally.faults.append(answer)
                time.sleep(0.05)

    def kept(self) -> dict[UUID, tuple[int, int, int]]:
        """Each note that stands: how many rows, how many standings, how many events signed it."""
        with psycopg.connect(at_database(str(self.database.admin_url), NAME)) as admin:
            rows = admin.execute(
                "select n.id, count(distinct n.ctid), count(s.note_id) from notes_note n "
                "left join notes_notestatus s on s.note_id = n.id where n.file_id = %s group by 1",
                [self.file_id],
            ).fetchall()
            signed = admin.execute(
                "select r, count(*) from audit_event e, unnest(e.record_ids) r "
                "where e.action = 'note.signed' group by r"
            ).fetchall()
        events = dict(signed)
        return {note: (texts, stands, events.get(note, 0)) for note, texts, stands in rows}


def lost_and_doubled(site: Fragile, tally: Tally) -> tuple[set[UUID], set[UUID]]:
    """What was acknowledged and is not whole, and what stands more than once."""
    kept = site.kept()
    lost = {note for note in tally.acknowledged if min(kept.get(note, (0, 0, 0))) < 1}
    doubled = {note for note, counts in kept.items() if max(counts) > 1}
    return lost, doubled


@contextmanager
def standing(
    world: World, folder: Path, *, more: dict[str, str] | None = None
) -> Iterator[Fragile]:
    """The site, up and answering, on a copy of `world` in a server of its own."""
    at = clock.now()
    key = accounts.come_in(world.cast.ines.user_id, at=at, way="passkey").session_key
    world_dump = folder / "world.dump"
    dump(at_database(os.environ["DATABASE_ADMIN_URL"], world.name), world_dump, "-Fc")
    ours = _own_cluster(folder / "var")
    postgres = ours.stop.__self__  # type: ignore[attr-defined]  -- the server it would stop
    try:
        database = ours.create_database(NAME)
        run_program(
            "pg_restore", f"--dbname={at_database(str(ours.admin_url), NAME)}",
            str(world_dump),
        )  # fmt: skip
        port = processes.first_free(PORTS[os.getpid() % len(PORTS) :])
        assert port is not None
        maya = world.cast.maya.file_id
        site = Fragile(maya, postgres, database, port, key, folder, more=more or {})
        site.start_app()
        try:
            site.wait_for_a_page()
            yield site
        finally:
            assert site.app is not None
            site.app.stop()
    finally:
        with suppress(OSError):
            postgres.stop()
        shutil.rmtree(postgres.data, ignore_errors=True)


def _own_cluster(var: Path) -> cluster.Cluster:
    """A durable server, whatever server the suite itself runs on."""
    var.mkdir(parents=True, exist_ok=True)
    first = DATABASE_PORTS[os.getpid() % len(DATABASE_PORTS) :]
    (var / "fragile.port").write_text(str(processes.first_free(first)))
    with hidden():
        return cluster.up(var=var, name="fragile")


@contextmanager
def hidden() -> Iterator[None]:
    """The suite’s own server is not seen: a server of its own is started."""
    named = {n: os.environ.pop(n) for n in list(os.environ) if n.startswith("DATABASE_")}
    try:
        yield
    finally:
        os.environ.update(named)


def _children_of(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(entry.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.parent.name))
    return found
