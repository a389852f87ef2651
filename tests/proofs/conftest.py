"""What long proofs share: a world whose acts are committed, and the table of their figures."""

import pytest

from tests.proofs import youth_report
from tests.proofs.committed_world import world
from tests.proofs.figures import told

__all__ = ["world"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for figure in told():
        terminalreporter.write_line(figure)
    if not terminalreporter.stats.get("failed") and youth_report.publish():
        terminalreporter.write_line(f"written: {youth_report.REPORT}")
