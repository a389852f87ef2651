"""Is a kit from a stranger read whole, or refused whole with a sentence?"""

from __future__ import annotations

import random
import warnings
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.utils import translation

from spheres.regions.reading import Refused
from spheres.training.kit import unpacking
from spheres.training.kit.tests.factories import FILES, TOPICS, kit, manifest, zipped

LINK = 0o120777 << 16


def refused(content: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(Refused) as refusal:
        unpacking.opened(content)
    with translation.override("en"):
        return unpacking.sentences(refusal.value)


def with_entry(entry: ZipInfo, said: bytes = b"x", method: int = ZIP_DEFLATED) -> bytes:
    packed = BytesIO(kit())
    with ZipFile(packed, "a", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice
        entry.compress_type = method
        archive.writestr(entry, said)
    return packed.getvalue()


def locked() -> bytes:
    """The mark of a password on every entry, where the zip lists them."""
    content, at = bytearray(kit()), 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def test_a_kit_says_whence_it_comes_on_what_terms_and_all_that_it_holds() -> None:
    found = unpacking.opened(kit())
    assert (found.region, str(found.day), found.licence.fr, found.licence.en) == (
        "ailleurs", "2026-03-04", "CC BY 4.0 (fr)", "CC BY 4.0",
    )  # fmt: skip
    assert [one.slug for one in found.topics] == ["ecouter"]
    assert [(one.slug, one.version) for one in found.questions] == [("ecouter", 1)]
    assert [one.key for one in found.materials] == [("ecouter", "fr", "Guide d’écoute")]


def test_an_older_kit_says_nothing_of_its_licence() -> None:
    older = manifest(FILES, format=1)
    lines = [line for line in older.splitlines() if not line.startswith("licence")]
    found = unpacking.opened(zipped({"kit.yaml": "\n".join(lines), **FILES}))
    assert (found.licence.fr, found.licence.en) == ("", "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"%PDF-1.7", "This is not a kit"),
        (b"PK\x03\x04" + bytes(unpacking.HEAVIEST), "larger than 1 MB"),
        (kit()[:-30], "damaged"),
        (kit()[:60] + b"\0\0\0\0\0\0\0\0" + kit()[68:], "damaged"),
        (locked(), "locked by a password"),
        (with_entry(ZipInfo("learning/autre.yaml"), method=ZIP_BZIP2), "locked by a password"),
        (with_entry(ZipInfo("../topics.yaml")), "nothing that a kit holds"),
        (with_entry(ZipInfo("/etc/passwd")), "nothing that a kit holds"),
        (with_entry(ZipInfo("learning/../../x.yaml")), "nothing that a kit holds"),
        (with_entry(ZipInfo("people.yaml")), "nothing that a kit holds"),
        (with_entry(ZipInfo("learning\\x.yaml")), "nothing that a kit holds"),
        (with_entry(ZipInfo("topics.yaml")), "there twice"),
        (zipped({"kit.yaml": manifest(FILES)}), "topics.yaml is missing"),
        (zipped(dict(FILES)), "kit.yaml is missing"),
        (zipped({"kit.yaml": manifest(FILES, format=3), "later": "x"}), "nothing that a kit holds"),
        (zipped({"kit.yaml": manifest(FILES, format=3), **FILES}), "by a later version (format 3"),
        (kit(**{"topics.yaml": TOPICS + "#\n"}), "topics.yaml is not what it was"),
        (kit(**{"learning/autre.yaml": "x"}), "somebody added it"),
        (
            zipped({"kit.yaml": manifest({**FILES, "learning/b.yaml": ""}), **FILES}),
            "learning/b.yaml is named, and is not there",
        ),
        (kit({"topics.yaml": "0" * 5_000_000}), "far more than a kit holds"),
        (kit({"topics.yaml": "[" * 5_000}), "folded deeper"),
        (kit({"topics.yaml": TOPICS + TOPICS}), "is already used"),
        (kit({"topics.yaml": "- &a {slug: b}\n- *a\n"}), "anchors and aliases"),
        (kit({"topics.yaml": "- !!python/object:os.system {}\n"}), "tags are not read"),
        (kit({**FILES, "topics.yaml": "\udcff".encode("utf-8", "surrogateescape").decode("latin")}),
         "fields are expected|a list is expected"),
        (kit({**FILES, "materials.yaml": FILES["materials.yaml"].replace("https", "http")}),
         "begins with https://"),
        (kit({**FILES, "materials.yaml": FILES["materials.yaml"] * 2}), "written twice"),
        (kit({"materials.yaml": FILES["materials.yaml"], "topics.yaml": "[]"}), "is not known"),
        (zipped({**FILES, "kit.yaml": "format: 2\n"}), "this field is missing"),
        (zipped({**FILES, "kit.yaml": "x"}), "fields are expected"),
    ],
)  # fmt: skip
def test_what_is_no_whole_kit_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    said = refused(content)
    assert [one for one in said if any(part in one for part in sentence.split("|"))], said


def test_a_link_is_no_part_of_a_kit() -> None:
    entry = ZipInfo("README.txt")
    entry.external_attr = LINK
    assert "nothing that a kit holds" in refused(with_entry(entry, b"/etc/passwd"))[0]


def test_a_zip_that_lies_about_its_weight_is_read_no_further_than_a_file_may_weigh() -> None:
    content = bytearray(kit({"topics.yaml": "0" * 1_100_000}))
    at = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    content[at + 24 : at + 28] = (500).to_bytes(4, "little")
    assert len(refused(bytes(content))) == 1


def test_a_kit_in_which_any_byte_changed_is_read_or_refused_and_never_falls() -> None:
    whole, draw, silent = kit(), random.Random(9), 0
    for _turn in range(400):
        content = bytearray(whole)
        for _byte in range(draw.randint(1, 3)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        try:
            unpacking.opened(bytes(content))
        except Refused as refusal:
            silent += not unpacking.sentences(refusal)
    assert silent == 0
