"""Can a stranger fill the memory or the disk with what a request carries?"""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from spheres.config import bodies

HEAVY = 30_000_000


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were begun on the disk."""
    begun: list[str] = []
    begin = TemporaryUploadedFile.__init__

    def note(self: TemporaryUploadedFile, name: str, *said: object, **more: object) -> None:
        begun.append(name)
        begin(self, name, *said, **more)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", note)
    return begun


@pytest.mark.parametrize(
    ("host", "path", "language", "words"),
    [
        ("youth.localhost", "/for-me/", "fr", "C’est trop long pour être envoyé"),
        ("youth.localhost", "/for-me/", "en", "This is too long to be sent"),
        ("staff.localhost", "/sign-in/password/", "fr", "C’est trop long pour être envoyé"),
        ("staff.localhost", "/sign-in/password/", "en", "This is too long to be sent"),
    ],
)
def test_a_file_of_thirty_millions_is_refused_unread(cast, kept, host, path, language, words):
    client = Client(headers={"host": host})
    client.cookies["django_language"] = language

    answer = client.post(path, {"a": SimpleUploadedFile("x.bin", b"0" * HEAVY)})

    assert answer.status_code == 413
    assert words in answer.content.decode()
    assert kept == []


def test_a_small_file_is_kept_nowhere_and_what_was_typed_is_read(kept):
    sent = {"words": "Un lit", "a": SimpleUploadedFile("x.bin", b"0" * 3_000_000)}
    request = RequestFactory().post("/for-me/", sent)

    assert dict(request.POST.items()) == {"words": "Un lit"}
    assert not request.FILES
    assert kept == []


def test_what_announces_no_length_or_nonsense_weighs_nothing():
    asked = RequestFactory()

    assert [
        bodies.weight_of(asked.generic("POST", "/", CONTENT_LENGTH=said)) for said in ("", "a", "7")
    ] == [0, 0, 7]


def test_only_pages_that_take_a_paper_read_a_file():
    """They say so: the handler, the limit and the sandbox are theirs."""
    package = Path(bodies.__file__).parents[1]
    pages = [
        each for each in package.rglob("*.py") if "tests" not in each.relative_to(package).parts
    ]

    found = {each: each.read_text() for each in pages if "request.FILES" in each.read_text()}
    assert sorted(each.relative_to(package).as_posix() for each in found) == [
        "papers/views.py", "partners/meeting_papers/views.py", "training/brought_in/views.py",
        "training/kit/views.py",
    ]  # fmt: skip
    assert all("@takes_a_paper" in said for said in found.values())


def a_paper(size: int, *, page: str | None = None, session: str = "k") -> HttpRequest:
    """A form with two files, sent to a page that takes one paper."""
    page = page or f"/files/{uuid4()}/papers/of/consent/{uuid4()}/"
    sent = {
        "words": "Un lit",
        "a": SimpleUploadedFile("a.jpg", b"0" * size),
        "b": SimpleUploadedFile("b.jpg", b"1"),
    }
    request = RequestFactory().post(page, sent)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session
    return request


def weighed(request: HttpRequest) -> HttpRequest:
    """As it comes to the page."""
    met: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        met.append(request)
        return HttpResponse()

    bodies.Weighing(page)(request)
    return met[0]


def test_a_page_that_takes_a_paper_is_sent_one_in_memory_and_no_second(kept):
    request = weighed(a_paper(3_000_000))

    assert dict(request.POST.items()) == {"words": "Un lit"}
    assert {name: len(file.read()) for name, file in request.FILES.items()} == {"a": 3_000_000}
    assert kept == []


def test_a_paper_that_is_too_large_is_dropped_as_it_comes_and_its_size_is_told(kept):
    request = weighed(a_paper(30_000_000))

    assert dict(request.POST.items()) == {"words": "Un lit"}
    [(name, file)] = request.FILES.items()
    assert (name, file.size, file.read()) == ("a", 30_000_000, b"")
    assert kept == []


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: a_paper(3_000, session=""),
        lambda: a_paper(3_000, page="/sign-in/password/"),
        lambda: a_paper(3_000, page="/nowhere/"),
    ],
)
def test_whoever_has_not_come_in_or_is_elsewhere_sends_none(request_of):
    assert dict(weighed(request_of()).FILES.items()) == {}


def test_when_every_place_is_taken_a_paper_is_asked_to_come_again():
    places = [bodies._coming_in.acquire(blocking=False) for _each in range(bodies.AT_ONCE)]
    try:
        answer = bodies.Weighing(lambda _request: HttpResponse())(a_paper(3_000))
    finally:
        for _each in places:
            bodies._coming_in.release()

    assert places == [True] * bodies.AT_ONCE
    assert answer.status_code == 503
    assert weighed(a_paper(3_000)).FILES["a"].size == 3_000


class Drops:
    """A body without an end."""

    def read(self, size: int) -> bytes:
        return b"a" * size

    def readline(self, size: int) -> bytes:
        return self.read(size)


def test_a_body_is_waited_for_a_minute_and_no_longer():
    whole = bodies.Patient(BytesIO(b"a" * 1_000))
    assert (whole.read(300), len(whole.read()), whole.read(5)) == (b"a" * 300, 700, b"")

    slow = bodies.Patient(Drops())
    slow.until = time.monotonic() - 1
    with pytest.raises(OSError, match="took too long"):
        slow.read(10)
    with pytest.raises(OSError, match="took too long"):
        slow.readline(10)
