"""Is a signed note copied once to the official file, by its author alone, and told to her?"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from spheres.accounts.models import Organisation
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.notes import actions, queries
from spheres.followup.notes.models import NoteHandOver
from spheres.participants.models import Assignment
from spheres.records import documents, policy
from spheres.records import queries as kept
from spheres.records.forms import CopyForm
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, sign_note, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
NOTE = uuid_of("first note of Maya")
PRESS = uuid_of("a press")
HOSTILE = (
    '#eval("1+1") #import "x" *b* $x$ `c` <l> @r \\ // {{ x }} <script>alert(1)</script> "\' 🙂'
)


@pytest.fixture
def i_clsc(cast: Cast) -> Cast:
    """La Maison keeps its official file elsewhere."""
    with acting(LOADER):
        keeps = Organisation.objects.filter(pk=cast.la_maison.pk)
        keeps.update(system_of_record="I-CLSC", copy_shape="PDF")
    return cast


def sent(
    cast: Cast, by: Actor, shape: str, note: UUID = NOTE, press: UUID = PRESS, **said: str
) -> Any:
    """Somebody presses one of the three buttons on the note's page, in English, on Tuesday."""
    with clock.at(TUESDAY):
        where = reverse("notes:hand_over", args=[cast.maya.file_id, note])
        number = CopyForm.signer().sign(press.hex)
        pressed = {"form_id": number, "shape": shape, **said}
        return signed_in(by, at=TUESDAY, language="en").post(where, pressed)


def shown(cast: Cast, by: Actor, note: UUID = NOTE, language: str = "en") -> str:
    with clock.at(TUESDAY):
        where = reverse("notes:detail", args=[cast.maya.file_id, note])
        return signed_in(by, at=TUESDAY, language=language).get(where).content.decode()


@contextmanager
def everyone_on_the_file(cast: Cast) -> Iterator[None]:
    """Yanick walks with Maya too."""
    with acting(cast.ines):
        beside = {"file_id": cast.maya.file_id, "user_id": cast.yanick.user_id}
        Assignment.objects.bulk_create(
            [Assignment(id=uuid_of("beside"), starts_at=MONDAY, **beside)]
        )
    yield


def told(cast: Cast) -> list[str]:
    with acting(cast.ines, TUESDAY):
        events = Event.objects.filter(chain_id=cast.maya.file_id).order_by("number")
        return [f"{e.action} {e.basis}".strip() for e in events if "hand" in e.action]


