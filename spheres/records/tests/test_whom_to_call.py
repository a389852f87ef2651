"""If it is right now: does the page name those one can call, and nobody else?"""

from __future__ import annotations

import re
from types import SimpleNamespace

from django.template.loader import render_to_string


def test_a_line_without_a_number_is_not_named_among_those_to_call() -> None:
    """What is only a site, a page of hers neither leads to nor names: the history would keep it."""
    lines = [
        (SimpleNamespace(name="Tel-jeunes", call="1 800 263-2266"), "+18002632266"),
        (SimpleNamespace(name="AidezMoiSVP", call=""), ""),
    ]

    page = render_to_string("records/right_now.html", {"lines": lines})

    assert re.findall(r"<strong>(.*?)</strong>", page) == ["Tel-jeunes"]
    assert re.findall(r'href="(.*?)"', page) == ["tel:+18002632266"]
