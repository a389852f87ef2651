"""What do these tests stand on? A copy of the fictional region, which each test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from spheres.core import clock, context
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from spheres.regions.reading import Refused
from spheres.regions.registry import Loading
from tests.region import lives

REGIONS = Path(__file__).resolve().parents[3] / "regions"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Copy:
    """A region's folder in a place of its own, at the path an operator would type."""

    path: Path

    def write(self, file: str, text: str) -> None:
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, file: str, before: str, after: str) -> int:
        """Replace the first occurrence; returns the line of the change."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert before in text
        self.write(file, text.replace(before, after, 1))
        return text[: text.index(before)].count("\n") + 1

    def faults(self) -> list[str]:
        """Every sentence of the refusal, in English."""
        with translation.override("en"), pytest.raises(Refused) as refusal:
            loading.check(self.path)
        return str(refusal.value).splitlines()

    def load(self, at: datetime = SATURDAY) -> Loading:
        folder = loading.check(self.path)
        with clock.at(at), context.unit_of_work(LOADER):
            done = loading.load(folder, by=LOADER, at=at)
            loading.finish(folder, by=LOADER)
        return done

    def plan(self, at: datetime = SATURDAY) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
        """What loading would do, by section; sections without a change are left out."""
        folder = loading.check(self.path)
        with clock.at(at), context.unit_of_work(LOADER):
            return {
                section.name: [(str(c.kind), c.name, c.fields) for c in changes]
                for section, changes in loading.plan(folder, by=LOADER, at=at)
                if changes
            }


@pytest.fixture(autouse=True)
def _no_memory_of_another_test() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


def copy_of(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    shutil.copytree(
        REGIONS / name, tmp_path / "regions" / name, ignore=shutil.ignore_patterns(*lives())
    )
    monkeypatch.chdir(tmp_path)
    return Copy(Path("regions") / name)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """The fictional region, without its invented lives: they take seconds, and have their tests."""
    return copy_of("demo", tmp_path, monkeypatch)


@pytest.fixture
def montreal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    return copy_of("montreal", tmp_path, monkeypatch)
