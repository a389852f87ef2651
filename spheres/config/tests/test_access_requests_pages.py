"""What do the pages of a request show, offer and answer, to whom, in both languages?"""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from spheres.config.tests.test_access_letters import keep, show
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.notes import actions as notes
from spheres.followup.notes.tests.factories import written
from spheres.followup.reading import actions as reading
from spheres.followup.reading import queries as reads
from spheres.privacy.access_requests.forms import (
    AnswerForm,
    HandedForm,
    LetterForm,
    PressForm,
    SeatForm,
    ShowForm,
    TakeForm,
    WantedForm,
)
from spheres.privacy.access_requests.models import AccessRequest, Asker, Step
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    answer,
    ready_for_parent,
    receive,
    seat,
    step,
)
from spheres.vault import actions as vault
from tests import pages
from tests.cast import MONDAY, Cast, acting, sign_note, uuid_of

pytestmark = pytest.mark.django_db
THEN = LATER + timedelta(hours=1)
SECRET = "Elle a parlé de son chat."


def signed_in(actor: Actor, language: str = "fr") -> Client:
    return pages.signed_in(actor, at=THEN, language=language)


def get(client: Client, path: str, at: datetime = THEN) -> Any:
    with clock.at(at):
        return client.get(path)


def post(client: Client, path: str, form: type, which: str = "sent", **typed: Any) -> Any:
    sent = {"form_id": form.signer().sign(uuid_of(which).hex), **typed}  # type: ignore[attr-defined]
    with clock.at(THEN):
        return client.post(path, sent)


def main(response: Any) -> str:
    said = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said)).replace("\xa0", " ")


def words_of(response: Any) -> str:
    read = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in read).replace("\xa0", " ").split())


def of_file(cast: Cast, name: str, *more: Any) -> str:
    return reverse(f"access_requests:{name}", args=[cast.maya.file_id, *more])


def at_desk(name: str, *more: Any) -> str:
    return reverse(f"access_requests:{name}", args=list(more))


ASKED = {
    "asker": "SELF", "wish": "COPY", "received_on": "2026-03-02", "way": "VOICE",
    "words": "Je veux tout lire.", "keep": "HERE",
}  # fmt: skip


def test_a_request_is_written_down_and_sent_twice_is_one(cast: Cast) -> None:
    ines = signed_in(cast.ines)
    empty = main(get(ines, of_file(cast, "page")))
    assert ("Rien n’a été demandé" in empty, "14 ans" in empty) == (True, False)

    sent = [post(ines, of_file(cast, "page"), WantedForm, **ASKED) for _twice in range(2)]

    one = of_file(cast, "one", uuid_of("sent"))
    assert [(each.status_code, each.headers["Location"]) for each in sent] == [(302, one)] * 2
    shown = main(get(ines, one))
    for words in ("Je veux tout lire.", "Réponse attendue d’ici le 1 er avril 2026", "Reçue"):
        assert words.replace("1 er", "1er") in shown.replace("1 er", "1er"), words
    assert "Gardée ici, pour la lire sur place" in shown


def test_the_very_same_request_is_said_beside_the_question_and_nothing_typed_is_lost(
    cast: Cast,
) -> None:
    ines = signed_in(cast.ines)
    receive(cast)

    again = post(ines, of_file(cast, "page"), WantedForm, **ASKED)

    assert again.status_code == 422
    assert "La même demande attend déjà sa réponse" in main(again)
    assert "Je veux tout lire." in again.content.decode()


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("fr", {"asker": ""}, "Choisir une réponse."),
        ("fr", {"wish": "RECTIFY"}, "Choisissez quel texte est contesté."),
        ("en", {"wish": "RECTIFY"}, "Choose which text is disputed."),
        ("fr", {"received_on": "2026-04-20"}, "Le dernier jour accepté"),
        ("en", {"received_on": "2019-01-01"}, "The earliest day accepted"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    cast: Cast, language: str, typed: dict[str, str], said: str
) -> None:
    ines = signed_in(cast.ines, language=language)

    answered = post(ines, of_file(cast, "page"), WantedForm, **(ASKED | typed))

    assert (answered.status_code, said in main(answered)) == (422, True)
    assert "Je veux tout lire." in answered.content.decode()
    with acting(cast.ines, THEN):
        assert not AccessRequest.objects.exists()


