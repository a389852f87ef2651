"""How the pages of what is told are asked for, filled, and sent."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from spheres.core import clock
from spheres.followup.disclosures.tests.factories import SOON
from tests.pages import Page

YES = {"given_by": "HERSELF", "form": "ORAL", "witness": "Karim", "language": "fr"}


def main(answer: Any) -> str:
    text = str(answer.content.decode())
    return text.split("<main")[1].split("</main>")[0]


def get(client: Client, name: str, *of: UUID, query: str = "") -> Any:
    with clock.at(SOON):
        return client.get(reverse(f"disclosures:{name}", args=of) + query)


def send(client: Client, name: str, *of: UUID, query: str = "", **typed: Any) -> Any:
    """The page is asked for, then sent back with what is typed."""
    where = reverse(f"disclosures:{name}", args=of) + query
    with clock.at(SOON):
        fields = Page(client.get(where).content.decode()).fields
        return client.post(where, {"form_id": fields.get("form_id", ""), **typed})


def again(client: Client, answer: Any, where: str, **typed: Any) -> Any:
    """What is hidden in the page that came back, sent again."""
    hidden = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()
    )
    with clock.at(SOON):
        return client.post(where, {**dict(hidden), **typed})


def signed(form: Any) -> str:
    """The number that a form bears when its page is shown."""
    return str(form.signer().sign(uuid4().hex))
