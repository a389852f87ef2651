"""What does every page need to draw its frame? (It asks the database nothing.)"""

from collections.abc import Callable

from django.utils.functional import SimpleLazyObject

from . import frames


def ui(request):
    """What surrounds a page, whether this is a demonstration, and the chosen theme.

    All is worked out only when a page uses it: a fragment or an error page asks for nothing.
    """
    return {
        "frame": SimpleLazyObject(lambda: frames.around(request)),
        "at_hand_shared": SimpleLazyObject(lambda: frames.at_hand(request, is_shared=True)),
        "demo": SimpleLazyObject(is_demo),
        "theme": theme(request),
    }


_asks: list[Callable[[], bool]] = []


def demo_when(ask):
    """The area that knows says how to ask whether everything here is invented."""
    _asks.append(ask)


def is_demo():
    return any(ask() for ask in _asks)


def theme(request):
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
