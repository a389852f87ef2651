"""Which columns has a list of past trainings, under which names, and which are in this one?"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.papers.sandbox import NotTaken
from spheres.training.brought_in.sheets import Cell


@dataclass(frozen=True)
class Column:
    """One column: its code, its name, what it holds, and the other names it may have."""

    code: str
    title: Any
    holds: Any
    names: tuple[str, ...]
    is_asked: bool = True  # a list without it is not read


COLUMNS: Final = (
    Column(
        "name",
        gettext_lazy("Name"),
        gettext_lazy("Of the person who was trained, 120 signs at most."),
        ("nom", "name", "personne", "person", "nom complet", "full name"),
    ),
    Column(
        "email",
        gettext_lazy("E-mail address"),
        gettext_lazy(
            "Recognises whoever has an account here, and one person on several lines. It is not "
            "kept. Empty when you do not know it."
        ),
        ("courriel", "email", "e-mail", "adresse courriel", "e-mail address"),
        is_asked=False,
    ),
    Column(
        "organisation",
        gettext_lazy("Organisation"),
        gettext_lazy("Where that person worked on that day."),
        ("organisme", "organisation", "organization", "établissement"),
    ),
    Column(
        "environment",
        gettext_lazy("Environment"),
        gettext_lazy("One of the environments listed below."),
        ("milieu", "environment", "secteur", "sector"),
    ),
    Column(
        "topic",
        gettext_lazy("Topic"),
        gettext_lazy("One of the topics listed below."),
        ("thème", "topic", "sujet", "formation", "training"),
    ),
    Column(
        "taken_on",
        gettext_lazy("Date"),
        gettext_lazy("Best written 2024-03-12. Otherwise, 12/03/2024 or 12 March 2024."),
        ("date", "jour", "day"),
    ),
    Column(
        "minutes",
        gettext_lazy("Hours"),
        gettext_lazy("How long it lasted: 3, 3.5 or 3:30. Empty when you do not know it."),
        ("heures", "hours", "durée", "length"),
        is_asked=False,
    ),
    Column(
        "kind",
        gettext_lazy("Kind"),
        gettext_lazy("Initial, ongoing or refresher; empty: as the topic says."),
        ("sorte", "genre", "kind", "type"),
        is_asked=False,
    ),
    Column(
        "region",
        gettext_lazy("Administrative region"),
        gettext_lazy("Its name or its number, from 01 to 17. Empty when you do not know it."),
        ("région", "region", "région administrative", "administrative region", "lieu", "place"),
        is_asked=False,
    ),
    Column(
        "language",
        gettext_lazy("Language"),
        gettext_lazy("French or English, for the attestation; empty: French."),
        ("langue", "language"),
        is_asked=False,
    ),
)
BY_CODE: Final = {column.code: column for column in COLUMNS}


def plain(text: str) -> str:
    """Without accents, capitals, punctuation nor spaces that do not count: to compare what people
    type."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    signs = (sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join("".join(signs).split())


_CODES: Final = {plain(name): column.code for column in COLUMNS for name in column.names}


def places_of(header: Sequence[Cell]) -> dict[str, int]:
    """At which place each column stands. Raises NotTaken: one is missing, unknown, or there twice;
    an unknown one is never left aside in silence."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        if cell == "":
            continue
        code = _CODES.get(plain(cell or ""))
        if code is None:
            raise NotTaken(_unknown(place, cell or ""))
        if code in found:
            raise NotTaken(
                _("Column “%(name)s” is there twice. Keep one of the two, then choose the list.")
                % {"name": BY_CODE[code].title}
            )
        found[code] = place
    missing = [str(one.title) for one in COLUMNS if one.is_asked and one.code not in found]
    if missing:
        raise NotTaken(
            _("The first line must name the columns. Missing: %(names)s.")
            % {"names": ", ".join(missing)}
        )
    return found


def _unknown(place: int, typed: str) -> str:
    near = difflib.get_close_matches(plain(typed), _CODES, n=1, cutoff=0.7)
    words = {"number": place + 1, "typed": typed[:40]}
    if near:
        words["name"] = BY_CODE[_CODES[near[0]]].title
        return _("Column %(number)s, “%(typed)s”, is not known. Did you mean “%(name)s”?") % words
    return (
        _(
            "Column %(number)s, “%(typed)s”, is not known. Take it away, or give it one of the "
            "names of the model."
        )
        % words
    )
