"""Of every kind of record: is all that it says a text, and is its title without a word of hers?"""

from __future__ import annotations

from importlib import import_module

import pytest

from spheres.followup.reading import queries
from spheres.records import registry
from spheres.records.between import copying
from spheres.records.registry import RecordType
from spheres.sharing.rules import THERAPY
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, uuid_of

KINDS = [kind for kind in registry.all_types() if kind.section != THERAPY]
AS_KEPT = "An answer"  # of an answer whose question nothing asks any more


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_all_it_says_is_a_text_and_its_title_says_none_of_it(cast: Cast, kind: RecordType) -> None:
    record_id = uuid_of(f"titled {kind.slug}")
    with acting(cast.ines):
        write = import_module(f"{kind.package}.tests.factories").write
        write(cast.maya.file_id, record_id, by=cast.ines, at=MONDAY)
        of_text = copying.record_kind(kind.slug)
        row = queries.one(cast.maya.file_id, kind.slug, record_id, actor=cast.ines)
        vault.open([row], by=cast.ines)

        told = {text.code: text for text, _is_hers in queries.told(of_text, row)}
        title = of_text.titled(row)
        opened = {name: getattr(row.opened, name) for name in row.locked_fields()}  # type: ignore[union-attr]

    said = {name: words for name, words in opened.items() if words and name != "answers"}
    assert {name: told[name].words for name in said} == said
    assert [name for name, words in said.items() if words in title] == []
    answers = [text for code, text in told.items() if code.startswith("answers.")]
    assert bool(answers) == bool(opened.get("answers"))
    assert AS_KEPT not in {str(text.title) for text in answers}
