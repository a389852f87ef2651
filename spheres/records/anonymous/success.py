"""How does one read what participants said that success is for them? A table a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.records.between import chosen
from spheres.records.between.chosen import Year


@dataclass(frozen=True)
class Chosen:
    """What participants said in one year that success is for them, as a table."""

    year: int
    columns: tuple[Any, ...]
    rows: list[list[str]]


def told(*, actor: Actor) -> list[Chosen]:
    """The newest year first; in each, the sentence that most chose."""
    return tables(chosen.told(actor=actor))


def tables(years: Sequence[Year]) -> list[Chosen]:
    columns = (_("A sentence that participants chose"), _("How many chose it"))
    return [
        Chosen(one.year, columns, [[words, str(number)] for words, number in one.sentences])
        for one in years
    ]
