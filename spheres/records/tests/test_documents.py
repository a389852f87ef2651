"""Is a document what was signed, whatever was typed, byte for byte, and nothing more?"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from spheres.records import documents, policy
from spheres.records.documents import Corrected, Document, Fact, Words
from spheres.records.models import HandOver
from spheres.sharing.compile import our_models, word_of

AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def document(words: str = "Elle rit.") -> Document:
    return Document(
        id=UUID(int=5 << 120),
        file_id=UUID(int=6),
        kind="note",
        title="Note du 2 mars 2026",
        language="fr",
        organisation="La Maison",
        author="Inès",
        occurred_at=AT,
        signed_at=AT,
        texts=(Words("observation", "Ce qui a été vu ou fait", words),),
        facts=(Fact("place", "Où", "Dans la rue"),),
        corrects=(Corrected(UUID(int=9 << 120), "Corrige la note du 1er mars 2026", AT, AT),),
    )


def read(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return text.replace("\u200b", "")


def test_the_words_are_whole() -> None:
    with translation.override("fr"):
        assert documents.as_text(document()) == (
            "Note du 2 mars 2026\n"
            "La Maison\n"
            "Date\u00a0: 2 mars 2026, 9\u00a0h\u00a005\n"
            "Signature\u00a0: Inès, 2 mars 2026, 9\u00a0h\u00a005\n"
            "Corrige la note du 1er mars 2026, signée le 2 mars 2026, 9\u00a0h\u00a005 "
            "(référence 0900 0000)\n\n"
            "Ce qui a été vu ou fait\nElle rit.\n\n"
            "Où\u00a0: Dans la rue\n\n"
            "Référence 0500 0000\n"
        )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('#eval("2+2") *gras* _x_ $y$ `z` <a> @b // \\', None),
        ("Première ligne\nDeuxième ligne", None),
        ("ᐃᓄᒃᑎᑐᑦ", None),
        ("мир", None),
        ("allo 🎉", "allo [U+1F389]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("a\u202eb\x07c\x00", "abc"),
        ("x" * 20_000, None),
    ],
)
def test_what_was_typed_is_printed_and_never_obeyed(typed: str, printed: str | None) -> None:
    pdf = documents.as_pdf(document(typed))

    seen = read(pdf)
    if " " not in typed:  # a word without an end goes on at the next line, and the next page
        lines = [line for line in seen.split("\n") if "Confidentiel" not in line]
        seen = "".join(lines) if len(typed) > 100 else seen
    assert (printed or typed) in seen
    assert documents.as_pdf(document(typed)) == pdf


def test_words_that_run_from_right_to_left_are_all_there() -> None:
    pdf = read(documents.as_pdf(document("مرحبا שלום")))

    assert "مرحبا" in pdf
    assert "שלום" in pdf


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_anything_makes_a_document_and_comes_back_from_the_data(words: str) -> None:
    said = document(words.encode("utf-8", "ignore").decode())

    assert documents.as_pdf(said).startswith(b"%PDF")
    assert documents.from_json(documents.as_json(said)) == said


def test_the_pdf_says_its_language_and_its_title_to_a_screen_reader_and_no_moment() -> None:
    pdf = PdfReader(io.BytesIO(documents.as_pdf(document())))

    catalogue = pdf.trailer["/Root"]
    assert dict(pdf.metadata or {}).keys() == {"/Title", "/Creator"}
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("fr-CA", True)


def test_data_of_another_version_are_refused() -> None:
    later = documents.as_json(document()).replace('"version": 1', '"version": 2')

    with pytest.raises(ValueError, match="version 1"):
        documents.from_json(later)


def test_nothing_of_psychotherapy_or_of_private_pages_can_ever_be_copied() -> None:
    kinds = [model for model in our_models() if issubclass(model, HandOver)]

    assert sorted(kind.__name__ for kind in kinds) == ["NoteHandOver", "PlanHandOver"]
    for kind in kinds:
        assert word_of(kind).section not in policy.NEVER  # type: ignore[attr-defined]
