"""Does a word that she leaves reach somebody, whoever is there, and no more than can be read?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from spheres.core import clock
from spheres.followup.covering import actions as covering
from spheres.portal.notebook import policy
from spheres.portal.notebook.models import Naming, Reply, Word
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    herself,
    note_unsafe,
    open_notebook,
    telephone,
)
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, follow
from tests.pages import learn_french, signed_in

learn_french()
FRIDAY = TUESDAY + timedelta(days=3)
LEFT = "vous a laissé un mot"


@pytest.fixture
def opened(cast: Cast) -> Cast:
    confirm_contact(cast)
    open_notebook(cast, "PRACTICAL", frozenset())
    give_code(cast)
    return cast


def leave(client: Client, words: str = "Je serai en retard.") -> Any:
    with clock.at(MONDAY):
        form_id = client.get("/n/11/").context["form"].signed_id
        return client.post("/n/11/", {"form_id": form_id, "words": words})


def page(client: Client, address: str, *, at=MONDAY) -> str:  # type: ignore[no-untyped-def]
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def be_away(cast: Cast) -> None:
    """Inès is away from Tuesday to Friday; Yanick answers."""
    away = covering.Away(uuid4(), cast.yanick.user_id, TUESDAY, FRIDAY)
    with acting(cast.ines):
        covering.be_away(away, by=cast.ines, at=MONDAY)


def in_notebook() -> Client:
    client = telephone()
    come_in(client)
    return client


def test_while_her_worker_is_away_whoever_answers_reads_it_and_answers(opened: Cast) -> None:
    client = in_notebook()
    leave(client)
    be_away(opened)
    yanick = signed_in(opened.yanick, at=TUESDAY)
    address = f"/files/{opened.maya.file_id}/notebook/words/"

    day = page(yanick, "/", at=TUESDAY)
    with clock.at(TUESDAY):
        [(word, form)] = yanick.get(address).context["words"]
        typed = {"form_id": form.signed_id, "word": str(word.pk), "words": "Inès revient vendredi."}
        answered = yanick.post(address, typed)

    assert LEFT in day
    assert answered.status_code == 302
    assert "Inès revient vendredi." in page(client, "/n/11/")
    assert LEFT not in page(yanick, "/", at=TUESDAY)
    with clock.at(TUESDAY):
        assert yanick.get(f"/files/{opened.maya.file_id}/notebook/").status_code == 404


def test_before_and_after_he_answers_for_nobody(opened: Cast) -> None:
    leave(in_notebook())
    be_away(opened)
    address = f"/files/{opened.maya.file_id}/notebook/words/"

    for at in (MONDAY, FRIDAY + timedelta(hours=1)):
        yanick = signed_in(opened.yanick, at=at)
        assert LEFT not in page(yanick, "/", at=at)
        with clock.at(at):
            assert yanick.get(address).status_code == 404


def test_a_word_of_a_notebook_closed_as_not_safe_still_waits_for_her_worker(opened: Cast) -> None:
    leave(in_notebook())
    note_unsafe(opened)

    assert LEFT in page(signed_in(opened.ines), "/")


def test_ten_words_wait_at_most_and_the_page_says_whom_to_call(opened: Cast) -> None:
    client = in_notebook()
    for number in range(policy.MOST_WAITING):
        assert leave(client, f"Mot {number}").status_code == 302

    more = [leave(client, "Encore un") for _ in range(3)]

    assert [one.status_code for one in more] == [422] * 3
    said = more[0].content.decode()
    assert ("Dix mots attendent déjà" in said, "Encore un" in said, "tel:" in said) == (True,) * 3
    with acting(opened.ines):
        assert Word.objects.count() == policy.MOST_WAITING
        word = Word.objects.order_by("pk").first()
        row = Reply(
            id=uuid4(), file_id=opened.maya.file_id, word=word, written_by=opened.ines.user_id,
            written_at=MONDAY,
        )  # fmt: skip
        vault.lock(row, words="")
        Reply.objects.bulk_create([row])
    assert leave(client, "Encore un").status_code == 302


def test_the_tenth_word_sent_twice_is_left_once(opened: Cast) -> None:
    client = in_notebook()
    for number in range(policy.MOST_WAITING - 1):
        leave(client, f"Mot {number}")
    with clock.at(MONDAY):
        typed = {"form_id": client.get("/n/11/").context["form"].signed_id, "words": "Le dernier"}
        sent = [client.post("/n/11/", typed).status_code for _ in range(2)]

    assert sent == [302, 302]


def test_beside_a_word_her_worker_finds_what_to_do_in_a_danger(opened: Cast) -> None:
    leave(in_notebook())

    said = page(signed_in(opened.ines), f"/files/{opened.maya.file_id}/notebook/words/")

    assert "Si une vie est en danger" in said
    assert f"/files/{opened.maya.file_id}/danger" in said


# What the database itself holds them to.


def is_refused(row: Naming | Reply | Word, **texts: str) -> bool:
    vault.lock(row, **texts)
    try:
        with transaction.atomic():
            type(row).objects.bulk_create([row])
    except ProgrammingError as error:
        return "row-level security" in str(error)
    return False


def test_a_word_is_answered_in_the_file_where_it_was_left(opened: Cast) -> None:
    zoe = follow("Zoé", desk=opened.institute.id, louise=opened.louise, worker=opened.yanick)
    client = telephone()
    come_in(client)
    leave(client)
    with acting(opened.ines):
        [word] = Word.objects.all()

    with acting(opened.yanick):
        by = {"written_by": opened.yanick.user_id, "written_at": MONDAY}
        elsewhere = Reply(id=uuid4(), file_id=zoe.file_id, word_id=word.pk, **by)
        refused = is_refused(elsewhere, words="")

    assert refused


def test_nobody_but_she_names_anything_in_her_notebook(opened: Cast) -> None:
    with acting(opened.ines):
        by = {"written_by": opened.ines.user_id, "written_at": MONDAY}
        naming = Naming(id=uuid4(), file_id=opened.maya.file_id, **by)
        refused = is_refused(naming, notebook="Projet Sphères", appointment="")

    assert refused


@pytest.mark.parametrize("model", [Word, Naming])
@pytest.mark.parametrize("days", [-29, 0, 9000])
def test_what_she_leaves_is_of_this_moment(
    opened: Cast, model: type[Word | Naming], days: int
) -> None:
    she, at = herself(opened), MONDAY + timedelta(days=days)
    texts = {"words": "Merci"} if model is Word else {"notebook": "Mon cahier", "appointment": ""}
    with acting(she):
        row = model(id=uuid4(), file_id=opened.maya.file_id, written_by=she.user_id, written_at=at)
        refused = is_refused(row, **texts)

    assert refused is (days != 0)
