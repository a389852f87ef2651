"""How is any instant of the last days brought back? A whole copy each week, and the log since.

The server sends its write-ahead log as it writes it (`pg_receivewal`, by a slot that makes it wait
for us). Each full segment is sealed at once, the one that is being filled every minute: what a fire
takes is a minute, plus the time to seal it. All of it holds the keys of texts, so all of it lives
fourteen days.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

import psycopg

from spheres.config import processes
from spheres.config.continuity import nightly, programs, sealing
from spheres.config.continuity.recipients import Recipient, Refused

SLOT: Final = "spheres_copies"
EVERY: Final = 60.0  # seconds between two seals of the segment that is being filled
HOUR: Final = 3600.0  # seconds between two looks at what is too old
WEEK: Final = timedelta(days=7)
KEPT: Final = timedelta(days=nightly.KEYS_DAYS)
FILLED_BY: Final = ".partial"
ASKED: Final = "select setting::bigint from pg_settings where name = 'wal_segment_size'"
NO_ROOM: Final = "No space left on device"  # its programmes speak English to us: see `programs`
OF_THE_SERVER: Final = "ERROR: "
FROM: Final = ".from"  # beside a whole copy: the part of the log it goes on from, or one before


@dataclass
class Following:
    """One server's log, followed into one folder."""

    url: str
    folder: Path
    recipients: tuple[Recipient, ...]
    spool: Path  # closed, on the database's own machine: what is here is not sealed yet
    every: float = EVERY

    def __post_init__(self) -> None:
        for place in (self.folder, self.folder / "wal", self.spool):
            with sealing.writing_in(place):
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._seen: dict[str, tuple[int, int]] = {}
        self._last = 0.0
        self._segment = 0  # how many bytes a part of the log has, as the server says it

    @contextmanager
    def receiving(self) -> Iterator[programs.Heard]:
        """The log comes in for as long as this lasts."""
        receive = [str(programs.program("pg_receivewal")), f"--slot={SLOT}"]
        env = programs.variables(self.url)
        made = subprocess.run(  # noqa: S603 -- arguments are ours
            [*receive, "--create-slot", "--if-not-exists"],
            env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise Refused(
                f"The server does not send its log to this role: {made.stderr.strip()[-300:]}\n"
                "It needs REPLICATION, and a line for `replication` in pg_hba.conf. A managed "
                "server keeps its own point in time: use that one."
            )
        with psycopg.connect(self.url) as connection:
            row = connection.execute(ASKED).fetchone()
        assert row is not None
        self._segment = row[0]
        for place in self.spool.glob(f"*{FILLED_BY}"):
            if not self._has_its_room(place):
                place.unlink()  # the programme stops at it for ever
        process = subprocess.Popen(  # noqa: S603 -- arguments are ours
            [*receive, f"--directory={self.spool}", "--synchronous", "--no-password"],
            env=env, stderr=subprocess.PIPE, text=True, errors="replace",
            preexec_fn=processes.leave_with_parent,  # alone, it would hold the slot for ever
        )  # fmt: skip
        heard = programs.Heard(process)
        try:
            yield heard
        finally:
            heard.end()

    def once(self) -> list[str]:
        """Seal what came since; a full segment leaves the spool once its copy is on the disk."""
        sealed = []
        for place in sorted(self.spool.iterdir()):
            if place.suffix == FILLED_BY:
                with suppress(FileNotFoundError):  # filled meanwhile: it has another name
                    is_due = time.monotonic() - self._last >= self.every
                    if is_due and self._has_its_room(place) and self._changed(place):
                        sealed.append(self._seal(place))
                        self._last = time.monotonic()
            elif (
                place.suffix == ".history" and (self.folder / "wal" / f"{place.name}.age").exists()
            ):
                continue  # it stays in the spool, which is how the log goes on
            elif place.is_file():
                sealed.append(self._seal(place))
                # The start of a segment is not needed beside the whole of it.
                (self.folder / "wal" / f"{place.name}{FILLED_BY}.age").unlink(missing_ok=True)
                if not place.name.endswith(".history"):
                    place.unlink()
        return sealed

    def _has_its_room(self, place: Path) -> bool:
        """All the room of a part is taken before its first byte is written: one that found none is
        not the start of anything, and a server does not take it."""
        return place.stat().st_size == self._segment

    def _changed(self, place: Path) -> bool:
        said = place.stat()
        now = (said.st_mtime_ns, said.st_ino)
        changed = self._seen.get(place.name) != now
        self._seen = {place.name: now}
        return changed

    def _seal(self, place: Path) -> str:
        with place.open("rb") as source:
            squeezed = sealing.Squeezed(source)
            sealing.seal(squeezed, self.folder / "wal" / f"{place.name}.age", self.recipients)
        return place.name

    def base(self, *, at: datetime) -> str:
        """A whole copy of the server, from which the log goes on."""
        name = f"base-{at.astimezone(UTC).strftime(nightly.STAMP)}.age"
        with psycopg.connect(self.url) as connection:
            row = connection.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()
        assert row is not None
        place = self.folder / name
        try:
            with sealing.writing_in(self.folder):
                place.with_suffix(FROM).write_text(f"{row[0]}\n")
            sealing.from_program(
                [programs.program("pg_basebackup"), "--pgdata=-", "--format=tar",
                 "--wal-method=fetch", "--checkpoint=fast", "--no-password"],
                programs.variables(self.url), place, self.recipients, squeezed=True,
            )  # fmt: skip
        except BaseException:
            place.with_suffix(FROM).unlink(missing_ok=True)
            raise
        return name

    def run(
        self,
        *,
        clock: Callable[[], datetime],
        say: Callable[[str], object],
        over: Event,
    ) -> None:
        """Until it is over: the log, a whole copy each week, and what is too old taken away.

        Raises Refused when the server stops sending, and when there is no room left.
        """
        # Before anything that may not succeed: a disk full of old copies would stay full.
        for name in tidy(self.folder, at=clock()):
            say(f"Taken away: {name}")
        tidied = time.monotonic()
        with self.receiving() as heard:
            while not over.is_set():
                self._say_what_it_met(heard, say)
                newest = [moment for moment, _file in bases(self.folder)][-1:]
                if not newest or clock() - newest[0] > WEEK:
                    say(f"A whole copy: {self.base(at=clock())}")
                if time.monotonic() - tidied > HOUR:  # the keys in a copy do not wait for the next
                    tidied = time.monotonic()
                    for name in tidy(self.folder, at=clock()):
                        say(f"Taken away: {name}")
                self.once()
                over.wait(1)

    def _say_what_it_met(self, heard: programs.Heard, say: Callable[[str], object]) -> None:
        """It asks the server again by itself, and says why; where there is no room, it never ends,
        even once some is made."""
        for line in heard.new():
            if NO_ROOM in line and OF_THE_SERVER not in line:
                raise Refused(
                    f"{self.spool} is full: the log that comes finds no room there. The server "
                    "keeps it meanwhile, on its own disk: make room, then begin again."
                )
            say(line)
        if heard.is_over:
            raise Refused("The server stopped sending its log: see that it runs, then begin again.")


def bases(folder: Path) -> list[tuple[datetime, Path]]:
    """The whole copies, oldest first, each with the moment it began."""
    return _begun(folder, ".age")


def _begun(folder: Path, suffix: str) -> list[tuple[datetime, Path]]:
    found = []
    for place in folder.glob(f"base-*Z{suffix}"):
        with suppress(ValueError):
            stamp = place.name.removeprefix("base-").removesuffix(suffix)
            moment = datetime.strptime(stamp, nightly.STAMP).replace(tzinfo=UTC)
            found.append((moment, place))
    return sorted(found)


def tidy(folder: Path, *, at: datetime) -> list[str]:
    """Nothing older than fourteen days, whatever stopped in between: each whole copy, and each part
    of the log, holds the keys of its day. The nights stay for whoever has no younger whole copy."""
    known = bases(folder)
    old = [place for moment, place in known if at - moment > KEPT]
    kept = [moment for moment, place in known if place not in old]
    before = (kept[0] - timedelta(hours=1) if kept else at - KEPT).timestamp()
    # The smallest place: a new server, whose log begins again, may be followed into this folder.
    since = min((_first(place) for _moment, place in known if place not in old), default="")
    old += [
        place
        for place in (folder / "wal").glob("*.age")
        if ".history" not in place.name
        # By its place in the log too: after a pause, what is old is sealed late.
        and (place.stat().st_mtime < before or place.name[8:24] < since[8:])
    ]
    # What is left of one that was killed while it was made.
    old += [place for moment, place in _begun(folder, ".age.part") if at - moment > nightly.HALF]
    for place in old:
        place.unlink()
        place.with_name(place.name.removesuffix(".part")).with_suffix(FROM).unlink(missing_ok=True)
    return [place.name for place in old]


def _first(base: Path) -> str:
    """The first part of the log that this whole copy may ask for; empty when it was not written."""
    beside = base.with_suffix(FROM)
    return beside.read_text().strip() if beside.exists() else ""  # then nothing goes by its place
