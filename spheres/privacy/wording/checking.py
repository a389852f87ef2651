"""May a paragraph be worded so? What is wrong, in sentences that name the word.

The same of an organisation's words and of a region's: places, words we do not use about a person,
and names, for a letter may lie on a table and must not say where it comes from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from spheres.records.wording import PLACE, Paragraph, places_of
from spheres.regions import lexicon

MOST: Final = 4_000  # letters of one paragraph
# What a letter on a table would tell of whoever receives it: beginnings of words, bare.
TELLING: Final = re.compile(
    r"(?<!\w)(?:escort|exploit|fugue|gang|pimp|prostitu|proxenet|runaway|sexu|traffick|victim)\w*"
)
# Words of the programme's name that name nothing by themselves.
COMMON: Final = frozenset({"programme", "program", "projet", "project", "service", "the"})
# Whoever watches over the law may be named with its address; another address says who writes.
LINK: Final = re.compile(r"\S+@\S+|\w+://\S+|\bwww\.\S+")
OF_THE_STATE: Final = re.compile(r"(?:\.gouv\.qc\.ca|quebec\.ca|\.gc\.ca|canada\.ca)(?![\w.-]*\w)")


def findings(
    paragraph: Paragraph, text: str, language: str, *, programme: Collection[str]
) -> Iterator[str]:
    """Each thing that forbids it, as whoever wrote it reads it; none when it may serve."""
    if not text:
        return
    yield from _places(paragraph, text)
    for word in lexicon.forbidden(text, language, _lexicon()):
        yield _("“%(word)s” is a word that we do not use about a person.") % {"word": word}
    for word in _matches(TELLING, text):
        yield _(
            "“%(word)s” tells of what the letter speaks to whoever finds it: say it otherwise."
        ) % {"word": word}
    for link in LINK.findall(text):
        if not OF_THE_STATE.search(link):
            yield _("“%(word)s” says where this letter comes from: leave it out.") % {"word": link}
    for name in _named(text, programme):
        yield _("“%(word)s” names the programme: this letter may lie on a table, and must not.") % {
            "word": name
        }


def houses(text: str, names: Collection[str]) -> Iterator[str]:
    """Each name of the organisation that a text says in full: a neutral letter says none."""
    for name in filter(None, dict.fromkeys(names)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield _(
                "“%(word)s” names your organisation, and this letter may have a neutral look: "
                "write {organisation} in its place."
            ) % {"word": name}


def _places(paragraph: Paragraph, text: str) -> Iterator[str]:
    written = places_of(text)
    known = _spelt(paragraph.places)
    for name in written:
        if name in paragraph.places:
            continue
        if known:
            yield _("{%(place)s} stands for nothing here. What may stand: %(known)s.") % {
                "place": name,
                "known": known,
            }
        else:
            yield _("{%(place)s} stands for nothing here: write the words themselves.") % {
                "place": name
            }
    missing = [name for name in paragraph.asked if name not in written]
    if missing:
        yield _("%(missing)s is missing: without it, the letter does not say what it must.") % {
            "missing": _spelt(missing)
        }
    if re.search(r"[{}]", PLACE.sub("", text)):
        yield _("A brace stands alone: they come in pairs, around the name of a place.")


def _spelt(places: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in places)


def _named(text: str, programme: Collection[str]) -> Iterator[str]:
    """Each word of the programme's name, as the text writes it: capitals and accents make no
    difference."""
    own = {word for name in programme for word in re.findall(r"\w{4,}", _bare(name))} - COMMON
    if own:
        names = "|".join(map(re.escape, sorted(own)))
        yield from _matches(re.compile(rf"(?<!\w)(?:{names})(?!\w)"), text)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """What a pattern of bare letters meets, as the text writes it, once each."""
    met = (text[found.start() : found.end()] for found in pattern.finditer(_bare(text)))
    yield from dict.fromkeys(met)


def _bare(text: str) -> str:
    """Letter for letter, without accents or capitals."""
    return "".join(unicodedata.normalize("NFD", one)[0].casefold()[:1] for one in text)


@cache
def _lexicon() -> lexicon.Lexicon:
    return lexicon.read()
