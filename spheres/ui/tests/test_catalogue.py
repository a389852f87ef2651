"""Is the French whole, and typeset as it is here?"""

import re
from pathlib import Path

import polib
import pytest

CATALOGUE = polib.pofile(
    str(Path(__file__).parents[1] / "locale" / "fr" / "LC_MESSAGES" / "django.po")
)
SENTENCES = [
    sentence
    for entry in CATALOGUE
    if not entry.obsolete
    for sentence in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
]


def test_every_sentence_is_translated_and_none_is_doubtful():
    assert CATALOGUE.untranslated_entries() == []
    assert CATALOGUE.fuzzy_entries() == []


@pytest.mark.parametrize(
    "mistake", ["'", r"[^\u00a0\u202f\d]:(?!//|\d)|«[^\u00a0]|[^\u00a0]»", r"\s[;!?]", r"\.\.\."]
)
def test_the_french_is_typeset_as_it_is_here(mistake):
    assert [sentence for sentence in SENTENCES if re.search(mistake, sentence)] == []


def test_no_forbidden_word_is_said():
    assert [
        sentence
        for sentence in SENTENCES
        if re.search(
            r"\b(clients?|clientes?|échecs?|brèches?|résistances?|dossiers? lourds?|usagers?)\b"
            r"|(?<!en )(?<!les )\bcas\b",
            sentence,
            re.IGNORECASE,
        )
    ] == []
