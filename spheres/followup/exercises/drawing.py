"""How is a wheel of spheres drawn? Beside its table, which says the same; nothing is added up."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spheres.followup.exercises.prompts import Told

CENTRE, RADIUS, LABELS = 150.0, 118.0, 137.0
SECTOR = '<path class="{0}" d="M150 150L{1} {2}A{3} {3} 0 {4} 1 {5} {6}Z"></path>'


def wheel(told: Told, *, before: Told | None = None, key: str = "") -> SafeString | str:
    """One part for each sphere, filled as far as she said; another day, when asked, as a line.

    The spheres bear numbers: their names are in the table beside.
    """
    if not told.parts:
        return ""
    count = len(told.parts)
    older = dict(before.parts) if before else {}
    shapes = []
    for place, (name, share) in enumerate(told.parts):
        shapes.append(_sector("wheel-ground", place, count, RADIUS))
        if share:
            shapes.append(_sector("wheel-part", place, count, RADIUS * share))
        if then := older.get(name):
            shapes.append(_sector("wheel-before", place, count, RADIUS * then))
    return format_html(
        '<svg class="wheel" viewBox="0 0 300 300" role="img" aria-labelledby="{0}-t {0}-d">'
        '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>{3}{4}</svg>',
        f"wheel-{told.prompt.id}{key}",
        told.prompt.label,
        _("One part for each sphere, in the order of the table beside, which says the same."),
        SafeString("".join(shapes)),
        format_html_join("", '<text x="{}" y="{}">{}</text>', _numbers(count)),
    )


def _point(angle: float, radius: float) -> tuple[str, str]:
    return f"{CENTRE + radius * sin(angle):.1f}", f"{CENTRE - radius * cos(angle):.1f}"


def _sector(kind: str, place: int, count: int, radius: float) -> SafeString:
    # A little less than a turn, so that a wheel of one part is still drawn.
    step = min(2 * pi / count, 1.999 * pi)
    begin, end = _point(place * step, radius), _point((place + 1) * step, radius)
    return format_html(SECTOR, kind, *begin, f"{radius:.1f}", int(step > pi), *end)


def _numbers(count: int) -> Iterable[tuple[str, str, int]]:
    for place in range(count):
        x, y = _point((place + 0.5) * 2 * pi / count, LABELS)
        yield x, y, place + 1