def test_once_the_law_s_day_is_past_the_desk_says_so_and_what_comes_first(cast: Cast) -> None:
    receive(cast, asker=Asker.TUTOR, words="Sa tante veut son dossier.")
    late = THEN + timedelta(days=40)
    nadia = pages.signed_in(cast.nadia, at=late, language="fr")
    page = main(get(nadia, "/privacy/", at=late))

    assert "1 demande d’accès attend, et le délai de la loi était le 1" in page
    assert "voyez-y d’abord" in page


def test_a_tutors_request_is_walked_to_a_refusal_with_reasons_and_recourse(cast: Cast) -> None:
    ines, nadia = signed_in(cast.ines), signed_in(cast.nadia)
    request_id = receive(cast, asker=Asker.TUTOR, words="Sa tante veut son dossier.")
    assert get(nadia, at_desk("seat_one", request_id)).status_code == 404
    queue = main(get(nadia, at_desk("desk")))
    assert ("Le tuteur ou la tutrice" in queue, "Maya" in queue) == (True, False)
    assert "1 demande d’accès attend une réponse d’ici le 1" in main(get(nadia, "/privacy/"))

    given = post(ines, of_file(cast, "seat", request_id), SeatForm, officer=str(cast.nadia.user_id))
    assert given.status_code == 302
    page = main(get(nadia, at_desk("seat_one", request_id)))
    assert ("Maya" in page, "Sa tante veut son dossier." in page) == (True, True)
    blocked = main(get(nadia, at_desk("seat_answer", request_id)))
    assert "Ce que la personne en dit n’est pas encore écrit." in blocked

    ready_for_parent(cast, request_id, opinion="NO", harm="HARMFUL")
    typed = {"outcome": "REFUSED", "ground": "HARM", "reasons": "Maya est en danger si on le sait."}
    refused = post(nadia, at_desk("seat_answer", request_id), AnswerForm, **typed)
    assert (refused.status_code, refused.headers["Location"]) == (302, at_desk("desk"))
    assert get(nadia, at_desk("seat_one", request_id)).status_code == 404

    letter = words_of(get(ines, of_file(cast, "letter", request_id, "answer", "fr")))
    for said in (
        "Votre demande est refusée.",
        "Maya est en danger si on le sait.",
        "dans les 30 jours suivant sa réception",
        "P-39.1), articles 27, 32 et 38",
    ):
        assert said in letter, said
    english = words_of(get(ines, of_file(cast, "letter", request_id, "answer", "en")))
    assert "Your request is refused." in english
    assert "La Maison" not in letter + english


def test_an_answer_that_lacks_its_ground_or_its_reasons_is_asked_again(cast: Cast) -> None:
    request_id = receive(cast, asker=Asker.TUTOR)
    ready_for_parent(cast, request_id, opinion="NO", harm="HARMFUL")
    seat(cast, request_id)
    nadia = signed_in(cast.nadia)

    path = at_desk("seat_answer", request_id)
    bare = post(nadia, path, AnswerForm, outcome="REFUSED")
    dateless = post(nadia, path, AnswerForm, outcome="LATER", ground="HARM", reasons="Trop tôt.")
    granted = post(nadia, path, AnswerForm, outcome="WHOLE", reasons="Tout de même.")

    assert [one.status_code for one in (bare, dateless, granted)] == [422, 422, 422]
    assert "Choisissez pour quel motif." in main(bare)
    assert "Dites pourquoi, en une phrase ou deux." in main(bare)
    assert "Dites quel jour elle est revue." in main(dateless)
    assert "Trop tôt." in dateless.content.decode()
    assert "un préjudice est vraisemblable" in main(granted)


