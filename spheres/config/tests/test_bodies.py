"""Can a stranger fill the memory or the disk with what a request carries?"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
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


def test_no_page_reads_a_file():
    """The day one does, the handler and the limit are thought of again."""
    package = Path(bodies.__file__).parents[1]
    pages = [
        each for each in package.rglob("*.py") if "tests" not in each.relative_to(package).parts
    ]

    assert [each.name for each in pages if "request.FILES" in each.read_text()] == []
