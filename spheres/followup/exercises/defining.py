"""How does a file of the region become an exercise, and what is said of each mistake in it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.followup.exercises.models import Pen
from spheres.followup.exercises.prompts import Kind
from spheres.followup.exercises.queries import PURPOSES
from spheres.records.between import followup_tools
from spheres.regions.reading import Fields, Part, refuse_twice
from spheres.sharing.rules import PLAN, SAFETY

HANDS: Final = {"her": Pen.HERSELF, "together": Pen.TOGETHER, "worker": Pen.WORKER}
SECTIONS: Final = (PLAN, SAFETY)
MOST_PROMPTS, MOST_WORDS, MOST_STEPS = 40, 60, 11
MOST_VERSIONS: Final = 1_000

# Which list of words a kind of question needs, and how many of them.
NAMED: Final = {
    Kind.TWO_COLUMNS: ("columns", 2, 2),
    Kind.FOUR_COLUMNS: ("columns", 4, 4),
    Kind.CARD_SORT: ("cards", 2, MOST_WORDS),
    Kind.WHEEL: ("spheres", 3, 20),
    Kind.MAP: ("groups", 1, 8),
    Kind.CHOICE: ("sentences", 2, 20),
}
# A list may also be one of the region's vocabularies.
FROM_VOCABULARY: Final = {Kind.CARD_SORT, Kind.WHEEL, Kind.CHOICE}
MORE: Final = {Kind.CARD_SORT: ("piles",), Kind.SCALE: ("from", "to")}
OPTIONAL: Final = {
    Kind.CARD_SORT: ("keep",),
    Kind.SCALE: ("low", "high"),
    Kind.WHEEL: ("column", "own"),
}


@dataclass(frozen=True)
class ExerciseSaid:
    """One exercise of a file; `part` is where a fault that only the database shows is noted."""

    slug: str
    version: int
    definition: dict[str, Any]
    part: Part


def both(part: Part, *, most: int) -> dict[str, str]:
    french, english = part.both(most=most)
    return {"fr": french, "en": english}


def check(parts: list[Part], said: Mapping[str, Any]) -> list[ExerciseSaid]:
    """Every exercise of the folder, in the order of the files' names."""
    vocabularies = said.get("vocabularies", {})
    found = [_exercise(part, vocabularies) for part in parts]
    refuse_twice([one.part for one in found], lambda part: part.plain)
    return found


def _exercise(part: Part, vocabularies: Mapping[str, Any]) -> ExerciseSaid:
    it = part.fields(
        "slug", "version", "purpose", "section", "answered_by", "title", "lead", "prompts",
        optional=("note", "touches", "kept_in", "beside"),
    )  # fmt: skip
    definition: dict[str, Any] = {
        "title": both(it["title"], most=80),
        "lead": both(it["lead"], most=600),
        "purpose": it["purpose"].choice(PURPOSES),
        "section": it["section"].choice(SECTIONS),
        "answered_by": [HANDS[one].value for one in it["answered_by"].choices(HANDS)],
        "prompts": _prompts(it["prompts"], vocabularies),
    }
    if "note" in it:
        definition["note"] = both(it["note"], most=600)
    if "touches" in it:
        definition["touches"] = both(it["touches"], most=300)
    if "kept_in" in it:
        definition["kept_in"] = _kept_in(it["kept_in"], definition["section"])
    if "beside" in it:
        definition["beside"] = _beside(it["beside"], is_filled="kept_in" not in it)
    it["slug"].text(most=40)
    slug, version = it["slug"].slug(), it["version"].number(1, MOST_VERSIONS)
    return ExerciseSaid(slug, version, definition, it["slug"])


def _kept_in(part: Part, section: str) -> str:
    """The tool that keeps it, in the same section: what is asked of safety is kept with safety."""
    name = part.choice(
        followup_tools.all_tools(), _("«%(value)s» is no tool. Choose among: %(choices)s.")
    )
    tool = followup_tools.get(name)
    if tool is not None and section and tool.section != section:
        part.fault(
            _("«%(tool)s» keeps what it is told in the section %(section)s: write that section.")
            % {"tool": name, "section": tool.section}
        )
    return name


def _beside(part: Part, *, is_filled: bool) -> str:
    """The tool whose page shows the newest sheet of it; of what a tool keeps there is no sheet."""
    showing = {name for name, tool in followup_tools.all_tools().items() if tool.shows_beside}
    name = part.choice(
        sorted(showing),
        _("«%(value)s» shows nothing beside it. Choose among: %(choices)s."),
    )
    if not is_filled:
        part.fault(_("what a tool keeps has no sheet to show beside another: say one, not both."))
    return name


