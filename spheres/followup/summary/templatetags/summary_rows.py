"""How are the lines of her page drawn, wherever they are read?"""

from __future__ import annotations

from collections.abc import Iterable

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.followup.summary.models import Line
from spheres.followup.summary.queries import HEADINGS
from spheres.regions import queries as regions
from spheres.ui.templatetags.ui.library import filled
from spheres.ui.templatetags.ui.telling import paragraphs

register = Library()

HERS = '<div><blockquote class="her-words">{text}</blockquote></div>'
WORKERS = '<div>{text}<p class="soft small">{mark}</p></div>'


@register.simple_tag
def summary_text(*, line: Line) -> SafeString:
    """One line: hers stands as she said it; the worker's says whose words they are."""
    if line.whose == Line.Whose.HERS:
        return filled(HERS, text=paragraphs(line.opened.text))
    return filled(WORKERS, text=paragraphs(line.opened.text), mark=gettext("In the worker’s words"))


@register.simple_tag
def summary_heading(*, line: Line) -> str:
    """The words of its heading; none when it has none."""
    return regions.label(HEADINGS, line.heading) if line.heading else ""


@register.simple_tag
def summary_lines(*, lines: Iterable[Line], level: int = 3) -> SafeString:
    """All the lines to read, each heading said once."""
    drawn, said = [], ""
    for line in lines:
        heading = summary_heading(line=line)
        if heading != said:
            said = heading
            if heading:
                drawn.append(filled("<h{level}>{words}</h{level}>", level=level, words=heading))
        drawn.append(summary_text(line=line))
    return filled('<div class="stack">{0}</div>', SafeString("\n".join(drawn)))
