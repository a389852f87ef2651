"""What is understood of the programme that knows what is harmful, answering or not?"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from spheres.papers.checking import Answer, look
from spheres.papers.tests.daemon import clamd
from spheres.papers.tests.factories import EICAR, picture, with_a_note


def test_where_there_is_none_nobody_is_asked() -> None:
    assert look(picture()) is Answer.NOT_ASKED


def test_it_knows_the_virus_of_the_tests_and_finds_nothing_in_a_paper(tmp_path: Path) -> None:
    with clamd(tmp_path) as where, override_settings(CLAMD=where):
        found = [look(picture()), look(with_a_note(EICAR)), look(EICAR), look(bytes(1_000_000))]

    assert found == [Answer.CLEAN, Answer.HARMFUL, Answer.HARMFUL, Answer.CLEAN]


@pytest.mark.parametrize(
    "answers",
    [b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"\0", b"stream: ", b"OK\0",
     b"stream: OK", b"stream: OK\nstream: X FOUND\0", b"stream: X FOUND ERROR\0", b"a" * 5_000],
)  # fmt: skip
def test_what_is_not_understood_is_silence(tmp_path: Path, answers: bytes) -> None:
    with clamd(tmp_path, answers=answers) as where, override_settings(CLAMD=where):
        assert look(picture()) is Answer.SILENT


def test_away_is_silence(tmp_path: Path) -> None:
    with override_settings(CLAMD=str(tmp_path / "nobody.sock")):
        assert look(picture()) is Answer.SILENT
