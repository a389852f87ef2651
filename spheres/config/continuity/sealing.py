"""How is a copy written so that half of one is never taken for whole, and opened by whom it is for?

The format is that of `age` (age-encryption.org): its own programme opens what is sealed here.
"""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import pyrage
from pyrage import x25519

from spheres.config.continuity.recipients import Recipient, Refused

AT_ONCE: Final = 1 << 20


class Reads(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writes(Protocol):
    def write(self, part: bytes, /) -> int: ...

    def flush(self) -> None: ...


@dataclass(frozen=True)
class Sealed:
    """What stands in the folder: its size in bytes and its digest."""

    name: str
    size: int
    sha256: str


def seal(source: Reads, place: Path, recipients: Iterable[Recipient]) -> Sealed:
    """Write all that the source gives, sealed; named only once the disk has it."""
    draft = place.with_name(f"{place.name}.part")
    try:
        with writing_in(place.parent), draft.open("wb") as file, _own_words() as said:
            os.fchmod(file.fileno(), 0o600)
            out = _Told(file, said)
            keys = [one.key for one in recipients]
            pyrage.encrypt_io(_Source(source, said), out, keys)
            file.flush()
            os.fsync(file.fileno())
            draft.replace(place)
            _keep_name(place.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Sealed(place.name, out.size, out.digest.hexdigest())


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """What the disk refuses, said in a sentence; the caller leaves nothing half written."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(
                f"{folder} is full: nothing of this copy is kept, and those before it stand. Make "
                "room, then begin again."
            ) from error
        raise Refused(f"This copy could not be written in {folder}: {error}.") from error


def open_to(place: Path, out: Writes, identity: x25519.Identity) -> None:
    """Give what is sealed to `out.write`; a byte changed on the way is refused.

    What was given before the changed byte was met is the caller’s to throw away.
    """
    with place.open("rb") as file:
        try:
            with _own_words() as said:
                pyrage.decrypt_io(file, _Told(out, said), [identity])
        except pyrage.DecryptError as error:
            if "matching keys" in str(error):
                raise Refused(
                    f"{place.name} was not sealed for this key: bring the one of an organisation "
                    "named when it was made."
                ) from error
            raise Refused(f"{place.name} is not whole, or was altered: take another.") from error
        except OSError as error:
            if error.errno is not None:  # of whoever reads it, who says why
                raise
            raise Refused(f"{place.name} is not whole, or was altered: take another.") from error


@contextmanager
def _own_words() -> Iterator[list[BaseException]]:
    """The library tells a fault of a file in its own words: the first that was met is told."""
    met: list[BaseException] = []
    try:
        yield met
    except Exception as error:
        if met:
            raise met[0] from error
        raise


class _Source:
    def __init__(self, source: Reads, met: list[BaseException]) -> None:
        self._source, self._met = source, met

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._source.read(size)
        except BaseException as error:
            self._met.append(error)
            raise


def digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Squeezed:
    """What a source gives, made smaller on its way (zlib)."""

    def __init__(self, source: Reads) -> None:
        self._source, self._made = source, bytearray()
        self._press, self._is_over = zlib.compressobj(1), False

    def read(self, size: int = -1, /) -> bytes:
        wanted = AT_ONCE if size < 0 else size
        while len(self._made) < wanted and not self._is_over:
            found = self._source.read(AT_ONCE)
            if found:
                self._made += self._press.compress(found)
            else:
                self._made += self._press.flush()
                self._is_over = True
        given = bytes(self._made[:wanted])
        del self._made[:wanted]
        return given


class Stretched:
    """What was squeezed, given as it was to another writer."""

    def __init__(self, out: Writes) -> None:
        self._out, self._press = out, zlib.decompressobj()

    def write(self, part: bytes) -> int:
        self._out.write(self._press.decompress(part))
        return len(part)

    def flush(self) -> None:
        self._out.flush()


class _Told:
    """A file that counts and digests what it is given."""

    def __init__(self, file: Writes, met: list[BaseException]) -> None:
        self._file, self._met, self.size, self.digest = file, met, 0, hashlib.sha256()

    def write(self, part: bytes) -> int:
        self.size += len(part)
        self.digest.update(part)
        try:
            return self._file.write(part)
        except BaseException as error:
            self._met.append(error)
            raise

    def flush(self) -> None:
        self._file.flush()


def _keep_name(folder: Path) -> None:
    """A name is on the disk once its folder is."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def from_program(
    command: Sequence[str | Path],
    env: dict[str, str],
    place: Path,
    recipients: Iterable[Recipient],
    *,
    squeezed: bool = False,
) -> Sealed:
    """Seal what a programme writes; a programme that gives up leaves no copy."""
    with subprocess.Popen(  # noqa: S603 -- arguments are ours
        [str(part) for part in command], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        source = _Whole(process, Path(command[0]).name)
        return seal(Squeezed(source) if squeezed else source, place, recipients)


class _Whole:
    """What a programme writes; at its end, whether it ended well."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self._process, self._name = process, name

    def read(self, size: int = -1, /) -> bytes:
        assert self._process.stdout is not None
        found = self._process.stdout.read(AT_ONCE if size < 0 else size)
        if not found and self._process.wait():
            assert self._process.stderr is not None
            last = self._process.stderr.read().decode(errors="replace").strip()[-400:]
            raise Refused(f"{self._name} gave up: {last}")
        return found
