"""How is the page of rights read, as a person reads it, and what would each link be by hand?"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Final

from django.utils import translation

from spheres.accounts.models import Role
from spheres.core import clock
from tests import oracle
from tests.cast import MONDAY, Cast
from tests.pages import signed_in

PLACE: Final = "/rights/"
EVERY_FACE: Final = frozenset(oracle.FACES)
SHARED: Final = frozenset({"identity", "contact", "summary", "plan", "safety", "steps"})
HANDED: Final = SHARED | {"relation"}

# By hand, from what is read on the page: titles of sections, words for what is done, links.
FACES: Final = {
    "Name and identity": "identity", "Ways to reach the person": "contact",
    "Where the person is": "whereabouts", "The person’s own page": "summary", "Plan": "plan",
    "Safety": "safety", "Steps taken together": "steps", "Notes and meetings": "notes",
    "Health and questionnaires": "health", "Consents and rights": "legal",
    "Psychotherapy": "therapy", "Private pages": "private", "Who is around the person": "relation",
    "The list of openings": "journal",
}  # fmt: skip
ACTS: Final = {"Read": "read", "Add to it": "append", "Change where it stands": "amend"}
WALKS, ASKED = "Whoever accompanies the person", "Whoever is asked to accompany the person"
ANSWERS, GONE = "Whoever answers for a colleague", "Whoever answers for a colleague who is gone"
HANDED_TO, CODE = (
    "Whoever the person is being handed over to",
    "Whoever hears the person’s code word",
)
BACK, OTHER = "Whoever the person comes back to", "Whoever accompanies the person by another file"
PARTNER = "A partner with whom the person shares"
EMERGENCY = "Whoever opened it exceptionally"
# What links one person to one file, and the words of the page that then speak of this person.
HOLDS = "Whoever holds the notes of a psychotherapist who is no longer there"
SITS = "Whoever is given a seat at one matter of the law"
READ_THERE: Final = frozenset(
    {"identity", "summary", "plan", "safety", "steps", "notes", "health", "legal", "relation"}
)
BEGAN = "The psychotherapist with whom the file began"
HERS, WRITES = (
    "The person, in their own notebook",
    "The person, who writes in their own notebook",
)
SHOWN_THERE: Final = frozenset(
    {
        "identity", "contact", "summary", "plan", "safety", "steps", "legal", "relation",
        "journal",
    }
)  # fmt: skip
HOUR: Final = {"at_holder": True, "opened": True, "purpose": "exceptional"}
SITUATIONS: Final[dict[str, tuple[dict[str, Any], set[str]]]] = {
    "a stranger": ({}, set()),
    "walks with her": ({"assigned": True, "at_holder": True}, {WALKS}),
    "it began with": ({"assigned": True, "at_holder": True, "begun": True}, {WALKS, BEGAN}),
    "was offered": ({"taking_on": True}, {ASKED}),
    "stands in": ({"at_holder": True, "covers": True}, {ANSWERS}),
    "for one who is gone": ({"at_holder": True, "covers": True, "bereft": True}, {ANSWERS, GONE}),
    "handed over": ({"at_holder": True, "handed": HANDED}, {HANDED_TO}),
    "heard the word": ({"at_holder": True, "recognised": True}, {CODE}),
    "heard it alone": ({"at_holder": True, "recognised": True, "alone": True}, {CODE, BACK}),
    "by another file": ({"at_holder": True, "joined": True}, {OTHER}),
    "she shares": ({"agreed": SHARED, "purpose": "shared"}, {PARTNER}),
    "opened it": ({**HOUR, "in_danger": True}, {EMERGENCY}),
    "opened it, nobody answering": (HOUR, {EMERGENCY}),
    "holds notes": ({"at_holder": True, "in_custody": True, "purpose": "custody"}, {HOLDS}),
    "has a seat": ({"at_holder": True, "seated": READ_THERE, "purpose": "seat"}, {SITS}),
    "in a notebook": ({"hers": (SHOWN_THERE, frozenset()), "purpose": "notebook"}, {HERS}),
    "writing there": (
        {"hers": (SHOWN_THERE, frozenset({"plan", "steps"})), "purpose": "notebook"},
        {HERS, WRITES},
    ),
}  # fmt: skip
NO_LINK: Final = {"assigned": False, "at_holder": False, "taking_on": False, "conflict": False}


class Shown(HTMLParser):
    """The visible words of the page: (tag, words), in reading order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"h1", "h2", "h3", "summary", "p", "li", "dt", "dd"}:
            self.open.append(tag)
            self.said.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, said = self.said[-1]
            self.said[-1] = (tag, said + data)


def shown(cast: Cast, language: str = "en", who: str = "louise") -> list[tuple[str, str]]:
    with clock.at(MONDAY):
        answer = signed_in(getattr(cast, who), language=language).get(PLACE)
    assert answer.status_code == 200
    found = Shown(answer.content.decode().partition("<main")[2].partition("</main")[0]).said
    return [(tag, re.sub(r"\s+", " ", said).strip()) for tag, said in found]


def between(said: list[tuple[str, str]], first: str, last: str) -> list[tuple[str, str]]:
    """What stands from one title to another."""
    titles = [text for _tag, text in said]
    return said[titles.index(first) + 1 : titles.index(last)]


Claim = tuple[str, str, str, str]  # the link, the role, the act, the face


def by_section(said: list[tuple[str, str]]) -> set[Claim]:
    """What the page claims, section by section."""
    claims, face, act = set(), "", ""
    for tag, text in between(
        said, "Section by section: who reads, who writes",
        "Way by way: who has a way to a file, and how far",
    ):  # fmt: skip
        if tag == "summary":
            face, act = FACES[text], ""
        elif tag == "h3":
            act = ACTS[text]
        elif tag == "li":
            claims |= {(link, role, act, face) for link, role in people(text)}
    return claims


def by_way(said: list[tuple[str, str]]) -> set[Claim]:
    """The same, link by link, under other titles."""
    claims: set[Claim] = set()
    found: set[tuple[str, str]] = set()
    act = ""
    for tag, text in between(
        said, "Way by way: who has a way to a file, and how far",
        "Before there is a file: a referral",
    ):  # fmt: skip
        if tag == "summary":
            found = people(text)
        elif tag == "dt":
            act = ACTS[text]
        elif tag == "dd":
            claims |= {(*one, act, FACES[face]) for one in found for face in text.split(", ")}
    return claims


def people(text: str) -> set[tuple[str, str]]:
    """«Whoever accompanies the person (youth worker; professional support)»."""
    link, _between, roles = text.rstrip(")").rpartition(" (")
    return {(link, role) for role in named(roles)}


def named(text: str) -> set[str]:
    with translation.override("en"):
        labels = {str(role.label).lower(): role.value for role in Role}
    labels["the young person"] = "participant"
    return {labels[name] for name in text.lower().split("; ")}