def test_whoever_sits_there_reads_what_would_be_given_and_nothing_that_is_closed(
    cast: Cast,
) -> None:
    with acting(cast.ines):
        sign_note(cast.maya.file_id, "to read over", by=cast.ines, observation=SECRET)
    request_id = receive(cast, asker=Asker.TUTOR)
    seat(cast, request_id)
    nadia = signed_in(cast.nadia)
    path = at_desk("seat_texts", request_id)
    assert SECRET not in main(get(nadia, path))

    look_at_all(cast)

    assert SECRET in main(get(nadia, path))
    assert SECRET in main(get(signed_in(cast.ines), of_file(cast, "texts", request_id)))
    assert get(nadia, of_file(cast, "texts", request_id)).status_code in {403, 404}


def granted_copy(cast: Cast, wish: str = "PORTABLE") -> UUID:
    with acting(cast.ines):
        sign_note(cast.maya.file_id, "to copy", by=cast.ines, observation=SECRET)
    request_id = receive(cast, wish=wish)
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    answer(request_id, by=cast.ines)
    return request_id


def look_at_all(cast: Cast) -> None:
    with acting(cast.ines, LATER):
        for kind, record in reads.records(cast.maya.file_id, actor=cast.ines):
            vault.open([record], by=cast.ines)
            ticked = reading.Ticked(uuid_of(f"looked {record.pk}"), kind.slug)
            reading.look(record, ticked, by=cast.ines, at=LATER)


def test_her_copy_is_closed_until_looked_at_then_whole_as_sheets_and_as_data(cast: Cast) -> None:
    ines, request_id = signed_in(cast.ines), granted_copy(cast)
    pdf, data = (of_file(cast, "copy", request_id, shape) for shape in ("pdf", "json"))
    assert get(ines, pdf).status_code == 404
    assert SECRET not in words_of(post(ines, pdf, PressForm))
    assert SECRET not in post(ines, data, PressForm).content.decode()

    look_at_all(cast)

    sheets, said = post(ines, pdf, PressForm), json.loads(post(ines, data, PressForm).content)
    assert SECRET in words_of(sheets)
    assert re.fullmatch(r'attachment; filename="pages-\w{8}\.pdf"', sheets["Content-Disposition"])
    assert (said["shape"], said["version"], said["left_out"]) == ("copy-of-a-file", 2, 0)
    assert SECRET in json.dumps(said, ensure_ascii=False)


def test_it_is_handed_over_and_closed(cast: Cast) -> None:
    ines, request_id = signed_in(cast.ines), granted_copy(cast)
    day = main(get(ines, "/"))
    assert "ce qui est accordé reste à remettre" in day

    bare = post(ines, of_file(cast, "handed", request_id), HandedForm)
    handed = post(ines, of_file(cast, "handed", request_id), HandedForm, words="À elle.")

    assert (bare.status_code, handed.status_code) == (422, 302)
    shown = main(get(ines, of_file(cast, "one", request_id)))
    assert ("Remise à la personne qui l’a demandée" in shown, "À elle." in shown) == (True, True)


def test_a_disputed_text_is_granted_once_its_author_has_signed_a_correction(cast: Cast) -> None:
    note = uuid_of("disputed")
    with acting(cast.ines):
        sign_note(
            cast.maya.file_id, "disputed", by=cast.ines, observation="Elle est arrivée fermée."
        )
    ines = signed_in(cast.ines)
    typed = ASKED | {"wish": "RECTIFY", "about": f"notes:{note}"}
    assert post(ines, of_file(cast, "page"), WantedForm, **typed).status_code == 302
    request_id = uuid_of("sent")
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    path = of_file(cast, "answer", request_id)

    early = post(ines, path, AnswerForm, "early", outcome="WHOLE")
    assert (early.status_code, "Aucune correction de ce texte" in main(early)) == (422, True)
    with acting(cast.ines, LATER):
        notes.correct(note, written(uuid_of("correction"), MONDAY), by=cast.ines, at=LATER)
    assert post(ines, path, AnswerForm, "then", outcome="WHOLE").status_code == 302

    letter = words_of(get(ines, of_file(cast, "letter", request_id, "answer", "fr")))
    assert "Le texte est suivi d’une correction" in letter
    assert "reste à côté, dans ses mots" in letter


