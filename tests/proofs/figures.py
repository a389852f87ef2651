"""What the proofs measured, shown at the end of a run beside what was aimed at."""

from __future__ import annotations

from dataclasses import dataclass

# Of figures told in one sentence, « name: figure »; the others say their target themselves.
TARGETS = {
    "matrix": "1,000,000 cells and more, 0 differences, < 60 s",
    "stories": "2,000 × 50 steps, 0 violations",
    "forgeries": "0 accepted",
    "end of an assignment": "p99 < 1 s, 0 rows after it",
    "end of a consent": "p99 < 1 s, 0 rows after it",
    "mutants of the rule table": "all but the equivalent",
    "matters": "0 differences",
    "tables": "0 differences",
}
WIDEST = 60


@dataclass(frozen=True)
class Figure:
    """One line of the table: which proof, what it measured, what was aimed at."""

    proof: str
    measured: str
    target: str


FIGURES: list[Figure] = []
ROWS: list[int] = []


def tell(proof: str, measured: str = "", target: str = "") -> None:
    """Keep a figure for the end: in three parts, or as « name: figure » alone."""
    if not measured:
        proof, _, measured = proof.partition(": ")
    FIGURES.append(Figure(proof, measured, target or TARGETS.get(proof, "all of them")))


def compared(rows: int) -> None:
    """So many rows of a table were found, or not found, as the oracle says."""
    ROWS.append(rows)


def told() -> list[str]:
    """All figures as a table, once."""
    if ROWS:
        tell(f"tables: {sum(ROWS):,} rows compared")
    table = [Figure("proof", "figure", "target"), *FIGURES] if FIGURES else []
    FIGURES.clear()
    ROWS.clear()
    wide = [
        min(WIDEST, max((len(part) for part in parts), default=0))
        for parts in zip(*((line.proof, line.measured) for line in table), strict=True)
    ]
    return [
        f"{line.proof:<{wide[0]}} — {line.measured:<{wide[1]}} — {line.target}" for line in table
    ]
