"""How does a table leave, and can somebody be alone in it?"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spheres.evaluation.research import anonymity, documents
from spheres.evaluation.research.models import Extract, Protocol
from spheres.evaluation.research.recipe import BY_CODE, HIDDEN, PARTS
from tests.cast import MONDAY, uuid_of

ALL = tuple(part.code for part in PARTS)
ONE = ("14-17", "professional", "community", "2026-Q1", "1", "on", "1-4", "0", "0", "0")
MARKS = [place for place, code in enumerate(ALL, start=1) if BY_CODE[code].marks]


def lines(*told: tuple[str, ...]) -> list[list[str]]:
    return [[f"L{place:03}", *codes] for place, codes in enumerate(told)]


def with_(**said: str) -> tuple[str, ...]:
    return tuple(said.get(code, value) for code, value in zip(ALL, ONE, strict=True))


@pytest.mark.parametrize(
    ("told", "people", "left_out", "smallest"),
    [
        ([ONE] * 5, 5, 0, 5),
        ([ONE] * 4, 0, 4, 0),
        ([], 0, 0, 0),
        ([ONE] * 6 + [with_(age="18-24")], 6, 1, 6),
        ([ONE] * 6 + [with_(age="18-24")] * 5, 11, 0, 5),
        # A year tells less than a quarter: five of one year are alike.
        ([with_(since=f"2026-Q{n}") for n in (1, 2, 3, 4, 1)], 5, 0, 5),
    ],
)
def test_nobody_is_alone_of_their_kind(
    told: list[tuple[str, ...]], people: int, left_out: int, smallest: int
) -> None:
    made = anonymity.alike_enough(lines(*told), ALL, least=5)

    assert (len(made.lines), made.left_out, made.smallest) == (people, left_out, smallest)


def test_what_is_made_coarser_is_what_marks_and_nothing_else() -> None:
    told = [with_(since=f"2026-Q{1 + n % 4}", met="13-") for n in range(5)]

    made = anonymity.alike_enough(lines(*told), ALL, least=5)

    assert {line[1:] for line in made.lines} == {with_(since="2026", met="13-")}


def any_code(code: str) -> st.SearchStrategy[str]:
    part = BY_CODE[code]
    if not part.choices:
        return st.sampled_from(["2024-Q1", "2024-Q2", "2025-Q1", "2026-Q3"])
    return st.sampled_from([value for value, _label in part.choices][:3])


WORLDS = st.lists(st.tuples(*(any_code(code) for code in ALL)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(told=WORLDS, least=st.integers(5, 8))
def test_in_every_world_each_is_like_enough_others_and_nobody_is_lost_in_silence(
    told: list[tuple[str, ...]], least: int
) -> None:
    made = anonymity.alike_enough(lines(*told), ALL, least=least)

    kinds = Counter(tuple(line[place] for place in MARKS) for line in made.lines)
    assert all(number >= least for number in kinds.values())
    assert made.smallest == min(kinds.values(), default=0)
    assert len(made.lines) + made.left_out == len(told)
    assert [line[0] for line in made.lines] == sorted({line[0] for line in made.lines})
    before = {line[0]: line for line in lines(*told)}
    for line in made.lines:
        for place, value in enumerate(line):
            was = before[line[0]][place]
            assert value in {was, was[:4], HIDDEN} if place in MARKS else value == was


@dataclass
class Whole:
    protocol: Protocol
    extract: Extract
    left: anonymity.Made


@pytest.fixture
def whole() -> Whole:
    protocol = Protocol(
        id=uuid_of("a study"), title_fr="Ce qui aide", title_en="What helps", told_fr="…",
        told_en="…", theme="services", ethics="CER-2026-14", assessment="EFVP-7",
        agreement="ENT-2026-3", parts=list(ALL), takes_under_14=False, researcher_id=UUID(int=1),
        starts_on=date(2026, 3, 1), ends_on=date(2027, 2, 28),
    )  # fmt: skip
    made = anonymity.alike_enough(lines(*[ONE] * 6), ALL, least=5)
    extract = Extract(
        id=uuid_of("a table"), protocol=protocol, people=6, left_out=0, smallest=6,
        expires_on=date(2026, 7, 1), made_at=MONDAY,
        digest=documents.digest(protocol, made.lines),
    )  # fmt: skip
    return Whole(protocol, extract, made)


def opened(body: bytes) -> tuple[dict[str, Any], list[dict[str, str]], dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        described = json.loads(held.read("datapackage.json"))
        [resource] = described["resources"]
        data = held.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
        words = {one: held.read(f"dictionary.{one}.md").decode() for one in ("fr", "en")}
    return described, list(csv.DictReader(io.StringIO(data.decode()))), words


def holds(described: dict[str, Any], rows: list[dict[str, str]]) -> None:
    """Every value is one that the description allows, as a reader of such packages checks it."""
    import re

    fields = described["resources"][0]["schema"]["fields"]
    assert rows
    assert [field["name"] for field in fields] == list(rows[0])
    for field in fields:
        for row in rows:
            held, said = field["constraints"], row[field["name"]]
            assert said
            assert said in held.get("enum", [said])
            assert re.fullmatch(held.get("pattern", ".*"), said)
    assert len({row["line"] for row in rows}) == len(rows)


def test_a_package_is_its_table_its_description_and_a_dictionary_in_both_languages(
    whole: Whole,
) -> None:
    body = documents.package(whole.protocol, whole.extract, whole.left)
    described, rows, words = opened(body)

    holds(described, rows)
    assert [tuple(row.values()) for row in rows] == list(whole.left.lines)
    assert (described["people"], described["leftOut"], described["fewestAlike"]) == (6, 0, 6)
    assert described["resources"][0]["hash"] == f"sha256:{whole.extract.digest}"
    assert words["fr"].startswith("# Ce qui aide")
    assert "jusqu’au dernier trimestre terminé" in words["fr"]
    assert "`2-`: Deux ou plus" in words["fr"]
    assert words["en"].startswith("# What helps")
    assert "nor kept after 2026-07-01" in words["en"]


def test_the_same_lines_give_the_same_bytes(whole: Whole) -> None:
    first, again = (
        documents.package(whole.protocol, whole.extract, whole.left) for _time in range(2)
    )

    assert first == again


def test_a_twin_has_the_shape_of_a_table_and_is_of_nobody(whole: Whole) -> None:
    described, rows, words = opened(documents.twin(whole.protocol))

    holds(described, rows)
    table = opened(documents.package(whole.protocol, whole.extract, whole.left))[0]
    assert (
        described["resources"][0]["schema"]["fields"] == table["resources"][0]["schema"]["fields"]
    )
    assert described["isTwin"] is True
    assert all(row["line"].startswith("TWIN") for row in rows)
    assert "ne sont de personne" in words["fr"]
