"""How is a FHIR R4 Questionnaire read into what we ask, and what is said of each mistake in it?

Read: group, display, choice, integer, boolean, string and text. What we do not read is refused
rather than left out: a condition or a limit that is passed over would change what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.followup.instruments import suicide
from spheres.followup.instruments.items import ANSWERED, Kind
from spheres.regions.reading import Fields, Part, refuse_twice

HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION, ORDINAL = HL7 + "translation", HL7 + "ordinalValue"
LEAST, MOST = HL7 + "minValue", HL7 + "maxValue"
LINK = re.compile(r"[A-Za-z0-9/._-]{1,64}")
STATUSES: Final = ("draft", "active", "retired", "unknown")
LANGUAGES: Final = {"fr": "fr", "fr-CA": "fr", "en": "en", "en-CA": "en"}
MOST_ITEMS, MOST_OPTIONS, DEEPEST = 120, 20, 3
# Known, and about the file alone: nothing of them is shown.
ABOUT: Final = (
    "id", "meta", "url", "identifier", "version", "name", "status", "experimental", "date",
    "publisher", "contact", "copyright", "purpose", "subjectType", "code", "useContext",
    "jurisdiction", "approvalDate", "lastReviewDate", "effectivePeriod",
)  # fmt: skip
VALUES: Final = {"integer": "valueInteger", "coding": "valueCoding"}


@dataclass(frozen=True)
class QuestionnaireSaid:
    """What a file asks; `watched` are the questions that speak of suicide, by words or by code."""

    slug: str
    title: dict[str, str]
    lead: dict[str, str]
    items: list[dict[str, Any]]
    watched: frozenset[str]
    is_spoken_of: bool  # in the title, or in words that are only read
    part: Part


def stem(part: Part) -> str:
    """The name of the file: it is what the questionnaire is called, and what pairs two files."""
    return part.file.rpartition("/")[2].rpartition(".")[0]


class Reader:
    """One file, in the language it is written in, and the questions met so far."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.links: list[Part] = []
        self.items: list[dict[str, Any]] = []
        self.watched: set[str] = set()
        self.is_spoken_of = False
        self.language = ""

    def questionnaire(self) -> QuestionnaireSaid:
        it = self.part.fields(
            "resourceType", "language", "title", "_title", "item",
            optional=("description", "_description", *ABOUT),
        )  # fmt: skip
        it["resourceType"].choice(("Questionnaire",))
        if "status" in it:
            it["status"].choice(STATUSES)
        self.language = LANGUAGES.get(it["language"].choice(LANGUAGES), "fr")
        title = self.both(it, "title", most=80)
        lead = self.both(it, "description", most=600) if "description" in it else _nothing()
        self.is_spoken_of = suicide.is_spoken_of(*title.values(), *lead.values())
        count = sum(1 for _item in _all_items(it["item"]))
        if count > MOST_ITEMS:
            sentence = _("a questionnaire has at most %(most)s items, this one %(size)s.")
            it["item"].fault(sentence % {"most": MOST_ITEMS, "size": count})
        else:
            for each in it["item"].items():
                self.item(each, 0, is_watched=False)
            if not any(item["kind"] in ANSWERED for item in self.items):
                it["item"].fault(_("a questionnaire asks at least one question."))
        refuse_twice(self.links)
        return QuestionnaireSaid(
            stem(self.part), title, lead, self.items, frozenset(self.watched), self.is_spoken_of,
            it["title"],
        )  # fmt: skip

    def item(self, part: Part, depth: int, *, is_watched: bool) -> None:
        it = part.any_fields()
        said = it["type"].choice(
            [kind.value for kind in Kind],
            _("«%(value)s» is no kind of item that is read here. Choose among: %(choices)s."),
        )
        if not said:
            if "type" not in it:
                part.fault(_("this item does not say its type."))
            return
        kind = Kind(said)
        _refuse_what_would_be_asked_otherwise(it)
        part.fields(
            "linkId", "type", "text", "_text",
            *(("answerOption",) if kind == Kind.CHOICE else ()),
            *(("item",) if kind == Kind.GROUP else ()),
            optional=(
                "id", "definition", "code", "prefix", "required", "repeats",
                *(("extension",) if kind == Kind.INTEGER else ()),
            ),
        )  # fmt: skip
        link = it["linkId"].matching(
            LINK, _("«%s» is not a link identifier: letters, figures and / . _ -, at most 64.")
        )
        self.links.append(it["linkId"])
        label = self.both(it, "text", most=600)
        options = self.options(it["answerOption"]) if kind == Kind.CHOICE else []
        speaks = suicide.is_coded(link, *_codes(it["code"])) or suicide.is_spoken_of(
            *label.values(), *(words for one in options for words in one["label"].values())
        )
        self.items.append(
            {
                "id": link,
                "kind": kind.value,
                "label": label,
                "depth": depth,
                "options": options,
                "span": _span(it["extension"]) if "extension" in it else None,
            }
        )
        if kind in ANSWERED and (speaks or is_watched):
            self.watched.add(link)
        elif speaks and kind == Kind.DISPLAY:
            self.is_spoken_of = True
        if kind == Kind.GROUP and "item" in it:
            if depth >= DEEPEST:
                it["item"].fault(_("groups stand within one another three deep at most."))
                return
            for each in it["item"].items():
                self.item(each, depth + 1, is_watched=speaks or is_watched)

    def options(self, part: Part) -> list[dict[str, Any]]:
        items = part.items()
        if not 2 <= len(items) <= MOST_OPTIONS:
            sentence = _("a choice offers from 2 to %(most)s answers, this one %(size)s.")
            part.fault(sentence % {"most": MOST_OPTIONS, "size": len(items)})
            return []
        names: list[Part] = []
        found = [self.option(each, names) for each in items]
        refuse_twice(names)
        return found

    def option(self, part: Part, names: list[Part]) -> dict[str, Any]:
        it = part.fields(optional=("id", "extension", *VALUES.values()))
        if VALUES["integer"] in it:
            number = it[VALUES["integer"]]
            names.append(number)
            figure = number.number(-1000, 1000)
            words = {"fr": str(figure), "en": str(figure)}
            return {"id": str(figure), "label": words, "value": figure}
        if VALUES["coding"] not in it:
            part.fault(_("an answer is a valueInteger or a valueCoding."))
            return {"id": "", "label": _nothing(), "value": None}
        coding = it[VALUES["coding"]].fields(
            "code", "display", "_display", optional=("id", "extension", "system", "version")
        )
        names.append(coding["code"])
        value: int | None = None
        # R4 puts what an answer counts for on the answer; older files, on its code.
        for holder in (it, coding):
            if "extension" in holder:
                found = _numbers(holder["extension"], {ORDINAL: "valueDecimal"})
                value = found.get(ORDINAL, value)
        return {
            "id": coding["code"].matching(
                LINK, _("«%s» is not a code: letters, figures and / . _ -, at most 64.")
            ),
            "label": self.both(coding, "display", most=300),
            "value": value,
        }

    def both(self, it: Fields, name: str, *, most: int) -> dict[str, str]:
        """A text in the language of the file, and in the other by the translation extension."""
        other = "en" if self.language == "fr" else "fr"
        said = {self.language: it[name].text(most=most, language=self.language), other: ""}
        for extension in (
            it[f"_{name}"].any_fields()["extension"].items() if (f"_{name}" in it) else ()
        ):
            each = extension.fields("url", optional=("id", "extension"))
            if each["url"].choice((TRANSLATION,)) != TRANSLATION:
                continue
            self._translation(each["extension"], said, other, most)
        if it[name].node is not None and not said[other]:
            sentence = {
                "fr": _("the French text is missing."),
                "en": _("the English text is missing."),
            }
            (it[f"_{name}"] if f"_{name}" in it else it[name]).fault(sentence[other])
        return {"fr": said["fr"], "en": said["en"]}

    def _translation(self, part: Part, said: dict[str, str], other: str, most: int) -> None:
        parts: dict[str, Part] = {}
        for each in part.items():
            it = each.fields("url", optional=("id", "valueCode", "valueString", "valueMarkdown"))
            value = next((it[name] for name in it if name.startswith("value")), None)
            if value is not None:
                parts[it["url"].choice(("lang", "content"))] = value
        language = parts["lang"].plain if "lang" in parts else ""
        if LANGUAGES.get(language) == other and "content" in parts:
            said[other] = parts["content"].text(most=most, language=other)


