"""Which texts wait to be looked at, on which day; and how easy is a text to read?"""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from spheres.core import clock
from spheres.regions import ease, texts
from spheres.regions.models import HelpLine, Text
from spheres.regions.tests.conftest import SATURDAY

TODAY = date(2026, 11, 27)
REVIEWED, TO_REVIEW = Text.Translation.REVIEWED, Text.Translation.TO_REVIEW
VERIFIED, TO_VERIFY = HelpLine.Verification.VERIFIED, HelpLine.Verification.TO_VERIFY


def due(*, of_texts: tuple[Text, ...] = (), lines: tuple[HelpLine, ...] = ()) -> list[str]:
    with translation.override("en"):
        return [f"{one.name}: {one.why}" for one in texts.due(of_texts, lines, on=TODAY)]


def test_a_text_is_due_when_its_translation_its_day_or_its_year_is_wanting() -> None:
    a_year = timedelta(days=365)

    assert due(
        of_texts=(
            Text(key="new", translation=TO_REVIEW, reviewed_on=TODAY),
            Text(key="undated", translation=REVIEWED, reviewed_on=None),
            Text(key="old", translation=REVIEWED, reviewed_on=TODAY - a_year - timedelta(days=1)),
            Text(key="good", translation=REVIEWED, reviewed_on=TODAY - a_year),
        )
    ) == [
        "new: the translation is to be reviewed",
        "undated: nobody said when it was reviewed",
        "old: it was reviewed more than a year ago",
    ]


def test_a_help_line_is_due_after_ninety_days() -> None:
    days = timedelta(days=90)

    assert due(
        lines=(
            HelpLine(slug="never", verification=TO_VERIFY, verified_on=TODAY),
            HelpLine(slug="old", verification=VERIFIED, verified_on=TODAY - days - days / 90),
            HelpLine(slug="good", verification=VERIFIED, verified_on=TODAY - days),
        )
    ) == [
        "never: this help line was never verified",
        "old: this help line was verified more than 90 days ago",
    ]


def test_a_command_lists_what_is_due_in_a_folder(demo, monkeypatch) -> None:
    demo.change(
        "texts.yaml",
        "translation: reviewed\n  reviewed_on: 2026-10-15",
        "translation: to_review\n  reviewed_on: 2026-10-15",
    )
    said = StringIO()

    with clock.at(SATURDAY):
        call_command("list_due", str(demo.path), "--language", "en", stdout=said)

    lines = said.getvalue().splitlines()
    assert "home.title: the translation is to be reviewed" in lines
    assert lines[-1] == f"{len(lines) - 1} things are to be looked at."


# Reading.


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("rendez-vous", "fr", 3),
        ("parles", "fr", 1),
        ("aide", "fr", 1),
        ("confidentialité", "fr", 6),
        ("leave", "en", 1),
        ("stopped", "en", 1),
        ("started", "en", 2),
        ("confidentiality", "en", 6),
        ("a", "en", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word, language, count) -> None:
    assert ease.syllables(word, language) == count


def test_short_words_in_short_sentences_read_more_easily() -> None:
    easy = {"fr": "Tu choisis. Tu peux dire non.", "en": "You choose. You can say no."}
    hard = {
        "fr": "La confidentialité des renseignements communiqués à l’établissement demeure "
        "assujettie aux dispositions législatives applicables en matière de protection.",
        "en": "Confidentiality of information communicated to the establishment remains subject "
        "to applicable legislative provisions concerning the protection of individuals.",
    }

    for language in ("fr", "en"):
        assert ease.ease(easy[language], language).grade <= 5
        assert ease.ease(hard[language], language).grade >= 13


def test_what_a_page_says_is_read_block_by_block_without_its_lists_of_numbers() -> None:
    page = (
        "<header>Bar</header><main><h1>Title</h1><p>One <b>two</b></p>"
        '<nav><p>Ways</p></nav><ul class="lines"><li>911</li><li><ul><li>x</li></ul></li></ul>'
        "<ul><li>Three</li></ul></main><footer>Foot</footer>"
    )

    assert ease.said_by(page).split("\n") == ["Title", "One two", "", "", "", "", "Three", ""]
