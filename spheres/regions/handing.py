"""How does one region begin from another? Its configuration is packed, handed over, and made anew.

What says something of a person never leaves: neither people, nor what a demonstration plays, nor
the questionnaires whose rights somebody holds. What is still the other region's word for word is
listed, and so is what is not said in both languages.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from spheres.regions.reading import Loader

# Partners, committees, words, kit and settings: what a region is, without anybody in it.
CONFIGURATION: Final = (
    "asked_topics.yaml", "charter.yaml", "committees.yaml", "help_lines.yaml", "letters.yaml",
    "library.yaml", "organisations.yaml", "region.yaml", "retention.yaml", "self_assessment.yaml",
    "texts-site.yaml", "texts-steps.yaml", "texts.yaml", "theory.yaml", "topics.yaml",
    "trainings.yaml", "vocabularies.yaml",
)  # fmt: skip
FOLDERS: Final = ("exercises", "learning", "reflections", "resources")
# What no other region keeps as it is: who it is, who its partners are, whom one calls there.
ITS_OWN: Final = ("region.yaml", "organisations.yaml", "committees.yaml", "help_lines.yaml")
ITS_OWN_FOLDERS: Final = ("resources",)
NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")
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
        return (
            f"{self.file}, {self.where}: {self.what}" if self.where else f"{self.file}: {self.what}"
        )


def files_of(folder: Path) -> list[Path]:
    """The files of its configuration, by name."""
    found = [folder / name for name in CONFIGURATION if (folder / name).is_file()]
    for name in FOLDERS:
        found += sorted(one for one in (folder / name).glob("*.yaml") if one.is_file())
    return sorted(found)


def pack(folder: Path) -> bytes:
    """The configuration, to be handed to another region (ZIP)."""
    if not (folder / "region.yaml").is_file():
        raise NotHanded(_("%(folder)s is no region: it has no region.yaml.") % {"folder": folder})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files_of(folder):
            said = zipfile.ZipInfo(file.relative_to(folder).as_posix(), date_time=A_DAY)
            said.external_attr = 0o644 << 16
            packed.writestr(said, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def begin(source: Path, folder: Path, name: str) -> list[str]:
    """Make the folder of a new region from another's, or from its pack; returns its files.

    Its own name stands in it at once, so that it is never loaded as the other one.
    """
    if not NAME.fullmatch(name):
        raise NotHanded(
            _("A region is named with small letters, figures and hyphens: « saguenay ».")
        )
    if folder.exists():
        raise NotHanded(
            _("%(folder)s is there already: nothing of it is changed.") % {"folder": folder}
        )
    contents = dict(_contents(source))
    if "region.yaml" not in contents:
        raise NotHanded(_("%(folder)s is no region: it has no region.yaml.") % {"folder": source})
    for place, content in contents.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
    file = folder / "region.yaml"
    said = re.sub(r"(?m)^slug: .*$", f"slug: {name}", file.read_text("utf-8"), count=1)
    file.write_text(re.sub(r"(?m)^demo: .*$", "demo: no", said, count=1), "utf-8")
    return sorted(contents)


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
        return name.name in CONFIGURATION
    return (
        len(name.parts) == 2
        and name.parts[0] in FOLDERS
        and bool(re.fullmatch(r"[a-z0-9_-]+\.yaml", name.name))
    )


def to_do(folder: Path, like: Path | None = None) -> list[ToDo]:
    """What is still the other region's, word for word, where each has its own; and each text that
    is missing, or the same, in one of the two languages."""
    others = dict(_contents(like)) if like else {}
    found = []
    for file in files_of(folder):
        name, said = file.relative_to(folder).as_posix(), _said(file.read_bytes())
        is_own = name in ITS_OWN or name.partition("/")[0] in ITS_OWN_FOLDERS
        if is_own and name in others and _is_still(name, said, _said(others[name])):
            found.append(ToDo(name, "", _("still word for word that of the other region.")))
        found += [
            ToDo(name, where, _("to be said in both languages."))
            for where, one in _pairs(said, "")
            if not str(one["fr"]).strip() or not str(one["en"]).strip()
        ]
    return found


def _said(content: bytes) -> Any:
    return yaml.load(content.decode(), Loader=Loader)  # noqa: S506 -- every scalar a string


def _is_still(name: str, said: Any, other: Any) -> bool:
    """A region’s own name is changed at once; that is not enough."""
    if name == "region.yaml":
        return any(said.get(each) == other.get(each) for each in ("name", "territory"))
    return bool(said == other)


def _pairs(said: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text in two languages, with the way to it."""
    if isinstance(said, dict):
        if set(said) <= {"fr", "en"} and said:
            yield where, {"fr": "", "en": "", **said}
            return
        for key, inner in said.items():
            yield from _pairs(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(said, list):
        for place, inner in enumerate(said, 1):
            yield from _pairs(inner, f"{where} {place}".strip())
