"""Where the database refuses a writing that a page still offered: a sentence, and the text back?"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse

from spheres.audit import actions as audit
from spheres.audit.models import Event
from spheres.config.unit_of_work import WritingRefused, only_rows_she_may_write
from spheres.core import clock, context
from spheres.core.actor import VISITOR, Actor, service
from spheres.followup.likeness import actions as likeness
from spheres.followup.notes.forms import NoteForm
from spheres.followup.notes.models import Note
from spheres.records.models import Draft
from spheres.sharing.models import Conflict
from spheres.vault import keys
from spheres.vault.models import Kind
from tests.alike import SHELTER, assign, refer, take_on
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import learn_french, signed_in

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
TYPED = "Elle dort chez sa tante jusqu’à jeudi."
SENTENCE = {
    "fr": "Vous ne pouvez plus écrire dans ce dossier. Rien de cet envoi n’y a été gardé.",
    "en": "You can no longer write in this file. Nothing of what you sent was kept there.",
}


@pytest.fixture
def joined(cast: Cast) -> UUID:
    """Two files are hers; Yanick, who walks with her by the kept one, reads the other."""
    learn_french()
    kept = take_on(cast, refer(cast, "Kim"), cast.ines, admitted=True)
    other = take_on(cast, refer(cast, "Kimberly", **SHELTER), cast.ines)
    assign(kept, cast.yanick, by=cast.ines, at=MONDAY)
    with acting(cast.ines, TUESDAY):
        likeness.join(kept, other, by=cast.ines, at=TUESDAY)
    return other


def send(actor: Actor, path: str, *, language: str = "fr", **said: str) -> HttpResponse:
    """A form that was open in her browser is sent."""
    client = signed_in(actor, at=WEDNESDAY, language=language)
    form = {"form_id": NoteForm().signed_id, "kind": "meeting", "day": "2026-03-03", **said}
    with clock.at(WEDNESDAY):
        return client.post(path, form)


def denials(actor: Actor) -> list[str]:
    with acting(actor, WEDNESDAY):
        mine = Event.objects.filter(actor_id=actor.user_id, action="refused")
        return list(mine.order_by("number").values_list("basis", flat=True))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_note_in_a_file_she_only_reads_is_a_sentence_and_her_text_comes_back(
    cast: Cast, joined: UUID, language: str
) -> None:
    page = send(cast.yanick, f"/files/{joined}/notes/new/", language=language, observation=TYPED)

    said = page.content.decode()
    assert page.status_code == 403
    assert SENTENCE[language] in said
    assert TYPED in said
    assert denials(cast.yanick) == ["403"]
    with acting(cast.ines, WEDNESDAY):
        assert not Note.objects.filter(file_id=joined).exists()


def test_the_first_text_of_a_file_is_refused_with_the_same_sentence(
    cast: Cast, joined: UUID
) -> None:
    """Locking it asks for a key before any row is written, and the key is refused."""
    page = send(cast.yanick, f"/files/{joined}/notes/draft/", observation=TYPED)

    assert (page.status_code, SENTENCE["fr"] in page.content.decode()) == (403, True)
    assert page.headers["X-Spheres-Closed"] == "1"
    assert denials(cast.yanick) == ["403"]
    with acting(cast.yanick, WEDNESDAY):
        assert not Draft.objects.exists()


def test_what_was_typed_comes_back_too_where_a_file_closed_meanwhile(cast: Cast) -> None:
    unknown, closed = uuid_of("no file at all"), cast.maya.file_id

    pages = [
        send(cast.yanick, f"/files/{file_id}/notes/new/", observation=TYPED)
        for file_id in (unknown, closed)
    ]

    assert [(page.status_code, TYPED in page.content.decode()) for page in pages] == [
        (404, True),
        (404, True),
    ]
    assert pages[0].content == pages[1].content


@pytest.mark.parametrize("field", ["code_word", "word"])
def test_the_word_by_which_she_makes_herself_known_stands_on_no_page(
    cast: Cast, field: str
) -> None:
    said = {field: "Un grand chêne", "never": TYPED}
    page = send(
        cast.yanick, f"/files/{cast.maya.file_id}/reaching/change/", **said
    ).content.decode()

    assert (TYPED in page, "chêne" in page) == (True, False)


def a_note(file_id: UUID, by: Actor) -> None:
    row = Note(
        id=uuid_of("a refused note"),
        file_id=file_id,
        kind="meeting",
        occurred_at=MONDAY,
        written_by=by.user_id,
        written_at=MONDAY,
    )
    Note.objects.bulk_create([row])


def say_context(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [context.SETTING, value])


def without_context(joined: UUID, by: Actor) -> None:
    say_context("")
    a_note(joined, by)


def malformed(joined: UUID, by: Actor) -> None:
    say_context("somebody")
    a_note(joined, by)


def forged(joined: UUID, by: Actor) -> None:
    say_context(context.sign(by, WEDNESDAY).replace("ordinary", "extraordinary"))
    a_note(joined, by)


def expired(joined: UUID, by: Actor) -> None:
    said = context.sign(by, WEDNESDAY).split("|")[:5]
    body = "|".join([*said, str(int(time.time()) - 1)])
    say_context(f"{body}|{context.seal(body)}")
    a_note(joined, by)


def journal_of_a_stranger(joined: UUID, by: Actor) -> None:
    audit.record("note.signed", by=by, file_id=uuid_of("no file at all"))


def conflict_of_somebody_else(joined: UUID, by: Actor) -> None:
    row = Conflict(
        id=uuid_of("not hers"), user_id=uuid_of("samir"), file_id=joined, declared_at=MONDAY
    )
    Conflict.objects.bulk_create([row])


def table_without_grant(joined: UUID, by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute('INSERT INTO "vault_datakey" DEFAULT VALUES')


def key_of_a_colleague(joined: UUID, by: Actor) -> None:
    keys.mint(uuid_of("samir"), Kind.ACCOUNT, after=0)


FAULTS = (
    without_context,
    malformed,
    forged,
    expired,
    journal_of_a_stranger,
    conflict_of_somebody_else,
    table_without_grant,
    key_of_a_colleague,
)


def refused(writes: Callable[[UUID, Actor], None], joined: UUID, by: Actor) -> type[Exception]:
    """What a page of hers would meet."""
    with (
        acting(by, WEDNESDAY),
        pytest.raises(ProgrammingError) as error,
        transaction.atomic(),
        connection.execute_wrapper(only_rows_she_may_write),
    ):
        writes(joined, by)
    return error.type


def test_only_the_refusal_of_a_row_to_a_person_becomes_a_sentence(cast: Cast, joined: UUID) -> None:
    assert refused(a_note, joined, cast.yanick) is WritingRefused


@pytest.mark.parametrize("writes", FAULTS)
def test_every_other_refusal_stays_a_fault(
    cast: Cast, joined: UUID, writes: Callable[[UUID, Actor], None]
) -> None:
    assert refused(writes, joined, cast.yanick) is ProgrammingError


@pytest.mark.parametrize("by", [VISITOR, service("expiry")])
def test_a_row_refused_to_nobody_in_person_stays_a_fault(
    cast: Cast, joined: UUID, by: Actor
) -> None:
    assert refused(a_note, joined, by) is ProgrammingError
