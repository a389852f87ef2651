"""What does the server call for each request?"""

import os
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spheres.config.settings")


def behind(proxies: Sequence[str], serve: Callable[..., Any]) -> Callable[..., Any]:
    """Believe these proxies, and no one else, when they say for whom they ask and by which scheme.

    Without proxies nothing a request says of itself is believed.
    """
    if not proxies:
        return serve
    wrapped: Callable[..., Any] = wrap_wsgi_with_proxy_headers(serve, list(proxies))
    return wrapped


application = behind(settings.TRUSTED_PROXIES, get_wsgi_application())
