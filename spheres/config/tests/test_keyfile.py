"""Is the key made once, kept closed, and never replaced in silence?"""

import pytest

from spheres.config import keyfile
from spheres.config.keyfile import KeyRefused


@pytest.fixture
def place(tmp_path):
    return tmp_path / "home" / "key"


def test_the_first_start_makes_a_closed_key_in_a_closed_folder(place):
    key = keyfile.check(None, file=place)

    assert len(key.secret) == 32
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert keyfile.check(key.id, file=place) == key


def test_two_keys_are_never_alike(place):
    first, second = keyfile.make(place), keyfile.make(place.with_name("other"))

    assert first.id != second.id
    assert first.secret != second.secret


def test_a_key_is_never_shown_by_accident(place):
    key = keyfile.make(place)

    assert key.secret.hex() not in f"{key!r} {key}"
    assert str(key.secret) not in repr(key)


def test_derived_secrets_differ_by_purpose_and_stay_the_same(place):
    key = keyfile.make(place)

    assert key.derive("django") == keyfile.read(place).derive("django")
    assert len({key.derive("django"), key.derive("forms"), key.secret.hex()}) == 3


def test_a_missing_key_is_not_replaced_once_the_database_holds_data(place):
    with pytest.raises(KeyRefused, match=r"does not exist: put the key's copy back"):
        keyfile.check("0123456789abcdef", file=place)
    with pytest.raises(KeyRefused, match=r"already holds data"):
        keyfile.for_start(database_holds_data=True, file=place)

    assert not place.exists()


def test_an_empty_database_gets_the_key_that_is_there(place):
    key = keyfile.make(place)

    assert keyfile.for_start(database_holds_data=False, file=place) == key


def test_another_databases_key_is_refused(place):
    keyfile.make(place)

    with pytest.raises(KeyRefused, match=r"made with key 0123456789abcdef, and .* holds key"):
        keyfile.check("0123456789abcdef", file=place)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused_with_the_way_to_close_it(place, mode):
    keyfile.make(place)
    place.chmod(mode)

    with pytest.raises(KeyRefused, match=rf"Close it: chmod 600 {place}"):
        keyfile.read(place)


def test_a_key_that_others_can_replace_is_refused(place):
    keyfile.make(place)
    place.parent.chmod(0o770)

    with pytest.raises(KeyRefused, match=rf"chmod 700 {place.parent}"):
        keyfile.read(place)


@pytest.mark.parametrize("text", ["", "key", "id 12\nkey 34\n", "id é\n", "\0" * 90])
def test_a_key_that_is_not_whole_is_refused(place, text):
    keyfile.make(place)
    place.write_text(text)

    with pytest.raises(KeyRefused, match=r"is not a whole key"):
        keyfile.read(place)


def test_making_never_writes_over_a_key(place):
    key = keyfile.make(place)

    with pytest.raises(KeyRefused, match=r"exists already"):
        keyfile.make(place)

    assert keyfile.read(place) == key


def test_the_variable_names_the_place(place, monkeypatch):
    monkeypatch.setenv("SPHERES_KEY_FILE", str(place))

    assert keyfile.path() == place
