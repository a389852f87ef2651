"""How does a picture stand on a page? In one frame: its title, the same read aloud, its shapes.

A picture shows what a table beside it says, and nothing more. None has an arrow, none has red, and
no colour in it means anything alone: tests/architecture/test_pictures.py.
"""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

FRAME: Final = (
    '<svg class="{kind}"{area} viewBox="0 0 {width} {height}" role="img"'
    ' aria-labelledby="{name}-title {name}-said"><title id="{name}-title">{title}</title>'
    '<desc id="{name}-said">{said}</desc>{shapes}</svg>'
)


def framed(
    shapes: SafeString,
    *,
    kind: str,
    name: str,
    width: int,
    height: int,
    title: str,
    said: str,
    area: str = "",
) -> SafeString:
    """One picture. `kind` is its class, `name` is unique on the page."""
    if not (title.strip() and said.strip()):
        raise ValueError("A picture has a title, and is read aloud.")
    return format_html(
        FRAME,
        kind=kind,
        area=format_html(' data-area="{}"', area) if area else "",
        width=width,
        height=height,
        name=name,
        title=title,
        said=said,
        shapes=shapes,
    )
