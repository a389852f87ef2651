"""How is a wheel of spheres drawn? Beside its table, which says the same; nothing is added up.

Each voice has its own look, and not only its colour: hers is filled, the worker's is an outline
with a pattern, an older day is a faint ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spheres.followup.exercises.over_time import Needs
from spheres.followup.exercises.prompts import Told
from spheres.followup.exercises.voices import Voice, Wheel
from spheres.ui import pictures
from spheres.ui.text import shortened

SIZE, CENTRE, RADIUS, LABELS = 300, 150.0, 118.0, 137.0
SECTOR = '<path class="{0}" d="M150 150L{1} {2}A{3} {3} 0 {4} 1 {5} {6}Z"></path>'
# The stripes of the worker's part: two tones of one colour, seen without any colour too.
STRIPES = (
    '<defs><pattern id="{0}-stripes" width="7" height="7" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="wheel-stripe" d="M0 0V7"></path></pattern></defs>'
)
LOOKS: Final = {
    Voice.HERS: "wheel-part",
    Voice.WORKER: "wheel-worker",
    Voice.OLDER: "wheel-before",
}


def wheel(told: Told, *, before: Told | None = None, key: str = "") -> SafeString | str:
    """One part for each sphere, filled as far as she said; another day, when asked, as a line.

    The spheres bear numbers: their names are in the table beside.
    """
    if not told.parts:
        return ""
    rounds = [(Voice.HERS, dict(told.parts))]
    if before:
        rounds.append((Voice.OLDER, dict(before.parts)))
    names = [name for name, _share in told.parts]
    said = _("One part for each sphere, in the order of the table beside, which says the same.")
    return _drawn(f"wheel-{told.prompt.id}{key}", str(told.prompt.label), said, names, rounds)


def overlaid(of: Wheel) -> SafeString | str:
    """Several voices and days on one wheel; each part says whose and which day it is."""
    if not of.spheres:
        return ""
    rounds = [(each.voice, each.shares) for each in of.drawn_in_order]
    said = "; ".join(of.said_aloud)
    return _drawn(f"voices-{of.prompt.id}", str(of.prompt.label), said, of.spheres, rounds)


def _drawn(
    name: str,
    title: str,
    said: str,
    names: Sequence[str],
    rounds: Sequence[tuple[Voice, dict[str, float | None]]],
) -> SafeString:
    count = len(names)
    shapes = [_sector("wheel-ground", place, count, RADIUS) for place in range(count)]
    for voice, shares in rounds:
        for place, sphere in enumerate(names):
            if share := shares.get(sphere):
                shapes.append(_sector(LOOKS[voice], place, count, RADIUS * share))
                if voice == Voice.WORKER:
                    shapes.append(_sector("wheel-pattern", place, count, RADIUS * share, name))
    if any(voice == Voice.WORKER for voice, _shares in rounds):
        shapes.insert(0, format_html(STRIPES, name))
    shapes.append(format_html_join("", '<text x="{}" y="{}">{}</text>', _numbers(count)))
    return pictures.framed(
        SafeString("".join(shapes)),
        kind="wheel", name=name, width=SIZE, height=SIZE, title=title, said=said,
    )  # fmt: skip


def _point(angle: float, radius: float) -> tuple[str, str]:
    return f"{CENTRE + radius * sin(angle):.1f}", f"{CENTRE - radius * cos(angle):.1f}"


def _sector(kind: str, place: int, count: int, radius: float, stripes: str = "") -> SafeString:
    # A little less than a turn, so that a wheel of one part is still drawn.
    step = min(2 * pi / count, 1.999 * pi)
    begin, end = _point(place * step, radius), _point((place + 1) * step, radius)
    drawn = format_html(SECTOR, kind, *begin, f"{radius:.1f}", int(step > pi), *end)
    if stripes:
        return SafeString(drawn.replace("<path ", f'<path fill="url(#{stripes}-stripes)" '))
    return drawn


def _numbers(count: int) -> Iterable[tuple[str, str, int]]:
    for place in range(count):
        x, y = _point((place + 0.5) * 2 * pi / count, LABELS)
        yield x, y, place + 1


# Needs over time: a line for each need, a shape for each pile, the newest day at the right.

WIDTH, LEFT, APART, FIRST_LINE, LINE = 320, 22, 46, 46, 58
SHAPES: Final = (
    '<rect class="mark" x="{0}" y="{1}" width="15" height="15"></rect>',
    '<circle class="mark mark-full" cx="{2}" cy="{3}" r="8.5"></circle>',
    '<path class="mark" d="M{2} {4}l9 16h-18z"></path>',
)


def over_time(needs: Needs) -> SafeString:
    """Each shape is said in words in the legend; among her first ones, a ring around it."""
    shapes = [
        format_html('<text class="time-day" x="{}" y="20">{}</text>', _day_at(day), day)
        for day, _at in enumerate(needs.days, 1)
    ]
    for place, need in enumerate(needs.lines):
        top = FIRST_LINE + LINE * place
        middle = top + 22
        end = _day_at(len(needs.days))
        shapes.append(format_html('<text x="2" y="{}">{}</text>', top, shortened(need.label, 38)))
        shapes.append(format_html('<path class="time-line" d="M12 {0}H{1}"/>', middle, end + 12))
        shapes += [
            _mark(_day_at(mark.day), middle, mark.pile, is_first=mark.is_first)
            for mark in need.marks
            if mark.pile is not None
        ]
    return pictures.framed(
        SafeString("".join(shapes)),
        kind="time-picture", name="needs", width=WIDTH,
        height=FIRST_LINE + LINE * len(needs.lines) - 8,
        title=needs.title, said=needs.said_aloud, area="sage",
    )  # fmt: skip


def _day_at(day: int) -> int:
    return LEFT + APART * (day - 1)


def _mark(x: float, y: float, pile: int, *, is_first: bool = False) -> SafeString:
    drawn = format_html(SHAPES[pile], x - 7.5, y - 7.5, x, y, y - 9)
    if is_first:
        drawn += format_html('<circle class="mark-first" cx="{}" cy="{}" r="14"></circle>', x, y)
    return drawn


def legend(needs: Needs) -> list[tuple[SafeString, str]]:
    """The shapes and their words, as a list that stands under the picture."""
    signs = [(_mark(16, 16, place), words) for place, words in enumerate(needs.piles)]
    ring = SafeString('<circle class="mark-first" cx="16" cy="16" r="14"></circle>')
    return [*signs, (ring, _("Among the first of that day"))]
