"""How does one region begin from another? Its configuration is packed, handed over, and made anew.

What says something of a person never leaves: neither people, nor what a demonstration plays, nor
the questionnaires whose rights somebody holds. What is still the other region's word for word is
listed, and so is what is not said in both languages, or whose translation nobody reviewed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from spheres.regions.models import Text
from spheres.regions.reading import Loader, Proof, composed

# Partners, committees, words, kit and settings: what a region is, without anybody in it.
CONFIGURATION: Final = (
    "asked_topics.yaml", "charter.yaml", "committees.yaml", "help_lines.yaml", "letters.yaml",
    "library.yaml", "organisations.yaml", "region.yaml", "retention.yaml", "self_assessment.yaml",
    "theory.yaml", "topics.yaml", "trainings.yaml", "vocabularies.yaml",
)  # fmt: skip
TEXTS: Final = "texts*.yaml"  # in as many files as one likes
FOLDERS: Final = ("exercises", "learning", "reflections", "resources")
# What no other region keeps as it is: who it is, who its partners are, whom one calls there.
ITS_OWN: Final = ("region.yaml", "organisations.yaml", "committees.yaml", "help_lines.yaml")
ITS_OWN_FOLDERS: Final = ("resources",)
# What those said on the day it was begun. Loading does not read it, and no pack holds it.
BEGUN_FROM: Final = "begun-from.zip"
NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")
LANGUAGES: Final = ("fr", "en")
LARGEST, MOST = 1_000_000, 500  # bytes of a file, files of a pack
A_DAY: Final = (2000, 1, 1, 0, 0, 0)  # the same files give the same pack, byte for byte


class NotHanded(Exception):
    """A region that cannot be begun so; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class ToDo:
    """One thing that whoever opens the region has to change or to translate."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return _("%(file)s: %(what)s") % {"file": place, "what": self.what}


def files_of(folder: Path) -> list[Path]:
    """The files of its configuration, by name."""
    found = [folder / name for name in CONFIGURATION]
    for pattern in (TEXTS, *(f"{name}/*.yaml" for name in FOLDERS)):
        found += folder.glob(pattern)
    return sorted(one for one in found if one.is_file())


def pack(folder: Path) -> bytes:
    """The configuration, to be handed to another region (ZIP)."""
    if not (folder / "region.yaml").is_file():
        raise _no_region(folder)
    return _zipped(dict(_contents(folder)))


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, content in contents.items():
            said = zipfile.ZipInfo(place, date_time=A_DAY)
            said.external_attr = 0o644 << 16
            packed.writestr(said, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def begin(source: Path, folder: Path, name: str) -> list[str]:
    """Make the folder of a new region from another's, or from its pack; returns its files.

    Its own name stands in it at once, so that it is never loaded as the other one. What it is to
    change is kept beside as the other said it, so that it is known later what was not changed.
    """
    if not NAME.fullmatch(name):
        raise NotHanded(
            _("A region is named with small letters, figures and hyphens: « saguenay ».")
        )
    if folder.exists():
        raise NotHanded(
            _("%(folder)s is there already: nothing of it is changed.") % {"folder": folder}
        )
    contents = _region(source)
    own = {place: content for place, content in contents.items() if _is_its_own(place)}
    said = re.sub(rb"(?m)^slug: .*$", b"slug: " + name.encode(), contents["region.yaml"], count=1)
    contents["region.yaml"] = re.sub(rb"(?m)^demo: .*$", b"demo: no", said, count=1)
    for place, content in {**contents, BEGUN_FROM: _zipped(own)}.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
    return sorted(contents)


def begun_from(folder: Path) -> Path | None:
    """What it was begun from, as it was on that day; None when nothing tells."""
    kept = folder / BEGUN_FROM
    return kept if kept.is_file() else None


def _is_its_own(place: str) -> bool:
    return place in ITS_OWN or place.partition("/")[0] in ITS_OWN_FOLDERS


def _no_region(source: Path) -> NotHanded:
    return NotHanded(_("%(folder)s is no region: it has no region.yaml.") % {"folder": source})


def _region(source: Path) -> dict[str, bytes]:
    """What a folder or a pack holds, when it is a region's."""
    contents = dict(_contents(source))
    if "region.yaml" not in contents:
        raise _no_region(source)
    return contents


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    """Of a folder or of a pack; a name that is not of a configuration is refused, not skipped."""
    if source.is_dir():
        for file in files_of(source):
            yield file.relative_to(source).as_posix(), file.read_bytes()
        return
    try:
        with zipfile.ZipFile(source) as packed:
            members = packed.infolist()
            if len(members) > MOST or any(one.file_size > LARGEST for one in members):
                raise NotHanded(_("This pack is too large to be a region."))
            for one in members:
                if not _is_of_a_region(PurePosixPath(one.filename)):
                    raise NotHanded(
                        _("« %(name)s » is no file of a region: this pack is not opened.")
                        % {"name": one.filename[:80]}
                    )
                yield one.filename, packed.read(one)
    except (OSError, zipfile.BadZipFile) as error:
        raise NotHanded(
            _("%(file)s is no region, and no pack of one.") % {"file": source}
        ) from error


def _is_of_a_region(name: PurePosixPath) -> bool:
    if len(name.parts) == 1:
        return name.name in CONFIGURATION or bool(
            re.fullmatch(r"texts[a-z0-9_-]*\.yaml", name.name)
        )
    return (
        len(name.parts) == 2
        and name.parts[0] in FOLDERS
        and bool(re.fullmatch(r"[a-z0-9_-]+\.yaml", name.name))
    )


def to_do(folder: Path, like: Path | None = None) -> list[ToDo]:
    """First what is still word for word that of the region it was begun from, where each has its
    own; then each text that one of the two languages lacks; then each translation to review.

    A file that does not read says nothing here: checking the folder says what is wrong in it.
    """
    like = like or begun_from(folder)
    others = _region(like) if like else {}
    still, lacking, unreviewed = [], [], []
    for file in files_of(folder):
        name, content = file.relative_to(folder).as_posix(), file.read_bytes()
        said = _said(name, content)
        if _is_its_own(name) and _is_still(name, said, _said(name, others.get(name, b""))):
            still.append(ToDo(name, "", _("still word for word that of the other region.")))
        for where, text in _texts(said, ""):
            if not all(str(text.get(language, "")).strip() for language in LANGUAGES):
                lacking.append(ToDo(name, where, _("to be said in both languages.")))
            elif text.get("translation") == Text.Translation.TO_REVIEW:
                sentence = _("the translation is still to be reviewed.")
                unreviewed.append(ToDo(name, where, sentence))
    return [*still, *lacking, *unreviewed]


def _said(name: str, content: bytes) -> Any:
    """What a file says; None when it does not read."""
    if composed(content, name, Proof()) is None:
        return None
    return yaml.load(content.decode(), Loader=Loader)  # noqa: S506 -- every scalar a string


def _is_still(name: str, said: Any, other: Any) -> bool:
    """A region’s own short name is changed at once; that is not enough."""
    if name == "region.yaml" and isinstance(said, dict) and isinstance(other, dict):
        return any(said.get(each) == other.get(each) for each in ("name", "territory"))
    return said is not None and bool(said == other)


def _texts(said: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text in two languages, whatever is said with it, and the way to it."""
    if isinstance(said, dict):
        if not said.keys().isdisjoint(LANGUAGES):
            yield where, said
        for key, inner in said.items():
            yield from _texts(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(said, list):
        for place, inner in enumerate(said, 1):
            yield from _texts(inner, f"{where} {place}".strip())
