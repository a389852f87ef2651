"""Does « run.py new record » make a folder that keeps the contract from its first minute?

In a copy of the tree, thrown away afterwards: the house itself is not touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management.base import CommandError

from spheres.config import catalogues
from spheres.config.management.commands import new_record

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("spheres", "tests", "regions", "conftest.py", "manage.py", "pyproject.toml")
AWAY = shutil.ignore_patterns("__pycache__", "journeys", "proofs", "*.mo")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which a kind of record, « snow days », has just been made."""
    copy = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=AWAY)
        else:
            shutil.copy(source, copy / name)
    said = run(copy, "manage.py", "new_record", "snow_days")
    assert said.stdout.count("\n  ") == 5
    return copy


def name_it(tree: Path, name: str) -> None:
    """Say its name in French, as its author would."""
    catalogue = polib.pofile(
        str(tree / "spheres/followup/snow_days/locale/fr/LC_MESSAGES/django.po")
    )
    catalogue.find("Snow days").msgstr = name
    catalogue.save()


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python command in the copy, with the database of this run and one test database more."""
    env = {**os.environ, "SPHERES_TEST_DATABASE": "test_new_record", "PYTHONPATH": str(tree)}
    env.pop("PYTEST_CURRENT_TEST", None)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done


def test_one_word_is_added_to_the_settings(tree: Path) -> None:
    before = (ROOT / new_record.SETTINGS).read_text().splitlines()
    after = (tree / new_record.SETTINGS).read_text().splitlines()

    assert [line.strip() for line in after if line not in before] == [
        '"spheres.followup.snow_days.apps.SnowDaysConfig",'
    ]


def test_no_word_of_the_skeleton_is_left(tree: Path) -> None:
    folder = tree / "spheres/followup/snow_days"
    for path in (path for kind in ("py", "html", "po") for path in folder.rglob(f"*.{kind}")):
        assert "__one" not in path.read_text().casefold().replace("__init__", ""), path
        assert "__many" not in path.read_text().casefold(), path


def test_its_migration_says_what_its_models_say(tree: Path) -> None:
    run(tree, "manage.py", "makemigrations", "--check", "--dry-run", "snow_days")


@pytest.mark.skipif(not catalogues.can_tell_stale(), reason="gettext is not installed")
def test_only_its_name_remains_to_be_said_in_french(tree: Path) -> None:
    name_it(tree, "")
    mine = [
        (problem.message, problem.what)
        for problem in catalogues.check(tree / "spheres")
        if "snow_days" in problem.file
    ]
    assert mine == [("Snow days", "not translated")]


def test_it_is_linted_and_keeps_the_contract(tree: Path) -> None:
    mine = "spheres/followup/snow_days"
    name_it(tree, "Stades de changement")

    run(tree, "-m", "ruff", "format", mine)
    run(tree, "-m", "ruff", "check", mine)
    # A place of its own: a pytest that begins closes the folder that all share to other accounts.
    done = run(
        tree, "-m", "pytest", "-p", "no:randomly", f"--basetemp={tree.parent / 'within'}",
        "spheres/records/tests", mine, "-k", "snow",
    )  # fmt: skip
    assert int(done.stdout.rpartition(" passed")[0].split()[-1]) >= 20, done.stdout


@pytest.mark.parametrize("name", ["notes", "Notes", "my-notes", "accounts"])
def test_a_name_that_is_taken_or_unreadable_is_refused(name: str) -> None:
    with pytest.raises(CommandError):
        new_record.Command().handle(name=name, one=None)


@pytest.mark.parametrize(
    ("many", "one"),
    [("activities", "activity"), ("needs", "need"), ("stage_marks", "stage_mark"), ("net", "net")],
)
def test_the_singular_is_told_from_the_plural(many: str, one: str) -> None:
    assert new_record.singular(many) == one
