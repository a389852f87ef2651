"""How does a page say something: a notice, a badge, an empty place, a drawing with its words?"""

from functools import cache

from ...icons import ICONS
from .library import draw, filled, one_of, register

AREAS = {"sage", "sky", "clay", "plum", "teal", "ochre", "slate"}
TONES = {"plain", "done", "look"}
TONE_ICONS = {"look": "amber", "done": "check"}
NOTICES = {"info", "done", "look"}


@register.simple_tag
def icon(*, name, words, hidden_words=False):
    """A drawing never stands without its words; `hidden_words` keeps them for the voice only."""
    return draw("icon", name=one_of(name, ICONS, what="name"), words=words, hidden=hidden_words)


@register.simple_tag
def glyph(*, name):
    """The bare drawing, for components that write the words themselves beside it."""
    return drawing(one_of(name, ICONS, what="name"))


@cache
def drawing(name):
    """A drawing says no word: drawn once, it serves every page in every language."""
    return draw("glyph", shapes=[shape(kind, value) for kind, value in ICONS[name]])


def shape(kind, value):
    x, y, r = value.split() if kind == "circle" else ("", "", "")
    return {"kind": kind, "d": value, "x": x, "y": y, "r": r}


@register.simple_tag
def badge(*, label, tone="plain", area="", icon=""):
    """One or two words about a state. The words say it; the colour only helps the eye."""
    one_of(tone, TONES, what="tone")
    name = one_of(icon, ICONS, what="icon") if icon else TONE_ICONS.get(tone)
    return filled(
        '<span class="badge badge-{0}"{1}>{2}{3}</span>\n',
        tone,
        in_area(area),
        drawing(name) if name else "",
        label,
    )


def in_area(area):
    """The attribute that gives a thing its colour, or nothing."""
    return filled(' data-area="{0}"', one_of(area, AREAS, what="area")) if area else ""


@register.simple_block_tag
def notice(content, *, title="", kind="info", live=False):
    """Something to know, something done, or something to look at. Nothing here shouts."""
    return draw(
        "notice", content=content, title=title, kind=one_of(kind, NOTICES, what="kind"), live=live
    )


@register.simple_block_tag
def empty_state(content, *, title, icon="leaf", level=2):
    """Says what belongs here; the block offers the first step."""
    return draw(
        "empty_state",
        content=content,
        title=title,
        icon=one_of(icon, ICONS, what="icon"),
        level=heading(level),
    )


@register.simple_tag
def progress(*, label, done=None, total=None, note=""):
    """How far a long work has come. It is about imports and reports, never about a person."""
    return draw("progress", label=label, done=done, total=total, note=note)


@register.simple_tag
def stepper(*, steps, current, label=""):
    """Where one is in a form of several pages. `current` counts from one."""
    drawn = [
        {
            "label": words,
            "state": "done" if place < current else "here" if place == current else "next",
        }
        for place, words in enumerate(steps, start=1)
    ]
    return draw("stepper", steps=drawn, current=current, total=len(drawn), label=label)


def heading(level):
    """Titles inside a page go from two to four: the page itself has the only h1."""
    return one_of(level, {2, 3, 4}, what="level")
