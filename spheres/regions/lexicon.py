"""Which words do we not use about a person? The glossary's own list, read and applied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
_LETTER = r"[\w·]"  # «client·e» is one word; «l’échec» and «sous-client» hold the word

Lexicon = Mapping[str, re.Pattern[str]]


def read(glossary: Path = GLOSSARY, fence: str = "forbidden") -> Lexicon:
    """One pattern for each language of one of its lists; empty when there is no glossary here."""
    if not glossary.exists():
        return {}
    fenced = re.compile(rf"^```{fence}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    words: dict[str, list[str]] = {}
    for block in fenced.findall(glossary.read_text(encoding="utf-8")):
        for line in filter(None, map(str.strip, block.splitlines())):
            language, _, word = line.partition(":")
            words.setdefault(language, []).append(word.strip())
    return {language: _any_of(found) for language, found in words.items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    # The longest first, so that «cas lourd» is named rather than «un cas».
    each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!{_LETTER})(?:{each})(?!{_LETTER})", re.IGNORECASE)


def forbidden(text: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    """Each forbidden word of a text, as the text writes it."""
    if pattern := lexicon.get(language):
        yield from dict.fromkeys(match[0] for match in pattern.finditer(text))
