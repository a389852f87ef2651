"""Do the arrows point downwards where the import linter cannot look?

A foreign key written as a string, a reverse accessor, a sub-package of an outside library and an
included template are no imports.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spheres.sharing.compile import our_models
from tests.architecture.source import (
    PACKAGE,
    ROOT,
    Module,
    Offence,
    height,
    imported,
    layers,
    modules,
    offences,
    planted,
)
from tests.open_works import hold

BELOW_THE_VIEWS = {"models", "policy", "queries", "actions"}
OF_PAGES = ("django.http", "django.shortcuts")


@dataclass(frozen=True)
class Arrow:
    """One foreign key: from which field, to which model, and the name it lends to that model."""

    field: str
    source: str  # the module of each model
    target: str
    related_name: str

    def folder(self, module: str) -> tuple[str, ...]:
        """The folder whose models these are; they may have been split in several files."""
        before, models, _ = f"{module}.".partition(".models.")
        return tuple(before.split(".")[1:] if models else ())

    @property
    def ends(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.folder(self.source), self.folder(self.target)


def arrows() -> list[Arrow]:
    return [
        Arrow(
            f"{model._meta.label}.{field.name}",
            model.__module__,
            field.related_model.__module__,
            "+" if field.remote_field.hidden else field.remote_field.get_accessor_name(),
        )
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
    ]


def wrong_arrows(found: Iterable[Arrow]) -> list[str]:
    """Foreign keys that climb, go sideways, or lend their model's name to a lower area."""
    wrong = []
    for arrow in found:
        source, target = arrow.ends
        if source[0] == target[0]:
            if source[1:] != target[1:] and len(source) > 1:
                wrong.append(f"{arrow.field} goes sideways to {arrow.target}")
        elif height(target[0]) >= height(source[0]):
            wrong.append(f"{arrow.field} points up to {arrow.target}")
        elif arrow.related_name != "+":
            wrong.append(f'{arrow.field} crosses areas: related_name="+"')
    return wrong


def test_foreign_keys_point_downwards() -> None:
    assert len(arrows()) > 10
    assert wrong_arrows(arrows()) == []


@pytest.mark.parametrize(
    ("source", "target", "name", "what"),
    [
        ("accounts", "participants", "+", "points up"),
        ("followup.notes", "followup.needs", "+", "goes sideways"),
        ("sharing", "directory", "+", "points up"),
        ("followup.notes", "participants", "notes", "crosses areas"),
    ],
)
def test_an_arrow_that_climbs_is_seen(source: str, target: str, name: str, what: str) -> None:
    [found] = wrong_arrows(
        [Arrow("x.Y.z", f"spheres.{source}.models", f"spheres.{target}.models", name)]
    )
    assert what in found


def test_every_area_is_in_the_contract() -> None:
    areas = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert areas <= set().union(*layers())


def no_page_below_the_views(module: Module) -> Iterator[Offence]:
    """Models, policy, queries and actions know of no page: a job can call them all."""
    if module.kind not in BELOW_THE_VIEWS:
        return
    for node, name in imported(module):
        if name.startswith(OF_PAGES):
            yield module.offence(node, f"{name} belongs to views")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.arg) and node.arg == "request":
            yield module.offence(node, "takes a request: take an actor")


def test_nothing_below_the_views_knows_of_a_page() -> None:
    assert offences(no_page_below_the_views) == []


def test_a_request_in_an_action_is_seen(tmp_path: Path) -> None:
    text = "from django.shortcuts import render\n\ndef sign(note, *, request): ...\n"
    found = planted(no_page_below_the_views, tmp_path, "spheres/followup/notes/actions.py", text)
    assert [offence.line for offence in found] == [1, 3]


def no_manager_in_pages(module: Module) -> Iterator[Offence]:
    """`queries.py` is the only way from a page to rows. The bench's floor is bare on purpose."""
    if module.name.startswith("spheres/config/bench/"):
        return
    if not any(name.startswith(OF_PAGES) for _, name in imported(module)):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager"}:
            yield module.offence(node, "asks a manager: ask queries.py")


def test_no_page_asks_a_manager() -> None:
    assert offences(no_manager_in_pages) == []


def test_a_manager_in_a_view_is_seen(tmp_path: Path) -> None:
    text = "from django.http import HttpRequest\n\ndef all(request): return Note.objects.all()\n"
    assert planted(no_manager_in_pages, tmp_path, "spheres/followup/notes/views.py", text)


INCLUDED = re.compile(r'\{%\s*(?:include|extends)\s+"([a-z_]+)/')


def sideways_templates(root: Path = ROOT) -> list[Offence]:
    """A template uses those of its own folder and of lower areas, as its code does."""
    owners = {
        folder.name: Module(folder / "x.py", root).parts[:-1][:-2]
        for folder in sorted(root.glob("spheres/**/templates/*"))
        if folder.is_dir()
    }
    found = []
    for path in sorted(root.glob("spheres/**/templates/**/*.html")):
        mine = Module(path, root).parts
        mine = mine[: mine.index("templates")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in INCLUDED.findall(line):
                theirs = owners.get(name, mine)
                if theirs != mine and height(theirs[0]) >= height(mine[0]):
                    where = path.relative_to(root).as_posix()
                    found.append(Offence(where, number, f"uses a template of {'/'.join(theirs)}"))
    return found


def test_templates_look_downwards_too() -> None:
    hold("templates downwards", sideways_templates())


def test_a_template_that_looks_sideways_is_seen(tmp_path: Path) -> None:
    for folder, text in (("notes", '{% include "dossier/trail.html" %}'), ("dossier", "")):
        path = tmp_path / f"spheres/followup/{folder}/templates/{folder}"
        path.mkdir(parents=True)
        (path / "detail.html").write_text(text)

    [found] = sideways_templates(tmp_path)
    assert found.what == "uses a template of followup/dossier"


def test_every_file_is_looked_at() -> None:
    assert len(modules()) > 100
