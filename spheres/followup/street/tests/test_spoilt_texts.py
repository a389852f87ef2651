"""Sealed as it must be and not as our page writes, does a text harm no other?"""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from spheres.followup.street import queries
from spheres.followup.street.tests.factories import SAID, phone_of, seal, seal_text, send
from spheres.followup.street.typed import Typed
from tests.cast import MONDAY, TUESDAY, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def written(**said: str) -> str:
    """With every sign that is no ASCII as an escape: so travels half of a sign."""
    return json.dumps({**SAID, "mark": "Givre", **said})


@pytest.mark.parametrize(
    "clear",
    [
        "[" * 30_000,
        '{"kind": "contact", "mark": ' + "[" * 500 + "]" * 500 + "}",
        written(mark="\ud800"),
        written(contact="\udfff", her_words="a\ud83e"),
        written(at="0001-01-01T00:00:00+00:00"),
        written(at="0001-01-01T00:00:00+14:00"),
        written(at="9999-12-31T23:59:59-14:00"),
        written(at="+012026-03-02T13:30:00.000Z"),
        written(at="\ud800"),
    ],
    ids=[
        "a well of brackets", "brackets for a word", "half of a sign", "halves", "year 1",
        "before year 1", "after year 9999", "year 12026", "no moment",
    ],
)  # fmt: skip
def test_a_text_that_no_page_of_ours_wrote_hides_no_other_and_can_be_taken_away(cast, clear):
    phone, good, bad = phone_of(cast.ines), uuid4(), uuid4()
    send(cast.ines, phone, good)
    assert send(cast.ines, phone, bad, seal_text(phone.id, bad, clear)).status_code == 200
    client = signed_in(cast.ines, language="en")

    pages = [client.get(address) for address in ("/street/", f"/street/{bad}/")]
    gone = client.post(f"/street/{bad}/away/")

    assert [page.status_code for page in pages] == [200, 200]
    assert SAID["mark"] in pages[0].content.decode()
    assert gone["Location"] == "/street/"
    with acting(cast.ines, TUESDAY):
        assert [one.id for one in queries.arrived(actor=cast.ines)] == [good]


def test_half_of_a_sign_is_said_as_a_sign_that_is_missing():
    """A field that is full may cut in two a sign that counts for two."""
    said = Typed.read(written(her_words="Elle rit \ud83e"), received_at=MONDAY)

    assert said.her_words == "Elle rit \ufffd"


@pytest.mark.parametrize(
    ("at", "is_wrong"),
    [
        (MONDAY + timedelta(minutes=11), True),
        (MONDAY + timedelta(minutes=9), False),
        (MONDAY - timedelta(days=89), False),
        (MONDAY - timedelta(days=91), True),
    ],
)
def test_a_moment_that_cannot_be_becomes_that_of_the_arrival(at, is_wrong):
    said = Typed.read(written(at=at.isoformat()), received_at=MONDAY)

    assert (said.at, said.clock_was_wrong) == (MONDAY if is_wrong else at, is_wrong)


@pytest.mark.parametrize("at", ["2031-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"])
def test_a_clock_that_is_wrong_loses_nothing_and_is_said(cast, at):
    phone, entry_id = phone_of(cast.ines), uuid4()
    send(cast.ines, phone, entry_id, seal(phone.id, entry_id, at=at))

    with acting(cast.ines, TUESDAY):
        (one,) = queries.arrived(actor=cast.ines)
    page = signed_in(cast.ines, language="en").get(f"/street/{entry_id}/")

    assert (one.typed.at, one.typed.clock_was_wrong) == (MONDAY, True)
    assert "The clock of the telephone was wrong" in page.content.decode()
