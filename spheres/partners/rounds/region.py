"""What do a region's files say of the questions that partners ask themselves?

Ours are eight sets, in our own words. A region adds its own in the same shape; one that somebody
else wrote says by whose permission it is asked. A version that stands never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.partners.rounds.models import QuestionSet
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Loading, Section, register
from spheres.regions.versions import SetSaid, Versions

MOST_QUESTIONS: Final = 12
MOST_VERSIONS: Final = 1_000


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SetSaid]:
    """Every set of the folder, in the order of the files' names. The same words asked under two
    names would be two figures of one question: they are refused."""
    worded: list[Part] = []
    found = [_set(part, worded) for part in parts]
    refuse_twice([one.part for one in found])
    refuse_twice(worded)
    return found


def _set(part: Part, worded: list[Part]) -> SetSaid:
    it = part.fields(
        "slug", "version", "title", "lead", "questions", optional=("permission", "success")
    )
    entries = it["questions"].items()
    if not 1 <= len(entries) <= MOST_QUESTIONS:
        it["questions"].fault(
            _("a set asks between one and %(most)s questions.") % {"most": MOST_QUESTIONS}
        )
    questions = [one.fields("code", "label", "low", "high") for one in entries]
    refuse_twice([one["code"] for one in questions])
    definition: dict[str, Any] = {
        "title": it["title"].in_both(most=90),
        "lead": it["lead"].in_both(most=400),
        "questions": [
            {
                "code": one["code"].code(),
                "label": one["label"].in_both(most=240),
                "low": one["low"].in_both(most=60),
                "high": one["high"].in_both(most=60),
            }
            for one in questions
        ],
    }
    if "success" in it:
        # Beside this question stands what participants said that success is for them (S-130).
        definition["success"] = it["success"].choice(
            [one["code"] for one in definition["questions"]]
        )
    worded += [one["label"].any_fields()["fr"] for one in questions]
    if "permission" in it:
        definition["permission"] = it["permission"].in_both(most=400)
    return SetSaid(
        it["slug"].slug(), it["version"].number(1, MOST_VERSIONS), definition, it["slug"]
    )


def row(said: SetSaid, position: int, loading: Loading) -> QuestionSet:
    return QuestionSet(
        id=loading.id("reflection", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


VERSIONS: Final = Versions("reflections", QuestionSet, row)


register(
    Section(
        name="reflections",
        file="reflections/*.yaml",
        title=gettext_lazy("Questions for reflection rounds"),
        check=check,
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
    )
)
