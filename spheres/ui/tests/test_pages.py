"""Do the pages of this folder stand, in both languages, and say nothing they should not?"""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from spheres.ui import errors, language, navigation, views
from spheres.ui.headers import SecurityHeadersMiddleware

pytestmark = pytest.mark.urls("spheres.ui.tests.urls")

FACES = ["staff", "youth", "plain"]
COMPONENTS = [
    "actions",
    "badge",
    "breadcrumbs",
    "button",
    "card",
    "contact-safety",
    "definitions",
    "demo-banner",
    "dialog",
    "disclosure",
    "empty-state",
    "error-summary",
    "field",
    "field-choice",
    "field-day",
    "field-error",
    "field-hint",
    "glyph",
    "icon",
    "language-switch",
    "menu",
    "notice",
    "page-header",
    "progress",
    "save-state",
    "skip",
    "staff-bar",
    "staff-rail",
    "table",
    "tabs",
    "timeline",
    "timeline-entry",
    "who-can-see",
]


def ask(view, path="/ui/", *, code="fr", cookies=None, **others):
    request = RequestFactory().get(path)
    request.COOKIES |= cookies or {}
    with translation.override(code):
        return SecurityHeadersMiddleware(lambda asked: view(asked, **others))(request)


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("face", FACES)
def test_the_gallery_stands_in_both_languages(face, code):
    response = ask(views.gallery, code=code, face=face)
    assert response.status_code == 200
    assert f'<html lang="{code}-CA"' in body(response)
    assert len(re.findall("<h1", body(response))) == 1


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_gallery_shows_every_component(name):
    assert re.search(rf'class="{name}(?:[ "])', body(ask(views.gallery))), name


@pytest.mark.parametrize("face", FACES)
def test_no_id_is_given_twice(face):
    ids = re.findall(r'\sid="([^"]+)"', body(ask(views.gallery, face=face)))
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("face", FACES)
def test_the_title_of_the_tab_says_nothing(face):
    title = re.search(
        r"<title>(.*?)</title>", body(ask(views.gallery, code="en", face=face))
    ).group(1)
    assert title in {"Work", "Home", "Page"}


def test_exit_is_the_first_thing_the_keyboard_meets():
    page = body(ask(views.gallery, face="youth"))
    assert (
        re.search(r"<(?:a|button|input|summary)\b[^>]*>", page.split("<body")[1]).group(0)
        == '<a class="exit-button" href="/e" data-spheres-exit>'
    )


def test_a_first_view_asks_for_three_files_besides_the_page_and_none_elsewhere():
    for face, most in (("staff", 4), ("youth", 3), ("plain", 2)):
        page = body(ask(views.gallery, face=face))
        assert (
            len(re.findall(r'(?:<link[^>]*rel="(?:stylesheet|icon)"|<script)[^>]*>', page)) <= most
        )
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_the_way_out_closes_everything_and_gives_its_place_away(settings):
    settings.EXIT_URL = "https://weather.example/"
    response = ask(views.leave, "/e", cookies={settings.SESSION_COOKIE_NAME: "old"})
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert response.headers["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="0; url=/e/">' in body(response)
    assert 'href="/e/" rel="noreferrer" data-spheres-leave="https://weather.example/"' in body(
        response
    )


def test_the_second_page_of_the_way_out_asks_again_to_forget_and_leads_elsewhere(settings):
    """The page that was left enters the memory of Back only once the first one is there."""
    settings.EXIT_URL = "https://weather.example/"
    response = ask(views.away, "/e/")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="0; url=https://weather.example/">' in body(response)
    assert not response.cookies


def test_the_way_out_ends_the_session_on_the_server(settings):
    class Session(dict):
        ended = False

        def flush(self):
            self.ended = True

    session = Session()
    request = RequestFactory().get("/e")
    request.session = session
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "old"

    views.leave(request)

    assert session.ended


def test_the_limits_of_the_way_out_are_said_and_nothing_more_is_promised():
    page = body(ask(views.exit_limits, "/e/limites", code="en"))
    assert "history" in page
    assert "erased" not in page


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("status", sorted(errors.STATUSES))
@pytest.mark.parametrize("frame", [errors.PLAIN, errors.WITH_EXIT])
def test_an_error_page_needs_no_request_no_database_and_no_one(status, code, frame):
    with translation.override(code):
        page = render_to_string(f"ui/errors/{status}.html", {"frame": frame})
    assert len(re.findall("<h1", page)) == 1
    assert str(status) not in re.sub(r"<[^>]+>", "", page)


def test_two_refusals_are_the_same_to_the_letter():
    one = errors.page(RequestFactory().get("/dossiers/1/"), 404)
    other = errors.page(RequestFactory().get("/dossiers/2/"), 404)
    assert one.content == other.content


def test_every_error_on_the_youth_site_keeps_the_way_out_and_stays_the_same(settings):
    def on_the_youth_site(path):
        request = RequestFactory().get(path)
        request.urlconf = settings.YOUTH_URLCONF
        return re.sub(r' nonce="[^"]+"', "", body(errors.page(request, 404)))

    one, other = on_the_youth_site("/one/"), on_the_youth_site("/other/")

    assert one == other
    assert '<a class="exit-button" href="/e" data-spheres-exit>' in one


def test_a_refusal_gives_its_reason():
    assert (
        b"Only its author"
        in errors.page(RequestFactory().get("/"), 403, reason="Only its author can sign.").content
    )


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/dossiers/?q=1", "/dossiers/?q=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_changing_language_comes_back_here_and_never_elsewhere(asked, given, settings):
    response = language.set_language(
        RequestFactory().post("/language/", {"language": "en", "next": asked})
    )
    assert response.headers["Location"] == given
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] == ""


