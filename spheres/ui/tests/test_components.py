"""Do the components keep their word: strict, escaped, and said to everybody?"""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError

from spheres.ui.samples import Answer
from tests.heard import alike

WHOLE = {
    "button": '{% button label="Sign" %}',
    "link_button": '{% link_button label="Print" url="/p" %}',
    "icon": '{% icon name="eye" words="Seen" %}',
    "badge": '{% badge label="draft" %}',
    "progress": '{% progress label="Reading" %}',
    "stepper": "{% stepper steps=steps current=1 %}",
    "definitions": "{% definitions pairs=pairs %}",
    "tabs": '{% tabs label="Parts" tabs=tabs %}',
    "breadcrumbs": "{% breadcrumbs trail=pairs %}",
    "who_can_see": "{% who_can_see others=2 %}",
    "contact_safety": '{% contact_safety text="Text only" %}',
    "exit_button": "{% exit_button %}",
    "card": '{% card title="Words" %}x{% endcard %}',
    "notice": "{% notice %}x{% endnotice %}",
    "empty_state": '{% empty_state title="Nothing" %}x{% endempty_state %}',
    "table": '{% table caption="People" columns=steps %}{% endtable %}',
    "dialog": '{% dialog id="d" title="Sure" opener="Ask" %}x{% enddialog %}',
    "disclosure": '{% disclosure summary="More" %}x{% enddisclosure %}',
    "timeline": '{% timeline label="Past" %}{% endtimeline %}',
    "timeline_entry": '{% timeline_entry title="Met" when="today" %}{% endtimeline_entry %}',
    "page_header": '{% page_header title="Day" %}{% endpage_header %}',
}


def draw(source, **values):
    values = {
        "steps": ["One", "Two"],
        "pairs": [("Name", "Maya")],
        "tabs": [("Summary", "/s", True)],
    } | values
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize("name", WHOLE)
def test_every_component_draws_from_its_least_words(name):
    assert draw(WHOLE[name]).strip()


@pytest.mark.parametrize("name", WHOLE)
def test_a_misspelt_word_stops_the_page_when_it_is_written(name):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument"):
        Template("{% load ui %}" + WHOLE[name].replace(f"{{% {name}", f'{{% {name} titel="x"', 1))


@pytest.mark.parametrize(
    "name", sorted(set(WHOLE) - {"card", "exit_button", "who_can_see", "notice"})
)
def test_a_missing_word_stops_the_page_when_it_is_written(name):
    bare = f"{{% {name} %}}" + (f"{{% end{name} %}}" if f"end{name}" in WHOLE[name] else "")
    with pytest.raises(TemplateSyntaxError, match="did not receive value"):
        Template("{% load ui %}" + bare)


