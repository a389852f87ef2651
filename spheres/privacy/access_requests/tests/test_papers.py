"""What do letters and copies say, in both languages, and what do they never say?"""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from pypdf import PdfReader

from spheres.accounts.models import Organisation
from spheres.core.working_days import is_working, last_working
from spheres.privacy.access_requests import documents, portable
from spheres.privacy.access_requests.documents import Letterhead
from spheres.privacy.access_requests.models import Decision, Ground, Outcome, Wish
from spheres.records.between.copying import Line
from spheres.records.between.together import Copied, CopiedRegister
from spheres.records.wording import ours
from spheres.vault.models import Opened

Regime = Organisation.Regime
AS_RECEIVED, AS_ANSWERED = ours(documents.RECEIVED), ours(documents.ANSWERED)
AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
TEXTS = (
    Copied(
        id=UUID(int=1),
        kind="notes",
        title="Rencontre",
        at=AT,
        author="Inès",
        texts=(
            ("her_words", "Dans mes mots", (("Je veux lire mon dossier.", ""),)),
            (
                "observation",
                "Ce qui a été vu",
                (("Elle rit.", ""), ("", "Masqué ici : cela concerne une autre personne.")),
            ),
        ),
        comments=((AT, "Ce n’est pas ce que j’ai dit."),),
    ),
)
REGISTERS = (
    CopiedRegister("openings", "Qui a regardé", (Line(AT, ("Inès", "a ouvert votre dossier")),)),
)


def head(regime: str = Regime.PRIVATE, wish: str = Wish.COPY, **other: Any) -> Letterhead:
    organisation = Organisation(
        name_fr="La Maison", name_en="The House", regime=regime,
        privacy_officer_fr="Direction générale", privacy_officer_en="Executive office",
    )  # fmt: skip
    said: dict[str, Any] = {
        "id": UUID(int=9 << 120), "wish": wish, "received_on": date(2026, 3, 2),
        "due_on": date(2026, 4, 1), "is_neutral": True, "organisation": organisation,
    }  # fmt: skip
    return Letterhead(**{**said, **other})


def decided(outcome: str, ground: str = "", reasons: str = "", again: Any = None) -> Decision:
    row = Decision(outcome=outcome, ground=ground, look_again_on=again)
    row.__dict__["_opened"] = Opened(reasons=reasons)
    return row


def words_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("regime", "wish", "articles"),
    [
        (Regime.HEALTH, Wish.COPY, "R-22.1), articles 17 à 24"),
        (Regime.HEALTH, Wish.RECTIFY, "R-22.1), articles 17 à 24"),
        (Regime.PUBLIC, Wish.PORTABLE, "A-2.1), articles 83 et 84"),
        (Regime.PUBLIC, Wish.RECTIFY, "A-2.1), article 89"),
        (Regime.PRIVATE, Wish.READ, "P-39.1), articles 27, 32 et 38"),
        (Regime.PRIVATE, Wish.RECTIFY, "P-39.1), articles 28 et 32"),
    ],
)
def test_each_letter_names_the_articles_of_its_organisation(
    regime: str, wish: str, articles: str
) -> None:
    of = head(regime, wish)
    with translation.override("fr"):
        refused = decided(Outcome.REFUSED, Ground.HARM, "Cela lui nuirait.")
        for content in (
            documents.acknowledgement(of, AS_RECEIVED),
            documents.decision(of, refused, AS_ANSWERED),
        ):
            assert articles in words_of(content)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            (
                "Votre demande est refusée pour un temps.",
                "Elle sera revue le 1er juin 2026, sans que vous ayez à le demander.",
                "nuire gravement à la santé",
                "dans les 30 jours suivant sa réception",
            ),
        ),
        (
            "en",
            (
                "Your request is refused for a time.",
                "It is looked at again on June 1, 2026, without your asking.",
                "seriously harm the person’s health",
                "within 30 days of receiving it",
            ),
        ),
    ],
)
def test_a_refusal_says_why_until_when_and_to_whom_to_turn(
    language: str, said: tuple[str, ...]
) -> None:
    answer = decided(Outcome.LATER, Ground.HARM, "Pour sa sécurité.", date(2026, 6, 1))
    with translation.override(language):
        words = words_of(documents.decision(head(), answer, AS_ANSWERED))
    assert [one for one in said if one not in words] == []
    assert "Pour sa sécurité." in words


def test_a_neutral_letter_says_nothing_of_where_it_comes_from() -> None:
    with translation.override("fr"):
        neutral = words_of(documents.acknowledgement(head(), AS_RECEIVED))
        named = words_of(documents.acknowledgement(head(is_neutral=False), AS_RECEIVED))

    assert ("La Maison" in neutral, "La Maison" in named) == (False, True)
    assert [word for word in ("Sphères", "SPHÈRES", "programme") if word in neutral + named] == []


def test_an_answer_that_confirms_nothing_is_the_same_whether_anything_is_held() -> None:
    unsaid = decided(Outcome.REFUSED, Ground.UNSAID, "Des raisons que personne ne lit.")
    for language in ("fr", "en"):
        with translation.override(language):
            said = documents.decision(head(), unsaid, AS_ANSWERED)
            assert said == documents.confirming_nothing(head(), AS_ANSWERED)


