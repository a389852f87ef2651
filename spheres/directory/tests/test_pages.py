"""Does somebody of the programme find a resource, read it whole, and hold it on paper?"""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from spheres.config.unit_of_work import WritesOnReading
from spheres.core import clock
from spheres.directory import queries
from spheres.directory.models import Remark, Resource
from spheres.directory.tests.factories import BEDS, DROP_IN, SHELTER, resource_id
from spheres.regions import queries as regions
from spheres.regions.models import Term
from tests.cast import LOADER, MONDAY, Cast, acting
from tests.pages import Page, signed_in, untranslated, visitor

PLACE = "/directory/"


def asked(cast: Cast, language: str = "en", who: str = "ines", **wish: Any) -> Any:
    with clock.at(MONDAY):
        return signed_in(getattr(cast, who), language=language).post(PLACE, wish)


def names(answer: Any) -> list[str]:
    return re.findall(r'class="person-name" href="[^"]*">([^<]+)', answer.content.decode())


def paper(cast: Cast, **sent: Any) -> tuple[Any, str]:
    with clock.at(MONDAY):
        answer = signed_in(cast.ines).post(f"{PLACE}paper/", sent)
    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.content))
    return answer, "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "roy", "amrani", "nadia"])
def test_everybody_of_the_programme_reads_the_directory(cast: Cast, who: str) -> None:
    with clock.at(MONDAY):
        reader = signed_in(getattr(cast, who), language="en")
        pages = [reader.get(PLACE), reader.get(f"{PLACE}{resource_id(BEDS)}/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert "A place to sleep and live" in pages[0].content.decode()
    assert "Emergency beds for young people" in pages[1].content.decode()


def test_a_visitor_is_asked_who_they_are(cast: Cast) -> None:
    with clock.at(MONDAY):
        answers = [visitor().get(PLACE), visitor().get(f"{PLACE}{resource_id(BEDS)}/")]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_a_resource_that_does_not_exist_is_not_found(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert signed_in(cast.ines).get(f"{PLACE}{uuid4()}/").status_code == 404


def test_a_bed_for_somebody_of_14_is_found(cast: Cast) -> None:
    answer = asked(cast, words="bed", age="14")

    assert answer.status_code == 200
    assert names(answer) == ["Emergency beds for young people"]


def test_what_is_looked_for_stays_out_of_the_address(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        in_address = ines.get(f"{PLACE}?words=sexual&domain=sexual_health").content.decode()
    page = asked(cast, words="sexual health").content.decode()

    assert names(type("Answer", (), {"content": in_address.encode()})) == []
    assert re.findall(r'<form(?![^>]*method="post")', page) == []
    assert re.findall(r'href="/directory/\?', page) == []


def test_looking_may_write_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def offered(**_asked: object) -> list[Resource]:
        Remark.objects.all().delete()
        return []

    monkeypatch.setattr(queries, "offered", offered)

    with pytest.raises(WritesOnReading):
        asked(cast, words="lit")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"age": "abc"}, "Write a whole number, in figures."),
        ({"age": "140"}, "The largest number accepted is 99."),
        ({"domain": "gold"}, "This answer is no longer in the list. Choose again."),
        ({"words": "é" * 81}, "the most is 80."),
    ],
)
def test_what_is_mistyped_is_said_and_the_rest_still_answers(
    cast: Cast, wish: dict[str, str], sentence: str
) -> None:
    answer = asked(cast, **{"words": "dentist"} | wish)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nothing_found_says_what_to_try(cast: Cast) -> None:
    assert "Take one condition away" in asked(cast, words="xylophone").content.decode()


