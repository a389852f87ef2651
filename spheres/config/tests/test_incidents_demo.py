"""What does the demonstration hold of an incident older than what the law asks to keep?"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from spheres.config import incidents, playing
from spheres.core import clock, context
from spheres.privacy.incidents import queries
from spheres.regions import loading
from spheres.regions.reading import Refused
from tests.cast import LOADER, acting

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_one_entry_of_its_register_is_closed_and_past_its_five_years() -> None:
    with clock.at(SATURDAY):
        with context.unit_of_work(LOADER):
            done = loading.load(loading.check(DEMO), by=LOADER, at=SATURDAY)
        said = done.said["incidents"]
        done.said["incidents"] = [each for each in said if not each.person]
        incidents.play(done)
        incidents.play(done)
    helene = playing.actor_of(done, "helene")
    with acting(helene, SATURDAY):
        found = queries.due(actor=helene)
        entry = queries.entry(found[0].id, actor=helene)
        page = queries.to_review(actor=helene, at=SATURDAY)

    assert [(one.aware_on, one.is_held) for one in found] == [(date(2021, 11, 2), False)]
    assert entry is not None
    assert (entry.is_over, entry.kept_until) == (True, date(2026, 11, 3))
    assert page == {"due": 1, "waits": 0}


def test_nobody_tells_nor_keeps_before_they_began_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("life"))
    (tmp_path / "demo" / "life").mkdir()
    people = tmp_path / "demo" / "people.yaml"
    people.write_text(people.read_text("utf-8").replace("since: -2100", "since: -1839"), "utf-8")
    monkeypatch.chdir(tmp_path)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    said = "Hélène Vadeboncœur does not work here that day (people.yaml)."
    faults = str(refusal.value).splitlines()
    assert [line for line in faults if line.startswith("demo/incidents.yaml") and said in line] == [
        f"demo/incidents.yaml, line 4, by: {said}",
        f"demo/incidents.yaml, line 11, keeper: {said}",
    ]
