"""Does her word, and nothing else, open how to reach her, briefly, and tell those beside her?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from spheres.accounts.models import Membership
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, CodeWord
from spheres.sharing import actions as sharing
from spheres.sharing.models import Recognised
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, follow, uuid_of
from tests.pages import Page, signed_in

NOW = TUESDAY


def agree_on(word: str, file_id: UUID, *, by: Actor, at: datetime = MONDAY) -> None:
    """With her worker, she chooses a word."""
    row = CodeWord(
        id=uuid_of(f"{word} {file_id} {at}"), file_id=file_id, written_by=by.user_id,
        written_at=at, digest=participants.code_word_digest(word), key_file="test",
    )  # fmt: skip
    with acting(by, at):
        vault.lock(row, word=word)
        CodeWord.objects.bulk_create([row])


def say(cast: Cast, word: str, *, to: Actor | None = None, at: datetime = NOW) -> tuple[int, str]:
    """She says a word to a worker (Yanick), who sends it: the status, and where it leads."""
    client = signed_in(to or cast.yanick, at=at, language="en")
    with clock.at(at):
        blank = Page(client.get("/code-word/").content.decode()).fields
        answer = client.post("/code-word/", blank | {"word": word})
        if answer.status_code == 302:
            return 302, client.get(answer.headers["Location"]).content.decode()
        return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_her_word_opens_how_to_reach_her_and_nothing_of_who_she_is(cast: Cast) -> None:
    agree_on("pain d’épices", cast.maya.file_id, by=cast.ines)

    status, page = say(cast, "Pain d’epices ")

    assert status == 302
    assert "signer « Café »" in page
    assert "Inès" in page
    for closed in ("Maya", "J’ai dormi", "Elle rit"):
        assert closed not in page


@pytest.mark.django_db
def test_for_two_hours_and_no_more(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    say(cast, "sirop")
    with acting(cast.ines, NOW):
        one = Recognised.objects.get()
    seen = {}
    for minutes in (0, 119, 120):
        at = NOW + timedelta(minutes=minutes)
        client = signed_in(cast.yanick, at=at)
        with clock.at(at):
            seen[minutes] = client.get(f"/code-word/{one.pk}/").status_code

    assert seen == {0: 200, 119: 200, 120: 404}


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["siro", "sirops", "sirop sirop", "Maya"])
def test_another_word_is_silence(cast: Cast, word: str) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)

    status, page = say(cast, word)

    assert status == 422
    assert "This word opens nothing here." in page
    with acting(cast.ines, NOW):
        assert not Recognised.objects.exists()


@pytest.mark.django_db
def test_what_two_persons_chose_says_who_neither_is(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    agree_on("sirop", lou.file_id, by=cast.ines)

    assert say(cast, "sirop")[0] == 422


@pytest.mark.django_db
def test_only_the_newest_word_counts(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    agree_on("érable", cast.maya.file_id, by=cast.ines, at=MONDAY + timedelta(hours=1))

    assert say(cast, "sirop")[0] == 422
    assert say(cast, "erable")[0] == 302


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["samir", "karim", "nadia", "roy", "louise", "amrani"])
def test_elsewhere_or_in_another_role_it_opens_nothing(cast: Cast, who: str) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    actor: Actor = getattr(cast, who)
    client = signed_in(actor, at=NOW)
    with clock.at(NOW):
        asked = client.get("/code-word/").status_code
        status = say(cast, "sirop", to=actor)[0] if asked == 200 else asked

    assert (who, status) == (who, 422 if who == "samir" else 403)


@pytest.mark.django_db
def test_whoever_knows_her_outside_work_hears_nothing(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    assert say(cast, "sirop")[0] == 422


@pytest.mark.django_db
def test_five_tries_an_hour(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    answers = [say(cast, f"mot {n}")[0] for n in range(6)]

    assert answers == [422] * 5 + [429]
    assert say(cast, "sirop")[0] == 429
    assert say(cast, "sirop", at=NOW + timedelta(hours=2))[0] == 302


@pytest.mark.django_db
def test_it_is_told_in_her_journal_and_on_her_workers_day(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    say(cast, "sirop")
    say(cast, "cidre")

    with acting(cast.ines, NOW):
        told = Event.objects.filter(chain_id=cast.maya.file_id, actor_id=cast.yanick.user_id)
        assert [e.action for e in told.order_by("number")] == [
            "code_word.heard", "code_word.opened",
        ]  # fmt: skip
    with acting(cast.yanick, NOW):
        assert Event.objects.filter(action="code_word.unknown").count() == 1
    day = signed_in(cast.ines, at=NOW, language="en")
    with clock.at(NOW):
        page = day.get("/").content.decode().replace("\u00a0", " ")
    assert "Yanick heard the code word of Maya (Tuesday, March 3, 9:00 a.m.)." in page


@pytest.mark.django_db
def test_with_somebody_beside_her_he_only_answers(cast: Cast) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    page = say(cast, "sirop")[1]
    with acting(cast.ines, NOW):
        one = Recognised.objects.get()
    client = signed_in(cast.yanick, at=NOW)
    with clock.at(NOW):
        forced = client.post(f"/code-word/{one.pk}/take-on/").status_code
        file = client.get(f"/files/{cast.maya.file_id}/").status_code

    assert "They wish to go on with me" not in page
    assert (forced, file) == (403, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["the assignment ended", "the worker left"])
def test_when_nobody_is_beside_her_any_more_she_goes_on_with_him(cast: Cast, gone: str) -> None:
    agree_on("sirop", cast.maya.file_id, by=cast.ines)
    if gone == "the worker left":
        with acting(LOADER):
            Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=MONDAY)
    else:
        with acting(cast.ines):
            Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=MONDAY)

    page = say(cast, "sirop")[1]
    with acting(cast.yanick, NOW):
        one = Recognised.objects.get()
    client = signed_in(cast.yanick, at=NOW, language="en")
    with clock.at(NOW):
        answer = client.post(f"/code-word/{one.pk}/take-on/", follow=True)
        again = client.post(f"/code-word/{one.pk}/take-on/")

    assert "They wish to go on with me" in page
    assert answer.redirect_chain == [(f"/files/{cast.maya.file_id}/", 302)]
    assert "Maya" in answer.content.decode()
    assert again.status_code == 302
    with acting(cast.yanick, NOW):
        mine = Assignment.objects.filter(user_id=cast.yanick.user_id)
        assert [a.file_id for a in mine] == [cast.maya.file_id]
