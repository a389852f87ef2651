"""Which resources answer these words? In either language, without accents, with a letter mistyped.

The directory is public and small: it is read whole and looked through here. What somebody looks for
is kept nowhere: no log, no address, no index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from spheres.directory.models import Resource

LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " "})
WORD: Final = re.compile(r"[a-z0-9]+")
# Words that say nothing of what is looked for, in both languages.
SMALL: Final = frozenset({
    "a", "ai", "an", "and", "au", "aux", "avec", "besoin", "ce", "chez", "d", "dans", "de",
    "des", "du", "elle", "en", "est", "et", "etre", "for", "from", "help", "her", "his", "i",
    "il", "in", "is", "j", "je", "l", "la", "le", "les", "lui", "m", "ma", "me", "mes", "mon",
    "my", "n", "need", "new", "of", "on", "ou", "par", "pas", "plus", "pour", "qu", "que",
    "qui", "s", "sa", "se", "ses", "si", "son", "sur", "the", "their", "to", "trouver", "un",
    "une", "want", "with", "y",
})  # fmt: skip
# What each field weighs when a word stands in it.
NAME, WORDS, ABOUT = 4, 3, 1

Weights = dict[str, int]


def look_for(
    words: str, resources: Iterable[Resource], labels: Callable[[Resource], list[str]]
) -> tuple[list[Resource], bool]:
    """Those that answer all the words, the nearest first; else those that answer some of them.

    `labels` gives the words of its codes, in both languages. The second value: were all words met?
    """
    asked = list(dict.fromkeys(word for word in folded(words) if word not in SMALL))
    asked = asked or list(dict.fromkeys(folded(words)))
    if not asked:
        return list(resources), True
    known = [(resource, weights(resource, labels(resource))) for resource in resources]
    vocabulary = sorted({word for _resource, own in known for word in own})
    near = [nearness(word, vocabulary) for word in asked]
    found = []
    for resource, own in known:
        marks = [max((own[w] * near_one[w] for w in own.keys() & near_one.keys()), default=0.0)
                 for near_one in near]  # fmt: skip
        if any(marks):
            found.append((sum(map(bool, marks)), sum(marks), resource))
    found.sort(key=lambda one: (-one[0], -one[1]))  # equal ones stay in the order they had
    most = found[0][0] if found else len(asked)
    return [resource for met, _marks, resource in found if met == most], most == len(asked)


def nearness(word: str, vocabulary: list[str]) -> dict[str, float]:
    """The words of the directory that this one may be, from 0 to 1: the same, its beginning, or a
    letter away (two in a long word)."""
    letters = 0 if len(word) < 4 else 1 if len(word) < 10 else 2
    found = {
        other: 0.6 - 0.1 * distance
        for other, distance, _place in process.extract(
            word, vocabulary, scorer=OSA.distance, score_cutoff=letters, limit=None
        )
    }
    if len(word) >= 4:
        found |= {other: 0.8 for other in vocabulary if other.startswith(word)}
    return found | ({word: 1.0} if word in vocabulary else {})


def weights(resource: Resource, labels: list[str]) -> Weights:
    """Every word by which a resource may be found, in both languages, and what it weighs."""
    provider = resource.provider
    fields = (
        (ABOUT, [resource.about_fr, resource.about_en, resource.gender_fr, resource.gender_en]),
        (ABOUT, [resource.conditions_fr, resource.conditions_en]),
        (ABOUT, [place.city for place in resource.its_places]),
        (WORDS, [*labels, resource.also_fr, resource.also_en]),
        (NAME, [resource.name_fr, resource.name_en, provider.name_fr, provider.name_en]),
    )
    return {
        word: weight for weight, texts in fields for text in texts for word in of_directory(text)
    }


@lru_cache(maxsize=20_000)
def of_directory(text: str) -> list[str]:
    """The words of a public fact, worked out once. What somebody types is never kept."""
    return folded(text)


def folded(text: str) -> list[str]:
    """Its words: small letters, no accents, no plural."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES).lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [singular(word) for word in WORD.findall(plain)]


def singular(word: str) -> str:
    """journaux → journal, lits → lit, clinics → clinic: enough for both languages."""
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word
