"""Her telephone past the door, and what she writes there, through the pages themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client

from spheres.core import clock
from spheres.portal.notebook.tests.factories import come_in, telephone
from spheres.sharing import inside
from spheres.sharing.inside import Inside
from tests.cast import MONDAY

TITLE, TEXT = "Ce que je pense de lui", "Je ne l’ai encore dit à personne."


def in_notebook(language: str = "fr", **numbers: str) -> Client:
    client = telephone(language)
    come_in(client, **numbers)
    return client


def key_of(client: Client) -> str:
    return client.cookies[settings.NOTEBOOK_COOKIE_NAME].value


def inside_of(client: Client, *, at: datetime = MONDAY) -> Inside:
    """Who is in, in the open transaction, with her context."""
    found = inside.enter(key_of(client), at=at)
    assert found is not None
    return found


def page(client: Client, address: str, status: int = 200, *, at: datetime = MONDAY) -> str:
    with clock.at(at):
        answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def send(client: Client, shown: str, address: str = "", *, at: datetime = MONDAY, **typed: str):  # type: ignore[no-untyped-def]
    """Open a page, and send its form."""
    with clock.at(at):
        form = client.get(shown).context["form"]
        return client.post(address or shown, {"form_id": form.signed_id, **typed})


def begin(client: Client) -> Any:
    """The button under what she was told: the form of her first page."""
    return send(client, "/n/61/", "/n/62/").context["form"]


def write_first(client: Client, title: str = TITLE, text: str = TEXT, **more: str):  # type: ignore[no-untyped-def]
    with clock.at(MONDAY):
        form_id = begin(client).signed_id
        typed = {"title": title, "text": text, "understood": "True", **more}
        return client.post("/n/62/", {"form_id": form_id, **typed})


def write(client: Client, title: str, text: str, *, at: datetime = MONDAY):  # type: ignore[no-untyped-def]
    return send(client, "/n/62/", title=title, text=text, at=at)


def first_page(client: Client) -> Any:
    """The page on top of her list, as her list shows it."""
    with clock.at(MONDAY):
        return client.get("/n/61/").context["pages"][0]
