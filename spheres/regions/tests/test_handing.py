"""Is a region handed to another without anybody in it, and is it said what is left to change?"""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from spheres.regions import handing, loading

REGIONS = Path(__file__).resolve().parents[3] / "regions"
MONTREAL, DEMO = REGIONS / "montreal", REGIONS / "demo"


def packed(tmp_path: Path, source: Path = MONTREAL) -> Path:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(handing.pack(source))
    return pack


def test_nothing_of_a_person_is_in_a_pack():
    """Even of a demonstration, whose people are invented."""
    with zipfile.ZipFile(io.BytesIO(handing.pack(DEMO))) as pack:
        names = pack.namelist()

    assert "organisations.yaml" in names
    assert not {"people.yaml", "meetings.yaml", "steps.yaml", "demands.yaml"} & set(names)
    assert not [name for name in names if name.startswith(("life/", "instruments/"))]


def test_the_same_region_gives_the_same_pack():
    assert handing.pack(MONTREAL) == handing.pack(MONTREAL)


def test_begun_from_a_pack_it_reads_without_a_mistake_and_is_itself(tmp_path):
    folder = tmp_path / "saguenay"

    made = handing.begin(packed(tmp_path), folder, "saguenay")
    said = loading.check(folder).said["region"]

    assert len(made) == len(handing.files_of(MONTREAL))
    assert (said.slug, said.is_demo) == ("saguenay", False)


def test_what_is_still_the_other_region_s_is_listed(tmp_path):
    folder = tmp_path / "saguenay"
    handing.begin(MONTREAL, folder, "saguenay")

    files = {one.file for one in handing.to_do(folder, MONTREAL)}

    own = {"region.yaml", "organisations.yaml", "committees.yaml", "help_lines.yaml"}
    assert own <= files
    assert files == {one.file for one in handing.to_do(folder, packed(tmp_path))}
    assert "vocabularies.yaml" not in files  # the words may well be the same


def test_a_text_that_one_language_lacks_is_listed_with_the_way_to_it(tmp_path):
    folder = tmp_path / "saguenay"
    handing.begin(MONTREAL, folder, "saguenay")
    file = folder / "region.yaml"
    file.write_text(file.read_text().replace("en: Greater Montréal", 'en: ""'))

    found = [str(one) for one in handing.to_do(folder) if one.file == "region.yaml"]

    assert [line.partition(":")[0] for line in found] == [
        "region.yaml, name", "region.yaml, territory",
    ]  # fmt: skip


def test_a_language_that_is_missing_is_a_mistake_where_it_is_read(tmp_path):
    folder = tmp_path / "saguenay"
    shutil.copytree(MONTREAL, folder)
    file = folder / "committees.yaml"
    lines = [line for line in file.read_text().splitlines() if not line.strip().startswith("en:")]
    file.write_text("\n".join(lines))

    with pytest.raises(loading.Refused) as refused:
        loading.check(folder)
    assert {Path(fault.file).name for fault in refused.value.faults} == {"committees.yaml"}


@pytest.mark.parametrize("name", ["", "Saguenay", "../up", "a b", "-a"])
def test_a_name_that_is_no_folder_s_is_refused(tmp_path, name):
    with pytest.raises(handing.NotHanded):
        handing.begin(MONTREAL, tmp_path / "new", name)
    assert not (tmp_path / "new").exists()


def test_a_region_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "saguenay").mkdir()
    with pytest.raises(handing.NotHanded):
        handing.begin(MONTREAL, tmp_path / "saguenay", "saguenay")


@pytest.mark.parametrize(
    "names", [["../evil.yaml"], ["region.yaml", "people.yaml"], ["resources/../../x.yaml"], []]
)
def test_a_pack_that_holds_anything_else_is_not_opened(tmp_path, names):
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w") as made:
        for name in names:
            made.writestr(name, "slug: x")

    with pytest.raises(handing.NotHanded):
        handing.begin(pack, tmp_path / "new", "new")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil.yaml").exists()


def test_what_is_no_pack_is_said(tmp_path):
    (tmp_path / "pack.zip").write_text("hello")
    for source in (tmp_path / "pack.zip", tmp_path / "nowhere"):
        with pytest.raises(handing.NotHanded):
            handing.begin(source, tmp_path / "new", "new")
