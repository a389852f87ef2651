"""Which tables stand in one section of a file, and say nothing more?

Their rows need no line of ours: they are made, and compared, from their first day.
"""

from __future__ import annotations

from functools import cache

from django.db.models import Model

from spheres.core.words import FileSection, Word
from spheres.sharing.compile import our_models, word_of

# Of a word that says nothing but a section, who writes there, and whether a status changes.
ONLY = ("section", "by", "dated", "author", "amend", "changes", "stays")


@cache
def plain_tables() -> tuple[type[Model], ...]:
    """The tables of one section each, whose rows are of one file: a thing before what hangs on it.

    What a word says besides (a column of its own, a service, a row it must look like) is no longer
    plain: such a table is written out in `tables.py`.
    """
    plain = {model for model in our_models() if is_plain(word_of(model))}
    ordered: list[type[Model]] = []
    while waiting := [model for model in our_models() if model in plain - {*ordered}]:
        ready = [one for one in waiting if not {*things_of(one).values()} & {*waiting}]
        ordered += sorted(ready, key=lambda model: model._meta.db_table)
    return tuple(ordered)


def is_plain(word: Word) -> bool:
    if not isinstance(word, FileSection):
        return False
    usual = FileSection(**{name: getattr(word, name) for name in ONLY})
    return word == usual


def things_of(model: type[Model]) -> dict[str, type[Model]]:
    """On what one row of it hangs, by the column that says so."""
    return {
        field.column: field.related_model
        for field in model._meta.concrete_fields
        if field.remote_field and not field.null and field.column != "file_id"
    }