def read(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_words_are_shown_to_be_copied_and_name_neither_her_nor_the_programme(
    i_clsc: Cast,
) -> None:
    page = sent(i_clsc, i_clsc.ines, "TEXT")

    words = Page(page.content.decode()).texts
    text = next(text for text, _box in words if "Note of March 2, 2026" in text)
    assert page.status_code == 200
    assert text == (
        "Note of March 2, 2026\n"
        "La Maison\n"
        "Date: March 2, 2026, 9:00\u00a0a.m.\n"
        "Signed by Inès, March 2, 2026, 9:00\u00a0a.m.\n\n"
        "In their words\nJ’ai dormi.\n\n"
        "What was seen or done\nElle rit en parlant de son chat.\n\n"
        "What helps next\nChercher ensemble un lit pour jeudi.\n\n"
        "Kind of contact: Meeting\nHow long, about: Half an hour to an hour\n\n"
        f"Reference {documents.reference(NOTE)}\n"
    )


@pytest.mark.parametrize("shape", ["PDF", "JSON", "TEXT"])
def test_the_file_that_leaves_has_a_name_that_says_nothing(i_clsc: Cast, shape: str) -> None:
    answer = sent(i_clsc, i_clsc.ines, shape, as_file="yes")

    name = f"note-2026-03-02-{NOTE.hex[:8]}.{ {'TEXT': 'txt'}.get(shape, shape.lower()) }"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    for word in ("Maya", "Sphères", "SPHÈRES", "sex", "programme"):
        assert word not in (read(answer.content) if shape == "PDF" else answer.content.decode())


def test_the_pdf_reads_back_and_is_the_same_bytes_twice(i_clsc: Cast) -> None:
    first = sent(i_clsc, i_clsc.ines, "PDF").content

    pdf = PdfReader(io.BytesIO(first))
    assert first == sent(i_clsc, i_clsc.ines, "PDF", press=uuid_of("another press")).content
    assert (dict(pdf.metadata or {})["/Title"], len(pdf.pages)) == ("Note of March 2, 2026", 1)
    assert "Elle rit en parlant de son chat." in read(first)


def test_the_data_read_back_are_the_note(i_clsc: Cast) -> None:
    said = sent(i_clsc, i_clsc.ines, "JSON").content.decode()

    document = documents.from_json(said)
    assert documents.as_json(document) == said
    assert (document.id, document.file_id, document.occurred_at) == (
        NOTE, i_clsc.maya.file_id, MONDAY,
    )  # fmt: skip
    assert [(each.code, each.words) for each in document.texts] == [
        ("her_words", "J’ai dormi."),
        ("observation", "Elle rit en parlant de son chat."),
        ("support", "Chercher ensemble un lit pour jeudi."),
    ]


def test_hostile_words_stay_words_in_every_shape(i_clsc: Cast) -> None:
    with acting(i_clsc.ines):
        sign_note(i_clsc.maya.file_id, "hostile", by=i_clsc.ines, observation=HOSTILE)
    note = uuid_of("hostile")

    pdf = read(sent(i_clsc, i_clsc.ines, "PDF", note).content)
    data = json.loads(sent(i_clsc, i_clsc.ines, "JSON", note).content)
    page = sent(i_clsc, i_clsc.ines, "TEXT", note).content.decode()

    assert HOSTILE.replace("🙂", "[U+1F642]") in pdf.replace("\n", " ").replace("\u200b", "")
    assert data["texts"] == [
        {"code": "observation", "title": "What was seen or done", "words": HOSTILE}
    ]
    assert "<script>alert(1)" not in page
    assert HOSTILE in "".join(text for text, _box in Page(page).texts)


def test_it_is_marked_on_the_note_and_told_in_her_journal(i_clsc: Cast) -> None:
    sent(i_clsc, i_clsc.ines, "PDF")

    with clock.at(TUESDAY):
        where = reverse("dossier:who", args=[i_clsc.maya.file_id])
        who = signed_in(i_clsc.ines, at=TUESDAY, language="fr").get(where).content.decode()
    assert told(i_clsc) == ["note.handed_over PDF"]
    assert "a copié une note, en PDF, au dossier officiel de l’organisme" in who
    assert (
        "Copie remise au dossier officiel (I-CLSC) le 3 mars 2026, 9\u00a0h\u00a000, par Inès"
        in shown(i_clsc, i_clsc.ines, language="fr")
    )


def test_pressed_twice_it_is_one_copy_and_another_shape_is_another(i_clsc: Cast) -> None:
    for shape in ("TEXT", "TEXT", "PDF"):
        sent(i_clsc, i_clsc.ines, shape)

    with acting(i_clsc.ines, TUESDAY):
        copies = list(
            NoteHandOver.objects.order_by("shape").values_list("shape", "system", "handed_by")
        )
    assert told(i_clsc) == ["note.handed_over TEXT", "note.handed_over PDF"]
    assert copies == [
        ("PDF", "I-CLSC", i_clsc.ines.user_id),
        ("TEXT", "I-CLSC", i_clsc.ines.user_id),
    ]


def test_a_correction_says_what_it_corrects_as_far_back_as_it_goes(i_clsc: Cast) -> None:
    second, third = uuid_of("second"), uuid_of("third")
    sent(i_clsc, i_clsc.ines, "PDF")
    with acting(i_clsc.ines, TUESDAY):
        for before, after in ((NOTE, second), (second, third)):
            said = actions.Written(after, "meeting", MONDAY, observation="Son chien.")
            actions.correct(before, said, by=i_clsc.ines, at=TUESDAY)

    page = shown(i_clsc, i_clsc.ines, third)
    document = documents.from_json(sent(i_clsc, i_clsc.ines, "JSON", third).content.decode())

    assert "The note that this one corrects was copied to the official file" in page
    assert [each.id for each in document.corrects] == [second, NOTE]
    with translation.override("en"):
        lines = document.lines
    assert lines[3] == (
        "Corrects the note of March 2, 2026, signed March 3, 2026, 9:00\u00a0a.m. "
        f"(reference {documents.reference(second)})"
    )
    assert sent(i_clsc, i_clsc.ines, "JSON", NOTE).status_code == 403


def test_a_colleague_sees_the_mark_and_no_button(i_clsc: Cast) -> None:
    sent(i_clsc, i_clsc.ines, "PDF")

    with everyone_on_the_file(i_clsc):
        page, refused = shown(i_clsc, i_clsc.yanick), sent(i_clsc, i_clsc.yanick, "PDF")

    assert "Copied to the official file (I-CLSC)" in page
    assert 'name="shape"' not in page
    assert refused.status_code == 403
    assert told(i_clsc) == ["note.handed_over PDF"]


@pytest.mark.parametrize("who", ["samir", "karim", "louise", "roy", "nadia", "amrani"])
def test_nobody_else_learns_that_there_is_a_note(i_clsc: Cast, who: str) -> None:
    answer = sent(i_clsc, getattr(i_clsc, who), "TEXT")

    assert answer.status_code == 404


def test_where_this_is_the_official_file_there_is_no_button(cast: Cast) -> None:
    page, refused = shown(cast, cast.ines), sent(cast, cast.ines, "TEXT")

    assert "Official file" not in page
    assert refused.status_code == 403


def test_a_copy_never_goes_to_the_file_of_another_organisation(i_clsc: Cast) -> None:
    elsewhere = Actor(i_clsc.ines.user_id, i_clsc.elsewhere.pk, i_clsc.ines.roles)

    with acting(i_clsc.ines):
        note = queries.visible(actor=i_clsc.ines).get(pk=NOTE)
        official = kept.official(note.file_id, actor=i_clsc.ines)

    decisions = [
        policy.can_hand_over(actor, note, "SIGNED", official) for actor in (i_clsc.ines, elsewhere)
    ]

    assert [decision.allowed for decision in decisions] == [True, False]


def test_a_changed_form_copies_nothing(i_clsc: Cast) -> None:
    with clock.at(TUESDAY):
        where = reverse("notes:hand_over", args=[i_clsc.maya.file_id, NOTE])
        sent_on = {"form_id": "forged", "shape": "PDF"}
        answer = signed_in(i_clsc.ines, at=TUESDAY).post(where, sent_on)

    assert answer.status_code == 422
    assert told(i_clsc) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_note_and_its_copy_cost_the_same(i_clsc: Cast, rows: int) -> None:
    for n in range(rows - 1):
        sent(i_clsc, i_clsc.ines, "PDF", press=uuid_of(f"press {n}"))
    ines = signed_in(i_clsc.ines, at=TUESDAY)
    where = reverse("notes:detail", args=[i_clsc.maya.file_id, NOTE])
    copy = reverse("notes:hand_over", args=[i_clsc.maya.file_id, NOTE])
    with clock.at(TUESDAY):
        ines.get(where)

        with CaptureQueriesContext(connection) as reading:
            ines.get(where)
        with CaptureQueriesContext(connection) as copying:
            number = CopyForm.signer().sign(uuid_of("the last press").hex)
            ines.post(copy, {"form_id": number, "shape": "JSON"})

    assert (len(reading), len(copying)) == (11, 12)
