"""What does every page need to draw its frame? (It asks the database nothing.)"""

from collections.abc import Callable

from django.utils.functional import SimpleLazyObject

from . import navigation


def ui(request):
    """The ways of the rail and the bar, whether this is a demonstration, and the chosen theme.

    All is worked out only when a page uses it: a fragment or an error page asks for nothing.
    """
    actor = getattr(request, "actor", None)
    return {
        "navigation": SimpleLazyObject(
            lambda: navigation.ways(navigation.RAIL, actor=actor, path=request.path)
        ),
        "quick_ways": SimpleLazyObject(lambda: navigation.ways(navigation.QUICK, actor=actor)),
        "bar": SimpleLazyObject(lambda: navigation.bar(actor=actor)),
        "organisation": getattr(getattr(request, "visit", None), "organisation_name", ""),
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
