"""Where is a page? Its address from its name, worked out once: a list asks for hundreds."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_urlconf, reverse

# A place for each identifier of an address, until the identifier itself takes it.
PLACES = tuple(UUID(int=number) for number in range(1, 4))


def to(name, *ids):
    """The address of a page and of what it shows. Raises NoReverseMatch when there is none."""
    if not all(isinstance(one, UUID) for one in ids):
        return reverse(name, args=ids)
    address = _with_places(get_urlconf(), name, len(ids))
    for place, one in zip(PLACES, ids, strict=False):
        address = address.replace(str(place), str(one))
    return address


@lru_cache(maxsize=512)
def _with_places(site, name, number):
    return reverse(name, urlconf=site, args=PLACES[:number])
