"""The house as its rules look at it: its files, their syntax trees, the layers of the contract."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "spheres"


@dataclass(frozen=True, order=True)
class Offence:
    """One place where a rule is not held."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Module:
    """One Python file of the house."""

    path: Path
    root: Path = ROOT

    @property
    def name(self) -> str:
        """Where it stands, from the package down: `spheres/followup/notes/views.py`."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(self.root).parts[1:]

    @property
    def area(self) -> str:
        return self.parts[0]

    @property
    def kind(self) -> str:
        """What it answers: the file's name, or that of the folder into which it was split."""
        known = ("models", "policy", "queries", "actions", "forms", "views", "urls")
        return next((part for part in self.parts[1:-1] if part in known), self.path.stem)

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _tree(self.path)

    def offence(self, node: ast.AST | int, what: str) -> Offence:
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return Offence(self.name, line, what)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(*, root: Path = ROOT) -> list[Module]:
    """The house's own code: neither its tests nor what a tool wrote once for the tables."""
    return [
        Module(path, root)
        for path in sorted((root / "spheres").rglob("*.py"))
        if not {"tests", "migrations", "skeleton"} & set(path.relative_to(root).parts)
    ]


Rule = Callable[[Module], Iterator[Offence]]


def offences(rule: Rule, where: list[Module] | None = None) -> list[Offence]:
    """What a rule finds in the whole house."""
    return sorted(offence for module in where or modules() for offence in rule(module))


def planted(rule: Rule, folder: Path, place: str, text: str) -> list[Offence]:
    """What a rule finds in one file written for the purpose: a rule must be able to fail."""
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(rule(Module(path, folder)))


def layers() -> list[frozenset[str]]:
    """The layers of .importlinter, the highest first; those not built yet too."""
    contract = ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:areas"]["layers"].split()
    text = " ".join(lines).replace(" | ", "|")
    return [
        frozenset(name.strip("()") for name in layer.split("|")) for layer in text.split() if layer
    ]


def height(area: str) -> int:
    """How high an area stands; `core` is nought."""
    return next(number for number, layer in enumerate(reversed(layers())) if area in layer)


def dotted(node: ast.expr) -> str:
    """`datetime.now` as written, or an empty text for what is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every name this file imports, whole: `django.http.HttpRequest`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, f"{node.module or ''}.{alias.name}"
