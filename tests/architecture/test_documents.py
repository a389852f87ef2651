"""Do the reference pages tell the code, and do they see what the code forgets to tell?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from spheres.accounts.models import Role
from spheres.config import articles, documents, impact, variables
from spheres.config.variables import Reading
from spheres.core.states import StatusRow
from spheres.core.words import Word
from spheres.sharing import rules
from spheres.sharing.compile import our_models
from spheres.sharing.relations import ASSIGNED
from tests.architecture.source import ROOT, Offence
from tests.architecture.test_guarded_pages import all_places
from tests.open_works import OPEN_WORKS, OpenWork, hold


def test_the_reference_pages_tell_the_code() -> None:
    call_command("write_docs", "--check")


def test_a_page_that_is_old_is_named_and_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "REFERENCE", tmp_path)
    call_command("write_docs", stdout=StringIO())
    (tmp_path / "roles.md").write_text("old")

    with pytest.raises(CommandError, match=r"^roles\.md no longer tell the code"):
        call_command("write_docs", "--check")
    said = StringIO()
    call_command("write_docs", stdout=said)
    assert said.getvalue() == "docs/reference/roles.md\n"
    call_command("write_docs", "--check")


def test_every_variable_that_is_read_is_told() -> None:
    assert variables.faults(variables.readings()) == []
    assert len({reading.name for reading in variables.readings()}) > 15


def test_a_variable_that_is_not_told_is_seen(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(
        'import os\nA = text("SPHERES_A", "1")\nB = os.environ["SPHERES_B"]\n'
        'C = os.environ.get("SPHERES_C")\n'
    )
    found = variables.readings(tmp_path)

    assert found[0] == Reading("SPHERES_A", "'1'", "run.py", 2)
    assert [reading.name for reading in found] == ["SPHERES_A", "SPHERES_B", "SPHERES_C"]
    assert variables.faults(found)[0] == "SPHERES_A is read and nobody says what it means"


def test_every_right_state_role_and_table_is_on_its_page() -> None:
    pages = documents.all_documents()

    for name in documents.folders():
        assert name.removeprefix("spheres.").replace(".", " / ") in pages["rights.md"]
    for role in Role:
        assert f"`{role.value}`" in pages["roles.md"]
    for model in our_models():
        assert f"`{model._meta.db_table}`" in pages["tables.md"]
        if issubclass(model, StatusRow):
            assert f"## {model._meta.label}\n" in pages["states.md"]


def test_a_rule_that_nobody_put_in_words_stops_the_page() -> None:
    unknown = replace(ASSIGNED, name="neighbours")
    with pytest.raises(KeyError, match="neighbours"):
        documents.in_words(replace(rules.GRANTS[0], when=unknown))
    with pytest.raises(ValueError, match="not said in words"):
        documents.placed(Word())


def test_a_grant_reads_aloud() -> None:
    therapist = next(rule for rule in rules.GRANTS if rule.name == "therapist")
    with translation.override("en"):
        assert documents.in_words(therapist) == (
            "*Therapist*: a psychotherapist may read identity, contact, summary and relation "
            "of the files of her organisation that she is assigned to."
        )


def test_no_document_is_left_behind() -> None:
    standing = {path.name for path in (ROOT / "docs" / "reference").glob("*.md")}
    assert set(documents.DOCUMENTS) <= standing


def test_every_open_work_is_told() -> None:
    told = (ROOT / "docs" / "chantiers.md").read_text(encoding="utf-8")
    for work in OPEN_WORKS:
        assert f"| {work} |" in told, work


def test_a_decision_says_what_it_costs() -> None:
    for path in sorted((ROOT / "docs" / "adr").glob("*.md")):
        assert path.name[:10].count("-") == 2, path
        assert "cost" in path.read_text(encoding="utf-8"), path


def test_one_offence_more_than_the_open_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPEN_WORKS, "planted", OpenWork(1, "a work of this test alone"))
    hold("planted", ["one"])
    with pytest.raises(AssertionError, match=r"no such work: 1, at most 0\na\.py:1: one"):
        hold("no such work", [Offence("a.py", 1, "one")])


def test_what_the_assessment_says_is_shown_is_shown_by_a_test_that_stands() -> None:
    assert [path for _said, path in impact.SHOWN if not (ROOT / path).is_file()] == []


def test_the_papers_of_privacy_leave_blank_what_only_the_organisation_knows() -> None:
    papers = impact.papers()

    assert sorted(papers) == [
        "impact-assessment.en.md",
        "impact-assessment.fr.md",
        "product-sheet.en.md",
        "product-sheet.fr.md",
    ]
    for language in ("fr", "en"):
        with translation.override(language):
            for question in impact.TO_SAY:
                assert f"| {question} | … |" in papers[f"impact-assessment.{language}.md"]


def test_each_article_names_pages_and_tests_that_stand_or_says_why_there_is_none() -> None:
    names = {place.name for face in ("staff", "youth") for place in all_places(face)}
    one_by_one = [page for one in articles.ARTICLES for page in one.pages]

    assert [page for page in one_by_one if page not in names] == []
    assert [
        path for one in articles.ARTICLES for path in one.tests if not (ROOT / path).is_file()
    ] == []
    assert [one.where for one in articles.ARTICLES if not (one.pages or one.otherwise)] == []


LAWS = r"(R-22\.1|A-2\.1|P-39\.1|P-34\.1|A-21\.1|N-1\.1|F-1\.1|C-11|C-26|M-9)"
NUMBER = r"\d+(?:\.\d+)*"
# «, r. 1, ss. 11 to 15», as comments cite it.
CITED = re.compile(
    rf"{LAWS}(?:, r\. ({NUMBER}))?,? ss?\. ({NUMBER}(?:(?:-| to |, )(?={NUMBER}){NUMBER})*)"
)
Section = tuple[int, ...]


def section(number: str) -> Section:
    return tuple(int(part) for part in number.split("."))


def cited_in(text: str) -> set[tuple[str, str, Section]]:
    """Each article that a text cites: its law, its regulation, its section; of a range, both
    ends."""
    plain = re.sub(r"\s*\n\s*(?:#\s*)?", " ", text)
    return {
        (law, regulation, section(number))
        for law, regulation, numbers in CITED.findall(plain)
        for number in re.findall(NUMBER, numbers)
    }


def of_table() -> list[tuple[str, str, Section, Section]]:
    """What the table answers: from which section to which, of which law or regulation."""
    found = []
    for one in articles.ARTICLES:
        for law, said in one.where:
            code, _comma, by = law.partition(", r. ")
            for part in said.split("; "):
                regulation, _also, numbers = part.removeprefix("r. ").partition(", ")
                if not part.startswith("r. "):
                    regulation, numbers = by, part
                for span in numbers.split(", "):
                    first, _dash, last = span.partition("-")
                    if first:
                        ends = section(first), section(last or first)
                        found.append((code, regulation, *ends))
    return found


def test_each_article_that_the_code_cites_is_answered_in_the_table() -> None:
    answered = of_table()
    files = [path for path in (ROOT / "spheres").rglob("*.py") if "migrations" not in path.parts]
    cited = {
        (path.relative_to(ROOT).as_posix(), *one)
        for path in files
        if path.name != "articles.py"
        for one in cited_in(path.read_text(encoding="utf-8"))
    }

    lost = [
        (path, law, regulation, number)
        for path, law, regulation, number in sorted(cited)
        if not any(
            (law, regulation) == (code, by) and first <= number <= last
            for code, by, first, last in answered
        )
    ]
    assert lost == []
    assert len(cited) > 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(R-22.1, r. 1, ss. 11 to 15)", {("R-22.1", "1", (11,)), ("R-22.1", "1", (15,))}),
        ("(A-2.1, s. 63.5; P-39.1, s. 3.3)", {("A-2.1", "", (63, 5)), ("P-39.1", "", (3, 3))}),
        ("# R-22.1,\n    # s. 7.", {("R-22.1", "", (7,))}),
        ("R-22.1 asks it.", set()),
    ],
)
def test_an_article_is_read_as_comments_cite_it(text: str, found: set) -> None:
    assert cited_in(text) == found


# As pages of checks name them: a test, a file, or `folder/test_file.py::test_what_it_says`.
NAMED = re.compile(r"`(?:((?:\w+/)*test_\w+\.py)(?:::(test_\w+))?|(test_\w+))`")


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """Each test that a page of checks names: a file, a test, or both."""
    for found in NAMED.finditer(text):
        file, inside, alone = found.groups("")
        yield file, inside or alone


def standing_tests() -> dict[str, set[str]]:
    """Every file of tests, from the root, and the tests that stand in it."""
    files = [*(ROOT / "spheres").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    return {
        path.relative_to(ROOT).as_posix(): {
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        for path in files
    }


def missing(text: str, standing: dict[str, set[str]]) -> list[str]:
    """The tests that a page names and that stand nowhere under that name."""
    return [
        f"{file}::{name}"
        for file, name in named_in(text)
        if not any(
            (place == file or place.endswith(f"/{file}") or not file)
            and (not name or name in tests)
            for place, tests in standing.items()
        )
    ]


def test_each_test_that_a_page_of_checks_names_stands() -> None:
    standing = standing_tests()
    pages = sorted((ROOT / "docs" / "checks").glob("*.md"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages}

    assert {name: lost for name, text in texts.items() if (lost := missing(text, standing))} == {}
    assert sum(len([*named_in(text)]) for text in texts.values()) > 80


def test_a_test_that_is_gone_is_missed_on_a_page_of_checks() -> None:
    standing = {"spheres/a/tests/test_one.py": {"test_it_holds"}}
    text = (
        "`test_one.py`; `test_it_holds`; `spheres/a/tests/test_one.py::test_it_holds`; "
        "`test_two.py`; `test_it_held`; `spheres/a/tests/test_one.py::test_it_held`; `test_screens`"
    )

    assert missing(text, standing) == [
        "test_two.py::", "::test_it_held", "spheres/a/tests/test_one.py::test_it_held",
        "::test_screens",
    ]  # fmt: skip
