"""What may the file of an invented life not say?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.utils import translation

from spheres.regions import loading
from spheres.regions.reading import Refused

DEMO = Path(__file__).resolve().parents[3] / "regions" / "demo"
SAID = 'recognition: now, harms: "", words: "", agreement: oral, consent_by: herself'
STORY = """- slug: lou
  referral:
    day: -40
    by: self
    channel: web
    agrees: yes
    chosen_name: Lou
    pronouns: iel
    age_band: 14-17
    language: fr
    interpreter: ""
    contact: {channel: text, when: Soir, words: Allo, never: Pas d’appel.}
    wants: Un café.
    urgent: ""
  path:
    - {day: -39, step: offered, to: ines}
    - {day: -38, step: accepted, by: ines}
    - {day: -37, step: in_contact, by: ines}
    - {day: -30, step: admitted, by: ines, SAID, birth_date: 2010-05-05}
  notes:
    - {day: -30, by: ines, kind: meeting, length: hour, her_words: Oui., text: "", support: ""}
""".replace("SAID", SAID)
MISTAKES = {
    "a move there is no way to": (
        "step: in_contact", f"step: admitted, {SAID}", 18, "path.step",
        "after accepted there is no way to admitted.",
    ),
    "a day that goes backwards": (
        "day: -37", "day: -41", 18, "path.day", "this day comes before the one above (-38).",
    ),
    "a day that has not come": (
        "day: -30, by", "day: 2, by", 21, "notes.day",
        "«2» is not a whole number from -1000 to -1.",
    ),
    "a worker to whom it was not offered": (
        "accepted, by: ines", "accepted, by: yanick", 17, "path.by",
        "this referral was not offered to this person.",
    ),
    "a worker who may not": (
        "offered, to: ines", "offered, to: karim", 16, "path.to",
        "Karim Ould-Taleb has none of these roles: "
        "professional_support, youth_worker.",
    ),
    "a kind of contact nobody knows": (
        "kind: meeting", "kind: pigeon", 21, "notes.kind",
        "«pigeon» is not known here. Choose among: meeting, text, call, accompaniment, drop_in, "
        "outreach, activity, online, letter, missed, cancelled_hers, cancelled_ours, "
        "cancelled_other.",
    ),
    "an age the programme does not welcome": (
        "2010-05-05", "1990-05-05", 19, "path.birth_date",
        "The programme ends the day before 25. Look together for another resource.",
    ),
    "an empty note": (
        "her_words: Oui.", 'her_words: ""', 21, "notes",
        "a note says something: her_words, text or support.",
    ),
    "a professional without a name": (
        "by: self", "by: professional", 4, "referral.by",
        "a professional is named: field referrer.",
    ),
    "an exception without its ground": (
        "consent_by: herself, birth_date: 2010-05-05", "consent_by: exception", 19,
        "path.consent_by", "Say which exception applies.",
    ),
    "a parent who agrees in her place": (
        "consent_by: herself", "consent_by: tutor", 19, "path.consent_by",
        "From 14, the young person alone gives their agreement.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_story_that_cannot_have_happened_is_refused(mistake, tmp_path, monkeypatch):
    before, after, line, field, sentence = mistake
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("life"))
    (tmp_path / "demo" / "life").mkdir()
    assert before in STORY
    (tmp_path / "demo" / "life" / "lou.yaml").write_text(STORY.replace(before, after, 1), "utf-8")
    monkeypatch.chdir(tmp_path)

    with translation.override("en"), pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    assert (
        f"demo/life/lou.yaml, line {line}, {field}: {sentence}" in str(refusal.value).splitlines()
    )


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
