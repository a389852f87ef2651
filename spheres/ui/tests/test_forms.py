"""Does a form keep what was typed, make one record, and say what to mend?"""

import datetime
import uuid

import pytest
from django.template import Context, Template
from django.utils import translation

from spheres.ui import fields, text
from spheres.ui.forms import Form


class Meeting(Form):
    who = fields.TextField(label="Who", hint="As she says it", max_length=20)
    met_on = fields.DayField(label="Day", latest=datetime.date(2030, 1, 1))
    kind = fields.RadiosField(label="Kind", choices=[("call", "Call"), ("text", "Text")])
    words = fields.LongTextField(label="Her words", required=False)
    at = fields.TimeField(label="Hour", required=False)


class Other(Form):
    who = fields.TextField(label="Who")


GOOD = {
    "who": "Zoé",
    "met_on_day": "21",
    "met_on_month": "11",
    "met_on_year": "2026",
    "kind": "call",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def filled(form=Meeting, **changes):
    return form(GOOD | {"form_id": form().signed_id} | changes)


def draw(source, **values):
    return Template("{% load ui %}" + source).render(Context(values))


def errors(form):
    form.is_valid()
    return {name: list(sentences) for name, sentences in form.errors.items()}


def test_a_good_form_bears_the_number_it_was_shown_with():
    shown = Meeting()
    sent = filled(form_id=shown.signed_id)
    assert sent.is_valid()
    assert sent.record_id == shown.record_id
    assert sent.cleaned_data["form_id"] == shown.record_id


def test_the_number_can_be_given_to_go_on_with_a_draft():
    draft = uuid.uuid4()
    assert filled(form_id=Meeting(record_id=draft).signed_id).record_id == draft


@pytest.mark.parametrize(
    "altered", ["", "x", str(uuid.uuid4()), uuid.uuid4().hex + ":forged", Other().signed_id]
)
def test_an_altered_number_is_said_in_plain_words_and_a_good_one_is_given_back(altered):
    form = filled(form_id=altered)
    assert list(errors(form)) == ["__all__"]
    assert "changed on its way" in form.non_field_errors()[0]
    assert filled(form_id=form["form_id"].value()).is_valid()


def test_everything_typed_is_kept_when_something_is_wrong():
    page = draw(
        "{% form of=form %}{% endform %}",
        form=filled(who="x" * 21, words="Je veux <partir>", met_on_day="40"),
    )
    assert f'value="{"x" * 21}"' in page
    assert "Je veux &lt;partir&gt;" in page
    assert 'value="40"' in page
    assert 'value="call"' in page
    assert "checked" in page


def test_the_same_number_stays_through_a_mistake():
    form = filled(who="")
    assert errors(form)
    assert form["form_id"].value() == form.data["form_id"]


def test_a_text_too_long_is_counted_and_not_cut():
    assert errors(filled(who="x" * 21)) == {
        "who": [
            "This text has 21 characters; the most is 20. "
            "Nothing was cut: shorten it and send again."
        ]
    }
    assert "maxlength" not in draw("{% field field=field %}", field=Meeting()["who"])


def test_all_texts_together_have_a_limit_said_in_words():
    assert "too long" in errors(filled(words="x" * 5_000_001))["__all__"][0]


@pytest.mark.parametrize(
    "name", ["L’Écuyer-D'Amour", "ليلى منصور", "Łukasz Ñandú", "O’Brien 👩‍👧", "نیم‌فاصله"]
)
def test_names_of_all_kinds_are_accepted_as_they_are(name):
    assert text.clean(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u200bb\ufeff", "ab"),
        ("a\u200db", "ab"),
        ("a\x00\x07\x9fb", "ab"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\u202a514 555-0100\u202c", "514 555-0100"),
        ("\u2068Zoé\u2069", "Zoé"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_quietly(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize("hidden", ["\u202e", "\u202d"])
def test_a_text_turned_round_is_refused_with_a_sentence(hidden):
    assert "reading order" in errors(filled(who=f"a{hidden}b"))["who"][0]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            {"met_on_day": "31", "met_on_month": "2"},
            "February 2026 has 28 days: this day does not exist.",
        ),
        ({"met_on_month": "13"}, "The month is a number from 1 to 12."),
        ({"met_on_year": "26"}, "Write the year with four figures, from 1900 to 2100."),
        ({"met_on_day": ""}, "The day is missing."),
        ({"met_on_month": ""}, "The month is missing."),
        ({"met_on_year": ""}, "The year is missing."),
        ({"met_on_month": "nov"}, "Write the date in figures. Example: 21, 11, 2026."),
        (
            {"met_on_day": "", "met_on_month": "", "met_on_year": ""},
            "Write the day, the month and the year.",
        ),
    ],
)
def test_a_day_that_does_not_exist_says_why(day, sentence):
    assert errors(filled(**day)) == {"met_on": [sentence]}


def test_a_day_too_late_says_the_limit():
    assert "latest day accepted" in errors(filled(met_on_year="2031"))["met_on"][0]


@pytest.mark.parametrize(
    "sent",
    [
        {"met_on": "2026-11-21", "met_on_day": "", "met_on_month": "", "met_on_year": ""},
        {"met_on_day": "2026-11-21", "met_on_month": "", "met_on_year": ""},
    ],
)
def test_a_whole_date_pasted_is_understood(sent):
    form = filled(**sent)
    assert form.is_valid()
    assert form.cleaned_data["met_on"] == datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    ["14:30", "14h30", "14 h 30", "14\u00a0h\u00a030", "2:30 p.m.", "2:30 PM", "2:30\u00a0pm"],
)
def test_an_hour_is_understood_as_people_write_it(typed):
    form = filled(at=typed)
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime.time(14, 30)


@pytest.mark.parametrize(
    ("typed", "hour"), [("12 am", 0), ("12:00 p.m.", 12), ("9 a.m.", 9), ("9 h", 9)]
)
def test_noon_and_midnight_are_not_taken_for_each_other(typed, hour):
    form = filled(at=typed)
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime.time(hour)


@pytest.mark.parametrize("typed", ["14:30 pm", "0:30 am", "pm"])
def test_an_hour_that_does_not_exist_is_asked_again(typed):
    assert list(filled(at=typed).errors) == ["at"]


def test_a_field_ties_its_label_hint_and_error_together():
    page = draw("{% field field=field %}", field=filled(who="")["who"])
    assert '<label class="field-label" for="id_who">' in page
    assert 'id="id_who_helptext">As she says it<' in page
    assert 'id="id_who_error"' in page
    assert 'aria-describedby="id_who_helptext id_who_error"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("name", ["met_on", "kind"])
def test_a_group_has_a_legend_and_its_error_is_told(name):
    page = draw("{% field field=field %}", field=filled(**{name: "", "met_on_day": ""})[name])
    assert "<legend>" in page
    assert f'<fieldset aria-describedby="id_{name}_error">' in page


def test_the_summary_leads_to_the_first_place_to_mend():
    form = filled(who="", met_on_day="", kind="")
    page = draw("{% error_summary form=form %}", form=form)
    drawn = draw("{% form of=form %}{% endform %}", form=form)
    for target in ("id_who", "id_met_on_day", "id_kind_0"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in drawn
    assert 'tabindex="-1" data-spheres-focus' in page
    assert "3 things to correct" in page


def test_there_is_no_summary_before_anything_is_sent():
    assert draw("{% error_summary form=form %}", form=Meeting()) == ""


def test_no_answer_is_offered_again_by_the_browser():
    assert 'autocomplete="off"' in draw("{% field field=field %}", field=Meeting()["who"])


def test_a_page_that_asks_one_thing_has_it_as_its_title():
    assert '<h1 class="field-title"><label for="id_who">' in draw(
        '{% field field=field level="page" %}', field=Meeting()["who"]
    )


def test_a_form_carries_the_seal_against_forgery():
    assert 'name="csrfmiddlewaretoken" value="seal"' in draw(
        "{% form of=form %}{% endform %}", form=Meeting(), csrf_token="seal"
    )


def test_a_form_in_two_parts_keeps_its_own_names():
    shown = Meeting(prefix="first")
    sent = Meeting(
        {f"first-{name}": value for name, value in (GOOD | {"form_id": shown.signed_id}).items()},
        prefix="first",
    )
    assert sent.is_valid()
    assert sent.record_id == shown.record_id
