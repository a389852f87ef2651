"""What do a region's files say of the questions that partners ask themselves?

Ours are eight sets, in our own words. A region adds its own in the same shape; one that somebody
else wrote says by whose permission it is asked. A version that stands never changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.partners.rounds.models import QuestionSet
from spheres.regions import versions
from spheres.regions.difference import Difference
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register

MOST_QUESTIONS: Final = 12
MOST_VERSIONS: Final = 1_000


@dataclass(frozen=True)
class SetSaid:
    """One set of a file; `part` is where a fault that only the database shows is noted."""

    slug: str
    version: int
    definition: dict[str, Any]
    part: Part


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SetSaid]:
    """Every set of the folder, in the order of the files' names. The same words asked under two
    names would be two figures of one question: they are refused."""
    worded: list[Part] = []
    found = [_set(part, worded) for part in parts]
    refuse_twice([one.part for one in found])
    refuse_twice(worded)
    return found


def _set(part: Part, worded: list[Part]) -> SetSaid:
    it = part.fields("slug", "version", "title", "lead", "questions", optional=("permission",))
    entries = it["questions"].items()
    if not 1 <= len(entries) <= MOST_QUESTIONS:
        it["questions"].fault(
            _("a set asks between one and %(most)s questions.") % {"most": MOST_QUESTIONS}
        )
    questions = [one.fields("code", "label", "low", "high") for one in entries]
    refuse_twice([one["code"] for one in questions])
    definition: dict[str, Any] = {
        "title": _both(it["title"], most=90),
        "lead": _both(it["lead"], most=400),
        "questions": [
            {
                "code": one["code"].code(),
                "label": _both(one["label"], most=240),
                "low": _both(one["low"], most=60),
                "high": _both(one["high"], most=60),
            }
            for one in questions
        ],
    }
    worded += [one["label"].any_fields()["fr"] for one in questions]
    if "permission" in it:
        definition["permission"] = _both(it["permission"], most=400)
    return SetSaid(
        it["slug"].slug(), it["version"].number(1, MOST_VERSIONS), definition, it["slug"]
    )


def _both(part: Part, *, most: int) -> dict[str, str]:
    french, english = part.both(most=most)
    return {"fr": french, "en": english}


def row(said: SetSaid, position: int, loading: Loading) -> QuestionSet:
    return QuestionSet(
        id=loading.id("reflection", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


def found(loading: Loading) -> Difference[QuestionSet]:
    """What differs; raises Refused when a version that stands would be changed, or come back."""
    said: list[SetSaid] = loading.said["reflections"]
    changed = _(
        "«%(slug)s» changed under the same version (%(version)s): what was answered is read under "
        "it, so write version: %(next)s."
    )
    return versions.found(QuestionSet, said, partial(row, loading=loading), changed=changed)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.KEPT)


def apply(loading: Loading) -> None:
    """Add, and move; what no file says any more is no longer asked, and stays readable."""
    versions.apply(QuestionSet, found(loading))


register(
    Section(
        name="reflections",
        file="reflections/*.yaml",
        title=gettext_lazy("Questions for reflection rounds"),
        check=check,
        plan=plan,
        apply=apply,
    )
)
