"""What is let out of the sandbox where a paper is read? One function in, one out.

A paper is bytes from anywhere. Whoever reads such bytes may be taken over by them: so they are
read in a process that has no network, no file of ours, no key, a little memory and a little time
(bubblewrap, then limits). Where it cannot run, no paper is taken: it is refused, not weakened.
"""

from __future__ import annotations

import os
import selectors
import shutil
import struct
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from spheres.core.decision import Decision, no, yes
from spheres.papers import making_anew

MEGABYTE: Final = 1_000_000
HEAVIEST: Final = 15 * MEGABYTE
MEMORY: Final = 512 * 1024 * 1024
SECONDS: Final = 20
# What one paper may leave with: a PDF of 15 MB and forty pages of pictures are under it.
MOST_OUT: Final = 60 * MEGABYTE
AT_ONCE: Final = 2  # in one process of the site; whoever comes third waits
PROGRAMME: Final = Path(making_anew.__file__)

TOO_LARGE: Final = _("This paper is larger than 15 MB. Take the picture again with less detail.")
NOT_KNOWN: Final = _(
    "This is none of the kinds that are taken: a picture (JPEG, PNG, WebP, HEIC) or a PDF."
)
NOT_AS_SAID: Final = _(
    "What is inside is not of the kind its name says. Take a new picture of the paper, or save it "
    "again as a PDF."
)
LOCKED: Final = _("This PDF asks for a password. Save it without one, then choose it again.")
UNREADABLE: Final = _("This paper could not be read. Take a new picture of it, or scan it again.")
TOO_MANY_PIXELS: Final = _(
    "This picture has more than 40 million pixels. Take it again with less detail."
)
TOO_MANY_PAGES: Final = _("This PDF has more than 40 pages. Send it in several parts.")
NOT_NOW: Final = _(
    "Papers cannot be added here for now: the closed space where they are read is not running. "
    "Keep the paper itself; whoever looks after this site can tell when it is mended."
)

ENDS: Final = {
    making_anew.LOCKED: LOCKED,
    making_anew.UNREADABLE: UNREADABLE,
    making_anew.TOO_MANY_PIXELS: TOO_MANY_PIXELS,
    making_anew.TOO_MANY_PAGES: TOO_MANY_PAGES,
}
# How each kind begins, and the endings a name may have.
NAMES: Final = {
    "JPEG": {"jpg", "jpeg", "jpe", "jfif"},
    "PNG": {"png"},
    "WEBP": {"webp"},
    "HEIF": {"heic", "heif"},
    "PDF": {"pdf"},
}
HEIF_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
_places = threading.BoundedSemaphore(AT_ONCE)


