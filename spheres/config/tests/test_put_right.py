"""From a text that is read with her, is one press enough to ask that it be corrected?"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from spheres.core import clock
from tests.cast import MONDAY, Cast, acting, sign_note, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
NOTE = uuid_of("a disputed note")


@pytest.fixture(autouse=True)
def note(cast: Cast) -> None:
    with acting(cast.ines):
        sign_note(cast.maya.file_id, "a disputed note", by=cast.ines, her_words="Ce n’est pas ça.")


def get(cast: Cast, path: str, language: str = "fr") -> str:
    with clock.at(MONDAY):
        answer = signed_in(cast.ines, language=language).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def chosen(page: str) -> dict[str, Any]:
    """What stands ticked or selected in the form, and whether it is open."""
    return {
        "asker": re.findall(r'name="asker" value="(\w+)"[^>]*checked', page),
        "wish": re.findall(r'name="wish" value="(\w+)"[^>]*checked', page),
        "about": [one for one in re.findall(r'<option value="([^"]*)"[^>]*selected', page) if one],
        "is_open": '<details class="disclosure" open' in page,
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Demander que ce soit corrigé"), ("en", "Ask that it be corrected")],
)
def test_one_press_leads_to_the_request_with_the_text_already_chosen(
    cast: Cast, language: str, said: str
) -> None:
    beside = get(cast, f"/files/{cast.maya.file_id}/reading/notes/{NOTE}/say/", language)
    to = f"{reverse('access_requests:page', args=[cast.maya.file_id])}?text=notes:{NOTE}"

    assert f'<a href="{to}">{said}</a>' in beside
    assert chosen(get(cast, to, language)) == {
        "asker": ["SELF"], "wish": ["RECTIFY"], "about": [f"notes:{NOTE}"], "is_open": True,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", f"notes:{uuid4()}", "notes:", "therapy_notes:1", "<b>"])
def test_what_is_no_text_of_hers_begins_nothing(cast: Cast, text: str) -> None:
    page = get(cast, f"{reverse('access_requests:page', args=[cast.maya.file_id])}?text={text}")

    assert chosen(page) == {"asker": [], "wish": [], "about": [], "is_open": False}
