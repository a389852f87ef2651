"""Where can one go from anywhere, and who shows which way?

The areas above register their entries when they are ready; this list knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from . import addresses

MOST = 7
Words = str | Promise


def to_everyone(actor):
    return True


@dataclass(frozen=True)
class Entry:
    """A way shown in the rail. `keys` is its keyboard way, such as "g d"."""

    slug: str
    label: Words
    url_name: str
    icon: str
    order: int
    # Asked of an actor's roles and organisation alone: the answer is kept for all who have them.
    shown: Callable = to_everyone
    keys: str = ""
    # Other addresses that belong to this way: a person's file is among my people.
    under: tuple[str, ...] = ()
    # What stands after the «?» of its page, when the same page begins several things.
    asked: str = ""
    # A way that stands on the page of another one, for whoever is shown that one: not in the rail.
    kept_at: str = ""
    # One sentence under its name, on that page.
    lead: Words = ""


@dataclass(frozen=True)
class Way:
    """An entry ready to be drawn for one person on one page."""

    slug: str
    label: Words
    url: str
    icon: str
    keys: str = ""
    here: bool = False
    lead: Words = ""


RAIL: dict[str, Entry] = {}
QUICK: dict[str, Entry] = {}
ACCOUNT: dict[str, Entry] = {}
DOORS: dict[str, Entry] = {}
# What is always at hand: on the pages about one person, on a screen that she is shown, on the pages
# about a group of which nobody is named.
ON_FILE, ON_SHARED, ON_GROUP = "file", "shared", "group"
AT_HAND: dict[str, dict[str, tuple[Entry, bool]]] = {ON_FILE: {}, ON_SHARED: {}, ON_GROUP: {}}
FILES = "/files/"
MY_DAY = "/"  # nobody's file is open there either
GROUPS: list[str] = []
BAR: dict[str, str] = {}
BAR_SHOWN: dict[str, Callable] = {}
AFTER_LOSS: list[str] = []
BAR_SLOTS = {"search", "lock", "sign_out", "account"}


def register(entry):
    """Adds a way to the rail. Two areas may not claim the same slug."""
    add(RAIL, entry)


def register_quick(entry):
    """Adds a thing that can be written from anywhere: a contact, an urgent need, a step."""
    add(QUICK, entry)


def register_account(entry):
    """Adds a thing one chooses of one's own work, beside one's account."""
    add(ACCOUNT, entry)


def register_door(entry):
    """Adds a way that stands on a shelf of a page (`kept_at`), for whoever is shown it; whoever is
    not shown that page finds it nowhere else."""
    add(DOORS, entry)


def keep_at_hand(prefix):
    """Says that the pages under this address are about a group, with nobody's file around them."""
    if prefix not in GROUPS:
        GROUPS.append(prefix)


def register_at_hand(entry, *, on=ON_FILE, takes_file=True):
    """Adds a way that stands at the same place on every page of one sort; most of those about one
    person take the identifier of her file."""
    if AT_HAND[on].setdefault(entry.slug, (entry, takes_file)) != (entry, takes_file):
        raise ValueError(f"Two entries are called {entry.slug!r}.")


def ways_at_hand(*, actor, path, file_id, is_shared=False):
    """Those of this page, in order; none where there is nobody, nor a group, nor one's day."""
    if file_id is not None and path.startswith(FILES):
        ways = AT_HAND[ON_SHARED if is_shared else ON_FILE]
    elif path == MY_DAY or path.startswith(tuple(GROUPS)):
        ways = AT_HAND[ON_GROUP]
    else:
        return []
    shown = [
        (entry, addresses.to(entry.url_name, *([file_id] if takes_file else [])))
        for entry, takes_file in sorted(ways.values(), key=lambda each: each[0].order)
        if entry.shown(actor)
    ]
    return [
        Way(entry.slug, entry.label, url, entry.icon, entry.keys, here=url == path)
        for entry, url in shown
    ]


def register_bar(slot, url_name, shown=to_everyone):
    """Says which page answers a place of the top bar, and to whom it is shown."""
    if slot not in BAR_SLOTS:
        raise ValueError(f"slot is one of {sorted(BAR_SLOTS)}, not {slot!r}")
    BAR[slot] = url_name
    BAR_SHOWN[slot] = shown


def register_after_loss(url_name):
    """Says which page follows when somebody has removed one of her devices: it may be lost."""
    AFTER_LOSS[:] = [url_name]


def after_loss(device_id):
    """Its address; empty when no area answers."""
    return addresses.to(AFTER_LOSS[0], device_id) if AFTER_LOSS else ""


def add(registry, entry):
    if registry.get(entry.slug, entry) != entry:
        raise ValueError(f"Two entries are called {entry.slug!r}.")
    registry[entry.slug] = entry


def ways(registry, *, actor, path=""):
    """What this person is shown, in order, at most seven; the one she stands in is marked."""
    drawn = shown_to(registry, actor)[:MOST]
    slugs = {entry.slug for entry in drawn}
    beneath = [entry for entry in registry.values() if entry.kept_at in slugs]
    return _drawn(drawn, path, [entry for entry in beneath if entry.shown(actor)])


def beside_account(*, actor):
    """What stands beside one's account: what is chosen there; and, for whoever wears many hats,
    the ways for which the rail has no room."""
    return _drawn([*shown_to(ACCOUNT, actor), *shown_to(RAIL, actor)[MOST:]])


def kept_at(slug, *, actor):
    """The ways that stand on the page of this one."""
    return _drawn([e for e in in_order(RAIL) if e.kept_at == slug and e.shown(actor)])


def doors(shelf, *, actor):
    """The ways that stand on one shelf."""
    return _drawn([e for e in in_order(DOORS) if e.kept_at == shelf and e.shown(actor)])


def way(slug, *, actor):
    """One way of the rail or of a shelf; none for whoever is not shown it."""
    entry = RAIL.get(slug) or DOORS.get(slug)
    return _drawn([entry])[0] if entry and entry.shown(actor) else None


def shown_to(registry, actor):
    shown = [entry for entry in in_order(registry) if entry.shown(actor)]
    slugs = {entry.slug for entry in shown}
    return [entry for entry in shown if entry.kept_at not in slugs]


def in_order(registry):
    return sorted(registry.values(), key=lambda entry: (entry.order, entry.slug))


def _drawn(entries, path="", beneath=()):
    nearest = nearest_of([*entries, *beneath], path)[1]
    nearest = {entry.slug: entry.kept_at for entry in beneath}.get(nearest, nearest)
    return [
        Way(
            entry.slug,
            entry.label,
            addresses.to(entry.url_name) + (f"?{entry.asked}" if entry.asked else ""),
            entry.icon,
            entry.keys,
            here=entry.slug == nearest,
            lead=entry.lead,
        )
        for entry in entries
    ]


def place(*, actor, path):
    """The address, of the rail's ways or of what belongs to one, that is nearest to this page."""
    return nearest_of([entry for entry in RAIL.values() if entry.shown(actor)], path)[0]


def nearest_of(entries, path):
    places = (
        (url, entry.slug)
        for entry in entries
        for url in (addresses.to(entry.url_name), *entry.under)
    )
    return max(
        (place for place in places if holds(path, place[0])),
        key=lambda place: len(place[0]),
        default=("", ""),
    )


def holds(path, url):
    """Whether an address is this one or below it; the first page has nothing below it."""
    return path == url or (url != "/" and path.startswith(url))


def bar(*, actor):
    return {slot: addresses.to(name) for slot, name in BAR.items() if BAR_SHOWN[slot](actor)}