@pytest.mark.parametrize("name", WHOLE)
def test_no_component_takes_words_without_their_name(name):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load ui %}" + WHOLE[name].replace(f"{{% {name}", f'{{% {name} "x"', 1))


@pytest.mark.parametrize(
    "source",
    [
        "{% button label=bad %}",
        "{% button label=bad decision=no %}",
        "{% link_button label=bad url=bad %}",
        '{% icon name="eye" words=bad %}',
        "{% badge label=bad %}",
        "{% card title=bad %}{{ bad }}{% endcard %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% definitions pairs=pairs %}",
        "{% table caption=bad columns=row rows=rows %}{% endtable %}",
        "{% timeline_entry title=bad when=bad by=bad %}{{ bad }}{% endtimeline_entry %}",
        "{% page_header title=bad lead=bad before=bad %}{% endpage_header %}",
        "{% contact_safety text=bad %}",
        "{% breadcrumbs trail=pairs %}",
        "{% stepper steps=row current=1 %}",
        "{% progress label=bad note=bad %}",
    ],
)
def test_what_a_person_typed_stays_text(source):
    bad = "\"'><script>alert(1)</script>"
    page = draw(source, bad=bad, no=Answer(False, bad), pairs=[(bad, bad)], row=[bad], rows=[[bad]])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\"'>" not in page


@pytest.mark.parametrize(
    "source",
    [
        '{% button label="x" variant="red" %}',
        '{% icon name="handcuffs" words="x" %}',
        '{% badge label="x" tone="alarm" %}',
        '{% card title="x" level=1 %}{% endcard %}',
        '{% notice kind="error" %}{% endnotice %}',
        '{% contact_safety text="x" kind="red" %}',
        '{% form of=pairs method="put" %}{% endform %}',
    ],
)
def test_a_word_outside_the_house_list_is_refused(source):
    with pytest.raises(TemplateSyntaxError, match="not"):
        draw(source)


def test_a_refused_button_stays_reachable_says_why_and_does_nothing():
    page = draw(
        '{% button label="Sign" decision=no name="act" value="sign" %}',
        no=Answer(False, "Only its author can sign."),
    )
    assert 'type="button"' in page
    assert 'aria-disabled="true" aria-describedby="reason-1"' in page
    assert 'id="reason-1">Only its author can sign.<' in page
    assert "name=" not in page


def test_two_refused_buttons_have_two_reasons():
    page = draw(
        '{% button label="Sign" decision=no %}{% button label="Send" decision=no %}',
        no=Answer(False, "Later."),
    )
    assert page.count('id="reason-1"') == page.count('id="reason-2"') == 1


def test_a_refusal_without_a_reason_draws_nothing():
    assert (
        draw(
            '{% button label="Go" decision=no %}{% link_button label="Go" url="/" decision=no %}',
            no=Answer(False),
        )
        == ""
    )


def test_an_allowed_button_sends_the_form():
    page = draw('{% button label="Sign" decision=yes name="act" value="sign" %}', yes=Answer(True))
    assert 'type="submit"' in page
    assert 'name="act" value="sign"' in page
    assert "aria-disabled" not in page


def test_a_drawing_is_hidden_from_the_voice_and_its_words_are_not():
    page = draw('{% icon name="eye" words="Who can see" hidden_words=True %}')
    assert 'aria-hidden="true"' in page
    assert 'class="visually-hidden">Who can see<' in page


def test_the_current_tab_is_told_and_only_one():
    page = draw(
        '{% tabs label="Parts" tabs=tabs %}', tabs=[("Summary", "/s", True), ("Notes", "/n", False)]
    )
    assert page.count('aria-current="page"') == 1
    assert '<a href="/s" aria-current="page">Summary</a>' in page


def test_a_table_names_its_columns_and_its_rows():
    page = draw(
        '{% table caption="Met" columns=columns rows=rows numbers=numbers %}{% endtable %}',
        columns=["Who", "Times"],
        rows=[["Maya", 3]],
        numbers=(2,),
    )
    assert '<th scope="col">Who</th><th scope="col" class="number">Times</th>' in page
    assert '<th scope="row">Maya</th><td class="number">3</td>' in page


def test_a_dialog_leads_somewhere_without_a_script():
    page = draw('{% dialog id="withdraw" title="Sure" opener="Withdraw" %}x{% enddialog %}')
    assert 'href="#withdraw" data-spheres-opens="withdraw"' in page
    assert 'aria-labelledby="withdraw-title"' in page


def test_long_work_without_a_known_end_claims_no_figure():
    assert "value=" not in draw('{% progress label="Reading" %}')
    assert 'value="0" max="12"' in draw('{% progress label="Reading" done=0 total=12 %}')


def test_a_component_sees_nothing_of_the_page_around_it():
    assert "secret" not in draw(
        '{% card title="x" %}y{% endcard %}', area="secret", url="secret", icon="secret"
    )


def test_of_two_lines_that_lead_by_the_same_word_whoever_listens_hears_which():
    lines = [
        SimpleNamespace(sentence=said, verb="See", url=f"/{number}", presses=presses)
        for number, (said, presses) in enumerate(
            [("Maya asks.", ()), ("Éden asks.", (("I watch", "/w"), ("Not I", "/x")))]
        )
    ]
    page = draw(
        "{% for line in lines %}{% line_to line=line %}{% endfor %}", lines=lines, csrf_token="t"
    )
    bare = re.sub(r' aria-describedby="[^"]*"', "", page)

    assert alike(page) == []
    assert alike(bare) == ["See"]
    for mark in re.findall(r'aria-describedby="([^"]*)"', page):
        assert len(re.findall(f'<p id="{mark}">', page)) == 1
