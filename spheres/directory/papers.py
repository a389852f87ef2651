"""How does the directory, or what was chosen of it, leave on paper? A booklet that looks like any.

It names neither the programme nor anybody: it may be read over a shoulder, or found in a bag.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from spheres.directory import facts, queries
from spheres.directory.models import Resource
from spheres.regions import queries as regions
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper"


@dataclass(frozen=True)
class Made:
    """A booklet as a browser receives it, under a name that says nothing but its day."""

    name: str
    content: bytes


def make(
    resources: Sequence[Resource], *, language: str, on: date, with_lines: bool = False
) -> Made:
    """The booklet, in the language that is active: each resource once, under its first domain.

    The help lines come with the whole directory only: whoever carries a selection carries what was
    chosen with her, and not a word more. Letter paper, tagged for screen readers (PDF/UA-1); the
    same facts and day give the same bytes.
    """
    of_domain: dict[str, list[Resource]] = {}
    for one in resources:
        of_domain.setdefault(one.domains[0], []).append(one)
    order = [word.code for word in queries.words(queries.DOMAINS)]
    codes = sorted(of_domain, key=lambda code: (order.index(code) if code in order else 99, code))
    said = {
        "title": _("Useful addresses"),
        "language": language,
        "state": _("As of %(day)s. Hours and numbers change: when in doubt, call first.")
        % {"day": moments.day(on)},
        "groups": [
            {
                "title": regions.label("resource_domains", code),
                "resources": [_resource(one, on) for one in of_domain[code]],
            }
            for code in codes
        ],
        "lines_title": _("Someone to call, day or night"),
        "lines": [_line(line) for line in regions.help_lines(youth=True)] if with_lines else [],
        "colon": "\u00a0:" if language == "fr" else ":",
        "note": _("What is not written here was not asked. A question is always welcome."),
    }
    name = _("useful-addresses")
    return Made(f"{name}-{on:%Y-%m-%d}-{language}.pdf", typeset(said))


def typeset(said: dict[str, Any]) -> bytes:
    """What is said, as a booklet tagged for screen readers."""
    made = typst.compile(
        PAPER / "directory.typ",
        sys_inputs={"directory": json.dumps(said)},
        font_paths=[],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


def _resource(one: Resource, on: date) -> dict[str, Any]:
    provider = one.provider.name
    pairs = [
        (_("Phone"), one.call),
        (_("Text"), one.text),
        (_("E-mail"), one.email),
        (_("Site"), _bare(one.web or one.provider.web)),
        *((_("Where and when"), ". ".join(facts.place_lines(p))) for p in one.its_places),
        *((_("Getting there"), p.getting_there) for p in one.its_places),
        *facts.for_whom(one, with_unknown=False),
        *facts.how(one),
    ]
    return {
        "name": one.name,
        "provider": "" if provider == one.name else provider,
        "about": one.about,
        "facts": facts.said(pairs),
        "verified": facts.verified(one, on),
    }


def _line(line: regions.Line) -> dict[str, Any]:
    ways = [line.call, _("text %(number)s") % {"number": line.text} if line.text else ""]
    ways.append("" if line.call else _bare(line.web))
    return {
        "name": line.name,
        "ways": " · ".join(way for way in ways if way),
        "about": f"{line.what_for} {line.hours}.",
    }


def _bare(web: str) -> str:
    """An address as one types it."""
    return web.removeprefix("https://").removeprefix("www.").rstrip("/")
