"""Does she read her file with her worker, and does what concerns others never leave the house?"""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.notes import actions as notes
from spheres.followup.reading.forms import CommentForm, HeldForm, HideForm, PaperForm
from spheres.followup.reading.models import Comment, Lifted, Looked, Mask, Together
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, sign_note, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
NOTE, FIRST = uuid_of("a note about two"), uuid_of("first note of Maya")
BROTHER = "Son frère Hugo a été arrêté mardi."
SEEN = f"Elle est arrivée en avance. {BROTHER} Elle a parlé de son chat."
SAID = "J’ai pas dit que je voulais partir."


def place(cast: Cast, rest: str = "") -> str:
    return f"/files/{cast.maya.file_id}/reading/{rest}"


def note(cast: Cast, **said: Any) -> None:
    with acting(cast.ines):
        texts = {"her_words": "Je veux lire mon dossier.", "observation": SEEN, **said}
        sign_note(cast.maya.file_id, "a note about two", by=cast.ines, **texts)


def get(cast: Cast, path: str, *, who: str = "ines", language: str = "en", at: Any = MONDAY) -> Any:
    with clock.at(at):
        return signed_in(getattr(cast, who), language=language, at=at).get(path)


def main(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    shown = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def read(cast: Cast, rest: str = "together/", **asked: Any) -> str:
    return main(get(cast, place(cast, rest), **asked))


def send(cast: Cast, rest: str, form: type, which: str = "sent", **typed: Any) -> Any:
    sent = {"form_id": form.signer().sign(uuid_of(which).hex), **typed}  # type: ignore[attr-defined]
    with clock.at(MONDAY):
        return signed_in(cast.ines, language="en").post(place(cast, rest), sent)


def code_of(words: str, text: str = SEEN) -> str:
    starts = text.index(words)
    return f"observation:{starts}:{starts + len(words)}"


def hide(cast: Cast, record: UUID = NOTE, which: str = "hidden", **typed: Any) -> Any:
    said = {"observation": [code_of(BROTHER)], "ground": "OTHER", **typed}
    return send(cast, f"notes/{record}/hide/", HideForm, which, **said)


def look(cast: Cast, record: UUID, which: str = "looked") -> Any:
    return send(cast, f"notes/{record}/hide/", HideForm, which)


def events(cast: Cast, what: str) -> list[Event]:
    with acting(cast.ines):
        return list(Event.objects.filter(action=what, chain_id=cast.maya.file_id))


def test_what_nobody_looked_at_is_hidden_whole_and_her_words_are_hers_at_once(cast: Cast) -> None:
    note(cast)

    page = read(cast)

    assert "Je veux lire mon dossier." in page
    assert "Elle est arrivée en avance." not in page
    assert page.count("Not open yet: your worker looks first") == 2  # once for each note


def test_a_hidden_sentence_is_in_no_byte_of_what_she_reads_and_says_why(cast: Cast) -> None:
    note(cast)
    answer = hide(cast, words="Ça parle de ton frère.")

    for language in ("en", "fr"):
        for rest in ("together/", f"notes/{NOTE}/say/"):
            answered = get(cast, place(cast, rest), language=language)
            assert answered.status_code == 200
            for word in ("Hugo", "arrêté", "mardi", "frère Hugo"):
                assert word not in answered.content.decode()
            assert "Ça parle de ton frère." in answered.content.decode()
    page = read(cast)
    assert answer.status_code == 302
    assert (
        "Elle est arrivée en avance. Hidden here: it concerns another person. "
        "Ça parle de ton frère. Elle a parlé de son chat."
    ) in page
    assert "Masqué ici" in read(cast, language="fr")


def test_a_mask_holds_places_a_ground_a_day_and_no_word_of_the_text(cast: Cast) -> None:
    note(cast)
    hide(cast)

    starts = SEEN.index(BROTHER)
    with acting(cast.ines):
        [mask] = Mask.objects.all()
        vault.open([mask], by=cast.ines)
        assert (mask.record_id, mask.of_text, mask.starts, mask.ends, mask.ground) == (
            NOTE, "observation", starts, starts + len(BROTHER), "OTHER",
        )  # fmt: skip
        assert (mask.written_by, mask.written_at, mask.opened.words) == (
            cast.ines.user_id, MONDAY, "",
        )  # fmt: skip


def test_ticking_twice_hides_once_and_is_told_once(cast: Cast) -> None:
    note(cast)
    for _ in range(2):
        hide(cast)

    with acting(cast.ines):
        assert (Mask.objects.count(), Looked.objects.count()) == (1, 1)
    [told] = events(cast, "mask.set")
    assert len(told.digest) == 32


def test_her_journal_says_that_something_was_hidden_and_not_what(cast: Cast) -> None:
    note(cast)
    hide(cast)

    page = read(cast, "together/opened/")

    assert "hid what concerns somebody else in a text, for when you read it" in page
    assert "Hugo" not in page


def test_nothing_is_hidden_without_a_reason(cast: Cast) -> None:
    note(cast)
    answer = hide(cast, ground="")

    assert answer.status_code == 422
    assert "Choose why it is hidden." in answer.content.decode()
    with acting(cast.ines):
        assert (Mask.objects.count(), Looked.objects.count()) == (0, 0)


def test_a_place_that_is_no_sentence_of_this_text_is_refused(cast: Cast) -> None:
    note(cast)

    assert hide(cast, observation=["observation:0:3"]).status_code == 422
    assert hide(cast, observation=["her_words:0:9"]).status_code == 422


def test_looked_at_with_nothing_to_hide_opens_it(cast: Cast) -> None:
    answer = look(cast, FIRST)

    assert answer.status_code == 302
    assert "Elle rit en parlant de son chat." in read(cast)
    assert len(events(cast, "reading.looked")) == 1


def test_a_correction_waits_whole_until_somebody_has_looked(cast: Cast) -> None:
    note(cast)
    hide(cast)
    with acting(cast.ines, TUESDAY):
        written = notes.Written(
            uuid_of("said anew"), "meeting", MONDAY, her_words=BROTHER, observation=SEEN
        )
        notes.correct(NOTE, written, by=cast.ines, at=TUESDAY)

    answered = get(cast, place(cast, "together/"), at=TUESDAY)

    assert "Hugo" not in answered.content.decode()
    assert "Corrected since" in main(answered)


def test_a_mask_that_no_longer_fits_its_text_hides_all_of_it(cast: Cast) -> None:
    note(cast)
    look(cast, NOTE)
    with acting(cast.ines):
        mask = Mask(
            id=uuid_of("of another text"), file_id=cast.maya.file_id, record_type="notes",
            record_id=NOTE, of_text="observation", starts=0, ends=4, digest=uuid_of("another text"),
            ground="OTHER", written_by=cast.ines.user_id, written_at=MONDAY,
        )  # fmt: skip
        Mask.objects.bulk_create([mask])

    page = read(cast)

    assert "Elle est arrivée en avance." not in page
    assert "chat" not in page
    assert "Hidden here: it concerns another person." in page


def test_showing_again_is_dated_signed_and_told_once(cast: Cast) -> None:
    note(cast)
    hide(cast)
    with acting(cast.ines):
        mask_id = Mask.objects.values_list("pk", flat=True).get()
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        answers = [ines.post(place(cast, f"masks/{mask_id}/lift/")) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    with acting(cast.ines):
        [lifted] = Lifted.objects.all()
    assert (lifted.lifted_by, lifted.lifted_at) == (cast.ines.user_id, TUESDAY)
    assert len(events(cast, "mask.lifted")) == 1
    assert BROTHER in read(cast)


def test_what_waits_is_listed_and_one_leads_to_the_next(cast: Cast) -> None:
    note(cast)
    before = read(cast, "")
    answer = look(cast, NOTE)
    then = look(cast, FIRST, "the other")

    assert before.count("Notes, March 2") == 2
    assert answer["Location"] == place(cast, f"notes/{FIRST}/hide/")
    assert then["Location"] == place(cast)
    assert "Everything was looked at." in read(cast, "")


def test_her_comment_stands_beside_the_note_and_the_author_answers_beside_it(cast: Cast) -> None:
    note(cast)
    look(cast, NOTE)
    answer = send(cast, f"notes/{NOTE}/say/", CommentForm, words=SAID, pen="HER")
    with acting(cast.ines, TUESDAY):
        written = notes.Written(
            uuid_of("said anew"), "meeting", MONDAY, observation="Elle ne veut pas partir."
        )
        notes.correct(NOTE, written, by=cast.ines, at=TUESDAY)
    look(cast, uuid_of("said anew"), "the other")

    page = read(cast, at=TUESDAY)
    of_note = main(get(cast, f"/files/{cast.maya.file_id}/notes/{NOTE}/", at=TUESDAY))
    of_answer = main(
        get(cast, f"/files/{cast.maya.file_id}/notes/{uuid_of('said anew')}/", at=TUESDAY)
    )

    assert answer.status_code == 302
    assert answer["Location"] == f"{place(cast, 'together/')}#{NOTE}"
    assert SAID in page
    assert "Elle ne veut pas partir." in page
    assert SAID in of_note
    assert SAID in of_answer
    assert len(events(cast, "comment.kept")) == 1


def test_sent_twice_her_comment_is_kept_once_as_she_said_it(cast: Cast) -> None:
    for _ in range(2):
        send(cast, f"notes/{FIRST}/say/", CommentForm, words=SAID, pen="TOGETHER")

    with acting(cast.ines):
        [comment] = Comment.objects.all()
        vault.open([comment], by=cast.ines)
    assert (comment.opened.words, comment.pen, comment.record_id) == (SAID, "TOGETHER", FIRST)


def test_she_has_read_it_leaves_one_dated_trace_told_in_her_journal(cast: Cast) -> None:
    for _ in range(2):
        send(cast, "held/", HeldForm)

    with acting(cast.ines):
        assert [one.written_at for one in Together.objects.all()] == [MONDAY]
    assert len(events(cast, "reading.held")) == 1
    assert "read your file with you" in read(cast, "together/opened/")
    assert "Read together: March 2" in read(cast, "")


@pytest.mark.parametrize("rest", ["made", "page", "opened", "told", "shared", "kept"])
def test_who_looked_what_was_told_what_she_shares_are_pages_of_the_same_screen(
    cast: Cast, rest: str
) -> None:
    page = get(cast, place(cast, f"together/{rest}/"))

    assert page.status_code == 200
    assert "Maya" not in page.content.decode()  # the screen names nobody but those who wrote
    assert "/people/" not in page.content.decode()  # and leads to nobody else


def test_no_page_of_that_name_is_no_page(cast: Cast) -> None:
    assert get(cast, place(cast, "together/else/")).status_code == 404


def paper_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_on_paper_it_names_nobody_and_holds_no_byte_of_what_is_hidden(cast: Cast) -> None:
    note(cast, support="Jouer de la flûte jeudi.")
    hide(cast, words="Ça parle de ton frère.")
    look(cast, FIRST)
    send(cast, f"notes/{NOTE}/say/", CommentForm, words=SAID, pen="HER")

    answer = send(cast, "paper/", PaperForm, "on paper", keep="HERE")

    words = paper_of(answer)
    for held in (
        "Je veux lire mon dossier.", "Elle est arrivée en avance.", "Ça parle de ton frère.",
        "Elle a parlé de son chat.", "Jouer de la flûte jeudi.", SAID, "Elle rit en parlant",
    ):  # fmt: skip
        assert held in words, held
    for gone in ("Hugo", "arrêté", "mardi", "Maya", "Inès", "La Maison", "Spheres", "Sphères"):
        assert gone not in words, gone
        assert gone.encode() not in answer.content
    assert "Maya" not in answer["Content-Disposition"]
    [told] = events(cast, "reading.on_paper")
    assert (told.basis, len(told.digest)) == ("HERE", 32)
    assert "it is kept here for you" in read(cast, "together/opened/")
    assert "Put on paper: March 2" in read(cast, "")


def test_a_sheet_is_made_only_once_she_said_where_it_will_be(cast: Cast) -> None:
    assert send(cast, "paper/", PaperForm).status_code == 422
    assert events(cast, "reading.on_paper") == []
    assert "Choose where they are safe" in read(cast, "paper/")


def test_sent_twice_the_paper_is_told_once(cast: Cast) -> None:
    for _ in range(2):
        assert send(cast, "paper/", PaperForm, keep="TAKEN").status_code == 200

    assert len(events(cast, "reading.on_paper")) == 1
