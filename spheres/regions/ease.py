"""How easy is a text to read, in French and in English? In school grades, as a test may hold it.

French: Kandel and Moles, “Application de l’indice de Flesch à la langue française” (1958),
207 - 1.015 words a sentence - 73.6 syllables a word; its figure becomes a grade by Flesch’s own
table. English: Flesch and Kincaid (1975), 0.39 words a sentence + 11.8 syllables a word - 15.59.
Both look at lengths only: an easy figure is no proof that a text is clear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*")
END: Final = re.compile(r"[.!?…;\n]+|:(?=\s)")
VOWELS: Final = {"fr": "aeiouyàâäéèêëîïôöùûüœ", "en": "aeiouy"}
# The last letters that are written and not said; in «-ment» they are.
SILENT: Final = {
    "fr": re.compile(r"(?<=[^m])ent$|es?$"),
    "en": re.compile(r"(?<!l)e$|(?<=[^td])ed$"),
}
# Flesch’s table: from this figure on, this grade.
GRADES: Final = ((90, 5.0), (80, 6.0), (70, 7.0), (60, 8.0), (50, 10.0), (30, 13.0))
HARDEST: Final = 16.0
BLOCKS: Final = frozenset({"h1", "h2", "h3", "p", "li", "summary"})
PASSED_OVER: Final = frozenset({"nav", "svg"})


@dataclass(frozen=True)
class Ease:
    """The lengths of a text, and the grade that they give."""

    words: int
    words_a_sentence: float
    syllables_a_word: float
    grade: float


def syllables(word: str, language: str) -> int:
    """Groups of vowels that are said; every word has one."""
    spoken = SILENT[language].sub("", word.casefold())
    return max(1, len(re.findall(f"[{VOWELS[language]}]+", spoken)))


def ease(text: str, language: str) -> Ease:
    """How easy this text is; a line is a sentence at least."""
    said = [WORD.findall(sentence) for sentence in END.split(text)]
    sentences = [words for words in said if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Ease(0, 0.0, 0.0, 0.0)
    long, heavy = (
        len(words) / len(sentences),
        sum(syllables(word, language) for word in words) / len(words),
    )
    if language == "en":
        return Ease(len(words), long, heavy, max(0.0, 0.39 * long + 11.8 * heavy - 15.59))
    figure = 207 - 1.015 * long - 73.6 * heavy
    grade = next((grade for least, grade in GRADES if figure >= least), HARDEST)
    return Ease(len(words), long, heavy, grade)


class Reader(HTMLParser):
    """What a page says, a block a line, as somebody reads it from top to bottom."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.inside, self.over = 0, 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "main"
        # A list of help lines is made of names and numbers: nobody reads it as sentences.
        self.over += tag in PASSED_OVER or (tag == "ul" and ("class", "lines") in attrs)
        self.over += bool(self.over) and tag == "ul" and ("class", "lines") not in attrs

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.over -= bool(self.over) and tag in PASSED_OVER | {"ul"}
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.over:
            self.said.append(data)


def said_by(page: str) -> str:
    """The words of a page’s main part."""
    return "".join(Reader(page).said)
