"""Does a text name someone, a place or a number that a file must not hold?

A helper that warns and explains; it never sends a text anywhere, never blocks, never keeps what
it found (rights.md §8.2, 22). One owner for the whole house (design §10.16).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LETTER = "A-Za-zÀ-ÖØ-öø-ÿ’'\\-"
CAPITAL = "A-ZÀ-ÖØ-Þ"
PHONE = re.compile(
    r"(?<![\d.])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.\u00a0-]?\d{3}[\s.\u00a0-]?\d{4}(?!\d)"
)
ADDRESS = re.compile(
    r"\b\d{1,5}\s*,?\s+(?:(?:rue|avenue|av\.|boulevard|boul\.|chemin|ch\.|place|rang|allée|côte|"
    rf"montée|impasse)\s+[{LETTER} .]{{2,40}}|[{LETTER}]{{2,30}}\s+"
    r"(?:street|st\.|avenue|ave\.?|road|rd\.|boulevard|blvd\.?|drive|lane|crescent|court|place)\b)",
    re.IGNORECASE,
)
POSTAL = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b", re.IGNORECASE)
NAME = re.compile(
    rf"\b([{CAPITAL}][a-zà-öø-ÿ’'\-]+(?:\s+(?:de|du|des|la|le|St|Ste))?\s+[{CAPITAL}][{LETTER}]+)\b"
)
# Capital letters that begin a sentence, a day, a place of service: no person's name.
COMMON = frozenset(
    [
        "le",
        "la",
        "les",
        "l’",
        "un",
        "une",
        "des",
        "il",
        "elle",
        "iel",
        "on",
        "nous",
        "vous",
        "je",
        "tu",
        "ce",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "mon",
        "ma",
        "mes",
        "notre",
        "nos",
        "leur",
        "leurs",
        "the",
        "a",
        "an",
        "she",
        "he",
        "they",
        "we",
        "you",
        "i",
        "this",
        "that",
        "these",
        "her",
        "his",
        "their",
        "my",
        "our",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "centre",
        "center",
        "maison",
        "école",
        "school",
        "clinique",
        "clinic",
        "service",
        "services",
        "hôpital",
        "hospital",
        "clsc",
        "ciusss",
        "centre-ville",
        "montréal",
        "montreal",
        "québec",
        "quebec",
        "canada",
        "saint",
        "sainte",
        "dpj",
        "après",
        "avant",
        "avec",
        "pour",
        "dans",
        "quand",
        "puis",
        "aussi",
        "mais",
        "et",
        "ou",
        "si",
        "à",
        "au",
        "aux",
        "en",
        "chez",
        "par",
        "by",
        "rencontre",
        "appel",
        "texto",
        "chère",
        "cher",
        "bonjour",
        "salut",
        "merci",
        "bravo",
        "dear",
        "hello",
        "hi",
        "thanks",
        "premières",
        "first",
        "nations",
    ]
)


@dataclass(frozen=True)
class Finding:
    """One thing to look at again: the words found, and why."""

    words: str
    why: Any


def look(text: str, *, others: Collection[str] = ()) -> list[Finding]:
    """What in `text` looks like an identifier, in order; each words once.

    `others` are chosen names that do not belong in this file.
    """
    found: dict[str, Finding] = {}
    for pattern, why in (
        (PHONE, _("looks like a phone number")),
        (ADDRESS, _("looks like an address")),
        (POSTAL, _("looks like a postal code")),
    ):
        for match in pattern.finditer(text):
            found.setdefault(match[0].strip(), Finding(match[0].strip(), why))
    for words in _full_names(text):
        found.setdefault(words, Finding(words, _("looks like a full name")))
    for name in others:
        if name.strip() and (seen := _alone(name.strip()).search(text)):
            why = _("is the chosen name of someone else you accompany")
            found.setdefault(seen[0], Finding(seen[0], why))
    return list(found.values())


def full_names(text: str, *, hers: Collection[str] = ()) -> list[str]:
    """Two capitalised words in a row that are not hers: said gently, beside what she typed.

    Around her, first names or nicknames are enough; nothing is ever refused for it.
    """
    own = {word.casefold() for name in hers for word in name.split()}
    # In a list, each line is a thing of its own.
    found = dict.fromkeys(name for line in text.splitlines() for name in _full_names(line))
    return [words for words in found if not own & {word.casefold() for word in words.split()}]


def _alone(name: str) -> re.Pattern[str]:
    """A name standing by itself, in capitals or not: not inside a longer word."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)


def _full_names(text: str) -> Iterator[str]:
    """Two capitals in a row; a word that begins a sentence hides no name that follows it."""
    place = 0
    while match := NAME.search(text, place):
        words = match[1].split()
        if any(word.casefold() in COMMON for word in words):
            place = match.start() + len(words[0])
        else:
            yield match[1]
            place = match.end()
