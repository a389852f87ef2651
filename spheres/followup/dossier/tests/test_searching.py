"""Is a name looked for without leaving a trace in an address, and without writing anything?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from spheres.config.unit_of_work import WritesOnReading
from spheres.core import clock
from spheres.followup.dossier import queries
from spheres.participants.models import Assignment
from tests.cast import MONDAY, follow
from tests.pages import signed_in


def ask(browser, q=None, *, page="", at=MONDAY, path="/people/", **others):
    with clock.at(at):
        if q is None:
            return browser.get(path, **others)
        return browser.post(path, {"q": q, "page": page}, **others)


def names_in(answer):
    return re.findall(r'class="person-name"[^>]*>([^<]+)', answer.content.decode())


@pytest.fixture
def zoe(cast):
    return follow("Zoé", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)


def test_a_name_is_sent_and_found(cast, zoe):
    ines = signed_in(cast.ines)

    assert names_in(ask(ines)) == ["Maya", "Zoé"]
    assert names_in(ask(ines, "zoe")) == ["Zoé"]
    assert names_in(ask(ines, "zoe")) == ["Zoé"]  # a reload asks again, and does nothing else


def test_a_name_in_an_address_finds_nobody(cast, zoe):
    assert names_in(ask(signed_in(cast.ines), path="/people/?q=Maya")) == ["Maya", "Zoé"]


def test_every_search_form_sends(cast):
    page = ask(signed_in(cast.ines)).content.decode()

    forms = re.findall(r'<form [^>]*role="search"[^>]*>', page)
    assert len(forms) == 2
    assert [form for form in forms if 'method="post"' not in form] == []


def test_turning_the_page_of_a_search_keeps_the_name_out_of_the_address(cast, zoe, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    ines = signed_in(cast.ines)

    first, second = ask(ines, "a"), ask(ines, "", page="2")

    assert names_in(first) == ["Maya"]
    assert names_in(second) == ["Zoé"]
    for answer in (first, second, ask(ines, "o"), ask(ines)):
        assert "?q=" not in answer.content.decode()
    assert 'href="?page=2"' in ask(ines).content.decode()


def test_a_lock_in_the_middle_of_a_search_comes_back_to_the_page_without_the_name(cast):
    ines = signed_in(cast.ines)

    late = MONDAY + timedelta(minutes=16)
    answer = ask(ines, "Maya", at=late, headers={"referer": "http://staff.localhost/people/"})

    assert (answer.status_code, answer["Location"]) == (302, "/unlock/?next=%2Fpeople%2F")


def test_a_search_may_write_nothing(cast, monkeypatch):
    def my_people(**_asked):
        Assignment.objects.update(part="SUPPORT")

    monkeypatch.setattr(queries, "my_people", my_people)

    with pytest.raises(WritesOnReading):
        ask(signed_in(cast.ines), "Maya")


def test_a_search_sent_from_elsewhere_is_refused(cast):
    browser = Client(headers={"host": settings.STAFF_HOST}, enforce_csrf_checks=True)
    browser.cookies = signed_in(cast.ines).cookies

    assert ask(browser, "Maya").status_code == 403
