"""Does a demonstration let a worker who has left do anything?"""

import shutil
from pathlib import Path

import pytest
from django.utils import translation

from spheres.config.tests.test_life import DEMO, STORY
from spheres.regions import loading
from spheres.regions.reading import Refused


def test_a_worker_who_has_left_does_nothing_afterwards(tmp_path, monkeypatch):
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("life"))
    (tmp_path / "demo" / "life").mkdir()
    story = STORY.replace("ines", "bruno")  # whose last day was 45 days ago
    (tmp_path / "demo" / "life" / "lou.yaml").write_text(story, "utf-8")
    monkeypatch.chdir(tmp_path)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    assert str(refusal.value).splitlines()[0] == (
        "demo/life/lou.yaml, line 16, path.to: "
        "Bruno Castonguay does not work here that day (people.yaml)."
    )
