"""What does a kit from elsewhere hold? Bytes of a stranger: looked at in memory, and bounded.

Only the files that a kit is made of, each with the digest that its manifest says, read by the
reader of a region’s files. Anything else is refused whole, with a sentence.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.regions import loading
from spheres.regions.reading import LARGEST, Part, Proof, Refused, composed
from spheres.training.catalogue.models import Topic
from spheres.training.catalogue.region import MaterialSaid
from spheres.training.kit.packing import FORMAT
from spheres.training.learning.models import QuestionSet

HEAVIEST: Final = 1_000_000  # the zip
MOST_FILES: Final = 200
MOST_UNPACKED: Final = 5_000_000
MOST_RATIO: Final = 60  # texts of ours unpack to six times their weight
ALWAYS: Final = ("kit.yaml", "topics.yaml")
EXPECTED: Final = re.compile(
    r"kit\.yaml|README\.txt|topics\.yaml|materials\.yaml|learning/[a-z0-9]+(-[a-z0-9]+)*\.yaml"
)
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
SECTIONS: Final = ("topics", "learning", "materials")

TOO_HEAVY: Final = gettext_lazy("This kit is larger than 1 MB. None of ours is: ask for it again.")
EMPTY: Final = gettext_lazy("This file is empty. Choose the kit again.")
NO_ZIP: Final = gettext_lazy(
    "This is not a kit: a kit is one file, whose name ends in .zip. Do not unpack it before."
)
DAMAGED: Final = gettext_lazy("This kit is damaged, and cannot be read. Ask for it again.")
TOO_MUCH: Final = gettext_lazy(
    "This file unpacks into far more than a kit holds: nothing of it was read."
)
CLOSED: Final = gettext_lazy(
    "A part of this kit is locked by a password, or packed in a way that is not read here. Ask for "
    "it as it was kept."
)


@dataclass(frozen=True)
class Licence:
    """On what terms it is given, in both languages; empty when an older kit says nothing."""

    fr: str
    en: str

    @property
    def said(self) -> str:
        return self.en if get_language() == "en" else self.fr


@dataclass(frozen=True)
class Opened:
    """A kit that was read without a fault: whence it comes, on what terms, and all that it says."""

    region: str
    programme_fr: str
    programme_en: str
    day: date | None
    licence: Licence
    topics: list[Topic]
    questions: list[QuestionSet]
    materials: list[MaterialSaid]

    @property
    def programme(self) -> str:
        return self.programme_en if get_language() == "en" else self.programme_fr


def opened(content: bytes) -> Opened:
    """Raises Refused with every fault that was found; each is a sentence."""
    files = _files(content)
    proof = Proof()
    manifest = composed(files["kit.yaml"], "kit.yaml", proof)
    if manifest is None:
        raise Refused(proof.faults)
    _refuse_later(manifest)
    it = manifest.fields("format", "region", "programme", "day", "files", optional=("licence",))
    region, day = it["region"].slug(), it["day"].day()
    programme_fr, programme_en = it["programme"].both(most=200)
    licence = Licence(*(it["licence"].both(most=300) if "licence" in it else ("", "")))
    _refuse_other_digests(it["files"], files)
    if proof.faults:
        raise Refused(proof.faults)
    said = loading.check_alone(
        {name: files[name] for name in files if name not in ("kit.yaml", "README.txt")}, SECTIONS
    )
    return Opened(
        region, programme_fr, programme_en, day, licence, said["topics"],
        [
            QuestionSet(slug=one.slug, version=one.version, definition=one.definition)
            for one in said["learning"]
        ],
        said["materials"],
    )  # fmt: skip


def _files(content: bytes) -> dict[str, bytes]:
    if not content:
        raise NotAKit(EMPTY)
    if len(content) > HEAVIEST:
        raise NotAKit(TOO_HEAVY)
    if not content.startswith(b"PK\x03\x04"):
        raise NotAKit(NO_ZIP)
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_strangers(entries, len(content))
            return {entry.filename: _one(archive, entry) for entry in entries}
    except (BadZipFile, ZlibError, EOFError, ValueError, OSError, NotImplementedError):
        raise NotAKit(DAMAGED) from None


def _refuse_strangers(entries: list[ZipInfo], weight: int) -> None:
    """By what the zip says of itself, before anything of it is unpacked."""
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > min(
        MOST_UNPACKED, weight * MOST_RATIO
    ):
        raise NotAKit(TOO_MUCH)
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not EXPECTED.fullmatch(entry.filename) or kind not in (0, stat.S_IFREG):
            said = "".join(one if one.isprintable() else "?" for one in entry.filename[:60])
            raise NotAKit(
                _("«%s» is nothing that a kit holds: nothing of it was read. Ask for it again.")
                % said
            )
        if entry.flag_bits & 0x1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise NotAKit(CLOSED)
    for name in ALWAYS:
        if name not in names:
            raise NotAKit(_("%s is missing: this is not a whole kit. Ask for it again.") % name)
    for name in names:
        if names.count(name) > 1:
            raise NotAKit(_("%s is there twice: it is not known which one holds.") % name)


def _one(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Unpacked to what a region’s file may weigh and no further, whatever the zip says of it."""
    with archive.open(entry) as packed:
        found = packed.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise NotAKit(TOO_MUCH)
    return found


def _refuse_later(manifest: Part) -> None:
    """Asked first: what a later format holds besides is not known here."""
    said = manifest.any_fields()["format"].plain
    if re.fullmatch(r"[0-9]{1,6}", said) and int(said) > FORMAT:
        raise NotAKit(
            _(
                "This kit was made by a later version (format %(theirs)s; format %(ours)s at most "
                "is read here). Bring this installation up to date, then look at it again."
            )
            % {"theirs": said, "ours": FORMAT}
        )
    manifest.any_fields()["format"].number(1, FORMAT)


def _refuse_other_digests(said: Part, files: Mapping[str, bytes]) -> None:
    """What the manifest names is there, whole, and nothing else is."""
    named = {name: part.plain for name, part in said.any_fields().items()}
    for name in sorted({*named, *files} - {"kit.yaml"}):
        if name not in files:
            said.fault(_("%s is named, and is not there: this kit is not whole.") % name)
        elif name not in named:
            said.fault(_("%s is there, and is not named: somebody added it.") % name)
        elif not DIGEST.fullmatch(named[name]) or sha256(files[name]).hexdigest() != named[name]:
            said.fault(_("%s is not what it was when the kit was made: its digest differs.") % name)


class NotAKit(Refused):
    """It is refused before any of its files is read: one sentence."""

    def __init__(self, reason: object) -> None:
        super().__init__([])
        self.reason = str(reason)


def sentences(refusal: Refused) -> list[str]:
    """All that is wrong, one sentence each."""
    if isinstance(refusal, NotAKit):
        return [refusal.reason]
    return [str(fault) for fault in refusal.faults]