def test_when_nobody_works_on_the_laws_day_both_days_are_said() -> None:
    with translation.override("fr"):
        on_a_sunday = words_of(
            documents.acknowledgement(head(due_on=date(2026, 4, 5)), AS_RECEIVED)
        )
        on_a_monday = words_of(
            documents.acknowledgement(head(due_on=date(2026, 4, 13)), AS_RECEIVED)
        )

    assert "au plus tard le 5 avril 2026" in on_a_sunday
    assert "le dernier jour ouvrable qui le précède est le 2 avril 2026" in on_a_sunday
    assert "jour ouvrable" not in on_a_monday


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 6), date(2026, 4, 2)),  # Easter Monday, then Good Friday
        (date(2026, 6, 24), date(2026, 6, 23)),
        (date(2026, 9, 7), date(2026, 9, 4)),
        (date(2026, 10, 12), date(2026, 10, 9)),
        (date(2026, 5, 18), date(2026, 5, 15)),
        (date(2027, 1, 3), date(2026, 12, 30)),
        (date(2027, 5, 24), date(2027, 5, 21)),
    ],
)
def test_the_last_working_day_is_before_holidays_and_weekends(day: date, before: date) -> None:
    assert last_working(day) == before
    assert is_working(before)


def test_a_disputed_text_keeps_her_comment_whatever_is_answered() -> None:
    of = head(wish=Wish.RECTIFY)
    with translation.override("en"):
        for outcome in (Outcome.WHOLE, Outcome.REFUSED):
            ground = Ground.EXACT if outcome == Outcome.REFUSED else ""
            said = documents.decision(of, decided(outcome, ground), AS_ANSWERED)
            assert "stays beside it" in words_of(said)


@pytest.mark.parametrize(("language", "neutral"), list(product(("fr", "en"), (True, False))))
def test_a_copy_holds_her_words_her_comment_and_why_something_is_hidden(
    language: str, neutral: bool
) -> None:
    with translation.override(language):
        words = words_of(documents.copy(TEXTS, REGISTERS, is_neutral=neutral, left_out=1))
    for said in ("Je veux lire mon dossier.", "cela concerne une autre personne", "Ce n’est pas"):
        assert said in words
    assert ("Inès" in words) is not neutral
    assert ("a ouvert votre dossier" in words) is not neutral
    assert ("n’y est pas" in words) is (language == "fr")


def test_a_copy_made_from_a_seat_says_what_is_not_in_it_and_a_parent_s_says_nothing() -> None:
    with translation.override("en"):
        seat, parent = (
            words_of(documents.copy(TEXTS, kept, is_neutral=False, left_out=0))
            for kept in (None, ())
        )
    apart = "How you are reached, your notebook and your registers are not on these sheets."
    assert (apart in seat, "register" in parent) == (True, False)


# The data of a copy, as its guide says it.
SHAPE: dict[str, Any] = {
    "shape": str, "version": int, "language": str, "made_on": str, "reference": str,
    "left_out": int,
    "texts": [
        {
            "kind": str, "title": str, "at": str, "author": (str, type(None)),
            "parts": [
                {
                    "code": (str, type(None)), "title": (str, type(None)),
                    "pieces": [{"words": (str, type(None)), "hidden": (str, type(None))}],
                }
            ],
            "comments": [{"at": str, "words": str}],
        }
    ],
    "registers": [
        {"code": str, "title": str, "lines": [{"at": str, "sentences": [str]}]},
    ],
}  # fmt: skip


def differs(said: Any, shape: Any, place: str = "$") -> list[str]:
    """Where what is said is not of the shape: no key more, no key less, each of its type."""
    if isinstance(shape, dict):
        if not isinstance(said, dict) or set(said) != set(shape):
            return [place]
        return [
            wrong for key in shape for wrong in differs(said[key], shape[key], f"{place}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(said, list):
            return [place]
        return [w for n, one in enumerate(said) for w in differs(one, shape[0], f"{place}[{n}]")]
    return [] if isinstance(said, shape) else [place]


def data(*, neutral: bool) -> dict[str, Any]:
    with translation.override("fr"):
        made = portable.data(
            TEXTS, REGISTERS, on=date(2026, 3, 20), reference="0900 0000", is_neutral=neutral,
            left_out=2,
        )  # fmt: skip
    said: dict[str, Any] = json.loads(made)
    return said


def test_the_data_of_a_copy_has_the_shape_its_guide_says() -> None:
    assert differs(data(neutral=False), SHAPE) == []
    assert differs(data(neutral=True), SHAPE) == []
    assert differs(data(neutral=True) | {"more": 1}, SHAPE) == ["$"]


def test_the_registers_are_in_the_data_unless_nothing_may_say_where_it_comes_from() -> None:
    assert data(neutral=True)["registers"] == []
    assert data(neutral=False)["registers"] == [
        {
            "code": "openings",
            "title": "Qui a regardé",
            "lines": [
                {"at": AT.isoformat(), "sentences": ["Inès", "a ouvert votre dossier"]},
            ],
        }
    ]


def test_the_data_of_a_copy_says_what_is_hidden_and_why_and_not_what() -> None:
    said = data(neutral=True)

    assert (said["shape"], said["version"], said["language"]) == ("copy-of-a-file", 2, "fr")
    [text] = said["texts"]
    assert (text["author"], data(neutral=False)["texts"][0]["author"]) == (None, "Inès")
    assert text["parts"][1] == {
        "code": "observation",
        "title": "Ce qui a été vu",
        "pieces": [
            {"words": "Elle rit.", "hidden": None},
            {"words": None, "hidden": "Masqué ici : cela concerne une autre personne."},
        ],
    }
    assert text["comments"] == [{"at": AT.isoformat(), "words": "Ce n’est pas ce que j’ai dit."}]
