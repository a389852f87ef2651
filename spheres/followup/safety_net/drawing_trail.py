"""How is it drawn, how her safety came to be? Days from top to bottom, one lane for each sheet."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from spheres.followup.safety_net.history import Trail
from spheres.followup.safety_net.models import Part
from spheres.ui import moments, pictures

WIDTH: Final = 320
LANES: Final = {Part.NET: 150, Part.CRISIS: 216, Part.COURSE: 282}
FIRST: Final = 62
DOWN: Final = 44


def trail(of: Trail) -> SafeString:
    """A dot for each version, under its sheet; a ring when something called for it."""
    last = FIRST + DOWN * (len(of.steps) - 1)
    titles = {
        Part.NET: pgettext("lane", "Net"),
        Part.CRISIS: pgettext("lane", "Crisis"),
        Part.COURSE: pgettext("lane", "Course"),
    }
    shapes = [
        format_html(
            '<text class="trail-lane" x="{0}" y="22">{1}</text>'
            '<path class="trail-line" d="M{0} 36V{2}"/>',
            x, titles[part], last + 20,
        )
        for part, x in LANES.items()
    ]  # fmt: skip
    for step in of.steps:
        x, y = LANES[Part(step.part)], FIRST + DOWN * (step.place - 1)
        if step.because:
            shapes.append(format_html('<circle class="trail-ring" cx="{}" cy="{}" r="18"/>', x, y))
        shapes.append(
            format_html(
                '<text class="trail-day" x="2" y="{3}">{4}</text>'
                '<circle class="trail-dot" cx="{0}" cy="{1}" r="13"/>'
                '<text class="trail-number" x="{0}" y="{3}">{2}</text>',
                x, y, step.place, y + 5, moments.day_of_year(step.at),
            )
        )  # fmt: skip
    return pictures.framed(
        format_html_join("", "{}", ((shape,) for shape in shapes)),
        kind="trail-picture", name="trail", width=WIDTH, height=last + 28,
        title=_("How it came to be, over time"),
        said="; ".join(step.said for step in of.steps), area="sage",
    )  # fmt: skip