def _nothing() -> dict[str, str]:
    return {"fr": "", "en": ""}


def _all_items(part: Part) -> Iterator[Part]:
    """Every item, however deep, without reading what it says."""
    waiting = [part]
    while waiting:
        for each in waiting.pop().items():
            yield each
            below = each.any_fields()
            if "item" in below:
                waiting.append(below["item"])


def _refuse_what_would_be_asked_otherwise(it: Fields) -> None:
    """Nothing is required here, nothing is asked twice, and nothing hangs on another answer."""
    if it["required"].plain == "true":
        it["required"].fault(_("nothing is required here: every question may be skipped."))
    if it["repeats"].plain == "true":
        it["repeats"].fault(_("a question is answered once: «repeats» is not read here."))


def _codes(part: Part) -> list[str]:
    if part.node is None:
        return []
    return [each.any_fields()["code"].plain for each in part.items()]


def _numbers(part: Part, known: dict[str, str]) -> dict[str, int]:
    """The whole numbers of the extensions that are read here; another one is refused."""
    found: dict[str, int] = {}
    for each in part.items():
        it = each.any_fields()
        url = it["url"].choice(known)
        if not url:
            continue
        value = it[known[url]]
        if value.node is None:
            each.fault(_("this extension has no %s.") % known[url])
        elif re.fullmatch(r"-?\d{1,4}(\.0+)?", value.plain):
            found[url] = int(value.plain.partition(".")[0])
        else:
            value.fault(
                _("«%(value)s» is not a whole number from %(least)s to %(most)s.")
                % {"value": value.plain, "least": -1000, "most": 1000}
            )
    return found


def _span(part: Part) -> list[int] | None:
    """From which number to which one an answer goes."""
    found = _numbers(part, {LEAST: "valueInteger", MOST: "valueInteger"})
    if len(found) < 2:
        part.fault(_("say both minValue and maxValue, or neither."))
        return None
    if found[LEAST] >= found[MOST]:
        part.fault(_("a scale ends after it begins."))
        return None
    return [found[LEAST], found[MOST]]


def check(parts: list[Part], said: object = None) -> dict[str, QuestionnaireSaid]:
    """Every questionnaire of the folder, by the name of its file."""
    return {stem(part): Reader(part).questionnaire() for part in parts}
