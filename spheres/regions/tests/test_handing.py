"""Is a region handed to another without anybody in it, and is it said what is left to change?"""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from spheres.regions import handing, loading

REGIONS = Path(__file__).resolve().parents[3] / "regions"
MONTREAL, DEMO = REGIONS / "montreal", REGIONS / "demo"


def packed(tmp_path: Path, source: Path = MONTREAL) -> Path:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(handing.pack(source))
    return pack


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A region begun from Montréal, of which nothing was changed yet."""
    folder = tmp_path / "saguenay"
    handing.begin(MONTREAL, folder, "saguenay")
    return folder


def listed(folder: Path, name: str) -> list[str]:
    with translation.override("en"):
        return [str(one) for one in handing.to_do(folder) if one.file == name]


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


def test_it_is_compared_with_the_region_it_was_begun_from_which_nobody_names_again(tmp_path):
    """As that region was on that day: it may change, and its pack be thrown away."""
    folder, pack = tmp_path / "saguenay", packed(tmp_path, DEMO)
    handing.begin(pack, folder, "saguenay")
    pack.unlink()
    (folder / "help_lines.yaml").write_bytes((MONTREAL / "help_lines.yaml").read_bytes())

    still = {one.file for one in handing.to_do(folder) if not one.where}

    resources = {f"resources/{file.name}" for file in (DEMO / "resources").glob("*.yaml")}
    assert still == {"region.yaml", "organisations.yaml", "committees.yaml", *resources}


def test_what_it_was_begun_from_is_neither_loaded_nor_handed_over(begun):
    packed_again = zipfile.ZipFile(io.BytesIO(handing.pack(begun))).namelist()

    assert handing.begun_from(begun).name not in packed_again
    loading.check(begun)  # a file that nothing reads would be refused


def test_of_a_region_begun_by_hand_nothing_is_compared(tmp_path):
    assert handing.begun_from(MONTREAL) is None
    assert [one for one in handing.to_do(MONTREAL) if not one.where] == []


def test_what_it_is_compared_with_must_be_a_region(begun, tmp_path):
    (tmp_path / "empty").mkdir()
    for other in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(handing.NotHanded):
            handing.to_do(begun, other)


def test_every_file_of_texts_is_handed_over(begun, tmp_path):
    (begun / "texts-more.yaml").write_text("more.words: {fr: Mots, en: Words}")

    handing.begin(packed(tmp_path, begun), tmp_path / "abitibi", "abitibi")

    assert (tmp_path / "abitibi" / "texts-more.yaml").is_file()


def test_a_text_that_one_language_lacks_is_listed_with_the_way_to_it(tmp_path):
    folder = tmp_path / "saguenay"
    handing.begin(MONTREAL, folder, "saguenay")
    file = folder / "region.yaml"
    file.write_text(file.read_text().replace("en: Greater Montréal", 'en: ""'))

    assert [line.partition(":")[0] for line in listed(folder, "region.yaml")] == [
        "region.yaml, name", "region.yaml, territory",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said", "where"),
    [
        ("texts.yaml", 'home.title: {fr: Aide, en: "", original: fr}', "home.title"),
        ("texts-more.yaml", 'home.title: {fr: " ", en: Help, original: fr}', "home.title"),
        ("letters.yaml", '[{letter: retention, fr: "", en: You may, counsel_on: ""}]', "1"),
        ("asked_topics.yaml", '[{organisation: all, why: {fr: "", en: x, on: ""}}]', "1.why"),
        ("vocabularies.yaml", 'needs: {terms: [{code: body, fr: "", en: x}]}', "needs.terms 1"),
        ("theory.yaml", "steps: [{code: a, fr: b, en: c, shown_by: {fr: d}}]", "steps 1.shown_by"),
        ("theory.yaml", "steps: [{code: a, fr: b, leads_to: [c]}]", "steps 1"),
    ],
)
def test_a_text_that_one_language_lacks_is_listed_whatever_else_is_said_with_it(
    begun, name, said, where
):
    (begun / name).write_text(said)

    assert listed(begun, name) == [f"{name}, {where}: to be said in both languages."]


def test_a_translation_still_to_review_is_listed_after_all_that_is_missing(begun):
    (begun / "texts.yaml").write_text(
        "a.done: {fr: Fait, en: Done, translation: reviewed}\n"
        "a.draft: {fr: Jet, en: Draft, translation: to_review}\n"
        'a.blank: {fr: Vide, en: "", translation: to_review}\n'
    )

    assert listed(begun, "texts.yaml") == [
        "texts.yaml, a.blank: to be said in both languages.",
        "texts.yaml, a.draft: the translation is still to be reviewed.",
    ]


def test_a_file_that_does_not_read_hides_nothing_of_the_others(begun):
    """Its own mistake is said with its line, when the folder is checked."""
    (begun / "committees.yaml").write_text("- slug: [")
    (begun / "help_lines.yaml").write_bytes(b"\xff")
    (begun / "region.yaml").write_text("- a list")

    found = {one.file for one in handing.to_do(begun, MONTREAL)}

    assert {"organisations.yaml", "texts-steps.yaml"} <= found


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
