"""How easy are the pages of her notebook to read, every one of them, in French and in English?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from spheres.core import clock
from spheres.followup.consents.tests.factories import share
from spheres.portal.my_say import policy
from spheres.portal.my_say.tests.factories import PROVEN, SAY, get, her_notebook, past_pin, send
from spheres.portal.notebook.tests.factories import EVERYTHING, telephone
from spheres.regions import ease
from tests.cast import MONDAY, Cast

MOST_GRADE, MOST_WORDS, LEAST = 8.0, 12.0, 8
PLAIN = (1, 2, 4, 5, 6, 11, 12, 13, 40, 45, 47, 60, 61, 90)
ASKED = range(1, len(policy.ASKED) + 1)


def reads_easily(page: HttpResponse, language: str, name: str, record: Callable[..., Any]) -> str:
    """Nothing, or what is too hard."""
    with translation.override(language):
        found = ease.ease(ease.said_by(page.content.decode()), language)
    said = (
        f"{language} {name:<12} grade {found.grade:4.1f}, {found.words_a_sentence:4.1f} words a "
        f"sentence, {found.syllables_a_word:.2f} syllables a word, {found.words} words"
    )
    record("reading", said)
    print(said)  # noqa: T201 -- the list of figures, for whoever asks with -s
    is_easy = found.grade <= MOST_GRADE and found.words_a_sentence <= MOST_WORDS
    return "" if is_easy and found.words >= LEAST else said


def pages_of(client: Client) -> dict[str, HttpResponse]:
    """Every page of hers that says something, as she meets it."""
    shown = {f"/n/{number}/": get(client, f"/n/{number}/") for number in PLAIN}
    shown |= {f"/n/46/{number}/": get(client, f"/n/46/{number}/") for number in ASKED}
    shown |= {f"{path} PIN": get(client, path) for path in PROVEN[:1]}
    shown |= {path: past_pin(client, path) for path in PROVEN}
    research = policy.ASKED.index(policy.Kind.RESEARCH) + 1
    with clock.at(MONDAY):
        shown["/n/62/"] = client.post("/n/62/")  # type: ignore[assignment]
    shown["refused"] = send(client, f"/n/46/{research}/", words="")
    shown["/n/47/ full"] = get(client, "/n/47/")
    return shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_her_notebook_reads_as_in_grade_eight_at_most(
    cast: Cast, language: str, record_property: Callable[..., Any]
) -> None:
    share(cast)
    client = her_notebook(cast, "WRITE", EVERYTHING | SAY, language)

    shown = pages_of(client) | {"/n/": get(telephone(language), "/n/")}

    assert {name: page.status_code for name, page in shown.items()} == dict.fromkeys(shown, 200)
    hard = [reads_easily(page, language, name, record_property) for name, page in shown.items()]
    assert [said for said in hard if said] == []
