"""Does the door open to her alone, as far as she allowed, and close at once when it must?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.sessions import DOORKEEPER
from spheres.audit.models import Event
from spheres.core import clock
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
from spheres.sharing import inside, rules
from spheres.sharing.models import NotebookKey, NotebookSession
from spheres.vault.cipher import Sealed
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

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


# The session.


def page_at(client, at) -> int:
    with clock.at(at):
        return client.get("/n/1/").status_code


def test_she_is_out_after_five_minutes_without_a_move(opened: Cast) -> None:
    moving, still = telephone(), telephone()
    come_in(moving)
    moved = [page_at(moving, MONDAY + 4 * n * MINUTE) for n in range(1, 7)]
    come_in(still, at=MONDAY + 25 * MINUTE)

    assert moved == [200] * 6
    assert page_at(still, MONDAY + 31 * MINUTE) == 302


def test_she_is_out_after_thirty_minutes_in_all(opened: Cast) -> None:
    client = telephone()
    come_in(client)

    pages = [page_at(client, MONDAY + n * MINUTE) for n in (4, 8, 12, 16, 20, 24, 28, 30)]

    assert pages == [200] * 7 + [302]


def test_a_second_sign_in_ends_the_first(opened: Cast) -> None:
    first, second = telephone(), telephone()
    come_in(first)

    come_in(second)

    assert (page_at(first, MONDAY), page_at(second, MONDAY)) == (302, 200)


def test_leaving_ends_the_session_on_the_server_and_clears_the_browser(opened: Cast) -> None:
    client = telephone()
    come_in(client)
    stolen = client.cookies[settings.NOTEBOOK_COOKIE_NAME].value
    with clock.at(MONDAY):
        left = client.get("/e")
    thief = telephone()
    thief.cookies[settings.NOTEBOOK_COOKIE_NAME] = stolen

    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert left.cookies[settings.NOTEBOOK_COOKIE_NAME]["max-age"] == 0
    assert page_at(thief, MONDAY) == 302


def test_her_worker_closing_it_puts_her_out(opened: Cast) -> None:
    client = telephone()
    come_in(client)

    with acting(opened.ines):
        actions.close(opened.maya.file_id, by=opened.ines, at=MONDAY)

    assert page_at(client, MONDAY) == 302


def test_her_cookie_opens_no_page_of_staff_and_a_worker_none_of_hers(opened: Cast) -> None:
    client, worker = telephone(), signed_in(opened.ines)
    come_in(client)
    key = client.cookies[settings.NOTEBOOK_COOKIE_NAME].value
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    with clock.at(MONDAY):
        staff_page = client.get("/", headers={"host": settings.STAFF_HOST})
        her_page = worker.get("/n/1/", headers={"host": settings.YOUTH_HOST})

    assert (staff_page.status_code, her_page.status_code) == (302, 302)
    assert "/sign-in/" in staff_page.headers["Location"]


def test_a_form_sent_from_another_site_is_refused(opened: Cast) -> None:
    client = telephone()
    come_in(client)

    with clock.at(MONDAY):
        answer = client.post("/n/3/", {}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert page_at(client, MONDAY) == 200


# Lowering it.


def lowering(client, level: str, kinds: list[str], at=MONDAY):
    with clock.at(at):
        form_id = client.get("/n/2/").context["form"].signed_id
        return client.post("/n/2/", {"form_id": form_id, "level": level, "kinds": kinds})


def test_she_lowers_it_alone_and_at_once(opened: Cast) -> None:
    client = telephone()
    come_in(client)

    lowering(client, "READ", ["plan"])

    assert reached(opened) == {"identity", "contact", "plan", "steps"}
    assert reached(opened, "append") == set()


def test_she_does_not_raise_it_alone(opened: Cast) -> None:
    client = telephone()
    come_in(client)
    lowering(client, "READ", ["plan"])

    refused = lowering(client, "WRITE", ["plan", "safety"])

    assert refused.status_code == 422
    assert reached(opened) == {"identity", "contact", "plan", "steps"}


def test_the_database_itself_lets_nobody_raise_it_from_inside(opened: Cast) -> None:
    client = telephone()
    come_in(client)
    lowering(client, "READ", ["plan"])

    with acting(herself(opened)), connection.cursor() as cursor:
        cursor.execute(
            "select access.lower_notebook('WRITE', array['identity', 'contact', 'plan'])"
        )
        [raised] = cursor.fetchone()
        cursor.execute(
            "select access.lower_notebook('READ', array['identity', 'contact', 'safety'])"
        )
        [widened] = cursor.fetchone()

    assert (raised, widened) == (None, None)
    assert reached(opened) == {"identity", "contact", "plan", "steps"}


def test_she_closes_it_alone_and_is_out(opened: Cast) -> None:
    client = telephone()
    come_in(client)
    with clock.at(MONDAY):
        form_id = client.get("/n/2/").context["close_form"].signed_id
        closed = client.post("/n/3/", {"form_id": form_id})

    assert closed.headers["Location"] == "/e"
    assert page_at(client, MONDAY) == 302
    assert come_in(telephone()).status_code == 422
    assert reached(opened) == set()


def test_raising_takes_her_worker_and_keeps_her_code(opened: Cast) -> None:
    client = telephone()
    come_in(client)
    lowering(client, "PRACTICAL", [])

    open_notebook(opened, "READ", frozenset({"words"}), at=LATER)

    assert come_in(telephone(), at=LATER).status_code == 302
    assert reached(opened, at=LATER + MINUTE) == {"identity", "contact", "summary"}


# The second PIN, and what is held while she is inside.


def test_the_pin_asked_once_more_counts_as_at_the_door(opened: Cast) -> None:
    key = actions_key(opened)
    with clock.at(MONDAY), acting(herself(opened)):
        within = inside.enter(key, at=MONDAY)
        assert within is not None
        right = actions.proves(within, PIN, key=key, at=MONDAY)
        wrong = [actions.proves(within, "000111", key=key, at=MONDAY) for _ in range(5)]

    assert (right, wrong) == (True, [False] * 5)
    with acting(opened.ines):
        assert queries.stands(opened.maya.file_id, actor=opened.ines).is_locked
    with clock.at(MONDAY), acting(herself(opened)):
        assert inside.enter(key, at=MONDAY) is None


def actions_key(cast: Cast) -> str:
    client = telephone()
    come_in(client)
    return client.cookies[settings.NOTEBOOK_COOKIE_NAME].value


def test_what_she_typed_gives_the_same_key_of_pages_each_time_and_another_browser_none(
    opened: Cast,
) -> None:
    keys = []
    for _ in range(2):
        key = actions_key(opened)
        with clock.at(MONDAY), acting(herself(opened)):
            within = inside.enter(key, at=MONDAY)
        assert within is not None
        held = queries.held(within, key=key)
        keys.append(held.pages_key)
        with pytest.raises(Sealed):
            queries.held(within, key="another")

    assert keys[0] == keys[1]
    assert len(keys[0]) == 32
    assert held.code == CODE


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
