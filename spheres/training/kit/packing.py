"""How is a kit packed? As the files of a region are written, so that another region reads them.

The same content gives the same bytes, whoever packs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import override

from spheres.records.anonymous.questions import in_language
from spheres.regions import queries as regions
from spheres.regions.queries import RegionFacts
from spheres.regions.texts import LANGUAGES
from spheres.training.catalogue.models import Material, Topic
from spheres.training.catalogue.region import MaterialSaid
from spheres.training.kit.queries import Kit
from spheres.training.learning.models import QuestionSet

FORMAT: Final = 2  # 1 said no licence
LICENCE: Final = "kit.licence"  # a text that a region may write
ASKED: Final = ("code", "label", "choices", "fits", "low", "high")
NO_HOUR: Final = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can say


def packed(kit: Kit, region: RegionFacts, day: date) -> bytes:
    """One zip: its manifest first, which says the digest of each other file."""
    terms = licence()
    files = {
        "README.txt": in_both_languages(partial(_explained, terms)),
        **files_of(kit.topics, kit.questions, kit.materials),
    }
    manifest = {
        "format": FORMAT,
        "region": region.slug,
        "programme": {"fr": region.programme_fr, "en": region.programme_en},
        "licence": terms,
        "day": day,
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    return zipped({"kit.yaml": _written(manifest), **files})


def files_of(
    topics: Sequence[Topic],
    questions: Sequence[QuestionSet],
    materials: Sequence[Material | MaterialSaid],
) -> dict[str, bytes]:
    """As they stand in the folder of a region."""
    files = {"topics.yaml": _written([topic(row) for row in topics])}
    for row in questions:
        files[f"learning/{row.slug}.yaml"] = _written(asked(row))
    files["materials.yaml"] = _written([material(row) for row in materials])
    return files


def licence() -> dict[str, str]:
    """On what terms a region gives what it wrote: its own, else those of all that came with the
    software. In both languages."""
    terms = {}
    for language in LANGUAGES:
        with override(language):
            own = regions.text(LICENCE) if regions.has_text(LICENCE) else ""
            terms[language] = own or _(
                "GNU Affero General Public License, version 3 or later (AGPL-3.0-or-later), as all "
                "that comes with the Sphères software."
            )
    return terms


def licence_here() -> str:
    """The same, in the reader’s language."""
    return in_language(licence())


def for_region(files: Mapping[str, bytes], slug: str) -> bytes:
    """One zip of the files that replace those of a region, and how."""
    return zipped({"README.txt": in_both_languages(partial(_to_do, slug)), **files})


def topic(row: Topic) -> dict[str, Any]:
    """As `topics.yaml` says it."""
    said: dict[str, Any] = {"slug": row.slug}
    if row.part_of:
        said["part_of"] = row.part_of
    said |= {
        "kind": row.kind.lower(),
        "title": {"fr": row.title_fr, "en": row.title_en},
        "aims": [{"fr": fr, "en": en} for fr, en in zip(row.aims_fr, row.aims_en, strict=True)],
        "minutes": row.minutes,
        "languages": row.languages,
        "valid_months": row.valid_months,
    }
    if row.after:
        said["after"] = row.after
    if row.is_recommended:
        said["recommended"] = True
    if row.offers_coaching:
        said["coaching"] = True
    return said


def asked(row: QuestionSet) -> dict[str, Any]:
    """As a file of `learning` says it."""
    questions = [
        {name: _ordered(one[name]) for name in ASKED if name in one}
        for one in row.definition["questions"]
    ]
    return {"topic": row.slug, "version": row.version, "questions": questions}


def _ordered(said: Any) -> Any:
    """French, then English: the database forgets in which order they were written."""
    if isinstance(said, list):
        return [_ordered(one) for one in said]
    return {"fr": said["fr"], "en": said["en"]} if isinstance(said, dict) else said


def material(row: Material | MaterialSaid) -> dict[str, Any]:
    """Where it is; who kept it stays here."""
    return {
        "topic": row.topic,
        "title": row.title,
        "language": row.language,
        "version": row.version,
        "dated_on": row.dated_on,
        "address": row.address,
    }


def in_both_languages(said: Callable[[str], str]) -> bytes:
    return "\n\n".join(map(said, LANGUAGES)).encode() + b"\n"


def _explained(terms: Mapping[str, str], language: str) -> str:
    with override(language):
        return "\n\n".join(
            (
                _("Trainer’s kit"),
                _(
                    "Do not unpack it: in the other region, under “Partner training”, “Trainer’s "
                    "kit”, the coordination looks at it beside what stands there, chooses, and "
                    "keeps the files that are ready to load."
                ),
                _(
                    "topics.yaml, materials.yaml and the folder learning are written as the files "
                    "of a region: what is taught, with what, and what is asked before and after."
                ),
                _("Licence of topics and questions: %s") % terms[language],
                _(
                    "materials.yaml says where the materials are. Each remains under the terms of "
                    "whoever wrote it: ask before using it."
                ),
                _("kit.yaml says where the kit comes from, and the SHA-256 digest of each file."),
            )
        )


def _to_do(slug: str, language: str) -> str:
    with override(language):
        return "\n\n".join(
            (
                _("Files for the folder regions/%s") % slug,
                _(
                    "They hold what was taught, asked and kept here, and what was taken from the "
                    "kit. They replace topics.yaml, materials.yaml and the whole folder learning: "
                    "take the former ones away first. Lines of remarks (#) are not in them."
                ),
                _("Then see what would change, and load it:"),
                "\n".join(commands(slug)),
            )
        )


def commands(slug: str) -> tuple[str, str]:
    """What the operator of an installation says: to look, then to do."""
    load = f"python3 run.py manage load_region regions/{slug}"
    return f"{load} --preview", load


def _written(said: Any) -> bytes:
    text = yaml.dump(said, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


class _Plain(yaml.SafeDumper):
    """The reader of a region’s files knows no alias, and reads yes, not true."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Plain.add_representer(
    bool, lambda to, said: to.represent_scalar("tag:yaml.org,2002:bool", "yes" if said else "no")
)


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, NO_HOUR)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
