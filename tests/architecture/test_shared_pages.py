"""What is shared with a partner is read on a page, and only there: does any route let it leave?

A file that was kept, a stream that goes on, a feed that a calendar asks again: none of them would
end with the consent (T8). What is read is a page made in one transaction, which nobody keeps.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.followup.consents.tests.factories import LATER, share
from tests.architecture.test_guarded_pages import all_places
from tests.cast import Cast
from tests.pages import signed_in

# How a page is answered: whatever else answers may hold a file, or go on after the page.
PAGES = {"render", "redirect"}
LEAVES = {"HttpResponse", "FileResponse", "StreamingHttpResponse", "JsonResponse"}
KEPT = {"Content-Disposition", "content_type", "as_pdf", "documents", "spreadsheets", "typeset"}


def views() -> dict[str, Callable[..., Any]]:
    return {
        place.name: place.view
        for place in all_places("staff")
        if getattr(place.view, "purpose", "") == SHARED
    }


def words_of(view: Callable[..., Any]) -> set[str]:
    """Every name and text that the source of a view says."""
    tree = ast.parse(inspect.getsource(inspect.unwrap(view)))
    signature = {id(one) for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)
                 for one in ast.walk(each.returns or ast.Pass())}  # fmt: skip
    found = set()
    for node in ast.walk(tree):
        if id(node) in signature:
            continue
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def test_the_pages_of_what_is_shared_are_these() -> None:
    assert set(views()) == {
        "consents:with_us", "consents:shared", "parts:ours", "therapy_requests:to_us",
        "therapy_requests:answer",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(views()))
def test_a_page_of_what_is_shared_streams_nothing_and_offers_nothing_to_keep(name: str) -> None:
    said = words_of(views()[name])

    assert said & (LEAVES | KEPT) == set()
    assert said & PAGES


def test_a_view_that_lets_something_be_kept_is_seen() -> None:
    def keeps(request: Any) -> Any:
        answer = HttpResponse(b"", content_type="application/pdf")  # type: ignore[name-defined]  # noqa: F821 -- read, never run
        answer["Content-Disposition"] = "attachment"
        return answer

    tree = ast.parse(inspect.getsource(keeps).strip().replace("\n    ", "\n"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names & LEAVES


def test_nothing_in_the_house_streams_but_what_refuses_it() -> None:
    found = [
        str(file.relative_to(settings.ROOT))
        for file in sorted(Path(settings.ROOT, "spheres").rglob("*.py"))
        if {"StreamingHttpResponse", "FileResponse"}
        & set(file.read_text().replace("(", " ").replace(",", " ").split())
    ]

    assert found == ["spheres/config/unit_of_work.py"]


@pytest.mark.django_db
def test_what_is_answered_is_a_whole_page_that_nobody_keeps(cast: Cast) -> None:
    consent = share(cast)
    samir = signed_in(cast.samir, at=LATER)

    with clock.at(LATER):
        answers = [samir.get(path) for path in ("/sharing/", f"/sharing/{consent}/")]

    for answer in answers:
        assert (answer.status_code, answer.streaming) == (200, False)
        assert answer["Content-Type"].startswith("text/html")
        assert "Content-Disposition" not in answer
        assert "no-store" in answer["Cache-Control"]
