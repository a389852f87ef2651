"""How does a page lay out what it knows: cards, tables, lists, tabs, a line of time?"""

from ... import pictures
from ...icons import ICONS
from .library import draw, filled, one_of, register, unique
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
    shapes = ['<th scope="row">{0}</th>'] + [
        '<td class="number">{0}</td>' if title["number"] else "<td>{0}</td>" for title in titles[1:]
    ]
    lines = [
        [filled(shape, cell) for shape, cell in zip(shapes, row, strict=True)] for row in rows or []
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


@register.simple_block_tag
def picture(content, *, kind, name, width, height, title, said, area=""):
    """The shapes of the block, framed: a title, and the same read aloud. Its table is beside it."""
    return pictures.framed(
        content,
        kind=kind,
        name=name,
        width=width,
        height=height,
        title=str(title),
        said=str(said),
        area=area and one_of(area, AREAS, what="area"),
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
    return line_of_time(
        content, title=title, when=when, machine_when=machine_when, icon=icon, area=area, by=by,
        level=level,
    )  # fmt: skip


MOMENT = (
    '<li class="timeline-entry"{area}><span class="timeline-icon">{icon}</span>'
    '<div class="timeline-body stack"><div class="timeline-head"><h{level}>{title}</h{level}>'
    '<p class="timeline-when"><time{machine}>{when}</time>{by}</p></div>{content}</div></li>\n'
)


def line_of_time(content, *, title, when, machine_when="", icon="note", area="", by="", level=3):
    return filled(
        MOMENT,
        area=in_area(area),
        icon=drawing(one_of(icon, ICONS, what="icon")),
        title=title,
        machine=filled(' datetime="{0}"', machine_when) if machine_when else "",
        when=when,
        by=filled(" · {0}", by) if by else "",
        content=content,
        level=heading(level),
    )
