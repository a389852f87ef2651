"""Does a start make the tables again exactly when the code or the key has changed?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from spheres.config import cluster, keyfile, schema


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
    env, other = (
        {"DATABASE_OWNER_URL": owner_url, keyfile.VARIABLE: str(tmp_path / name / "key")}
        for name in ("one", "two")
    )
    for each in (env, other):
        keyfile.make(Path(each[keyfile.VARIABLE]))
    fresh = schema.is_of_this_code(env)
    schema.mark_as_of_this_code(env)

    again, with_another_key = schema.is_of_this_code(env), schema.is_of_this_code(other)
    (package / "core" / "clock.py").write_text("changed = True")
    changed = schema.is_of_this_code(env)

    assert (fresh, again, with_another_key, changed) == (False, True, False, False)
