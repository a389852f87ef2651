"""How does a page lay out what it knows: cards, tables, lists, tabs, a line of time?"""

from django.utils.html import format_html

from ...icons import ICONS
from .library import draw, one_of, register, unique
from .saying import AREAS, drawing, heading, in_area


@register.simple_block_tag
def card(content, *, title="", level=2, area="", icon="", url="", quiet=False):
    """One thing, or one group of things, with its title. `quiet` draws no ground under it."""
    return draw(
        "card",
        content=content,
        title=title,
        level=heading(level),
        area=area and one_of(area, AREAS, what="area"),
        icon=icon and one_of(icon, ICONS, what="icon"),
        url=url,
        quiet=quiet,
    )


@register.simple_block_tag(takes_context=True)
def table(context, content, *, caption, columns, rows=None, numbers=(), caption_hidden=False):
    """Rows under named columns. The first cell names its row.

    Either `rows` (lists of words) or the block (the `<tr>` themselves) fills it.
    `numbers` names the columns, counted from one, that hold figures.
    """
    titles = [
        {"label": label, "number": place in numbers} for place, label in enumerate(columns, start=1)
    ]
    lines = [
        [(cell, title["number"]) for cell, title in zip(row, titles, strict=True)]
        for row in rows or []
    ]
    return draw(
        "table",
        id=unique(context, "table"),
        content=content,
        caption=caption,
        columns=titles,
        lines=lines,
        caption_hidden=caption_hidden,
    )


@register.simple_tag
def definitions(*, pairs):
    """Terms and what they are for this thing. An empty value says so in words."""
    return draw("definitions", pairs=list(pairs))


@register.simple_tag
def tabs(*, label, tabs):
    """Views of one thing, one level deep: (words, address, is it this one)."""
    return draw(
        "tabs",
        label=label,
        tabs=[{"label": words, "url": url, "here": here} for words, url, here in tabs],
    )


@register.simple_block_tag
def timeline(content, *, label):
    """What happened, newest first. Holds `timeline_entry` blocks."""
    return draw("timeline", content=content, label=label)


@register.simple_block_tag
def timeline_entry(content, *, title, when, machine_when="", icon="note", area="", by="", level=3):
    """One moment: when, what, by whom, then its words."""
    return format_html(
        '<li class="timeline-entry"{}><span class="timeline-icon">{}</span>'
        '<div class="timeline-body stack"><div class="timeline-head"><h{level}>{}</h{level}>'
        '<p class="timeline-when"><time{}>{}</time>{}</p></div>{}</div></li>\n',
        in_area(area),
        drawing(one_of(icon, ICONS, what="icon")),
        title,
        format_html(' datetime="{}"', machine_when) if machine_when else "",
        when,
        format_html(" · {}", by) if by else "",
        content,
        level=heading(level),
    )
