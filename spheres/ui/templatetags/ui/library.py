"""What do all component tags share?"""

import itertools
from functools import cache
from html import escape

from django.template import Context, Engine, Library, TemplateSyntaxError
from django.utils.safestring import SafeString

register = Library()


def draw(component, /, **values):
    """A component sees only the values handed to it, never the page around it."""
    return compiled(component).render(Context(values))


def filled(shape, /, *words, **named):
    """A piece of page with words put in its places; each is escaped, unless it is drawn already.

    For what a list draws by the dozen: sixty rows take ten times longer through a template.
    """
    named = {name: as_markup(word) for name, word in named.items()}
    return SafeString(shape.format(*map(as_markup, words), **named))


def as_markup(word):
    return word if hasattr(word, "__html__") else escape(str(word))


@cache
def compiled(component):
    """Read once: a list of sixty people draws hundreds of components."""
    return Engine.get_default().get_template(f"ui/{component}.html")


def one_of(value, allowed, *, what):
    """A wrong word stops the page while it is being written, not after."""
    if value not in allowed:
        raise TemplateSyntaxError(
            f"{what} is one of {', '.join(sorted(map(str, allowed)))}, not {value!r}"
        )
    return value


def unique(context, stem):
    """An id nobody else has on this page, even inside what is included with nothing else."""
    keeper = context.get("request") or getattr(context, "request", None) or context.dicts[0]
    if isinstance(keeper, dict):
        counter = keeper.setdefault("ui_ids", itertools.count(1))
    else:
        counter = keeper.__dict__.setdefault("ui_ids", itertools.count(1))
    return f"{stem}-{next(counter)}"
