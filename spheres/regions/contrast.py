"""Can this colour be read on our paper? The measure of WCAG 2, and its bar for text."""

from __future__ import annotations

import re
from typing import Final

COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
PAPER: Final = "#FBF8F3"
READABLE: Final = 4.5


def ratio(colour: str, paper: str = PAPER) -> float:
    """From 1 (the same light) to 21 (black on white)."""
    lighter, darker = sorted((_light(colour), _light(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
