"""Are the accompaniments and activities of a demonstration held against its own lives and words?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from spheres.regions import loading
from spheres.regions.reading import Refused
from tests.cast import demo_folder

DEMO = settings.ROOT / "regions" / "demo"
MISTAKES = {
    "a worker who does not accompany her": (
        "person: maya\n  by: ines\n  day: -150", "person: maya\n  by: yanick\n  day: -150",
        "another worker accepted this referral.",
    ),
    "a kind that the region does not have": (
        "- accompaniment: papers\n  person: maya", "- accompaniment: gold\n  person: maya",
        "«gold» is not known here",
    ),
    "a step in no known state": (
        "came_to: obtained", "came_to: won", "«won» is not known here",
    ),
}  # fmt: skip


def test_the_demonstration_has_several_over_months() -> None:
    said = demo_folder().said["steps"]
    kinds = {what: sum(each.what == what for each in said) for what in ("begun", "planned", "part")}
    assert kinds == {"begun": 6, "planned": 6, "part": 4}
    assert [each.day for each in said] == sorted(each.day for each in said)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_what_cannot_have_happened_is_refused(
    mistake: tuple[str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after, sentence = mistake
    shutil.copytree(DEMO, tmp_path / "demo")
    file = tmp_path / "demo" / "steps.yaml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    monkeypatch.chdir(tmp_path)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    assert len(refusal.value.faults) == 1
    assert sentence in str(refusal.value)