def test_a_language_we_do_not_speak_is_not_kept():
    assert not language.set_language(
        RequestFactory().post("/language/", {"language": "xx"})
    ).cookies


def test_a_link_cannot_change_the_language():
    assert language.set_language(RequestFactory().get("/language/")).status_code == 405


@pytest.mark.parametrize(
    ("cookie", "spoken"), [("en", "en"), ("fr", "fr"), ("xx", "fr"), ("", "fr")]
)
def test_french_is_spoken_unless_she_chose(cookie, spoken, settings):
    settings.LANGUAGE_CODE = "fr"
    heard = []
    request = RequestFactory().get("/", headers={"Accept-Language": "en"})
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie

    def view(asked):
        heard.append(translation.get_language())
        return errors.page(asked, 404)

    response = language.LanguageMiddleware(view)(request)

    assert heard == [spoken]
    assert response.headers["Content-Language"] == spoken


@pytest.fixture
def rail(monkeypatch):
    for registry in ("RAIL", "ACCOUNT"):
        monkeypatch.setattr(navigation, registry, {})
    return navigation


def entry(slug, *, order=1, shown=navigation.to_everyone, url_name="ui:gallery"):
    return navigation.Entry(slug, slug, url_name, "sun", order, shown)


def test_the_rail_shows_each_person_her_own_ways_in_order(rail):
    rail.register(entry("late", order=9))
    rail.register(entry("hers", order=1, shown=lambda actor: actor == "ines"))
    assert [way.slug for way in rail.ways(rail.RAIL, actor="ines")] == ["hers", "late"]
    assert [way.slug for way in rail.ways(rail.RAIL, actor=None)] == ["late"]


def test_the_rail_marks_the_nearest_way(rail):
    rail.register(entry("all", url_name="ui:gallery"))
    rail.register(entry("youth", url_name="ui:gallery_youth"))
    assert [
        way.slug for way in rail.ways(rail.RAIL, actor=None, path="/ui/youth/") if way.here
    ] == ["youth"]


def test_the_first_page_is_not_where_every_page_is(rail):
    rail.register(entry("first", url_name="ui:exit"))
    rail.register(
        navigation.Entry("people", "people", "ui:gallery", "people", 2, under=("/files/",))
    )

    def marked(path):
        return [way.slug for way in rail.ways(rail.RAIL, actor=None, path=path) if way.here]

    assert [navigation.holds("/files/1/", "/"), navigation.holds("/", "/")] == [False, True]
    assert [marked("/files/1/"), marked("/ui/"), marked("/account/")] == [
        ["people"],
        ["people"],
        [],
    ]


def test_a_way_kept_at_another_stands_on_its_page_for_whoever_is_shown_that_one(rail):
    rail.register(entry("desk", order=5, shown=lambda actor: actor == "officer"))
    register = entry("register", order=2, url_name="ui:gallery_youth")
    rail.register(replace(register, kept_at="desk", lead="What is kept."))
    rail.register(entry("mine", order=1, url_name="ui:exit"))

    drawn = [
        [[way.slug for way in rail.ways(rail.RAIL, actor=actor)] for actor in ("officer", "lead")],
        [(way.slug, way.lead) for way in rail.kept_at("desk", actor="officer")],
    ]

    assert drawn == [[["mine", "desk"], ["mine", "register"]], [("register", "What is kept.")]]
    here = [
        way.slug for way in rail.ways(rail.RAIL, actor="officer", path="/ui/youth/") if way.here
    ]
    assert here == ["desk"]


def test_the_eighth_way_stands_beside_the_account_and_a_stolen_name_is_refused(rail):
    for place in range(8):
        rail.register(entry(f"way-{place}"))

    assert [way.slug for way in rail.ways(rail.RAIL, actor=None)] == [
        f"way-{place}" for place in range(7)
    ]
    assert [way.slug for way in rail.beside_account(actor=None)] == ["way-7"]
    with pytest.raises(ValueError, match="Two entries"):
        rail.register(entry("way-1", order=5))
