"""Where is a page? Its address from its name, worked out once: a list asks for hundreds."""

from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import get_urlconf, reverse
from django.utils.http import url_has_allowed_host_and_scheme

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


def before(request):
    """The page of this site from which one came, as the browser itself says; empty when it does
    not, or when that would lead elsewhere."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or came.path == request.path:
        return ""
    back = came._replace(scheme="", netloc="", fragment="").geturl()
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
