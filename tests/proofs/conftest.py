"""What long proofs share: a world whose acts are committed, and the table of their figures."""

import pytest

from tests.proofs.committed_world import world
from tests.proofs.figures import told

__all__ = ["world"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for figure in told():
        terminalreporter.write_line(figure)
