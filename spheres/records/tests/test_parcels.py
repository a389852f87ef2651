"""Is a parcel opened by one programme, whole, before its last day, and by nobody else?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from spheres.records import parcels

TODAY, LAST = date(2026, 3, 2), date(2026, 3, 16)
ITEMS = [
    ("What they ask for, or need", "Un toit pour l’été."),
    ("Words of their own", "À mon pas."),
]
ANOTHER_KEY = bytes(range(32))


def sealed(parcel_id: UUID | None = None, *, until: date = LAST) -> str:
    return parcels.seal_for(
        parcel_id or uuid4(), parcels.our_key(), ITEMS, sender="Sphères", language="fr",
        until=until,
    )  # fmt: skip


def refusal(text: str, *, on: date = TODAY) -> object:
    with pytest.raises(parcels.Refused) as refused:
        parcels.open_it(text, on=on)
    return refused.value.reason


def test_what_was_sealed_for_us_is_read_as_it_was():
    parcel_id = uuid4()

    opened = parcels.open_it(sealed(parcel_id), on=LAST)

    assert opened == parcels.Opened(
        parcel_id, LAST, "Sphères", "fr", tuple(ITEMS), parcels.receipt_of(parcel_id)
    )


def test_nothing_of_anybody_is_read_outside_of_the_seal():
    outside = json.loads(sealed())

    assert sorted(outside) == ["for", "id", "sealed", "shape", "until"]
    assert outside["for"] == parcels.mark_of(parcels.our_key())
    assert "toit" not in json.dumps(outside)


def test_after_its_last_day_it_is_not_opened():
    assert refusal(sealed(), on=LAST + timedelta(days=1)) == parcels.TOO_LATE


def test_its_last_day_cannot_be_put_off():
    outside = json.loads(sealed())
    outside["until"] = "2026-12-31"
    assert refusal(json.dumps(outside)) == parcels.ALTERED


def test_another_programme_does_not_open_it(settings):
    text = sealed()
    settings.SPHERES_KEYS = {"other": ANOTHER_KEY}
    settings.SPHERES_KEY = ANOTHER_KEY
    assert refusal(text) == parcels.FOR_ANOTHER


@pytest.mark.parametrize("field", ["id", "sealed"])
def test_altered_on_the_way_nothing_of_it_is_opened(field):
    outside = json.loads(sealed())
    outside[field] = str(uuid4()) if field == "id" else "AAAA" + outside["sealed"][4:]
    assert refusal(json.dumps(outside)) == parcels.ALTERED


@pytest.mark.parametrize("text", ["", "Bonjour", "{}", '{"shape": "spheres-parcel-1"}', "[1, 2]"])
def test_what_is_no_parcel_is_said(text):
    assert refusal(text) == parcels.NOT_WHOLE


@pytest.mark.parametrize("key", ["", "bonjour", "AAAA", "A" * 88, "été"])
def test_what_is_no_key_seals_nothing(key):
    with pytest.raises(parcels.Refused) as refused:
        parcels.seal_for(uuid4(), key, ITEMS, sender="Sphères", language="fr", until=LAST)
    assert refused.value.reason == parcels.NOT_A_KEY


def test_a_key_copied_on_several_lines_is_the_same_key():
    key = parcels.our_key()
    assert parcels.mark_of(f"{key[:20]}\n  {key[20:]}\n") == parcels.mark_of(key)


def test_the_code_of_a_receipt_is_of_one_parcel():
    one, other = uuid4(), uuid4()
    assert parcels.receipt_of(one) == parcels.receipt_of(one)
    assert parcels.receipt_of(one) != parcels.receipt_of(other)
    assert len(parcels.receipt_of(one)) == 14


def test_while_the_key_file_changes_the_code_that_was_given_is_recognised(settings):
    """Fourteen days are longer than the change of a key file: nobody is told to begin again."""
    parcel_id = uuid4()
    given = parcels.receipt_of(parcel_id)
    before = settings.SPHERES_KEYS
    settings.SPHERES_KEYS = {"new": ANOTHER_KEY, **before}
    settings.SPHERES_KEY = ANOTHER_KEY

    assert parcels.receipt_of(parcel_id) != given
    assert parcels.is_receipt(parcel_id, given)
    assert parcels.is_receipt(parcel_id, parcels.receipt_of(parcel_id))
    assert not parcels.is_receipt(uuid4(), given)


@pytest.mark.parametrize("read", ["{code}", " {code} ", "{small}", "{spaced}", "{bare}"])
def test_a_code_is_recognised_however_it_was_read(read):
    code = parcels.receipt_of(uuid4())
    ways = {"code": code, "small": code.lower(), "spaced": code.replace("-", " ")}
    assert parcels.as_read(read.format(**ways, bare=code.replace("-", ""))) == code
