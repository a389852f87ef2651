"""Are the region's words read in the reader's language, from one photograph?"""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from spheres.core.actor import VISITOR
from spheres.regions import queries
from spheres.regions.contrast import ratio
from spheres.regions.lexicon import forbidden, read
from tests.cast import acting

pytestmark = pytest.mark.django_db


def statements(ask) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def ask_much() -> None:
    queries.region()
    queries.choices("contact_kinds")
    queries.label("needs", "physical_food")
    queries.text("home.title")
    queries.help_lines(youth=True)
    queries.retention_rules()
    queries.is_demo_database()


def test_a_page_asks_nothing_when_the_photograph_is_fresh(demo):
    demo.load()
    with acting(VISITOR):
        queries.region()

        assert statements(ask_much) == 0


def test_a_page_asks_a_constant_number_when_it_is_not(demo):
    demo.load()
    with acting(VISITOR):
        queries.forget()
        much = statements(ask_much)
        queries.forget()
        little = statements(queries.region)

    assert (much, little) == (15, 15)  # thirteen tables, between a savepoint and its release


def test_the_region_can_be_read_without_a_context(demo):
    demo.load()

    assert queries.region().programme == "Programme Éclaircie"


def test_a_photograph_is_taken_again_after_a_minute(demo, monkeypatch):
    demo.load()
    before = queries.region()
    now = queries.time.monotonic()

    monkeypatch.setattr(queries.time, "monotonic", lambda: now + 59)
    assert queries.region() is before
    monkeypatch.setattr(queries.time, "monotonic", lambda: now + 61)
    assert queries.region() is not before


def test_words_are_read_in_the_readers_language(demo):
    demo.load()

    with translation.override("fr"):
        french = (
            queries.region().name,
            queries.choices("recognition")[0],
            queries.label("contact_kinds", "missed"),
            queries.text("home.title"),
            queries.help_lines()[0].name,
            queries.words("needs")[0].help,
            queries.retention_rules()[0].counted_from,
        )
    with translation.override("en"):
        english = (
            queries.region().name,
            queries.choices("recognition")[0],
            queries.label("contact_kinds", "missed"),
            queries.text("home.title"),
            queries.help_lines()[0].name,
            queries.words("needs")[0].help,
            queries.retention_rules()[0].counted_from,
        )

    assert french == (
        "Rive-des-Érables (région fictive)",
        ("now", "En ce moment"),
        "Rendez-vous manqué, sans reproche",
        "De l’aide, à ta façon",
        "Urgence",
        "Pour ce soir, pour un temps ou pour de bon.",
        "la réception",
    )
    assert english == (
        "Rive-des-Érables (fictional region)",
        ("now", "Now"),
        "Missed meeting, no blame",
        "Help, your way",
        "Emergency",
        "For tonight, for a while or for good.",
        "the day it is received",
    )


def test_choices_keep_the_order_of_the_file(demo):
    demo.load()

    assert [code for code, _label in queries.choices("contact_kinds")] == [
        "meeting", "text", "call", "accompaniment", "drop_in", "outreach", "activity", "online",
        "letter", "missed", "cancelled_hers", "cancelled_ours", "cancelled_other",
    ]  # fmt: skip


def test_help_lines_for_young_people_are_told_from_the_others(demo):
    demo.load()

    youth = [line.slug for line in queries.help_lines(youth=True)]
    others = [line.slug for line in queries.help_lines(youth=False)]

    assert others == ["cyberaide", "dpj"]
    assert len(youth) == 10
    assert len(queries.help_lines()) == 12


def test_a_missing_text_says_which_and_where(demo):
    demo.load()

    with pytest.raises(queries.Unknown) as error:
        queries.text("home.titel")

    assert str(error.value) == "The region «demo» has no text «home.titel» (texts*.yaml)."


def test_a_missing_vocabulary_says_which_and_where(demo):
    demo.load()

    with pytest.raises(queries.Unknown) as error:
        queries.choices("kinds")

    assert str(error.value) == "The region «demo» has no vocabulary «kinds» (vocabularies.yaml)."


def test_a_code_the_region_never_had_is_shown_as_it_is(demo):
    demo.load()

    assert queries.label("contact_kinds", "pigeon") == "pigeon"


def test_without_a_region_the_answer_is_a_sentence_and_the_asker_goes_on():
    with pytest.raises(queries.NoRegion) as error:
        queries.region()

    assert str(error.value) == (
        "No region is loaded. Say « python3 run.py manage load_region regions/demo »."
    )
    assert transaction.get_connection().needs_rollback is False


def test_without_a_region_the_database_is_no_demonstration():
    assert queries.is_demo_database() is False


def test_with_the_fictional_region_it_is_one(demo):
    demo.load()

    assert queries.is_demo_database() is True


@pytest.mark.parametrize(
    ("colour", "expected"), [("#000000", 19.8), ("#FBF8F3", 1.0), ("#1F4B7A", 8.5)]
)
def test_contrast_is_measured_on_our_paper(colour, expected):
    assert round(ratio(colour), 1) == expected


def test_a_forbidden_word_is_found_whole_whatever_its_case():
    found = forbidden("Un cas, l’échec, des clientes; à la cliente", "fr", read())

    assert list(found) == ["Un cas", "échec", "clientes", "cliente"]


def test_a_word_inside_another_is_not_forbidden():
    assert list(forbidden("Un casque, des échecs-et-mat? en tout cas", "fr", {})) == []
    assert list(forbidden("Un casque, en tout cas", "fr", read())) == []


def test_the_banner_of_a_demonstration_waits_for_no_database(demo, django_assert_num_queries):
    """A page of faults shows it: asking a database that is away would double her wait."""
    demo.load()
    queries.region()
    queries._photograph = replace(queries._photograph, taken=float("-inf"))

    with django_assert_num_queries(0):
        assert queries.says_it_is_a_demo() is True
