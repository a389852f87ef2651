"""How does a question that waits read, as one line of the queue?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.template import Library

from spheres.ui.text import shortened

register = Library()
BEGINNING: Final = 140


@register.filter
def beginning(words: str) -> str:
    """The first words of what was asked: enough to see what presses."""
    return shortened(words, BEGINNING)


@register.filter
def of_matter(handed: Mapping[UUID, list[str]], file_id: UUID) -> list[str]:
    """The colleagues to whom it was handed."""
    return handed.get(file_id, [])
