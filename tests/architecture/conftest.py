"""What do these tests stand on? And the ten longest files of the house, printed at each run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.architecture.source import modules
from tests.region import demo_words


@pytest.fixture
def region(db: None) -> Iterator[None]:
    """The words of the demo region, for tests that draw pages."""
    with demo_words():
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lengths = sorted(((m.text.count("\n"), m.name) for m in modules()), reverse=True)
    terminalreporter.section("the ten longest files")
    for length, name in lengths[:10]:
        terminalreporter.write_line(f"{length:4} {name}")
