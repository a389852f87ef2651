"""Which paragraphs of which letters may an organisation word itself, and what does each say?

A folder that sends letters declares each of them here, with its paragraphs, when the house is
ready; it knows nothing of who words them. A letter is read as of the moment of what it tells: what
is worded later changes no letter that was written before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor

LANGUAGES: Final = ("fr", "en")
PLACE: Final = re.compile(r"\{([^{}]*)\}")
Both = tuple[str, str]  # a text in French, and in English


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a letter: what it is for, what we say there ourselves, which places it holds
    (`places`: name → what stands there in the letter) and which of them it cannot do without."""

    code: str
    title: Any
    purpose: Any
    ours: tuple[Any, ...] = ()
    places: Mapping[str, Any] = field(default_factory=dict, hash=False)
    asked: tuple[str, ...] = ()
    is_required: bool = True

    def as_ours(self) -> Both:
        """Our own words, in both languages."""
        found = []
        for language in LANGUAGES:
            with translation.override(language):
                found.append("\n\n".join(str(one) for one in self.ours))
        return found[0], found[1]


# What may stand in any paragraph, and what any letter may end with.
ORGANISATION: Final = {
    "organisation": gettext_lazy(
        "your organisation; with a neutral look, “the organisation that hands you this letter”"
    )
}
ALSO: Final = Paragraph(
    "also",
    gettext_lazy("Also good to know"),
    gettext_lazy("At the end of the letter, when you have more to say. Often nothing."),
    places=ORGANISATION,
    is_required=False,
)


def sample_organisation() -> Organisation:
    """Whom the letters of nobody come from."""
    return Organisation(
        name_fr="L’organisme", name_en="The organisation", regime=Organisation.Regime.PRIVATE,
        privacy_officer_fr="Direction générale", privacy_officer_en="Executive office",
    )  # fmt: skip


def house(name: str, *, is_neutral: bool) -> str:
    """How a letter names whom it comes from: with a neutral look, it does not."""
    return _("the organisation that hands you this letter") if is_neutral else name


@dataclass(frozen=True)
class Letter:
    """One kind of letter. `sample` draws it whole, in the reader's language, of nobody: with
    invented days and references, and with the words it is given."""

    code: str
    title: Any
    paragraphs: tuple[Paragraph, ...]
    sample: Callable[[Words], bytes]
    # Whether it may go out with a neutral look: then it names nobody that it comes from.
    may_be_neutral: bool = True

    def paragraph(self, code: str) -> Paragraph | None:
        return next((one for one in self.paragraphs if one.code == code), None)


@dataclass(frozen=True)
class Words:
    """What the paragraphs of one letter say, where somebody else than us words them."""

    letter: Letter
    said: Mapping[str, Both] = field(default_factory=dict)

    def lines(self, code: str, **places: str) -> list[str]:
        """The lines of one paragraph in the reader's language, each place filled; none when it says
        nothing."""
        paragraph = self.letter.paragraph(code)
        assert paragraph is not None
        french, english = self.said.get(code) or paragraph.as_ours()
        text = english if get_language() == "en" else french
        filled = PLACE.sub(lambda place: places.get(place[1], place[0]), text)
        return [line for line in map(str.strip, filled.splitlines()) if line]

    def with_these(self, code: str, words: Both) -> Words:
        """The same letter, were this paragraph worded so."""
        return Words(self.letter, {**self.said, code: words})


_letters: dict[str, Letter] = {}
_saying: list[Callable[..., Mapping[str, Both]]] = []


def declare(*letters: Letter) -> None:
    """Called once for each letter by its folder, when the house is ready."""
    for letter in letters:
        if _letters.setdefault(letter.code, letter) is not letter:
            raise ValueError(f"Two letters are called {letter.code}.")


def say_from(saying: Callable[..., Mapping[str, Both]]) -> None:
    """Register the one function `saying(letter, actor=…, at=…)` that knows who worded what."""
    if _saying and _saying != [saying]:
        raise ValueError("Two folders keep the words of letters.")
    _saying[:] = [saying]


def letters() -> Iterator[Letter]:
    """Every letter of which something may be worded, in the order in which they are declared."""
    yield from tuple(_letters.values())


def letter(code: str) -> Letter | None:
    return _letters.get(code)


def ours(letter: Letter) -> Words:
    """The letter as we word it."""
    return Words(letter)


def words(letter: Letter, *, actor: Actor, at: datetime) -> Words:
    """The letter as the organisation acted for, or else its region, worded it at that moment."""
    context.require(actor)
    return next((Words(letter, say(letter, actor=actor, at=at)) for say in _saying), ours(letter))


def places_of(text: str) -> Collection[str]:
    """The places that a text holds, as it writes them, once each."""
    return dict.fromkeys(PLACE.findall(text))
