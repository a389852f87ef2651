"""What do all component tags share?"""

import itertools

from django.template import Library, TemplateSyntaxError
from django.template.loader import render_to_string

register = Library()


def draw(component, /, **values):
    """A component sees only the values handed to it, never the page around it."""
    return render_to_string(f"ui/{component}.html", values)


def one_of(value, allowed, *, what):
    """A wrong word stops the page while it is being written, not after."""
    if value not in allowed:
        raise TemplateSyntaxError(
            f"{what} is one of {', '.join(sorted(map(str, allowed)))}, not {value!r}"
        )
    return value


def unique(context, stem):
    """An id nobody else has on this page."""
    keeper = context.get("request") or context.dicts[0]
    if isinstance(keeper, dict):
        counter = keeper.setdefault("ui_ids", itertools.count(1))
    else:
        counter = keeper.__dict__.setdefault("ui_ids", itertools.count(1))
    return f"{stem}-{next(counter)}"
