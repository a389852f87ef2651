"""Does a start make the tables again exactly when the code or the key has changed?"""

from __future__ import annotations

import shutil

import pytest

from spheres.config import cluster, schema


@pytest.fixture
def owner_url():
    here = cluster.from_environment()
    made = here.create_database("test_schema_mark")
    yield made.owner_url
    here.drop_database("test_schema_mark")


def test_a_second_start_of_the_same_code_makes_nothing_again(owner_url, tmp_path, monkeypatch):
    package = tmp_path / "spheres"
    shutil.copytree(schema.PACKAGE / "core", package / "core")
    monkeypatch.setattr(schema, "PACKAGE", package)
    fresh = schema.is_of_this_code(owner_url, key_id="one")
    schema.mark_as_of_this_code(owner_url, key_id="one")

    again = schema.is_of_this_code(owner_url, key_id="one")
    with_another_key = schema.is_of_this_code(owner_url, key_id="two")
    (package / "core" / "clock.py").write_text("changed = True")
    changed = schema.is_of_this_code(owner_url, key_id="one")

    assert (fresh, again, with_another_key, changed) == (False, True, False, False)
