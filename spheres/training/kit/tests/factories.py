"""A kit to look at, and how each of its parts may have been spoiled on its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from spheres.training.kit import packing

TOPICS = """
- slug: ecouter
  kind: initial
  title: {fr: Écouter, en: Listening}
  aims:
    - {fr: Entendre d’abord, en: Hear first}
  minutes: 60
  languages: [fr]
  valid_months: 12
"""
MATERIALS = """
- topic: ecouter
  title: Guide d’écoute
  language: fr
  version: 2
  dated_on: 2026-02-03
  address: https://ailleurs.example/guide
"""
LEARNING = """
topic: ecouter
version: 1
questions:
""" + "".join(
    f"""
  - code: one_{number}
    label: {{fr: "Question {number}?", en: "Question {number}?"}}
    low: {{fr: Peu, en: Little}}
    high: {{fr: Beaucoup, en: A lot}}
"""
    for number in range(4)
)
FILES = {
    "topics.yaml": TOPICS,
    "materials.yaml": MATERIALS,
    "learning/ecouter.yaml": LEARNING,
}


def manifest(files: Mapping[str, str], *, format: int = packing.FORMAT) -> str:
    digests = "".join(
        f"  {name}: {sha256(said.encode()).hexdigest()}\n" for name, said in files.items()
    )
    return (
        f"format: {format}\nregion: ailleurs\n"
        "programme: {fr: Programme d’ailleurs, en: Programme from elsewhere}\n"
        "licence: {fr: CC BY 4.0 (fr), en: CC BY 4.0}\n"
        f"day: {date(2026, 3, 4)}\nfiles:\n{digests}"
    )


def kit(files: Mapping[str, str] = FILES, **said: str) -> bytes:
    """A whole kit of these files; `said` replaces, or adds, files by their names."""
    return zipped({"kit.yaml": manifest(files), **files, **said})


def zipped(files: Mapping[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, said in files.items():
            archive.writestr(name, said)
    return packed.getvalue()
