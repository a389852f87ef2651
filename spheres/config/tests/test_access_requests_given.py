"""What is in the copy that somebody is given, and when is it not given after all?"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, transaction
from django.test import Client

from spheres.config.tests.test_access_requests_pages import (
    SECRET,
    THEN,
    at_desk,
    get,
    look_at_all,
    main,
    of_file,
    post,
    signed_in,
    words_of,
)
from spheres.core.actor import Actor
from spheres.followup.notes import actions as notes
from spheres.followup.reading import actions as reading
from spheres.followup.reading import queries as reads
from spheres.participants.models import Suspension
from spheres.privacy.access_requests import policy, queries
from spheres.privacy.access_requests.forms import AnswerForm, HandedForm, PressForm
from spheres.privacy.access_requests.models import Asker, Decision, Step
from spheres.privacy.access_requests.tests.factories import (
    LATER,
    answer,
    found,
    ready_for_parent,
    receive,
    seat,
    step,
)
from spheres.records.between import together
from spheres.vault import actions as vault
from tests.cast import Cast, acting, sign_note, uuid_of

pytestmark = pytest.mark.django_db
SINCE = LATER + timedelta(minutes=30)
BEFORE, AFTER = "J’aime le dessin.", "Mon père me frappe."


def offered(client: Client, path: str) -> str:
    """Which texts the page of the answer shows now."""
    [said] = re.findall(r'name="offered" value="(\w+)"', get(client, path).content.decode())
    return str(said)


def sign(cast: Cast, which: str, her_words: str, at: datetime) -> None:
    said = notes.Written(id=uuid_of(which), kind="meeting", occurred_at=at, her_words=her_words)
    with acting(cast.ines, at):
        notes.sign(cast.maya.file_id, said, by=cast.ines, at=at)


def look_at(cast: Cast, which: str) -> None:
    with acting(cast.ines, LATER):
        found_there = reads.records(cast.maya.file_id, actor=cast.ines)
        [record] = [record for _kind, record in found_there if record.pk == uuid_of(which)]
        vault.open([record], by=cast.ines)
        ticked = reading.Ticked(uuid_of(f"looked {which}"), "notes")
        reading.look(record, ticked, by=cast.ines, at=LATER)


def for_a_father(cast: Cast) -> tuple[UUID, Actor]:
    request_id = receive(cast, asker=Asker.PARENT, wish="PORTABLE")
    ready_for_parent(cast, request_id, opinion="YES", harm="SAFE")
    return request_id, seat(cast, request_id)


def words_in(response: Any) -> list[str]:
    return [
        piece["words"]
        for text in json.loads(response.content)["texts"]
        for part in text["parts"]
        for piece in part["pieces"]
        if piece["words"]
    ]


def test_a_copy_holds_what_was_decided_and_nothing_written_since(cast: Cast) -> None:
    sign(cast, "before", BEFORE, LATER)
    look_at(cast, "before")
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)
    sign(cast, "since", AFTER, SINCE)
    look_at(cast, "since")

    made = post(signed_in(cast.nadia), at_desk("seat_copy", request_id, "json"), PressForm)

    assert (words_in(made), json.loads(made.content)["left_out"]) == ([BEFORE], 0)
    read = main(get(signed_in(cast.nadia), at_desk("seat_texts", request_id)))
    assert (BEFORE in read, AFTER in read) == (True, False)


def test_her_own_words_that_nobody_has_looked_at_go_to_her_and_to_nobody_else(cast: Cast) -> None:
    sign(cast, "before", AFTER, LATER)
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)
    hers = receive(cast, "hers", wish="PORTABLE")
    step(hers, "IDENTITY", "KNOWN", by=cast.ines)
    answer(hers, by=cast.ines)

    made = post(signed_in(cast.nadia), at_desk("seat_copy", request_id, "json"), PressForm)
    assert words_in(made) == []
    with acting(cast.ines, THEN):
        asked = found(hers, cast.ines)
        to_copy = together.to_copy(
            cast.maya.file_id, actor=cast.ines, of_age=True, only=asked.granted
        )
        vault.open(to_copy.rows, by=cast.ines)
        said = [words for one in to_copy.make() for _c, _t, [(words, _r)] in one.texts if words]
    # Who she is, how she is reached, what she said first: hers too, and in no other's copy.
    assert sorted(said) == sorted([
        AFTER, "J’ai dormi.", "Je veux une place à moi.", "Maya", "15 h 30 à 17 h",
        "signer « Café »", "Jamais d’appel",
    ])  # fmt: skip


def test_what_was_written_while_the_page_was_read_is_read_before_it_is_granted(cast: Cast) -> None:
    request_id, officer = for_a_father(cast)
    nadia, path = signed_in(cast.nadia), at_desk("seat_answer", request_id)
    shown = offered(nadia, path)
    sign(cast, "since", AFTER, SINCE)

    sent = post(nadia, path, AnswerForm, outcome="WHOLE", offered=shown)

    assert sent.status_code == 422
    assert "Un texte a été écrit depuis que cette page est affichée" in main(sent)
    now = offered(nadia, path)
    assert now != shown
    assert post(nadia, path, AnswerForm, outcome="WHOLE", offered=now).status_code == 302
    with acting(officer, THEN):
        assert uuid_of("since") in Decision.objects.get().given


def test_every_text_that_is_in_a_copy_may_be_left_out_of_it(cast: Cast) -> None:
    with acting(cast.ines):
        for number in range(305):
            sign_note(cast.maya.file_id, f"note {number}", by=cast.ines)
    request_id, officer = for_a_father(cast)
    nadia, path = signed_in(cast.nadia), at_desk("seat_answer", request_id)
    page = get(nadia, path).content.decode()
    with acting(officer, LATER):
        texts = queries.texts(cast.maya.file_id, actor=officer, most=together.ALL_OF_IT)
    assert (len(texts), page.count('name="left_out"')) == (306, 306)
    all_but_one = tuple(pk for _kind, pk, _at in texts[1:])

    answer(request_id, "PART", by=officer, ground="OTHERS", reasons="x", left_out=all_but_one)

    with acting(officer, THEN):
        asked = found(request_id, officer)
        assert asked.granted == [texts[0][1]]


def suspend(cast: Cast) -> None:
    with acting(cast.ines, SINCE):
        row = Suspension(
            id=uuid_of("suspension"), file_id=cast.maya.file_id, who="PARENT", ground="DANGER",
            written_by=cast.ines.user_id, written_at=SINCE,
        )  # fmt: skip
        Suspension.objects.bulk_create([row])


def handed(cast: Cast, request_id: UUID, officer: Actor) -> Step:
    return Step(
        id=uuid_of("handed"), file_id=cast.maya.file_id, request_id=request_id, kind="HANDED",
        written_by=officer.user_id, written_at=THEN,
    )  # fmt: skip


def test_what_was_granted_is_not_handed_to_whoever_may_no_longer_speak_for_her(cast: Cast) -> None:
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)
    suspend(cast)
    nadia = signed_in(cast.nadia)

    copy = post(nadia, at_desk("seat_copy", request_id, "json"), PressForm)
    hands = post(nadia, at_desk("seat_handed", request_id), HandedForm, words="À lui.")

    assert (copy.status_code, hands.status_code) == (403, 403)
    assert "Rien n’est remis pour l’instant." in main(get(nadia, at_desk("seat_one", request_id)))
    with acting(officer, THEN), pytest.raises(Error, match="row-level"), transaction.atomic():
        Step.objects.bulk_create([handed(cast, request_id, officer)])


@pytest.mark.parametrize(("kind", "code"), [("HARM", "HARMFUL"), ("CONSULTED", "OPPOSED")])
def test_what_was_granted_is_not_handed_over_once_harm_is_likely(
    cast: Cast, kind: str, code: str
) -> None:
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)
    step(request_id, kind, code, by=officer, at=SINCE)

    with acting(officer, THEN):
        facts = found(request_id, officer).facts
        of_age = replace(facts, harm="SAFE", consulted="CLEAR", age=18)
        may = [bool(policy.can_hand_over(officer, one)) for one in (facts, of_age)]
    assert may == [False, False]


def test_what_was_granted_is_taken_back_as_long_as_nothing_was_handed_over(cast: Cast) -> None:
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)
    suspend(cast)
    nadia, path = signed_in(cast.nadia), at_desk("seat_answer", request_id)

    taken = post(nadia, path, AnswerForm, outcome="REFUSED", ground="UNSAID")

    assert taken.status_code == 302
    with acting(cast.ines, THEN):
        asked = found(request_id, cast.ines)
        assert (asked.status.status, asked.is_open, asked.granted) == ("REFUSED", False, None)


def test_what_is_left_out_is_in_no_byte_of_the_copy(cast: Cast) -> None:
    with acting(cast.ines):
        sign_note(cast.maya.file_id, "to leave out", by=cast.ines, observation=SECRET)
    request_id = receive(cast, wish="PORTABLE")
    step(request_id, Step.Kind.IDENTITY, "KNOWN", by=cast.ines)
    look_at_all(cast)
    ines = signed_in(cast.ines)
    path = of_file(cast, "answer", request_id)

    typed: dict[str, Any] = {
        "outcome": "PART", "ground": "OTHERS", "reasons": "Un ami.",
        "offered": offered(ines, path),
    }  # fmt: skip
    nothing = post(ines, path, AnswerForm, **typed)
    assert "Cochez ce qui n’y est pas." in main(nothing)
    typed["left_out"] = [f"notes:{uuid_of('to leave out')}"]
    assert post(ines, path, AnswerForm, **typed).status_code == 302

    said = json.loads(post(ines, of_file(cast, "copy", request_id, "json"), PressForm).content)
    assert (said["left_out"], SECRET in json.dumps(said, ensure_ascii=False)) == (1, False)
    sheets = words_of(post(ines, of_file(cast, "copy", request_id, "pdf"), PressForm))
    assert (SECRET in sheets, "1 texte n’y est pas" in sheets) == (False, True)
