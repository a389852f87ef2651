"""Does a conversation about change become a note, with her sentence only if she agrees?"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.core.decision import Decision
from spheres.core.errors import NotAllowed
from spheres.followup.notes import actions, documents, policy
from spheres.followup.notes.models import CHANGE, Note
from spheres.records import queries as drafts
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db

SENTENCE = "Je veux dormir chez nous sans vérifier la porte."
SAID = {
    "her_words": SENTENCE,
    "agreed": "on",
    "observation": "Elle a dit non à une soirée; je lui ai dit que choisir, ça se voit.",
    "given_back": "Une partie de toi a envie d’une place à toi, une autre s’ennuie du bruit.",
    "support": "Appeler ensemble pour la visite.",
}


def at_her_desk(cast: Cast, language: str = "en") -> Client:
    return signed_in(cast.ines, language=language)


def where(cast: Cast, name: str = "write", *ids: Any) -> str:
    return reverse(f"notes:{name}", args=[cast.maya.file_id, *ids])


def sent(cast: Cast, **said: str) -> tuple[int, str]:
    """Inès fills the page of the conversation, and signs; what it answered."""
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        page = Page(ines.get(f"{where(cast)}?guide={CHANGE}").content.decode())
        shown = {name: page.fields[name] for name in ("form_id", "guide")}
        answer = ines.post(where(cast), {**shown, "kind": "meeting", "day": "2026-03-02", **said})
    return answer.status_code, answer.content.decode()


def notes(cast: Cast) -> list[Note]:
    with acting(cast.ines):
        found = Note.objects.filter(file_id=cast.maya.file_id).select_related("standing")
        kept = list(found.exclude(pk=uuid_of("first note of Maya")).order_by("written_at", "pk"))
        vault.open(kept, by=cast.ines)
        return kept


def shown(cast: Cast, address: str, language: str = "en") -> str:
    with clock.at(MONDAY):
        answer = at_her_desk(cast, language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_contact_offers_four_questions_and_asks_none_of_them_itself(
    cast: Cast,
) -> None:
    plain = shown(cast, where(cast))
    guided = shown(cast, f"{where(cast)}?guide={CHANGE}")

    assert 'href="?guide=change"' in plain
    assert "given_back" not in Page(plain).fields
    asked = [name for name in Page(guided).fields if name in {*SAID, "guide"}]
    assert asked == ["guide", "her_words", "agreed", "observation", "given_back", "support"]
    assert 'href="?guide=change"' not in guided


def test_it_is_begun_from_anywhere_with_the_name_of_one_person(cast: Cast) -> None:
    guided = f"{reverse('dossier:contact')}?guide={CHANGE}"

    day = shown(cast, reverse("dossier:my_day"))
    people = shown(cast, guided)
    odd = shown(cast, f"{reverse('dossier:contact')}?guide=<b>1")

    menu = day.partition("data-spheres-quick")[2].partition("</details>")[0]
    assert f'href="{guided}"' in menu
    assert f'href="{where(cast)}?guide={CHANGE}"' in people
    assert 'name="people"' not in people
    assert (f'href="{where(cast)}"' in odd, "<b>1" in odd) == (True, False)


def test_the_four_answers_become_one_note_that_the_team_reads(cast: Cast) -> None:
    status, _page = sent(cast, **SAID)

    (note,) = notes(cast)
    page = shown(cast, where(cast, "detail", note.pk))
    assert (status, note.kind, note.guide) == (302, "meeting", CHANGE)
    texts = ("her_words", "observation", "given_back", "support")
    assert [getattr(note.opened, name) for name in texts] == [SAID[name] for name in texts]
    places = [page.index(words) for words in (
        "What they said that matters", SENTENCE, "What was affirmed", "The summary given back",
        SAID["given_back"], "The next small step",
    )]  # fmt: skip
    assert places == sorted(places)
    assert SENTENCE in shown(cast, reverse("dossier:file", args=[cast.maya.file_id]))


def test_every_question_may_stay_empty(cast: Cast) -> None:
    status, _page = sent(cast)

    (note,) = notes(cast)
    assert (status, note.guide) == (302, CHANGE)
    assert "Only the day and the kind were noted." in shown(cast, where(cast, "detail", note.pk))


def test_her_sentence_waits_for_her_agreement_and_nothing_typed_is_lost(cast: Cast) -> None:
    status, page = sent(cast, **{name: said for name, said in SAID.items() if name != "agreed"})

    assert (status, notes(cast)) == (422, [])
    assert "leave the sentence out: your own words are enough" in page
    assert SAID["given_back"] in page
    assert SENTENCE in page


def test_a_sentence_is_one_line_and_a_name_in_the_summary_is_looked_at_again(cast: Cast) -> None:
    long, page_of_long = sent(cast, her_words="oui " * 60, agreed="on")
    named, page_of_named = sent(cast, given_back="Tu as parlé de Béatrice Lamontagne.")

    assert (long, named, notes(cast)) == (422, 422, [])
    assert "id_her_words_error" in page_of_long
    assert "“Béatrice Lamontagne” looks like a full name." in page_of_named


@pytest.mark.parametrize(
    ("guide", "words", "agreed", "may"),
    [
        ("", True, False, True),
        (CHANGE, False, False, True),
        (CHANGE, True, True, True),
        (CHANGE, True, False, False),
    ],
)
def test_who_may_keep_what_was_said(
    cast: Cast, guide: str, words: bool, agreed: bool, may: bool
) -> None:
    decided = policy.can_keep(cast.ines, guide=guide, words=words, agreed=agreed)
    stranger = policy.can_keep(cast.louise, guide=guide, words=words, agreed=agreed)

    assert isinstance(decided, Decision)
    assert (bool(decided), bool(stranger)) == (may, False)


def test_the_action_refuses_it_too(cast: Cast) -> None:
    written = actions.Written(
        uuid_of("one"), "meeting", MONDAY, her_words=SENTENCE, guide=CHANGE, given_back="Voilà."
    )

    with acting(cast.ines), pytest.raises(NotAllowed):
        actions.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def test_it_is_stopped_and_gone_on_with_under_the_same_questions(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = at_her_desk(cast)
        page = Page(ines.get(f"{where(cast)}?guide={CHANGE}").content.decode())
        typed = {name: page.fields[name] for name in ("form_id", "guide")}
        ines.post(where(cast, "draft"), {**typed, "given_back": SAID["given_back"]})
    with acting(cast.ines):
        (draft,) = drafts.drafts_of(cast.maya.file_id, actor=cast.ines)

    page_again = shown(cast, f"{where(cast)}?draft={draft.pk}")

    assert SAID["given_back"] in page_again
    assert Page(page_again).fields["guide"] == CHANGE


def test_its_correction_asks_the_same_four_questions(cast: Cast) -> None:
    sent(cast, **SAID)
    (note,) = notes(cast)
    address = where(cast, "correct", note.pk)

    page = shown(cast, address)
    fields = Page(page).fields
    with clock.at(MONDAY):
        again = {name: fields[name] for name in ("form_id", "guide", "her_words")}
        said = {**SAID, **again, "given_back": "Les deux comptent."}
        answer = at_her_desk(cast).post(address, {**said, "kind": "meeting", "day": "2026-03-02"})

    assert answer.status_code == 302
    assert SAID["given_back"] in page
    found = {each.guide: each for each in notes(cast) if each.corrects_id == note.pk}
    assert [each.opened.given_back for each in found.values()] == ["Les deux comptent."]
    assert list(found) == [CHANGE]


def test_a_copy_for_the_official_file_holds_the_summary_under_its_own_code(cast: Cast) -> None:
    sent(cast, **SAID)
    (note,) = notes(cast)

    codes = [each.code for each in documents.texts_of(note)]
    with acting(cast.ines):
        first = Note.objects.get(pk=uuid_of("first note of Maya"))
        vault.open([first], by=cast.ines)

    assert codes == ["her_words", "observation", "given_back", "support"]
    assert [each.code for each in documents.texts_of(first)] == [
        "her_words", "observation", "support",
    ]  # fmt: skip


@pytest.mark.parametrize("guide", ["", "?guide=change", "?guide=other"])
def test_writing_with_care_is_folded_and_adds_no_field(cast: Cast, guide: str) -> None:
    page = shown(cast, f"{where(cast)}{guide}", language="fr")

    care = page.partition("<summary>Écrire avec soin</summary>")
    assert care[0].rstrip().endswith('<details class="disclosure">')
    assert "psychothérapie" in care[2].partition("</details>")[0]
    assert "<input" not in care[2].partition("</details>")[0]


def test_nothing_of_what_was_heard_is_ticked_or_counted(cast: Cast) -> None:
    page = shown(cast, f"{where(cast)}?guide={CHANGE}")

    memory = page.partition("What one may hear")[2].partition("</details>")[0]
    assert "commitment" in memory
    assert "<input" not in memory
    kept = {field.attname for field in Note._meta.concrete_fields}
    assert kept == {
        "id", "file_id", "kind", "place", "length", "initiative", "tags", "minutes", "towards_id",
        "guide", "given_back", "corrects_id", "occurred_at", "her_words", "observation", "support",
        "written_by", "written_at",
    }  # fmt: skip
