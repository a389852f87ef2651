"""Does a region begin, and is it handed over, by the very lines of the guide?"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import run
from spheres.regions import handing, queries

pytestmark = pytest.mark.django_db
ROOT = Path(run.__file__).resolve().parent
GUIDES = [ROOT / "docs" / "guides" / f"new-region.{language}.md" for language in ("en", "fr")]
BEGIN, BEGIN_FROM_A_PACK = "new region saguenay", "new region saguenay --like montreal.zip"
CHECK, PACK = "new region saguenay --check", "manage pack_region regions/montreal montreal.zip"
PREVIEW = "manage load_region regions/saguenay --preview"
LOAD = "manage load_region regions/saguenay"


@pytest.fixture(autouse=True)
def house(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place to type in, where Montréal is the only region."""
    shutil.copytree(ROOT / "regions" / "montreal", tmp_path / "regions" / "montreal")
    settings.ROOT = tmp_path
    monkeypatch.chdir(tmp_path)
    queries.forget()
    yield tmp_path
    queries.forget()


def typed(line: str, language: str = "en") -> list[str]:
    """What is answered to what follows « python3 run.py »; `run.new` names the command so."""
    verb, what, *rest = shlex.split(line)
    command = f"new_{what}" if verb == "new" else what
    output = StringIO()
    call_command(command, *rest, "--language", language, stdout=output)
    return output.getvalue().splitlines()


def refusal_of(line: str, language: str = "en") -> list[str]:
    with pytest.raises(CommandError) as refusal:
        typed(line, language)
    assert refusal.value.returncode == 1
    return str(refusal.value).splitlines()


def kept(folder: Path) -> dict[str, bytes]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


def take_away(file: Path, line: str) -> int:
    """Take one line away; returns how many lines stand above it."""
    said = file.read_text()
    assert line in said
    file.write_text(said.replace(line, "", 1))
    return said[: said.index(line)].count("\n")


def no_region_is_loaded() -> bool:
    with pytest.raises(queries.NoRegion):
        queries.region()
    return True


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guide_says_these_lines_and_no_other(guide):
    said = re.findall(r"python3 run\.py ([a-z][^`\n]*)", guide.read_text())

    assert said == [BEGIN, BEGIN_FROM_A_PACK, PACK, CHECK, PREVIEW, LOAD]


def test_a_region_is_begun_and_what_is_left_is_said(house):
    said = typed(BEGIN)

    count = len(handing.files_of(house / "regions" / "montreal"))
    assert said[0] == f"{house}/regions/saguenay is begun, with {count} files."
    assert said[1:6] == [
        f"- {name}: still word for word that of the other region."
        for name in (
            "committees.yaml", "help_lines.yaml", "organisations.yaml", "region.yaml",
            "resources/public_lines.yaml",
        )
    ]  # fmt: skip
    assert re.fullmatch(r"It reads without a mistake; \d+ things are left to do\.", said[-1])


def test_a_region_is_packed_and_another_is_begun_from_the_pack(house):
    count = len(handing.files_of(house / "regions" / "montreal"))

    assert typed(PACK) == [f"montreal.zip: {count} files, and nobody in them."]
    typed(BEGIN_FROM_A_PACK)

    with zipfile.ZipFile("montreal.zip") as pack:
        assert set(kept(Path("regions/saguenay"))) == {*pack.namelist(), handing.BEGUN_FROM}


def test_what_was_not_changed_is_listed_again_though_its_pack_is_thrown_away(house):
    """It was compared with Montréal, whatever pack it was begun from."""
    shutil.copytree(ROOT / "regions" / "demo", house / "regions" / "demo")
    typed("manage pack_region regions/demo montreal.zip")
    begun = typed(BEGIN_FROM_A_PACK)
    (house / "montreal.zip").unlink()
    before = kept(house)

    assert typed(CHECK) == begun[1:]
    assert "- organisations.yaml: still word for word that of the other region." in begun
    assert kept(house) == before


def test_a_region_begun_by_hand_is_checked_and_what_is_not_known_is_said(house):
    said = typed("new region montreal --check")

    assert said[0] == (
        "Nothing tells which region this one was begun from: name it with --like, "
        "to see what is still word for word the same."
    )
    assert not [line for line in said if "still word for word that" in line]


def test_a_preview_says_what_would_change_and_writes_nothing(house):
    typed(BEGIN)
    before = kept(house)

    said = typed(PREVIEW)

    assert said[:2] == ["Region (region.yaml)", "  would be added: Greater Montréal"]
    assert said[-1] == "This was a preview: nothing was written."
    assert kept(house) == before
    assert no_region_is_loaded()


def test_a_region_is_loaded_once(house):
    typed(BEGIN)

    assert typed(LOAD)[-1] == "regions/saguenay is loaded."
    assert queries.region().slug == "saguenay"
    assert typed(LOAD)[0].startswith("regions/saguenay: nothing to change.")


@pytest.mark.parametrize("line", [CHECK, PREVIEW, LOAD])
def test_a_language_that_is_missing_is_said_with_its_place_and_nothing_is_written(house, line):
    typed(BEGIN)
    place = take_away(house / "regions/saguenay/region.yaml", "  en: Greater Montréal\n") - 1
    before = kept(house)

    assert [each.rpartition("regions/")[2] for each in refusal_of(line)] == [
        f"saguenay/region.yaml, line {place}, name: the English text is missing.",
        "",
        "Nothing was loaded: one thing is to be mended.",
    ]
    assert refusal_of(line, "fr")[0].endswith(
        f"saguenay/region.yaml, ligne {place}, name\N{NO-BREAK SPACE}: le texte anglais manque."
    )
    assert kept(house) == before
    assert no_region_is_loaded()


def test_a_language_that_is_missing_is_listed_before_it_is_refused(house):
    typed(BEGIN)
    take_away(house / "regions/saguenay/region.yaml", "  en: Greater Montréal\n")
    output = StringIO()

    with pytest.raises(CommandError):
        call_command("new_region", "saguenay", "--check", "--language", "fr", stdout=output)
    assert "- region.yaml, name\N{NO-BREAK SPACE}: à dire dans les deux langues." in (
        output.getvalue().splitlines()
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("new region Saguenay", "A region is named with small letters"),
        ("new region montreal", "is there already: nothing of it is changed."),
        (CHECK, "There is no folder"),
        (BEGIN_FROM_A_PACK, "montreal.zip is no region, and no pack of one."),
        ("new region montreal --check --like nowhere", "nowhere is no region, and no pack of one."),
        ("manage pack_region regions montreal.zip", "regions is no region: it has no region.yaml."),
        ("manage pack_region regions/montreal regions/montreal/region.yaml", "there already"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence_and_nothing_is_written(house, line, sentence):
    before = kept(house)

    said = refusal_of(line)

    assert len(said) == 1
    assert sentence in said[0]
    assert kept(house) == before


def test_the_one_command_hands_the_refusal_on():
    done = subprocess.run(
        [sys.executable, "run.py", "new", "region", "No-Name", "--language", "en"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "A region is named with small letters, figures and hyphens" in done.stderr
    assert not (ROOT / "regions" / "No-Name").exists()
