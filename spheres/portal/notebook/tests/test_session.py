"""Is she out when she must be, and does she lower what it opens, alone?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from spheres.audit.models import Event
from spheres.core import clock
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    come_in,
    confirm_contact,
    give_code,
    herself,
    open_notebook,
    telephone,
)
from spheres.sharing import inside, rules
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


def test_while_she_writes_the_site_hears_that_she_is_there_and_nothing_is_noted(
    opened: Cast,
) -> None:
    client = telephone()
    come_in(client)
    before = events(opened)

    heard = [heard_at(client, MONDAY + 4 * n * MINUTE) for n in range(1, 9)]

    assert heard == [200] * 7 + [302]  # thirty minutes are over: the page goes too
    assert events(opened) == before


def heard_at(client, at) -> int:
    """As the page itself says it, at most once a minute (still.js)."""
    with clock.at(at):
        return client.head("/n/2/").status_code


def events(cast: Cast) -> int:
    with acting(cast.ines):
        return Event.objects.filter(chain_id=cast.maya.file_id).count()


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
