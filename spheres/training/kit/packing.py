"""How is a kit packed? As the files of a region are written, so that another region reads them.

The same content gives the same bytes, whoever packs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import override

from spheres.regions.queries import RegionFacts
from spheres.training.catalogue.models import Material, Topic
from spheres.training.kit.queries import Kit
from spheres.training.learning.models import QuestionSet

FORMAT: Final = 1
ASKED: Final = ("code", "label", "choices", "fits", "low", "high")
NO_HOUR: Final = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can say


def packed(kit: Kit, region: RegionFacts, day: date) -> bytes:
    """One zip: its manifest first, which says the digest of each other file."""
    files = {"README.txt": _readme(), "topics.yaml": _written([topic(row) for row in kit.topics])}
    for row in kit.questions:
        files[f"learning/{row.slug}.yaml"] = _written(asked(row))
    files["materials.yaml"] = _written([material(row) for row in kit.materials])
    manifest = {
        "format": FORMAT,
        "region": region.slug,
        "programme": {"fr": region.programme_fr, "en": region.programme_en},
        "day": day,
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    return _zipped({"kit.yaml": _written(manifest), **files})


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


def material(row: Material) -> dict[str, Any]:
    """Where it is; who kept it stays here."""
    return {
        "topic": row.topic,
        "title": row.title,
        "language": row.language,
        "version": row.version,
        "dated_on": row.dated_on,
        "address": row.address,
    }


def _readme() -> bytes:
    return "\n\n".join((_explained("fr"), _explained("en"))).encode() + b"\n"


def _explained(language: str) -> str:
    with override(language):
        return "\n\n".join(
            (
                _("Trainer’s kit"),
                _(
                    "topics.yaml and the folder learning are written as the files of a region: "
                    "what is taught, and what is asked before and after. Compare them with your "
                    "own, then put what you keep in your region’s folder."
                ),
                _(
                    "materials.yaml says where the materials are. Each remains under the terms of "
                    "whoever wrote it: ask before using it."
                ),
                _("kit.yaml says where the kit comes from, and the SHA-256 digest of each file."),
            )
        )


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


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, NO_HOUR)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
