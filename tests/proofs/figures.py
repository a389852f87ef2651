"""What the proofs measured, shown at the end of a run."""

FIGURES: list[str] = []
ROWS: list[int] = []


def tell(figure: str) -> None:
    FIGURES.append(figure)


def compared(rows: int) -> None:
    """So many rows of a table were found, or not found, as the oracle says."""
    ROWS.append(rows)


def told() -> list[str]:
    """All figures, once."""
    every = [*FIGURES, *([f"tables: {sum(ROWS):,} rows compared"] if ROWS else [])]
    FIGURES.clear()
    ROWS.clear()
    return every
