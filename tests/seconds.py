"""How long did each of the two runs take, and what took longest?

What each module took is kept in var/, so that the next run begins with the longest: one begun last
would be waited for.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

VAR = Path(os.environ.get("SPHERES_VAR") or Path(__file__).resolve().parents[1] / "var")
KEPT = VAR / "test_seconds.json"
BAR = 600  # of a whole run, on two cores, with nobody else on the machine
HEAVIEST = 10
# Of this run: what each test took, with what it had to set up and to put away.
SPENT: defaultdict[str, float] = defaultdict(float)


def keep(folder: Path, run: str, took: float, spent: Mapping[str, float]) -> None:
    """At the end of one of two runs, for whoever waits for both."""
    said = {"took": took, "spent": spent}
    (folder / f"{run}.json").write_text(json.dumps(said), encoding="utf-8")


def module_of(test: str) -> str:
    return test.partition("::")[0]


def by_module() -> dict[str, float]:
    """What each module took when the suite was last run whole; nothing is known before."""
    try:
        return dict(json.loads(KEPT.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def told(folder: Path) -> str:
    """Both runs, the bar, and the heaviest tests of the two; what a module took is kept."""
    runs = {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}
    spent: dict[str, float] = {}
    for run in runs.values():
        spent |= run["spent"]  # no test is tried by both
    modules: defaultdict[str, float] = defaultdict(float)
    for test, seconds in spent.items():
        modules[module_of(test)] += seconds
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(modules), encoding="utf-8")
    halves = ", ".join(f"{name} {minutes(run['took'])}" for name, run in runs.items())
    longest = sorted(spent, key=lambda test: -spent[test])[:HEAVIEST]
    heaviest = [f"  {spent[test]:6.1f} s  {test}" for test in longest]
    return "\n".join([f"\nThe two runs: {halves} (bar: {minutes(BAR)}). The heaviest:", *heaviest])


def minutes(seconds: float) -> str:
    return f"{int(seconds) // 60} min {int(seconds) % 60:02} s"
