"""How does a chosen name sound, and which numbers and addresses are written in a line?

For French and English ears alike: «Kim» begins «Kimberly», «Cathy» is «Kathie». Small and blunt on
purpose: it only makes somebody ask the person.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SHORTEST, LONGEST = 2, 8  # sounds: fewer tell nobody apart, more add nothing
# Of a phone number: without its area code, or whole. Eight figures are a date.
FIGURES: Final = frozenset({7, *range(10, 16)})
MAIL: Final = re.compile(r"[^\s<>«»“”\"',;:()]+@[^\s<>«»“”\"',;:()]+\.[a-z]{2,}", re.IGNORECASE)
PHONE: Final = re.compile(r"\+?\(?\d[\d\s().\u00a0\u2011-]{5,}\d")

# What is written is replaced by what is heard, longest first; one capital letter for each sound.
WRITTEN: Final = (
    (r"ch(?=[lr])", "k"),
    (r"tch|sch|ch|sh", "C"),
    (r"ph", "f"),
    (r"eau|au", "o"),
    (r"oo|ou", "U"),
    (r"ee|ie$|ey$", "i"),
    (r"ai|ay|ei|ey", "e"),
    (r"gu(?=[eiy])", "G"),
    (r"dj|g(?=[eiy])|j", "J"),
    (r"ck|qu|q|c(?![eiyC])|k", "K"),
    (r"c", "s"),
    (r"x", "Ks"),
    (r"z", "s"),
    (r"w", "v"),
    (r"y", "i"),
    (r"h", ""),
    (r"u", "W"),  # «Lucas» does not begin as «Lou»
)
# A short form of the kind «Sammy», «Jenny»: the doubled letter says so.
FAMILIAR: Final = re.compile(r"([bcdfgklmnprstvz])\1(?:y|ie|i)$")


def plain(name: str) -> str:
    """Small letters without accents, and nothing else."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if letter.isascii() and letter.isalpha())


def heard(name: str) -> str:
    """The sounds of a name, in order; empty when it is written in no Latin letter."""
    return _heard(plain(name))


def _heard(letters: str) -> str:
    for written, sound in WRITTEN:
        letters = re.sub(written, sound, letters)
    letters = re.sub(r"(.)\1+", r"\1", letters.upper())
    if len(letters) > SHORTEST:
        letters = re.sub(r"(?<=[^AEIOUW])E$|(?<=O)T$", "", letters)
    return letters[:LONGEST]


def whole(name: str) -> list[str]:
    """Its sounds, and those of the short form it is made on: «Kimmy» is «Kim» too."""
    letters = plain(name)
    found = [_heard(letters)]
    if FAMILIAR.search(letters):
        found.append(_heard(FAMILIAR.sub(r"\1", letters)))
    return [sounds for sounds in dict.fromkeys(found) if len(sounds) >= SHORTEST]


def beginnings(name: str) -> list[str]:
    """Every way in which it may be cut short: what another would hear of it first."""
    sounds = heard(name)
    return [sounds[:length] for length in range(SHORTEST, len(sounds))]


def reached(line: str) -> list[str]:
    """The phone numbers and e-mail addresses written in a line, each always written alike."""
    mails = [found.casefold() for found in MAIL.findall(line)]
    rest = MAIL.sub(" ", line)
    return list(dict.fromkeys([*mails, *filter(None, map(_number, PHONE.findall(rest)))]))


def _number(written: str) -> str:
    """Figures alone; the 1 of North America is not part of a number."""
    figures = "".join(letter for letter in written if letter.isdecimal())
    if len(figures) == 11 and figures.startswith("1"):
        figures = figures[1:]
    return figures if len(figures) in FIGURES else ""
