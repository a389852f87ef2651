"""Is everything said in both languages, and without the words we do not use about a person?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml
from django.utils.translation.template import templatize

from spheres.config import catalogues
from spheres.followup.dossier import journal
from spheres.regions import lexicon
from tests.architecture.source import ROOT, Offence, dotted, modules
from tests.open_works import hold

FORBIDDEN = lexicon.read()
SAYING = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy",
}  # fmt: skip
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same reading, ten times quicker
# Where a word of the list is not about a person; file → words, and why.
NOT_ABOUT_A_PERSON: dict[str, tuple[set[str], str]] = {
    "regions/demo/life/owen.yaml": ({"rang"}, "in English, to ring a bell"),
}


def words_of(file: str, line: int, language: str, text: str) -> Iterator[Offence]:
    """The forbidden words of one text; without a language, those of both."""
    allowed = NOT_ABOUT_A_PERSON.get(file, (set(), ""))[0]
    for code in [language] if language in FORBIDDEN else FORBIDDEN:
        for word in lexicon.forbidden(text, code, FORBIDDEN):
            if word.casefold() not in allowed:
                yield Offence(file, line, f"« {word} » ({code})")


def in_catalogues(root: Path = ROOT) -> Iterator[Offence]:
    """The French of each catalogue; its English is met where it is said."""
    for path in catalogues.files(root / "spheres"):
        for entry in polib.pofile(str(path)):
            texts = [entry.msgstr, *entry.msgstr_plural.values()]
            for text in texts:
                yield from words_of(path.relative_to(root).as_posix(), entry.linenum, "fr", text)


def said_by(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in SAYING
        ):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.lineno, argument.value


def in_code() -> Iterator[Offence]:
    """The English sentences of the code."""
    for module in modules():
        for line, text in said_by(module.tree):
            yield from words_of(module.name, line, "en", text)


def in_templates(root: Path = ROOT) -> Iterator[Offence]:
    """The English sentences of the templates, as gettext reads them."""
    for path in sorted(root.glob("spheres/**/templates/**/*.*")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for number, line in enumerate(code.splitlines(), 1):
            for text in re.findall(r"""gettext\((?:u?['"])(.*?)['"]\)""", line):
                yield from words_of(path.relative_to(root).as_posix(), number, "en", text)


def in_yaml(path: Path, root: Path = ROOT) -> Iterator[Offence]:
    """Every text of a region's file, in the language its key names."""

    def walk(node: Any, language: str) -> Iterator[Offence]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                named = re.search(r"(?:^|_)(fr|en)$", key.value)
                yield from walk(value, named[1] if named else language)
        elif isinstance(node, yaml.SequenceNode):
            for child in node.value:
                yield from walk(child, language)
        elif " " in node.value:  # a sentence: a code of one word is not read by a person
            line = node.start_mark.line + 1
            yield from words_of(path.relative_to(root).as_posix(), line, language, node.value)

    root_node = yaml.compose(path.read_text(encoding="utf-8"), Loader=QUICK)
    if root_node is not None:
        yield from walk(root_node, "fr" if "life" in path.parts else "")


def in_regions(root: Path = ROOT) -> Iterator[Offence]:
    for path in sorted(root.glob("regions/**/*.yaml")):
        yield from in_yaml(path, root)


def in_documents(root: Path = ROOT) -> Iterator[Offence]:
    """Generated documents in English, notes of change in both languages."""
    for path in sorted(root.glob("docs/reference/*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield from words_of(path.relative_to(root).as_posix(), number, "en", line)
    for path in sorted(root.glob("changes/*.md")):
        language = "fr"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            language = {"fr:": "fr", "en:": "en"}.get(line[:3], language)
            if path.name != "README.md":
                yield from words_of(path.relative_to(root).as_posix(), number, language, line)


PLACES = {
    "catalogues": in_catalogues,
    "code": in_code,
    "templates": in_templates,
    "regions": in_regions,
    "documents": in_documents,
}


def test_the_list_is_there_in_both_languages() -> None:
    assert set(FORBIDDEN) == {"fr", "en"}


@pytest.mark.parametrize("place", PLACES)
def test_no_forbidden_word_is_said(place: str) -> None:
    hold(f"lexicon of {place}", sorted(PLACES[place]()))


def test_a_forbidden_word_is_seen_wherever_it_is_said(tmp_path: Path) -> None:
    def plant(place: str, text: str) -> None:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    plant(
        "spheres/garden/locale/fr/LC_MESSAGES/django.po",
        f'{header}msgid "No"\nmsgstr "Un échec de plus"\n',
    )
    plant("spheres/garden/templates/garden/page.html", '\n{% translate "A failure" %}')
    plant(
        "regions/demo/texts.yaml",
        "a: {fr: Tout va, en: A client came}\nb:\n  name_fr: La cliente est venue\n",
    )
    plant("changes/garden.md", "fr: Tout va.\n\nen: The breach is mended.\n")

    found = [
        (offence.line, offence.what)
        for look in (in_catalogues, in_templates, in_regions, in_documents)
        for offence in look(tmp_path)
    ]
    assert found == [
        (4, "« échec » (fr)"),
        (2, "« failure » (en)"),
        (1, "« client » (en)"),
        (3, "« cliente » (fr)"),
        (3, "« breach » (en)"),
    ]
    assert list(said_by(ast.parse('x = _("A failure")'))) == [(1, "A failure")]
    assert list(words_of("a.py", 1, "en", "A failure"))


# Where a person is followed, nothing measures her either.
ABOUT_HER = re.compile(
    r"spheres/(followup|records|participants|sharing)/"
    r"|regions/[^/]+/(exercises/|life/|vocabularies\.yaml|texts[^/]*\.yaml)"
)
# A figure out of a hundred; «%(name)s» is a place to fill, and no figure.
HUNDRED = re.compile(r"\d[\s\u00a0\u202f]*%(?!\()|%%")


def test_nothing_measures_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    measures = lexicon.read(fence="measures")
    monkeypatch.setitem(globals(), "FORBIDDEN", measures)

    found = [one for look in PLACES.values() for one in look() if ABOUT_HER.match(one.file)]

    assert set(measures) == {"fr", "en"}
    hold("what measures a person", sorted(found))
    assert list(words_of("a.po", 1, "fr", "Ton score"))
    assert ABOUT_HER.match("regions/demo/exercises/07-my-ruler.yaml")
    assert not ABOUT_HER.match("spheres/evaluation/indicators/views.py")


def test_nothing_about_her_is_out_of_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "FORBIDDEN", {"fr": HUNDRED, "en": HUNDRED})

    found = [one for look in PLACES.values() for one in look() if ABOUT_HER.match(one.file)]

    hold("what is out of a hundred", sorted(found))
    assert list(words_of("a.po", 1, "fr", "Rempli à 80 %"))
    assert not list(words_of("a.po", 1, "fr", "Le %(day)s, 5 %(name)s"))


@pytest.mark.skipif(not catalogues.can_tell_stale(), reason="gettext is not installed")
def test_everything_is_said_in_french() -> None:
    hold("french", catalogues.check())


# What the journal of a file says is read by the person: a sentence, never a code.


def events_of_files(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each action that the code records in the chain of a file."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and dotted(node.func) == "audit.record" and node.args):
            continue
        if "file_id" in {keyword.arg for keyword in node.keywords}:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and "." in str(part.value):
                    yield node.lineno, str(part.value)


def test_every_event_of_a_file_has_its_sentence() -> None:
    found = [
        module.offence(line, f"{action} has no sentence in dossier/journal.py")
        for module in modules()
        for line, action in events_of_files(module.tree)
        if not any(known.startswith(action) for known in journal.SENTENCES)
    ]
    hold("events in words", found)


def test_an_event_without_a_sentence_is_seen() -> None:
    code = 'audit.record("note.burnt" if a else "note.kept", by=by, file_id=file_id)'
    assert list(events_of_files(ast.parse(code))) == [(1, "note.burnt"), (1, "note.kept")]


EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def said_too_soon(tree: ast.Module) -> Iterator[int]:
    """Lines where a sentence is translated as the file is read, outside any function: whoever
    reads it later would read the house's first language and not her own."""
    eager = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }

    def walk(node: ast.AST) -> Iterator[int]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return
        if isinstance(node, ast.Call) and dotted(node.func) in eager:
            yield node.lineno
        for child in ast.iter_child_nodes(node):
            yield from walk(child)

    yield from walk(tree)


def test_no_sentence_is_translated_before_somebody_reads_it() -> None:
    too_soon = [
        Offence(module.name, line, "translate it lazily, or in a function")
        for module in modules()
        for line in said_too_soon(module.tree)
    ]
    assert too_soon == []


def test_a_sentence_translated_too_soon_is_seen() -> None:
    early = "from django.utils.translation import gettext as _\nWORDS = {1: _('One')}"
    later = "from django.utils.translation import gettext as _\ndef say():\n    return _('One')"
    lazy = "from django.utils.translation import gettext_lazy as _\nWORDS = {1: _('One')}"

    assert [list(said_too_soon(ast.parse(code))) for code in (early, later, lazy)] == [[2], [], []]
