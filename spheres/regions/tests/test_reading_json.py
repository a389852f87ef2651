"""Is a JSON file read as JSON says, with the line of each value?"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
import yaml
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from spheres.regions.reading_json import NotJson, compose

PLAIN = st.recursive(
    st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
).filter(lambda said: "\0" not in str(said) and "\\x00" not in repr(said))


def plain(node: Any) -> Any:
    """What the nodes say, every scalar as a text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    return node.value


def in_text(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: in_text(value) for key, value in said.items()}
    if isinstance(said, list):
        return [in_text(each) for each in said]
    return said if isinstance(said, str) else json.dumps(said)


@given(PLAIN, st.sampled_from([None, 1, "\t"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_it_says_what_any_reader_of_json_says(said: Any, indent: Any, is_ascii: bool) -> None:
    text = json.dumps(said, indent=indent, ensure_ascii=is_ascii)

    assert plain(compose(text)) == in_text(said)


@given(st.text(st.sampled_from('{}[]",:0-1.e\\untrfals \n\t"a')))
@settings(max_examples=400, deadline=None)
def test_what_no_reader_of_json_reads_is_refused_with_a_line(text: str) -> None:
    try:
        expected: Any = json.loads(text) if text.strip(" \t\r\n") else None
    except json.JSONDecodeError:
        with pytest.raises(NotJson) as refused:
            compose(text)
        assert 1 <= refused.value.line <= text.count("\n") + 1
        return
    with suppress(NotJson):  # what JSON reads may still be refused: null, a number too long
        root = compose(text)
        assert (root is None) == (expected is None)


def test_each_value_knows_its_line() -> None:
    root = compose('{\n "a": 1,\n "b": [\n  "c"\n ]\n}')

    lines = {key.value: key.start_mark.line + 1 for key, _value in root.value}
    assert lines == {"a": 2, "b": 3}
    assert root.value[1][1].value[0].start_mark.line + 1 == 4


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"a": null}', 1, "a value is expected"),
        ('{"a": 1,}', 1, "a name between quotation marks is expected"),
        ('{\n"a" 1}', 2, "«:» is expected"),
        ("[1 2]", 1, "«]» is expected"),
        ("[1] 2", 1, "something stands after the end"),
        ('["a\n"]', 2, "a text is not closed, or badly written"),
        ('["\\u0000"]', 1, "a sign of this text cannot be kept"),
        ('["\\ud800"]', 1, "a sign of this text cannot be kept"),
        ("[" * 50, 1, "too many things within one another"),
        ("[NaN]", 1, "a value is expected"),
    ],
)
def test_a_mistake_is_said_where_it_stands(text: str, line: int, what: str) -> None:
    with translation.override("en"), pytest.raises(NotJson) as refused:
        compose(text)

    assert (refused.value.line, refused.value.what) == (line, what)