def _prompts(part: Part, vocabularies: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = _at_most(
        part, MOST_PROMPTS, _("an exercise asks at most %(most)s questions, this one %(size)s.")
    )
    if part.node is not None and not part.items():
        part.fault(_("an exercise asks at least one question."))
    read = [_prompt(each, vocabularies) for each in items]
    ids = [each.any_fields()["id"] for each in items]
    refuse_twice(ids)
    return _in_order(read, items)


def _at_most(part: Part, most: int, sentence: str) -> list[Part]:
    """The entries of a list; too many are refused at once, without reading one of them."""
    items = part.items()
    if len(items) > most:
        part.fault(sentence % {"most": most, "size": len(items)})
        return []
    return items


def _prompt(part: Part, vocabularies: Mapping[str, Any]) -> dict[str, Any]:
    written = part.any_fields()
    said = written["kind"].choice(
        [kind.value for kind in Kind],
        _("«%(value)s» is no kind of question. Choose among: %(choices)s."),
    )
    if not said:
        if "kind" not in written:
            part.fault(_("this question does not say its kind."))
        return {"id": written["id"].plain, "kind": Kind.TEXT.value}
    kind = Kind(said)
    named = NAMED.get(kind, ("", 0, 0))[0]
    lists = () if not named else ("vocabulary",) if _is_from_vocabulary(written, kind) else (named,)
    it = part.fields(
        "id", "kind", "label", *lists, *MORE.get(kind, ()),
        optional=("hint", "after", *OPTIONAL.get(kind, ())),
    )  # fmt: skip
    prompt: dict[str, Any] = {
        "id": it["id"].code(),
        "kind": kind.value,
        "label": both(it["label"], most=200),
    }
    if "hint" in it:
        prompt["hint"] = both(it["hint"], most=400)
    if "after" in it:
        prompt["after"] = it["after"].code()
    for name in ("column", "own"):
        if name in it:
            prompt[name] = both(it[name], most=40)
    if lists:
        prompt["words"] = _list(it, kind, vocabularies)
    if kind == Kind.SCALE:
        prompt |= _scale(it)
    if kind == Kind.CARD_SORT:
        prompt["piles"] = _words(it["piles"], 3, 3)
        prompt["keep"] = it["keep"].number(0, 5) if "keep" in it else 0
    return prompt


def _is_from_vocabulary(written: Fields, kind: Kind) -> bool:
    return kind in FROM_VOCABULARY and "vocabulary" in written


def _list(it: Fields, kind: Kind, vocabularies: Mapping[str, Any]) -> list[dict[str, Any]]:
    named, least, most = NAMED[kind]
    if "vocabulary" not in it:
        return _words(it[named], least, most)
    slug = it["vocabulary"].choice(vocabularies)
    return [
        {"id": term.code, "label": {"fr": term.fr, "en": term.en}}
        for term in vocabularies.get(slug, ())
    ]


def _words(part: Part, least: int, most: int) -> list[dict[str, Any]]:
    items = _at_most(part, most, _("at most %(most)s are read here, not %(size)s."))
    if items and len(items) < least:
        part.fault(_("at least %(least)s are needed here, not %(size)s.") % {
            "least": least, "size": len(items),
        })  # fmt: skip
    entries = [each.fields("id", "fr", "en") for each in items]
    refuse_twice([each["id"] for each in entries])
    return [
        {
            "id": each["id"].code(),
            "label": {
                "fr": each["fr"].text(most=200, language="fr"),
                "en": each["en"].text(most=200, language="en"),
            },
        }
        for each in entries
    ]


def _scale(it: Fields) -> dict[str, Any]:
    """Figures from low to high, few enough to be read at once; the two ends have words, or none."""
    least, most = it["from"].number(0, 100), it["to"].number(0, 100)
    if least >= most:
        it["to"].fault(_("a scale ends after it begins."))
    elif most - least + 1 > MOST_STEPS:
        it["to"].fault(
            _("a scale has at most %(most)s steps, this one %(size)s.")
            % {"most": MOST_STEPS, "size": most - least + 1}
        )
    scale: dict[str, Any] = {"least": least, "most": most}
    for end in ("low", "high"):
        if end in it:
            scale[end] = both(it[end], most=80)
    return scale


def _in_order(prompts: list[dict[str, Any]], parts: list[Part]) -> list[dict[str, Any]]:
    """Each question that follows from another stands right after it; a circle has no beginning."""
    known = {prompt["id"]: prompt for prompt in prompts}
    place = {prompt["id"]: part for prompt, part in zip(prompts, parts, strict=True)}
    for prompt in prompts:
        after = prompt.get("after")
        if after and after not in known:
            place[prompt["id"]].any_fields()["after"].fault(
                _("no question here is called «%s».") % after
            )
            prompt.pop("after")
    ordered: list[dict[str, Any]] = []

    def stand(prompt: dict[str, Any]) -> None:
        ordered.append(prompt)
        for other in prompts:
            if other.get("after") == prompt["id"] and other is not prompt:
                stand(other)

    for prompt in prompts:
        if "after" not in prompt:
            stand(prompt)
    standing = {id(prompt) for prompt in ordered}
    circle = [prompt for prompt in prompts if id(prompt) not in standing]
    if circle:
        place[circle[0]["id"]].any_fields()["after"].fault(
            _("these questions wait for one another: %s.")
            % " → ".join(_round(circle[0]["id"], known))
        )
    return ordered


def _round(start: str, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """From one question to the one it waits for, until one is met again."""
    walked = [start]
    while (following := known[walked[-1]]["after"]) not in walked:
        walked.append(following)
    return [*walked[walked.index(following) :], following]
