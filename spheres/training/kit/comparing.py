"""How does a kit from elsewhere differ from what is taught, asked and kept here? Line by line.

What is taken stands beside what is here, as the files of this region: they replace its own. What
nobody took from the kit stays as it is here, and nothing of ours is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.training.catalogue.models import Material, Topic
from spheres.training.catalogue.region import MaterialSaid
from spheres.training.kit import packing
from spheres.training.kit.queries import Kit
from spheres.training.kit.unpacking import Opened
from spheres.training.learning.models import QuestionSet

Said = dict[str, str]  # what one thing says, by what it says it of
NOTHING: Final = "–"
KINDS: Final = {
    "topics": gettext_lazy("Topic"),
    "learning": gettext_lazy("Questions"),
    "materials": gettext_lazy("Material"),
}


class Stand(models.TextChoices):
    """Where one thing of a kit stands, seen from here."""

    NEW = "NEW", gettext_lazy("Not here yet")
    OTHER = "OTHER", gettext_lazy("Differs")
    OLDER = "OLDER", gettext_lazy("Older than here")
    SAME = "SAME", gettext_lazy("The same")


@dataclass(frozen=True)
class Side:
    """One thing that differs: here, and in the kit."""

    what: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Compared:
    """One topic, one set of questions or one material of the kit, and where it stands."""

    key: str
    name: str
    kind: Any
    stand: Stand
    sides: list[Side]

    @property
    def said(self) -> str:
        """What it is, and where it stands, in one line."""
        said = {"kind": self.kind, "name": self.name, "stands": self.stands}
        return _("%(kind)s: %(name)s (%(stands)s)") % said

    @property
    def may_be_taken(self) -> bool:
        return self.stand in (Stand.NEW, Stand.OTHER)

    @property
    def is_new(self) -> bool:
        return self.stand == Stand.NEW

    @property
    def stands(self) -> str:
        return str(self.stand.label)


@dataclass(frozen=True)
class Comparison:
    """All that a kit holds, in its order."""

    topics: list[Compared]
    questions: list[Compared]
    materials: list[Compared]

    @property
    def all(self) -> list[Compared]:
        return [*self.topics, *self.questions, *self.materials]

    @property
    def choices(self) -> list[Compared]:
        return [one for one in self.all if one.may_be_taken]

    def count(self, stand: Stand) -> int:
        return sum(one.stand == stand for one in self.all)


def compare(theirs: Opened, ours: Kit) -> Comparison:
    titles = {one.slug: one.title for one in [*ours.topics, *theirs.topics]}
    topics = {one.slug: one for one in ours.topics}
    questions = {one.slug: one for one in ours.questions}
    materials = {key_of(one): one for one in ours.materials}
    return Comparison(
        [
            _compared(f"topics/{one.slug}", one.title, topics.get(one.slug), one, _of_topic)
            for one in theirs.topics
        ],
        [
            _compared(
                f"learning/{one.slug}", titles[one.slug], questions.get(one.slug), one, _of_set
            )
            for one in theirs.questions
        ],
        [
            _material(f"materials/{place}", one, materials.get(one.key))
            for place, one in enumerate(theirs.materials)
        ],
    )


def key_of(row: Material) -> tuple[str, str, str]:
    return row.topic, row.language, row.title


def _compared(key: str, name: str, ours: Any, theirs: Any, said: Callable[[Any], Said]) -> Compared:
    kind, sides = KINDS[key.split("/")[0]], list(_sides(said(ours) if ours else {}, said(theirs)))
    stand = Stand.NEW if ours is None else Stand.OTHER if sides else Stand.SAME
    return Compared(key, name, kind, stand, sides)


def _material(key: str, one: MaterialSaid, ours: Material | None) -> Compared:
    found = _compared(key, one.title, ours, one, _of_material)
    if ours is None or not found.sides:
        return found
    if (one.dated_on, one.version) < (ours.dated_on, ours.version):
        return replace(found, stand=Stand.OLDER)
    return found


def _sides(ours: Said, theirs: Said) -> Iterator[Side]:
    for what in {**ours, **theirs}:
        here, there = ours.get(what, NOTHING), theirs.get(what, NOTHING)
        if here != there:
            yield Side(what, here or NOTHING, there or NOTHING)


def _of_topic(row: Topic) -> Said:
    return {
        _("Kind"): str(Topic.Kind(row.kind).label),
        _("Title in French"): row.title_fr,
        _("Title in English"): row.title_en,
        _("Aims in French"): "\n".join(row.aims_fr),
        _("Aims in English"): "\n".join(row.aims_en),
        _("Length, in minutes"): str(row.minutes),
        _("Languages"): ", ".join(row.said_languages),
        _("Months for which it holds"): str(row.valid_months),
        _("Part of"): row.part_of,
        _("Comes after"): ", ".join(row.after),
        _("Recommended"): _("Yes") if row.is_recommended else _("No"),
        _("Followed by coaching"): _("Yes") if row.offers_coaching else _("No"),
    }


def _of_set(row: QuestionSet) -> Said:
    asked: Sequence[Mapping[str, Any]] = row.definition["questions"]
    order = ", ".join(str(one["code"]) for one in asked)
    return {_("Questions, in order"): order} | {
        _("Question %s") % one["code"]: "\n".join(_of_question(one)) for one in asked
    }


def _of_question(one: Mapping[str, Any]) -> Iterator[str]:
    yield from _in_both(one["label"])
    for place, choice in enumerate(one.get("choices", ()), start=1):
        fits = _("(the one that fits)") if place == one["fits"] else ""
        yield f"{place}. {' / '.join(_in_both(choice))} {fits}".strip()
    for end in ("low", "high"):
        if end in one:
            yield " / ".join(_in_both(one[end]))


def _in_both(said: Mapping[str, str]) -> tuple[str, str]:
    return said["fr"], said["en"]


def _of_material(row: Material | MaterialSaid) -> Said:
    return {
        _("Where it is"): row.address,
        _("Day of this version"): row.dated_on.isoformat(),
    }


class NotTogether(Exception):
    """What was chosen cannot stand together: one sentence for each thing that is wanting."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def files(
    theirs: Opened, ours: Kit, taken: Collection[str], newest: Mapping[str, int]
) -> dict[str, bytes]:
    """The files of this region, once what is taken stands in them. Raises NotTogether.

    `newest` is the highest version that ever stood of each set of questions: none comes back.
    """
    topics = {one.slug: one for one in ours.topics}
    topics |= {one.slug: one for one in theirs.topics if f"topics/{one.slug}" in taken}
    questions = {one.slug: one for one in ours.questions}
    for one in theirs.questions:
        if f"learning/{one.slug}" in taken:
            version = max(one.version, newest.get(one.slug, 0) + 1)
            questions[one.slug] = QuestionSet(
                slug=one.slug, version=version, definition=one.definition
            )
    materials: dict[tuple[str, str, str], Material | MaterialSaid] = {
        key_of(row): row for row in ours.materials
    }
    for place, said in enumerate(theirs.materials):
        if f"materials/{place}" in taken:
            stands = materials.get(said.key)
            version = max(said.version, stands.version + 1 if stands else 1)
            materials[said.key] = replace(said, version=version)
    _refuse_what_is_wanting(topics, [*questions], [said.topic for said in materials.values()])
    order = _in_order(topics)
    return packing.files_of(
        order,
        [questions[one.slug] for one in order if one.slug in questions],
        list(materials.values()),
    )


def _refuse_what_is_wanting(
    topics: Mapping[str, Topic], asked: Collection[str], kept: Collection[str]
) -> None:
    """A topic that another needs, that is asked about or that something serves to teach."""
    needed = {slug for row in topics.values() for slug in before(row)} | {*asked, *kept}
    wanting = sorted(needed - {*topics})
    if wanting:
        raise NotTogether(
            [
                _("Something you take needs the topic «%s»: take it too, or leave the other out.")
                % slug
                for slug in wanting
            ]
        )


def before(row: Topic) -> list[str]:
    """The topics that stand above it in the file."""
    return [*([row.part_of] if row.part_of else []), *row.after]


def _in_order(topics: Mapping[str, Topic]) -> list[Topic]:
    """Ours, then what was taken; each after those it names. Raises NotTogether."""
    placed: dict[str, Topic] = {}
    waiting = dict(topics)
    while waiting:
        ready = next(
            (slug for slug, row in waiting.items() if all(one in placed for one in before(row))), ""
        )
        if not ready:
            said = ", ".join(sorted(waiting))
            raise NotTogether(
                [_("These topics wait for one another: %s. Leave one of them out.") % said]
            )
        placed[ready] = waiting.pop(ready)
    return list(placed.values())
