"""Is what stands always the last that was said, is «not safe» never lost, is nothing made twice?"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from spheres.audit.models import Event
from spheres.core.errors import NotAllowed
from spheres.followup.reaching import actions, queries
from spheres.followup.reaching.actions import Said
from spheres.followup.reaching.models import Prepared
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord, SafeContact
from spheres.vault import actions as vault
from spheres.vault.queries import told_texts
from tests.cast import MONDAY, acting, follow, uuid_of

from .factories import AGREED, IN_HER_HOURS, OUTSIDE, agree, header

pytestmark = pytest.mark.django_db
TEXT, CALL = Prepared.Kind.TEXT, Prepared.Kind.CALL


def events(cast, action):
    with acting(cast.ines):
        return Event.objects.filter(chain_id=cast.maya.file_id, action=action).count()


def rows(cast):
    with acting(cast.ines):
        return list(queries.contacts(cast.maya.file_id, actor=cast.ines))


def stands(cast):
    return rows(cast)[0]


def make(cast, kind, lines=None, made="made", at=IN_HER_HOURS):
    with acting(cast.ines, at):
        person = header(cast)
        chosen = queries.lines_of(person) if lines is None else lines
        actions.prepare(person, kind, chosen, made_id=uuid_of(made), by=cast.ines, at=at)


def test_what_was_agreed_stands_and_what_it_was_before_stays(cast):
    agree(cast)

    with acting(cast.ines):
        person = header(cast)
    assert (person.channel, person.window, person.hours) == (
        "text", "12345 16:30-18:00", "après l’école",
    )  # fmt: skip
    assert (person.lines, person.words, person.sender, person.never) == (
        "coffee no_rush", "C’est pour le devoir de maths", "Café", "Jamais d’appel.",
    )  # fmt: skip
    assert (person.unsafe_on, person.confirmed_on) == (None, date(2026, 3, 6))
    assert [row.pk == uuid_of("agreed") for row in rows(cast)] == [True, False]
    assert events(cast, "contact.written") == 1


def test_sent_twice_it_is_written_once(cast):
    agree(cast)
    first = [row.pk for row in rows(cast)]

    said = Said(id=uuid_of("agreed"), **AGREED)
    with acting(cast.ines):
        actions.write(cast.maya.file_id, said, after=first[1], by=cast.ines, at=MONDAY)

    assert [row.pk for row in rows(cast)] == first
    assert events(cast, "contact.written") == 1


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(cast):
    (before,) = rows(cast)
    agree(cast)

    said = Said(id=uuid_of("another"), channel="call")
    with acting(cast.ines):
        done = actions.write(cast.maya.file_id, said, after=before.pk, by=cast.ines, at=MONDAY)

    assert done is False
    assert stands(cast).pk == uuid_of("agreed")


def test_not_safe_survives_whatever_is_written_after_it(cast):
    agree(cast)
    with acting(cast.ines):
        actions.note_unsafe(
            cast.maya.file_id, uuid_of("unsafe"), on=date(2026, 3, 4), by=cast.ines, at=MONDAY
        )

    agree(cast, "written after", at=MONDAY)

    assert stands(cast).pk == uuid_of("written after")
    assert stands(cast).unsafe_on == date(2026, 3, 4)


def test_a_page_that_asked_the_clock_earlier_never_hides_what_was_written_before_it(cast):
    agree(cast, at=IN_HER_HOURS)
    with acting(cast.ines):
        actions.note_unsafe(
            cast.maya.file_id,
            uuid_of("unsafe"),
            on=date(2026, 3, 2),
            by=cast.ines,
            at=IN_HER_HOURS - timedelta(days=1),
        )

    assert stands(cast).pk == uuid_of("unsafe")
    assert stands(cast).written_at > IN_HER_HOURS


def test_the_earliest_day_that_it_was_not_safe_stays(cast):
    for number, day in enumerate((4, 6, 3)):
        with acting(cast.ines):
            actions.note_unsafe(
                cast.maya.file_id,
                uuid_of(f"unsafe {number}"),
                on=date(2026, 3, day),
                by=cast.ines,
                at=MONDAY,
            )

    assert [row.unsafe_on.day if row.unsafe_on else None for row in rows(cast)] == [3, 4, 4, None]
    assert events(cast, "contact.unsafe") == 3


def test_safe_again_asks_for_a_confirmation_and_keeps_the_rest(cast):
    agree(cast)
    with acting(cast.ines):
        file_id = cast.maya.file_id
        actions.note_unsafe(file_id, uuid_of("u"), on=date(2026, 3, 4), by=cast.ines, at=MONDAY)
        with pytest.raises(NotAllowed), transaction.atomic():
            actions.confirm(file_id, uuid_of("c"), on=date(2026, 3, 6), by=cast.ines, at=MONDAY)
        actions.note_safe(file_id, uuid_of("s"), by=cast.ines, at=MONDAY)
        again = header(cast)
        actions.confirm(file_id, uuid_of("c"), on=date(2026, 3, 6), by=cast.ines, at=MONDAY)
        confirmed = header(cast)

    assert (again.unsafe_on, again.confirmed_on) == (None, None)
    assert (again.window, again.lines, again.sender) == (
        "12345 16:30-18:00", "coffee no_rush", "Café",
    )  # fmt: skip
    assert confirmed == replace(again, confirmed_on=date(2026, 3, 6))


@pytest.mark.parametrize("who", ["yanick", "samir", "karim", "louise", "roy", "amrani"])
def test_nobody_else_writes_it_or_learns_that_it_stands(cast, who):
    agree(cast)
    other = getattr(cast, who)

    with acting(other):
        assert not queries.contacts(cast.maya.file_id, actor=other).exists()
        with suppress(NotAllowed), transaction.atomic():
            done = actions.note_unsafe(
                cast.maya.file_id, uuid_of("x"), on=date(2026, 3, 4), by=other, at=MONDAY
            )
            assert done is False

    assert stands(cast).pk == uuid_of("agreed")


def test_her_code_word_is_kept_locked_and_found_only_exactly(cast):
    agree(cast, code_word="  Pain   d’épices ")

    with acting(cast.ines):
        word = queries.code_word(cast.maya.file_id, actor=cast.ines)
    assert word is not None
    assert "épices".encode() not in bytes(word.word) + bytes(word.digest)
    assert bytes(word.digest) == participants.code_word_digest("pain d’épices")
    assert bytes(word.digest) == participants.code_word_digest(" Pain  d’epices")
    assert bytes(word.digest) != participants.code_word_digest("pain d’épice")


def test_a_code_word_is_written_when_it_changes_and_taken_back_when_it_is_emptied(cast):
    for number, word in enumerate(("Érable", "érable", "Sirop", "", "")):
        agree(cast, f"agreed {number}", code_word=word)

    with acting(cast.ines):
        words = CodeWord.objects.filter(file_id=cast.maya.file_id).order_by("-written_at")
        digests = [bytes(word.digest) for word in words]
    assert digests == [
        b"",
        participants.code_word_digest("sirop"),
        participants.code_word_digest("érable"),
    ]


def test_two_persons_may_have_the_same_word(cast):
    lou = follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    agree(cast, code_word="Érable")
    said = Said(id=uuid_of("Lou agrees"), channel="call", code_word="érable")
    with acting(cast.ines):
        held = queries.newest(lou.file_id, actor=cast.ines)
        assert held is not None
        actions.write(lou.file_id, said, after=held.id, by=cast.ines, at=MONDAY)
        files = CodeWord.objects.filter(digest=participants.code_word_digest("Érable"))
        found = {word.file_id for word in files}

    assert found == {cast.maya.file_id, lou.file_id}


def test_what_is_made_is_one_row_and_one_event_with_the_exact_words(cast):
    agree(cast)

    make(cast, TEXT)
    make(cast, TEXT)

    with acting(cast.ines):
        (made,) = queries.prepared(cast.maya.file_id, actor=cast.ines)
        vault.open([made], by=cast.ines)
    assert made.opened.said.splitlines() == [
        "Rien ne presse, écris-moi quand ça te va.",
        "Un café bientôt?",
        "C’est pour le devoir de maths",
        "Café",
    ]
    assert events(cast, "text.prepared") == 1


@pytest.mark.parametrize(
    ("changes", "kind", "at"),
    [
        ({}, TEXT, OUTSIDE),
        ({}, CALL, IN_HER_HOURS),
        ({"channel": "call"}, TEXT, IN_HER_HOURS),
        ({"channel": "in_person"}, CALL, IN_HER_HOURS),
        ({"channel": "wait"}, TEXT, IN_HER_HOURS),
        ({"window": ""}, TEXT, IN_HER_HOURS),
        ({"confirmed_on": None}, TEXT, IN_HER_HOURS),
        ({"lines": (), "words": ""}, TEXT, IN_HER_HOURS),
    ],
)
def test_otherwise_nothing_is_made_and_nothing_is_told(cast, changes, kind, at):
    agree(cast, **changes)

    with pytest.raises(NotAllowed), transaction.atomic():
        make(cast, kind, at=at)

    with acting(cast.ines):
        assert not Prepared.objects.exists()
    assert events(cast, "text.prepared") + events(cast, "call_sheet.prepared") == 0


def test_while_it_is_not_safe_nothing_is_made(cast):
    agree(cast)
    with acting(cast.ines):
        actions.note_unsafe(
            cast.maya.file_id, uuid_of("u"), on=date(2026, 3, 6), by=cast.ines, at=IN_HER_HOURS
        )

    with pytest.raises(NotAllowed), transaction.atomic():
        make(cast, TEXT)

    with acting(cast.ines):
        assert not Prepared.objects.exists()


def test_a_line_she_did_not_agree_to_is_not_said_even_if_it_is_sent(cast):
    agree(cast)
    stranger = queries.Line("walk", "On va marcher cette semaine?")

    with pytest.raises(NotAllowed), transaction.atomic():
        make(cast, TEXT, lines=[stranger])


def test_words_that_would_tell_something_are_never_offered_though_they_were_written(cast):
    """A referral may have said them: they were not weighed with her."""
    agree(cast, words="C’est pour ton suivi", sender="La police", lines=("coffee",))

    with acting(cast.ines):
        person = header(cast)

    assert [line.words for line in queries.lines_of(person)] == ["Un café bientôt?"]
    assert queries.signature_of(person) == ""


def test_a_row_from_before_these_texts_existed_is_still_the_one_that_was_told(cast):
    with acting(cast.ines):
        (carried,) = queries.contacts(cast.maya.file_id, actor=cast.ines)

    assert set(told_texts(carried, carried.__dict__)) == {"hours", "words", "never"}
    assert set(SafeContact.ADDED) < set(SafeContact.locked_fields())