def test_the_page_of_a_resource_says_all_that_is_known(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(f"{PLACE}{resource_id(SHELTER)}/")
    said = page.content.decode()

    for words in (
        "16 years old and over", "Women, trans and cis", "It does not welcome", "Boys and men",
        "Not known: ask before going", 'href="tel:+18005550114"', 'href="sms:+14505550115"',
        "Address given by phone", "Day and night, every day", "Verified on November 2, 2026",
        "open now",
    ):  # fmt: skip
        assert words in said, words


def test_the_title_says_nothing_of_which_resource_is_read(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(f"{PLACE}{resource_id(SHELTER)}/")

    assert re.search(r"<title>(.*?)</title>", page.content.decode()).group(1) == "Resource"


def test_a_resource_that_left_the_files_says_so(cast: Cast) -> None:
    with acting(LOADER):
        Resource.objects.filter(pk=resource_id(BEDS)).update(is_offered=False)

    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(f"{PLACE}{resource_id(BEDS)}/")

    assert "This resource is no longer in the directory." in page.content.decode()


def test_an_urgent_need_leads_to_its_domain_without_a_word_in_the_address(cast: Cast) -> None:
    answer = asked(cast, domain="shelter")

    assert len(names(answer)) == 5
    assert "Emergency beds for young people" in names(answer)


# On paper.


def test_the_whole_directory_is_a_booklet_that_names_neither_programme_nor_person(
    cast: Cast,
) -> None:
    answer, text = paper(cast, language="fr")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="adresses-utiles-2026-03-02-fr.pdf"'
    assert text.startswith("Adresses utiles")
    for words in ("Lits d’urgence pour jeunes", "450 555-0110", "Dentaire", "Jeunesse, J’écoute"):
        assert words.casefold() in text.casefold(), words
    for words in ("Sphères", "Éclaircie", "Maya", "Inès", "exploitation"):
        assert words not in text.replace("vivent l’exploitation", ""), words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_only_what_was_ticked_is_on_paper_once_and_in_its_language(
    cast: Cast, language: str
) -> None:
    listed = [str(resource_id(slug)) for slug in (BEDS, DROP_IN, SHELTER)]
    _answer, text = paper(cast, language=language, chosen=listed[:2], listed=listed)

    beds = {"fr": "Lits d’urgence pour jeunes", "en": "Emergency beds for young people"}[language]
    assert (text.count(beds), text.count("La Source")) == (1, 0)


def test_a_selection_holds_not_a_word_that_was_not_chosen(cast: Cast) -> None:
    """A help line names what it is for: it is on paper when it was chosen, or with everything."""
    chosen, whole = paper(cast, language="en", chosen=[str(resource_id(BEDS))])[1], paper(cast)[1]

    assert [word for word in ("1 833 900-1010", "traite", "Trafficking") if word in chosen] == []
    assert "1 833 900-1010" in whole


def test_without_a_tick_what_is_listed_is_on_paper(cast: Cast) -> None:
    _answer, text = paper(cast, language="en", listed=[str(resource_id(SHELTER)), "nothing"])

    assert ("Shelter for women" in text, "Emergency beds" in text) == (True, False)


def test_the_same_day_gives_the_same_bytes(cast: Cast) -> None:
    first, second = paper(cast, language="en")[0], paper(cast, language="en")[0]

    assert first.content == second.content


def roles(node: Any) -> list[str]:
    """What each piece of the paper is for whoever hears it, in reading order."""
    own = [str(node["/S"])] if "/S" in node else []
    inside = node.get("/K", [])
    for one in inside if isinstance(inside, list) else [inside]:
        part = one.get_object()
        if isinstance(part, dict):
            own += roles(part)
    return own


def test_the_paper_reads_aloud(cast: Cast) -> None:
    """PDF/UA-1 is refused at making when it cannot be; what it declares is looked at here."""
    answer, _text = paper(cast, language="en")
    root = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]

    titles = [role for role in roles(root["/StructTreeRoot"]) if re.fullmatch(r"/H\d", role)]
    assert titles[:3] == ["/H1", "/H2", "/H3"]
    assert set(titles) == {"/H1", "/H2", "/H3"}
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-CA"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_region_that_says_nothing_of_resources_yet_has_an_empty_page(cast: Cast) -> None:
    with acting(LOADER):
        Resource.objects.update(is_offered=False)
        Term.objects.filter(vocabulary__in=["resource_domains", "safe_for"]).update(
            is_offered=False
        )
    regions.forget()

    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(PLACE).content.decode()

    assert "No resource yet" in page
    assert 'name="words"' not in page


# Both languages, and what a page costs.


def test_every_page_is_complete_in_french(cast: Cast) -> None:
    with acting(cast.ines):
        Remark.objects.bulk_create(
            [
                Remark(
                    id=uuid4(), resource_id=resource_id(BEDS), what="MOVED",
                    told_by=cast.ines.user_id, told_at=MONDAY,
                )
            ]
        )  # fmt: skip
    with untranslated() as missing, clock.at(MONDAY):
        louise = signed_in(cast.louise)
        pages = [
            louise.get(PLACE),
            louise.post(PLACE, {"words": "lit volcan", "age": "x"}),
            louise.post(PLACE, {"words": "xylophone"}),
            louise.get(f"{PLACE}{resource_id(BEDS)}/"),
            louise.get(f"{PLACE}upkeep/"),
            louise.get("/desk/"),
            louise.post(f"{PLACE}paper/", {"language": "fr"}),
        ]

    assert [page.status_code for page in pages] == [200, 422, 200, 200, 200, 200, 200]
    assert missing == set()


def test_a_page_costs_the_same_for_few_and_for_all(cast: Cast) -> None:
    """The index and the answers: three statements of ours; a resource, four; the upkeep, three."""

    def cost(method: str, path: str, sent: dict[str, str] | None = None) -> int:
        with clock.at(MONDAY):
            louise = signed_in(cast.louise)
            with CaptureQueriesContext(connection) as asked:
                assert getattr(louise, method)(path, sent).status_code == 200
        return len([one for one in asked.captured_queries if '"directory_' in one["sql"]])

    def costs() -> list[int]:
        return [
            cost("get", PLACE),
            cost("post", PLACE, {"domain": "shelter"}),
            cost("get", f"{PLACE}{resource_id(BEDS)}/"),
            cost("get", f"{PLACE}upkeep/"),
            cost("post", f"{PLACE}paper/", {"language": "en"}),
        ]

    whole = costs()
    with acting(LOADER):
        kept = [resource_id(slug) for slug in (BEDS, DROP_IN, SHELTER)]
        Resource.objects.exclude(pk__in=kept).update(is_offered=False)

    assert whole == costs() == [3, 3, 4, 2, 3]


def test_the_form_remembers_what_was_asked(cast: Cast) -> None:
    page = Page(asked(cast, words="bed", age="14").content.decode())

    assert (page.fields["words"], page.fields["age"]) == ("bed", "14")
