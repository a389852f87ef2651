"""What do a region's files say of what is asked about each topic, before and after?

One file a topic, four to six questions: small situations with plain choices, of which one fits, and
how ready one feels, from one to five. A version that stands never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Loading, Section, register
from spheres.regions.versions import SetSaid, Versions
from spheres.training.learning.models import QuestionSet

FEWEST, MOST, MOST_CHOICES, MOST_VERSIONS = 4, 6, 4, 1_000
OPTIONAL: Final = ("choices", "fits", "low", "high")


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SetSaid]:
    """Every set of the folder, of a topic that is taught, in the order of the topics."""
    topics = {one.slug: one for one in said.get("topics", [])}
    found = [_set(part, topics) for part in parts]
    refuse_twice([one.part for one in found])
    order = list(topics)
    return sorted(found, key=lambda one: order.index(one.slug) if one.slug in order else 0)


def _set(part: Part, topics: Mapping[str, Any]) -> SetSaid:
    it = part.fields("topic", "version", "questions")
    slug = it["topic"].choice(topics)
    questions = [one.fields("code", "label", optional=OPTIONAL) for one in it["questions"].items()]
    if not FEWEST <= len(questions) <= MOST:
        it["questions"].fault(
            _("a topic asks between %(fewest)s and %(most)s questions.")
            % {"fewest": FEWEST, "most": MOST}
        )
    refuse_twice([one["code"] for one in questions])
    definition = {"questions": [_question(one) for one in questions]}
    return SetSaid(slug, it["version"].number(1, MOST_VERSIONS), definition, it["topic"])


def _question(it: Mapping[str, Part]) -> dict[str, Any]:
    asked: dict[str, Any] = {"code": it["code"].code(), "label": it["label"].in_both(most=300)}
    if ("choices" in it) != ("fits" in it) or ("choices" in it) == ("low" in it):
        it["code"].fault(_("write either choices and the one that fits, or what 1 and 5 mean."))
    elif "choices" in it:
        choices = [one.in_both(most=160) for one in it["choices"].items()]
        if not 2 <= len(choices) <= MOST_CHOICES:
            it["choices"].fault(_("offer two to four choices."))
        asked |= {"choices": choices, "fits": it["fits"].number(1, max(len(choices), 1))}
    else:
        asked |= {"low": it["low"].in_both(most=60), "high": it["high"].in_both(most=60)}
    return asked


def row(said: SetSaid, position: int, loading: Loading) -> QuestionSet:
    topic = next(one for one in loading.said["topics"] if one.slug == said.slug)
    return QuestionSet(
        id=loading.id("learning", f"{said.slug}/{said.version}"),
        slug=said.slug,
        version=said.version,
        title_fr=topic.title_fr,
        title_en=topic.title_en,
        definition=said.definition,
        position=position,
        is_offered=True,
    )


VERSIONS: Final = Versions("learning", QuestionSet, row)


register(
    Section(
        name="learning",
        file="learning/*.yaml",
        title=gettext_lazy("Questions before and after a training"),
        check=check,
        plan=VERSIONS.plan,
        apply=VERSIONS.apply,
    )
)
