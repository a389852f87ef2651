"""How does a template draw the wheel of an answer, and read a row under its columns?"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from spheres.followup.exercises import drawing
from spheres.followup.exercises.prompts import Told

register = template.Library()


@register.filter
def wheel(told: Told, before: Told | None = None) -> SafeString | str:
    """The picture of a wheel, over that of another day when she asks; nothing for other answers."""
    return drawing.wheel(told, before=before, key="-over" if before else "")


@register.filter
def cells(told: Told, row: Sequence[str]) -> list[tuple[str, str]]:
    """Each cell under the words of its column."""
    return list(zip(told.columns, row, strict=True))
