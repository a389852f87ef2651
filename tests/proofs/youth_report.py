"""How does the proof of the young people’s side read, for whoever must trust it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from django.conf import settings

from tests.proofs.police_report import written

REPORT = Path(settings.ROOT) / "docs" / "proofs" / "youth.md"
KEPT: dict[str, list[float]] = {}
GUESSED: dict[str, tuple[float, float, float]] = {}
# What is said of several measures of one thing: all of them together, or the worst.
SAID: dict[str, Callable[[Iterable[float]], float]] = {
    "presses": sum,
    "words": sum,
    "entries": sum,
    "blank": max,
    "requests": max,
    "kilobytes": max,
    "readable": max,
    "lies": sum,
    "tries": max,
}
PAIRS = {
    "a notebook: unknown or wrong PIN": "un carnet : numéro inconnu, ou NIP inexact",
    "a notebook: unknown or five tries": "un carnet : numéro inconnu, ou cinq essais faits",
    "a receipt: unknown or wrong code": "un accusé : numéro inconnu, ou code inexact",
    "a receipt: unknown or forgotten": "un accusé : numéro inconnu, ou demande oubliée",
    "an answer: unknown or erased": "une réponse : code inconnu, ou question effacée",
    "an answer about a training: unknown or erased": (
        "une réponse sur une formation : code inconnu, ou demande effacée"
    ),
    "an answer about advice: unknown or erased": (
        "une réponse à une demande de conseil : code inconnu, ou demande effacée"
    ),
}


def keep(**figures: float) -> None:
    """Measured once more; a long proof measures each several times."""
    for name, figure in figures.items():
        KEPT.setdefault(name, []).append(figure)


def guessed(pair: str, low: float, high: float, p: float) -> None:
    assert pair in PAIRS, f"The report has no name for {pair}: say it in PAIRS."
    GUESSED[pair] = (low, high, p)


def publish() -> bool:
    """The report, with what was measured; only when all of it was, in this run."""
    if KEPT.keys() != SAID.keys() or GUESSED.keys() != PAIRS.keys():
        return False
    figures = {name: say(KEPT[name]) for name, say in SAID.items()}
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    said = {
        language: written(figures, locale) | {"guesses": table(locale, names)}
        for language, locale, names in (
            ("fr", "fr-ca", PAIRS),
            ("en", "en", dict(zip(PAIRS, PAIRS, strict=True))),
        )
    }
    REPORT.write_text(text.format(**said), encoding="utf-8")
    return True


def table(locale: str, names: Mapping[str, str]) -> str:
    """A line for each pair of wrong numbers."""
    lines = []
    for pair, name in names.items():
        low, high, p = GUESSED[pair]
        one = written({"low": low, "high": high, "p": p}, locale)
        lines.append(f"| {name} | {one['low']} / {one['high']} ms | {one['p']} |")
    return "\n".join(lines)