class NotTaken(Exception):
    """This paper is not taken; `reason` is the sentence for whoever sent it."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Taken:
    """What is kept of a paper: its pages as JPEG of ours; of a PDF, the cleaned copy too."""

    kind: str
    pages: tuple[bytes, ...]
    document: bytes = b""

    def __repr__(self) -> str:
        return f"<a paper of {len(self.pages)} pages>"

    @property
    def size(self) -> int:
        return len(self.document) + sum(map(len, self.pages))


def take_in(content: bytes, name: str) -> Taken:
    """Read a paper in the sandbox and give back what may be kept. Raises NotTaken with why not."""
    kind = kind_of(content, name)
    if not can_run():
        raise NotTaken(NOT_NOW)
    if not _places.acquire(timeout=SECONDS):
        raise NotTaken(NOT_NOW)
    try:
        code, out = run(command(kind), content)
    finally:
        _places.release()
    return let_out(kind, code, out)


def let_out(kind: str, code: int, out: bytes) -> Taken:
    """What the sandbox said, once it is looked at again from outside. Raises NotTaken."""
    if code:
        raise NotTaken(ENDS.get(code, UNREADABLE))
    try:
        parts = list(parts_of(out))
    except ValueError:
        raise NotTaken(UNREADABLE) from None
    document = parts.pop(0) if kind == "PDF" and parts else b""
    pages = tuple(parts)
    if not pages or not all(map(is_bare_picture, pages)) or bool(document) != (kind == "PDF"):
        raise NotTaken(UNREADABLE)
    if document and not document.startswith(b"%PDF-"):
        raise NotTaken(UNREADABLE)
    return Taken(kind, pages, document)


def kind_of(content: bytes, name: str) -> str:
    """What its first bytes say it is, when its name does not say otherwise."""
    if len(content) > HEAVIEST:
        raise NotTaken(TOO_LARGE)
    if content.startswith(b"\xff\xd8\xff"):
        kind = "JPEG"
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = "PNG"
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "WEBP"
    elif content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        kind = "HEIF"
    elif content.startswith(b"%PDF-"):
        kind = "PDF"
    else:
        raise NotTaken(NOT_KNOWN)
    ending = Path(name).suffix[1:].lower()
    if ending and ending not in NAMES[kind]:
        raise NotTaken(NOT_AS_SAID)
    return kind


def is_bare_picture(page: bytes) -> bool:
    """A JPEG as ours is written, from its first byte to its last: no note, nothing after it.

    Read without decoding: even the sandbox is not believed.
    """
    try:
        return page == making_anew.bare_jpeg(page)
    except making_anew.NotTaken:
        return False


def parts_of(out: bytes) -> Iterator[bytes]:
    """The parts that were written one after the other, and nothing beside them."""
    if len(out) < 4:
        raise ValueError("nothing")
    (number,) = struct.unpack(">I", out[:4])
    at = 4
    for _one in range(number):
        if at + 4 > len(out):
            raise ValueError("too short")
        (size,) = struct.unpack(">I", out[at : at + 4])
        if at + 4 + size > len(out):
            raise ValueError("too short")
        yield out[at + 4 : at + 4 + size]
        at += 4 + size
    if at != len(out):
        raise ValueError("too long")


@cache
def walls(programme: Path) -> tuple[str, ...]:
    """The sandbox: no network, no file but the programmes that read, nobody, nothing to write."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return ()
    python, library = Path(sys.base_prefix).resolve(), Path(sysconfig.get_paths()["purelib"])
    said = [
        bwrap, "--unshare-user", "--unshare-net", "--unshare-pid", "--unshare-ipc",
        "--unshare-uts", "--unshare-cgroup-try", "--disable-userns", "--die-with-parent",
        "--new-session", "--clearenv", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534",
        "--hostname", "nowhere", "--ro-bind", "/usr", "/usr",
    ]  # fmt: skip
    for each in ("/lib", "/lib64", "/bin"):
        if Path(each).is_symlink():
            said += ["--symlink", os.readlink(each), each]
        elif Path(each).exists():
            said += ["--ro-bind", each, each]
    if Path("/etc/ld.so.cache").exists():
        said += ["--ro-bind", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    if not python.is_relative_to("/usr"):
        said += ["--ro-bind", str(python), str(python)]
    said += ["--proc", "/proc", "--dev", "/dev", "--dir", "/readers"]
    for each in sorted(readers(library)):
        said += ["--ro-bind", str(library / each), f"/readers/{each}"]
    said += ["--ro-bind", str(programme), "/programme.py", "--remount-ro", "/", "--chdir", "/"]
    return (*said, interpreter())


def readers(library: Path) -> set[str]:
    """What of the installed packages the programme needs, and nothing else of ours."""
    wanted = {"PIL", "pillow", "pillow_heif", "_pillow_heif", "pikepdf", "pypdfium2", "lxml"}
    return {
        each.name
        for each in library.iterdir()
        if each.name.split("-")[0].split(".")[0] in wanted | {"pypdfium2_raw", "pypdfium2_cfg"}
    }


def interpreter() -> str:
    """The Python under the virtual environment: the environment itself stays outside."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return str(Path(sys.base_prefix).resolve() / "bin" / version)


def command(kind: str, programme: Path | None = None) -> list[str]:
    """How one programme is started in the sandbox: that of papers, or another that stands alone."""
    limits = [str(MEMORY), str(SECONDS)]
    return [
        *walls(programme or PROGRAMME),
        "-I",
        "-S",
        "-B",
        "/programme.py",
        "/readers",
        kind,
        *limits,
    ]


def run(words: list[str], content: bytes, *, seconds: float = SECONDS) -> tuple[int, bytes]:
    """What it answers, and how it ends; stopped when it is too long or says too much."""
    process = subprocess.Popen(  # noqa: S603 -- arguments are ours
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        out = _listened(process.stdin, process.stdout, content, until=time.monotonic() + seconds)
        if out is None:
            return making_anew.UNREADABLE, b""
        return process.wait(timeout=seconds), out
    except subprocess.TimeoutExpired:
        return making_anew.UNREADABLE, b""
    finally:
        process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()


def _listened(into: IO[bytes], out: IO[bytes], content: bytes, *, until: float) -> bytes | None:
    """Give it the paper and hear it to its end; None: too long, or too much."""
    heard: list[bytes] = []
    size, given = 0, memoryview(content)
    os.set_blocking(into.fileno(), False)
    os.set_blocking(out.fileno(), False)
    with selectors.DefaultSelector() as doors:
        doors.register(out, selectors.EVENT_READ)
        doors.register(into, selectors.EVENT_WRITE)
        while (left := until - time.monotonic()) > 0:
            for door, _event in doors.select(left):
                if door.fileobj is into:
                    try:
                        given = given[os.write(into.fileno(), given[:65_536]) :]
                    except BlockingIOError:
                        continue
                    except BrokenPipeError:  # it read no further: it ends by itself
                        given = memoryview(b"")
                    if not given:
                        doors.unregister(into)
                        into.close()
                    continue
                said = os.read(out.fileno(), 65_536)
                if not said:
                    return b"".join(heard)
                size += len(said)
                if size > MOST_OUT:
                    return None
                heard.append(said)
    return None


@cache
def _runs() -> bool:
    """Asked once in a process."""
    return bool(walls(PROGRAMME)) and is_closed(walls(PROGRAMME))


def is_closed(inside: tuple[str, ...]) -> bool:
    """Whether these walls stand: from inside, nothing outside is seen."""
    return run([*inside, "-I", "-S", "-c", SEES], b"") == (0, b"nothing")


# The walls say themselves what they keep out: no interface but the loop, no file of ours.
SEES: Final = (
    "import os,sys\n"
    "net=[l.split(':')[0].strip() for l in open('/proc/net/dev').readlines()[2:]]\n"
    f"seen=[p for p in ({str(Path(__file__).resolve().parents[2])!r},'/home','/var') "
    "if os.path.exists(p)]\n"
    "sys.stdout.write('nothing' if net in (['lo'],[]) and not seen and os.getuid()==65534 "
    "else 'something')\n"
)


def can_run() -> Decision:
    """Whether papers can be taken in here: the sandbox runs, with all its walls."""
    return yes() if _runs() else no(NOT_NOW)
