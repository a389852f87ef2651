"""Does the check of the catalogues see what is missing, old, or not written as French is here?"""

import gettext

import pytest

from spheres.config import catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
NB = "\u00a0"


@pytest.fixture
def app(tmp_path):
    folder = tmp_path / "spheres" / "garden"
    (folder / "locale/fr/LC_MESSAGES").mkdir(parents=True)
    (folder / "__init__.py").touch()
    return folder


def write(app, entries):
    (app / "locale/fr/LC_MESSAGES/django.po").write_text(HEADER + entries, encoding="utf-8")


def say(app, *words):
    calls = "\n".join(f"_({word!r})" for word in words)
    (app / "views.py").write_text(f"from django.utils.translation import gettext as _\n{calls}\n")


def found(app):
    return [(problem.message, problem.what) for problem in catalogues.check(app.parent)]


needs_gettext = pytest.mark.skipif(
    not catalogues.can_tell_stale(), reason="gettext is not installed"
)


def test_a_whole_catalogue_has_no_problem(app):
    say(app, "Who?", "Saved: %(name)s")
    write(
        app,
        'msgid "Who?"\nmsgstr "Qui?"\n\n'
        f'msgid "Saved: %(name)s"\nmsgstr "Enregistré{NB}: %(name)s, l’amie"\n',
    )

    assert found(app) == []


def test_what_is_untranslated_doubtful_or_obsolete_is_named(app):
    say(app, "One", "Two", "Four")
    write(
        app,
        'msgid "One"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Two"\nmsgstr "Deux"\n\n'
        'msgid "Four"\nmsgid_plural "Fours"\nmsgstr[0] "Quatre"\nmsgstr[1] ""\n\n'
        '#~ msgid "Three"\n#~ msgstr "Trois"\n',
    )

    problems = found(app)

    assert ("One", "not translated") in problems
    assert ("Two", "doubtful (fuzzy), read it again") in problems
    assert ("Four", "not translated") in problems
    assert ("Three", "obsolete, remove it") in problems


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("l'école", ["straight apostrophe, write ’"]),
        ("l’école", []),
        ("Nom : Maya", ["no no-break space before :"]),
        ("Nom:", ["no no-break space before :"]),
        (f"Nom{NB}: Maya", []),
        ("à 14:30, https://exemple.ca", []),
        ("« oui »", ["no no-break space inside « »"]),
        (f"«{NB}oui{NB}»", []),
        (f"Qui{NB}?", ["space before ; ! or ?"]),
        ("Oui !", ["space before ; ! or ?"]),
        ("Qui? Moi! Bon; alors.", []),
        ("<a href='/x?y'>%(name)s</a>", []),
    ],
)
def test_french_is_held_to_the_usage_of_canada(text, faults):
    assert catalogues.french_faults(text) == faults


@needs_gettext
def test_a_catalogue_that_does_not_follow_the_code_is_stale(app):
    say(app, "New")
    write(app, 'msgid "Old"\nmsgstr "Ancien"\n')

    assert sorted(found(app)) == [
        ("New", "the code says it, the catalogue does not"),
        ("Old", "the catalogue keeps it, the code says it no more"),
    ]


@needs_gettext
def test_words_of_templates_count_and_words_of_tests_do_not(app):
    (app / "templates").mkdir()
    (app / "templates/page.html").write_text(
        '{% load i18n %}{% translate "Hello" %}'
        "{% blocktranslate count n=n %}{{ n }} step{% plural %}{{ n }} steps{% endblocktranslate %}"
    )
    (app / "tests").mkdir()
    (app / "tests/test_page.py").write_text("from x import gettext as _\n_('Only a test')\n")

    assert sorted(entry.msgid for entry in catalogues.extract(app, app.parent)) == [
        "%(n)s step",
        "Hello",
    ]


@needs_gettext
def test_an_app_inside_an_area_keeps_its_own_words(app):
    inner = app / "notes"
    inner.mkdir()
    (inner / "apps.py").touch()
    say(app, "Area")
    say(inner, "Note")

    assert [entry.msgid for entry in catalogues.extract(app, app.parent)] == ["Area"]
    assert [entry.msgid for entry in catalogues.extract(inner, app.parent)] == ["Note"]


@needs_gettext
def test_mending_adds_the_new_words_empty_and_keeps_the_translations(app):
    say(app, "Kept", "New")
    write(app, 'msgid "Kept"\nmsgstr "Gardé"\n\nmsgid "Gone"\nmsgstr "Parti"\n')

    changed = catalogues.update(app.parent)

    assert changed == [app / "locale/fr/LC_MESSAGES/django.po"]
    assert found(app) == [("New", "not translated")]
    assert catalogues.update(app.parent) == []


def test_one_message_says_one_thing_in_the_whole_house(app):
    other = app.parent / "orchard"
    (other / "locale/fr/LC_MESSAGES").mkdir(parents=True)
    (other / "__init__.py").touch()
    say(app, "Next")
    say(other, "Next")
    write(app, 'msgid "Next"\nmsgstr "Suivant"\n')
    write(other, 'msgid "Next"\nmsgstr "La suite"\n')

    assert found(app) == [
        ("Next", "said otherwise in spheres/garden/locale/fr/LC_MESSAGES/django.po")
    ]


def test_compiling_needs_no_gettext_and_is_done_only_when_older(app):
    write(app, 'msgid "Hello"\nmsgstr "Bonjour"\n')

    first, second = catalogues.compile(app.parent), catalogues.compile(app.parent)

    assert (len(first), len(second)) == (1, 0)
    with (app / "locale/fr/LC_MESSAGES/django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "Bonjour"
