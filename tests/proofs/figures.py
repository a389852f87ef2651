"""What the proofs measured, shown at the end of a run."""

FIGURES: list[str] = []


def tell(figure: str) -> None:
    FIGURES.append(figure)
