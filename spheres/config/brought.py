"""What does a region's folder say of past trainings that were brought in, in its demonstration?

Sent by one person of the coordination as lists: some are brought in, some wait for a look. A day is
written as any list writes it, or `{-40}`: that many days before the Monday of the first loading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section
from spheres.training.brought_in import actions
from spheres.training.brought_in.actions import Answers

FIRST_DAY, LAST_DAY = -1000, -1
A_DAY: Final = re.compile(r"\{(-\d{1,4})\}")
MORNING: Final = time(9, 0)
BROUGHT: Final = "brought"
HEADER: Final = "nom;courriel;organisme;milieu;thème;date;heures;genre;région"
SERVICE: Final = service("past_trainings")


@dataclass(frozen=True)
class ListSaid:
    """One list: its name here, its day, what becomes of it, its lines."""

    name: str
    day: int
    then: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Who sends them, and which."""

    by: str = ""
    lists: tuple[ListSaid, ...] = ()


def check(parts: list[Part], said: Mapping[str, Any]) -> Said:
    """Of this region's people; what the lines say is read as any list is."""
    if not parts:
        return Said()
    it = parts[0].fields("by", "lists")
    lists = []
    for one in it["lists"].items():
        of = one.fields("name", "day", "then", "lines")
        lists.append(
            ListSaid(
                of["name"].code(),
                of["day"].number(FIRST_DAY, LAST_DAY),
                of["then"].choice((BROUGHT, "waiting")),
                tuple(line.text(most=400) for line in of["lines"].items()),
            )
        )
    return Said(it["by"].choice({person.slug for person in said.get("people", [])}), tuple(lists))


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once everybody works there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each list, the oldest first; played already, it stands."""
    said: Said = loading.said.get("past_lists", Said())
    for each in sorted(said.lists, key=lambda one: one.day):
        playing.once(loading.id("past list", each.name), partial(_send, loading, said.by, each))


def _send(loading: Loading, slug: str, each: ListSaid) -> None:
    by, at = playing.actor_of(loading, slug), playing.moment_of(loading, each.day, MORNING)
    list_id = loading.id("past list", each.name)
    lines = [A_DAY.sub(lambda said: _day(loading, int(said[1])), line) for line in each.lines]
    content = "\n".join((HEADER, *lines)).encode()
    with clock.at(at):
        with context.acting_as(by):
            actions.read(list_id, content, by=by, at=at, on=playing.day_of(loading, each.day))
            if each.then == BROUGHT:
                actions.bring_in(list_id, Answers(), by=by, at=at)
        if each.then == BROUGHT:
            with context.acting_as(SERVICE):
                while actions.go_on(list_id, by=SERVICE, at=at):
                    pass


def _day(loading: Loading, day: int) -> str:
    return playing.day_of(loading, day).isoformat()


SECTION: Final = Section(
    name="past_lists",
    file="past_lists.yaml",
    title=gettext_lazy("Past trainings that were brought in"),
    check=check,
    plan=plan,
    apply=apply,
)