def test_somebody_unknown_and_somebody_followed_are_acknowledged_word_for_word_alike(
    cast: Cast,
) -> None:
    nadia = signed_in(cast.nadia)
    papers = []
    for which, about in (("known", "Maya"), ("unknown", "Une personne inconnue")):
        typed = {
            "asker": "PARENT", "wish": "COPY", "about": about, "sender": "Son père",
            "address": "", "received_on": "2026-03-02",
        }  # fmt: skip
        kept = post(nadia, at_desk("letter_new"), LetterForm, which, **typed)
        assert kept.status_code == 302
        paper = at_desk("letter_paper", uuid_of(which), "received", "fr")
        papers.append(re.sub(r"référence \w{4} \w{4}", "", words_of(get(nadia, paper))))
    receive(cast, asker=Asker.PARENT, way="PAPER", letter_id=uuid_of("known"), at=THEN)
    ines = signed_in(cast.ines)
    taken_on = get(ines, of_file(cast, "letter", uuid_of("a request"), "received", "fr"))

    papers.append(re.sub(r"référence \w{4} \w{4}", "", words_of(taken_on)))
    assert papers[0] == papers[1] == papers[2]


def test_a_letter_is_shown_taken_on_and_waits_with_the_requests(cast: Cast) -> None:
    letter_id = keep(cast)
    nadia, ines, yanick = (signed_in(one) for one in (cast.nadia, cast.ines, cast.yanick))
    shown = post(
        nadia, at_desk("letter_one", letter_id), ShowForm,
        colleagues=[str(cast.ines.user_id), str(cast.yanick.user_id)],
    )  # fmt: skip
    assert shown.status_code == 302
    assert "Une lettre vous est montrée" in main(get(ines, "/"))
    assert "Son père" in main(get(yanick, at_desk("passed")))

    typed = {"letter": passed_to(cast), "person": str(cast.maya.file_id)}
    taken = post(ines, at_desk("passed"), TakeForm, "taken", **typed)

    assert taken.headers["Location"] == of_file(cast, "one", uuid_of("taken"))
    assert "Une lettre vous est montrée" not in main(get(ines, "/"))
    queue = main(get(nadia, at_desk("desk")))
    assert "Une personne titulaire de l’autorité parentale" in queue
    desk = main(get(nadia, at_desk("letter_one", letter_id)))
    assert "l’a prise" in desk


def passed_to(cast: Cast) -> str:
    return str(uuid5(uuid_of("a letter"), str(cast.ines.user_id)))


def test_a_letter_that_nobody_takes_is_answered_in_words_that_confirm_nothing(cast: Cast) -> None:
    letter_id = keep(cast)
    show(cast, letter_id, cast.ines)
    nadia = signed_in(cast.nadia)
    paper = at_desk("letter_paper", letter_id, "answer", "en")
    assert get(nadia, paper).status_code == 404

    assert post(nadia, at_desk("letter_answer", letter_id), PressForm).status_code == 302

    assert "we neither confirm nor deny" in words_of(get(nadia, paper))


@pytest.mark.parametrize("who", ["yanick", "karim", "louise", "samir", "roy", "amrani"])
def test_others_find_no_request_no_letter_and_no_desk(cast: Cast, who: str) -> None:
    request_id, letter_id = receive(cast), keep(cast)
    client = signed_in(getattr(cast, who))

    paths = (
        of_file(cast, "page"),
        of_file(cast, "one", request_id),
        of_file(cast, "answer", request_id),
        at_desk("seat_one", request_id),
        at_desk("letter_one", letter_id),
        at_desk("desk"),
    )
    assert {get(client, path).status_code for path in paths} <= {403, 404}


def test_pages_cost_the_same_with_one_request_and_with_three(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    ines, nadia = signed_in(cast.ines), signed_in(cast.nadia)

    def costs() -> list[int]:
        found = []
        for client, path in ((ines, of_file(cast, "page")), (nadia, at_desk("desk"))):
            with django_assert_max_num_queries(40) as counted:
                get(client, path)
            found.append(len(counted))
        return found

    receive(cast)
    get(ines, of_file(cast, "page"))
    once = costs()
    receive(cast, "second", wish="READ")
    receive(cast, "third", wish="PORTABLE")

    assert costs() == once
