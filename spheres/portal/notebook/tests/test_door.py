"""Does the door open to her alone, as far as she allowed, and close at once when it must?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts import limits
from spheres.accounts.sessions import DOORKEEPER
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.core.errors import NotAllowed
from spheres.participants.models import SafeContact
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    come_in,
    confirm_contact,
    give_code,
    herself,
    note_safe,
    note_unsafe,
    open_notebook,
    telephone,
)
from spheres.sharing import rules
from spheres.sharing.models import NotebookKey, NotebookSession
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french

learn_french()
MINUTE = timedelta(minutes=1)
LATER = MONDAY + 5 * MINUTE


@pytest.fixture
def opened(cast: Cast) -> Cast:
    """Maya's notebook stands open at the level of writing, and she has her code."""
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    return cast


def reached(cast: Cast, act: str = "read", at=LATER) -> set[str]:
    """The faces of her file that the database opens to her."""
    found = set()
    with acting(herself(cast), at), connection.cursor() as cursor:
        for face in rules.FACES:
            cursor.execute(f"select access.{act}able_{face}_files()")
            [files] = cursor.fetchone()
            assert files in ([], [cast.maya.file_id])
            found |= {face} if files else set()
    return found


# Opening it.


def test_a_notebook_does_not_open_before_the_talk_about_safe_contact(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        open_notebook(cast)

    assert "façon sûre de la joindre" in str(refused.value.reason)


def test_a_notebook_does_not_open_while_reaching_her_is_not_safe(cast: Cast) -> None:
    confirm_contact(cast)
    note_unsafe(cast)

    with pytest.raises(NotAllowed) as refused:
        open_notebook(cast)

    assert "la joindre n’est pas sécuritaire" in str(refused.value.reason)


def test_the_database_itself_refuses_a_notebook_before_the_talk(cast: Cast) -> None:
    with acting(cast.ines), pytest.raises(ProgrammingError, match="row-level security"):
        actions._insert(cast.maya.file_id, actions.Asked(cast.la_maison.id, "PRACTICAL"),
                        by=cast.ines, at=MONDAY)  # fmt: skip


def test_nobody_but_those_who_walk_with_her_opens_it(cast: Cast) -> None:
    confirm_contact(cast)

    for other in (cast.louise, cast.karim, cast.nadia):
        with acting(other), pytest.raises(NotAllowed):
            actions.open_together(
                cast.maya.file_id,
                actions.Asked(cast.la_maison.id, "PRACTICAL"),
                ready=queries.policy.Ready(),
                by=other,
                at=MONDAY,
            )
    with acting(cast.yanick), pytest.raises(ProgrammingError, match="row-level security"):
        actions.open_together(
            cast.maya.file_id,
            actions.Asked(cast.la_maison.id, "PRACTICAL"),
            ready=queries.policy.Ready(),
            by=cast.yanick,
            at=MONDAY,
        )


# What it opens.


@pytest.mark.parametrize(
    ("level", "kinds", "read", "written"),
    [
        ("PRACTICAL", {"words", "plan"}, {"identity", "contact"}, set()),
        ("READ", {"words"}, {"identity", "contact", "summary"}, set()),
        ("READ", {"plan", "safety"}, {"identity", "contact", "plan", "steps", "safety"}, set()),
        ("WRITE", {"plan"}, {"identity", "contact", "plan", "steps"}, {"plan", "steps"}),
        ("WRITE", set(), {"identity", "contact"}, set()),
    ],
)
def test_she_reaches_of_her_one_file_what_she_allowed(
    cast: Cast, level: str, kinds: set[str], read: set[str], written: set[str]
) -> None:
    confirm_contact(cast)

    open_notebook(cast, level, frozenset(kinds))

    assert reached(cast) == read
    assert reached(cast, "append") == reached(cast, "amend") == written


def test_nothing_is_reached_before_it_is_opened_nor_once_it_is_closed(cast: Cast) -> None:
    before = reached(cast)
    confirm_contact(cast)
    open_notebook(cast)
    with acting(cast.ines, LATER):
        actions.close(cast.maya.file_id, by=cast.ines, at=LATER)

    assert (before, reached(cast)) == (set(), set())


def test_it_closes_the_moment_it_is_noted_that_reaching_her_is_not_safe(opened: Cast) -> None:
    telephone_of_hers = telephone()
    come_in(telephone_of_hers)
    was = reached(opened)
    note_unsafe(opened, at=LATER)

    with clock.at(LATER):
        page = telephone_of_hers.get("/n/1/")

    assert "summary" in was
    assert reached(opened) == set()
    assert (page.status_code, page.headers["Location"]) == (302, "/n/")
    assert come_in(telephone(), at=LATER).status_code == 422


def test_it_does_not_open_again_by_itself_when_it_is_safe_again(opened: Cast) -> None:
    note_unsafe(opened, at=LATER)
    note_safe(opened, at=LATER + MINUTE)
    confirm_contact(opened, at=LATER + 2 * MINUTE)
    closed = reached(opened, at=LATER + 3 * MINUTE)

    open_notebook(opened, at=LATER + 3 * MINUTE)

    assert closed == set()
    assert "summary" in reached(opened, at=LATER + 4 * MINUTE)


def test_not_safe_noted_while_it_was_being_opened_closes_it_for_good(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast, at=MONDAY + timedelta(seconds=2))
    note_unsafe(cast, at=MONDAY + timedelta(seconds=1))  # began before, and was kept after
    closed = reached(cast)

    note_safe(cast, at=LATER)
    confirm_contact(cast, at=LATER + MINUTE)

    assert (closed, reached(cast, at=LATER + 2 * MINUTE)) == (set(), set())


# The code and the PIN.


def test_she_comes_in_with_her_code_and_her_pin(opened: Cast) -> None:
    client = telephone()

    inside = come_in(client)

    assert (inside.status_code, inside.headers["Location"]) == (302, "/n/1/")
    cookie = inside.cookies[settings.NOTEBOOK_COOKIE_NAME]
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == ("Strict", True, "")
    with clock.at(MONDAY):
        assert client.get("/n/1/").status_code == 200


def test_however_the_code_is_written_it_is_the_same(opened: Cast) -> None:
    assert come_in(telephone(), "418 382-9917 poste 204417").status_code == 302


def told(code: str, pin: str) -> tuple[int, str, int]:
    """The status, the page and how many statements a try costs."""
    with CaptureQueriesContext(connection) as asked:
        answer = come_in(telephone(), code, pin)
    return answer.status_code, without_number(answer), len(asked)


def without_number(answer) -> str:
    """The page, but for the numbers that are never twice the same."""
    page = answer.content.decode()
    page = re.sub(r'name="form_id" value="[^"]+"', "", page)
    return re.sub(r'nonce="[^"]+"', "", page)


def test_unknown_wrong_locked_and_closed_are_told_alike(opened: Cast) -> None:
    unknown = told("9" * 16, PIN)
    wrong = told(CODE, "000111")
    empty = told("", "")
    for _ in range(4):
        come_in(telephone(), CODE, "000111")
    locked = told(CODE, PIN)
    with acting(opened.ines):
        actions.close(opened.maya.file_id, by=opened.ines, at=MONDAY)
    closed = told(CODE, PIN)

    assert unknown[0] == 422
    assert unknown == wrong == empty == locked == closed


def test_one_number_is_tried_a_hundred_times_a_day_from_wherever_known_or_not(
    opened: Cast,
) -> None:
    """Its counter also makes two tries at once wait for each other, whoever has that number."""
    for code in (CODE, "9" * 16):
        with acting(VISITOR):
            for _ in range(100):
                limits.allow("notebook_code", code, MONDAY)

        assert come_in(telephone(), code).status_code == 429
        assert come_in(telephone(), code, at=MONDAY + timedelta(days=1)).status_code in {302, 422}


def test_five_wrong_tries_in_all_close_it_until_another_code_is_given(opened: Cast) -> None:
    for _ in range(4):
        come_in(telephone(), CODE, "000111")
    still = come_in(telephone()).status_code
    come_in(telephone(), CODE, "000111")
    locked = come_in(telephone()).status_code
    other = "5" * 15 + "1"

    give_code(opened, other, "482913", at=LATER)

    assert (still, locked) == (302, 422)
    assert come_in(telephone(), CODE, PIN, at=LATER).status_code == 422
    assert come_in(telephone(), other, "482913", at=LATER).status_code == 302


def test_what_is_kept_of_a_code_holds_neither_it_nor_the_pin(opened: Cast) -> None:
    come_in(telephone())
    with acting(DOORKEEPER):
        [key], [session] = NotebookKey.objects.all(), NotebookSession.objects.all()

    kept = b"|".join(map(bytes, (key.digest, key.salt, key.verifier, session.sealed)))
    assert CODE.encode() not in kept
    assert PIN.encode() not in kept
    assert len(bytes(key.verifier)) == 32


@pytest.mark.parametrize(
    "pin", ["123456", "000000", "121212", "654321", "12345", "abcdef", "111222"]
)
def test_an_obvious_pin_is_refused(cast: Cast, pin: str) -> None:
    confirm_contact(cast)
    open_notebook(cast)

    with pytest.raises(NotAllowed), acting(cast.ines):
        actions.give_code(
            cast.maya.file_id, CODE, pin, given_id=cast.la_maison.id, by=cast.ines, at=MONDAY
        )


def test_her_day_of_birth_is_no_pin() -> None:
    assert not queries.policy.can_choose_pin("090310", born="2010-03-09")
    assert queries.policy.can_choose_pin("090311", born="2010-03-09")


# Nobody else.


def test_the_row_of_an_unsafe_contact_is_what_closes_it(opened: Cast) -> None:
    with acting(opened.ines):
        stand = queries.stands(opened.maya.file_id, actor=opened.ines)
    note_unsafe(opened, at=LATER)
    with acting(opened.ines, LATER):
        after = queries.stands(opened.maya.file_id, actor=opened.ines)
        newest = SafeContact.objects.order_by("-written_at").first()

    assert (stand.is_open, after.is_open, after.is_closed_by_itself) == (True, False, True)
    assert newest.unsafe_on is not None


def test_her_own_openings_are_written_in_her_file_as_hers(opened: Cast) -> None:
    come_in(telephone())

    with acting(opened.ines):
        [entered] = Event.objects.filter(chain_id=opened.maya.file_id, action="notebook.entered")
    assert (entered.actor_id, entered.purpose, entered.roles, entered.network) == (
        herself(opened).user_id, "notebook", ["participant"], "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "act", "typed"),
    [
        ("/n/", "come_in", {"code": CODE, "pin": PIN}),
        ("/n/60/", "change_pin", {"pin": PIN, "new": "582047", "again": "582047"}),
    ],
)
def test_a_fault_keeps_neither_of_her_numbers_in_the_page(
    opened: Cast, path: str, act: str, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_others: object) -> None:
        raise OperationalError("the connection is closed")

    client = telephone()
    client.raise_request_exception = False
    if path != "/n/":
        come_in(client)
    with clock.at(MONDAY):
        form_id = client.get(path).context["form"].signed_id
        monkeypatch.setattr(actions, act, broken)
        answer = client.post(path, {"form_id": form_id, **typed})
    page = answer.content.decode()

    assert answer.status_code == 503
    assert [number for number in typed.values() if number in page] == []
    assert "data-spheres-signed-in" in page
